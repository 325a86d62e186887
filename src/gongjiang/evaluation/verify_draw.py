#!/usr/bin/env python3
"""Compute a published draw of experts again. Stands alone: Python's standard library, this file and the draw's JSON.

    python3 verify_draw.py draw.json [--json]

The file is what the page of the draw offers for download. Checked are: the seed fits the commitment that was published
before the pool was frozen; the lot, taken anew, gives the same panel and the same reserves; nobody who was excluded was
drawn; each replacement was the next reserve.

The lot: whoever is in the pool and not excluded has the number SHA-256(seed, newline, public part, newline, public id)
in hexadecimal; smaller numbers come first. The panel is the first one in this order that has the size asked for and
somebody for every occupation. The others are reserves, in the same order.

Exit code: 0 all of it fits, 1 something doesn't, 2 misuse.
"""

import argparse
import hashlib
import itertools
import json
import sys
from typing import Any

ALGORITHM = "gongjiang-draw-1"
TEXTS = ("number", "algorithm", "commitment", "seed", "public_part", "committed_at", "drawn_at")
LISTS = ("occupations", "pool", "exclusions", "result", "reserves", "replacements")


def verify(draw: Any) -> list[str]:
    """Return what is wrong with the draw, in words; nothing if all of it fits."""
    problems = _form(draw)
    if problems:
        return problems
    problems = _before_the_lot(draw)
    fields = {each["id"]: frozenset(each["fields"]) for each in draw["pool"]}
    excluded = {each["id"] for each in draw["exclusions"]}
    order = _order(draw, set(fields) - excluded)
    panel = _first_panel(order, fields, frozenset(draw["occupations"]), draw["size"])
    if panel is None:
        problems.append("from this pool no panel of this size covers every occupation, yet one is stated")
        return problems
    reserves = [each for each in order if each not in panel]
    problems += [f"{each} was excluded and yet drawn" for each in draw["result"] if each in excluded]
    problems += _differences("the panel", draw["result"], panel)
    problems += _differences("the reserves", draw["reserves"], reserves)
    return problems + _replacements(draw, fields)


def _form(draw: Any) -> list[str]:
    if not isinstance(draw, dict):
        return ["this isn't the file of a draw"]
    wrong = [f"{name} is missing" for name in TEXTS if not isinstance(draw.get(name), str)]
    wrong += [f"{name} is missing" for name in LISTS if not isinstance(draw.get(name), list)]
    if not isinstance(draw.get("size"), int) or isinstance(draw.get("size"), bool):
        wrong.append("size is missing")
    if wrong:
        return wrong
    if draw["algorithm"] != ALGORITHM:
        return [f"the algorithm is {draw['algorithm']}; this program knows {ALGORITHM}"]
    for each in draw["pool"]:
        if (
            not isinstance(each, dict)
            or not isinstance(each.get("id"), str)
            or not isinstance(each.get("fields"), list)
        ):
            return ["somebody in the pool has no public id or no fields"]
    for each in (*draw["exclusions"], *draw["replacements"]):
        if not isinstance(each, dict):
            return ["an exclusion or replacement isn't in the published form"]
    if not all(isinstance(each.get("id"), str) for each in draw["exclusions"]):
        return ["an exclusion names nobody"]
    return []


def _before_the_lot(draw: dict[str, Any]) -> list[str]:
    problems = []
    if hashlib.sha256(draw["seed"].encode()).hexdigest() != draw["commitment"]:
        problems.append("the seed isn't the one that was committed: its SHA-256 is not the commitment")
    if not draw["committed_at"] < draw["drawn_at"]:
        problems.append("the commitment isn't older than the draw")
    ids = [each["id"] for each in draw["pool"]]
    problems += [f"{each} stands twice in the pool" for each in sorted({each for each in ids if ids.count(each) > 1})]
    for each in draw["exclusions"]:
        if each["id"] not in ids:
            problems.append(f"{each['id']} was excluded but isn't in the pool")
        if not each.get("kinds"):
            problems.append(f"{each['id']} was excluded without a reason")
    if draw["size"] % 2 == 0:
        problems.append(f"the size of the panel is even: {draw['size']}")
    return problems


