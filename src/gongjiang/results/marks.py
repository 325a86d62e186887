"""From scores to a result: each part by its own pass mark, never averaged, with the reason of each part."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gongjiang.planning.models import LinePart
from gongjiang.results.models import Outcome, Score


def judge(
    required: Sequence[LinePart], scores: Mapping[str, Score], *, vetoed: bool = False
) -> tuple[str, list[dict[str, Any]]]:
    """Return the outcome and, per part that the standard asks for, the score, the mark and whether it is passed.

    Each part must reach its own pass mark; a high one makes up for nothing. A void part fails; a missed part alone
    leaves the result incomplete. A veto for want of ethics fails whatever the marks (JL-2019-133§4(1)3). The score's
    row and state hash are kept, so that a later edit shows.

    :raises KeyError: a part has no score.
    """
    parts = [_part(each, scores[each.kind]) for each in required]
    return Outcome.FAILED.value if vetoed else outcome_of(parts), parts


def outcome_of(parts: Iterable[Mapping[str, Any]]) -> str:
    """Return passed if every part is; failed if one was failed or is void; else incomplete: a part was missed."""
    found = list(parts)
    if all(part["passed"] for part in found):
        return Outcome.PASSED.value
    if any(not part["passed"] and not part["absent"] for part in found):
        return Outcome.FAILED.value
    return Outcome.INCOMPLETE.value


def _part(required: LinePart, score: Score) -> dict[str, Any]:
    standard = required.line.standard
    return {
        "part": required.kind,
        "score": None if score.value is None else plain(score.value),
        "absent": score.is_absent and not score.is_void,
        "void": score.is_void,
        "pass_mark": plain(required.pass_mark),
        "full_mark": plain(required.full_mark),
        "passed": score.value is not None and score.value >= required.pass_mark,
        "standard": f"{standard.title}（{standard.edition}年版）",
        "method": required.method,
        "way": required.way,
        **({"groups": [plain(mark) for mark in score.groups]} if score.groups else {}),
        "score_id": score.pk,
        "score_hash": score.state_hash(),
    }


def plain(number: Any) -> str:
    """Return a decimal as people write it: 78.5, 60, 0."""
    return format(number.normalize() + 0, "f")


def mask_name(name: str) -> str:
    """Return a name for a public page: the first character and, from three on, the last; stars between.

    >>> mask_name("丁卯春"), mask_name("丁春"), mask_name("丁")
    ('丁*春', '丁*', '*')
    """
    name = name.strip()
    match len(name):
        case 0 | 1:
            return "*"
        case 2:
            return f"{name[0]}*"
        case length:
            return f"{name[0]}{'*' * (length - 2)}{name[-1]}"