def _order(draw: dict[str, Any], ids: set[str]) -> list[str]:
    def number(public_id: str) -> str:
        text = draw["seed"] + "\n" + draw["public_part"] + "\n" + public_id
        return hashlib.sha256(text.encode()).hexdigest()

    return sorted(ids, key=number)


def _first_panel(
    order: list[str], fields: dict[str, frozenset[str]], occupations: frozenset[str], size: int
) -> list[str] | None:
    """Go down the order; pass over somebody only if the panel couldn't be completed with him or her."""
    panel: list[str] = []
    for place, each in enumerate(order):
        if len(panel) == size:
            break
        taken = [*panel, each]
        open_ones = occupations.difference(*(fields[one] for one in taken))
        later = order[place + 1 :]
        if len(later) >= size - len(taken) and _can_cover(open_ones, [fields[one] for one in later], size - len(taken)):
            panel = taken
    covered = not occupations.difference(*(fields[one] for one in panel))
    return panel if len(panel) == size and covered else None


def _can_cover(open_ones: frozenset[str], later: list[frozenset[str]], places: int) -> bool:
    useful = {each & open_ones for each in later} - {frozenset()}
    useful = {each for each in useful if not any(each < other for other in useful)}
    for count in range(min(places, len(useful)) + 1):
        if any(open_ones <= frozenset().union(*some) for some in itertools.combinations(useful, count)):
            return True
    return False


def _differences(what: str, stated: list[str], computed: list[str]) -> list[str]:
    if stated == computed:
        return []
    if len(stated) != len(computed):
        return [f"{what}: {len(stated)} are stated, the lot gives {len(computed)}"]
    places = [n for n, (one, other) in enumerate(zip(stated, computed, strict=True)) if one != other]
    first = places[0]
    return [f"{what}: place {first + 1} is stated as {stated[first]}, the lot gives {computed[first]}"]


def _replacements(draw: dict[str, Any], fields: dict[str, frozenset[str]]) -> list[str]:
    problems = []
    panel, waiting = list(draw["result"]), list(draw["reserves"])
    for number, each in enumerate(draw["replacements"], start=1):
        gone, came = each.get("out"), each.get("in")
        if gone not in panel:
            problems.append(f"replacement {number}: {gone} wasn't on the panel")
            continue
        staying = [one for one in panel if one != gone]
        open_ones = frozenset(draw["occupations"]).difference(*(fields.get(one, frozenset()) for one in staying))
        passed = {one.get("id") for one in each.get("passed_over", [])}
        due = next((one for one in waiting if one not in passed and open_ones <= fields.get(one, frozenset())), None)
        if due != came:
            problems.append(f"replacement {number}: {came} came in, the next reserve was {due}")
        if came in waiting:
            waiting.remove(came)
        panel = [*staying, came]
    return problems


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Compute a published draw of experts again.")
    parser.add_argument("file", help="the draw as downloaded from its page (JSON)")
    parser.add_argument("--json", action="store_true", help="print for programs")
    args = parser.parse_args(argv)
    try:
        with open(args.file, encoding="utf-8") as source:
            draw = json.load(source)
    except (OSError, ValueError) as error:
        print(f"can't be read: {error}", file=sys.stderr)
        return 2
    problems = verify(draw)
    if args.json:
        print(json.dumps({"fits": not problems, "problems": problems}, ensure_ascii=False))
    else:
        for problem in problems:
            print(f"✗ {problem}")
        number = draw.get("number", "?") if isinstance(draw, dict) else "?"
        print(f"Draw {number}: {len(problems)} problems." if problems else f"Draw {number}: all of it fits.")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
