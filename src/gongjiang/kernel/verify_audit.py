#!/usr/bin/env python3
"""Check an exported audit trail. Stands alone: Python's standard library, this file and the export are all it needs.

    python3 verify_audit.py audit.jsonl --checkpoints checkpoints.json [--key KEY_ID=HEX] [--json]

Each line of the export is ``{"entry":<canonical JSON, RFC 8785>,"hash":"<SHA-256 of the entry's bytes>"}``; each entry
names the hash of the one before it. The chain alone shows an edit, a removal and a change of order; a checkpoint that
was kept outside (a signed seq and hash) shows also a cut tail and a trail written anew from somewhere on.

Exit code: 0 whole, 1 not whole, 2 misuse.
"""

import argparse
import hashlib
import json
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

GENESIS = "0" * 64
HEAD, MIDDLE, END = b'{"entry":', b',"hash":"', b'"}\n'
AFTER_MIDDLE = 64 + len(END)
AFTER_BODY = len(MIDDLE) + AFTER_MIDDLE


@dataclass(frozen=True)
class Problem:
    """What is wrong and with which entry; seq 0 where no entry can be named."""

    seq: int
    kind: str
    text: str


@dataclass
class Trail:
    """What was read: each entry's hash by seq, in the order of the file, and the first problems found."""

    hashes: dict[int, str] = field(default_factory=dict)
    previous: dict[int, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    last: int = 0

    @property
    def count(self) -> int:
        return len(self.hashes)


def line_of(entry: bytes, digest: str) -> bytes:
    """Return the export's line, with its newline, for an entry's canonical bytes and hash."""
    return HEAD + entry + MIDDLE + digest.encode() + END


def read(lines: Iterable[bytes]) -> Trail:
    """Check every line by itself and its place; a damaged line is named by its number."""
    trail = Trail()
    sha256, loads = hashlib.sha256, json.loads
    for number, line in enumerate(lines, start=1):
        if not (line.startswith(HEAD) and line.endswith(END) and line[-AFTER_BODY:-AFTER_MIDDLE] == MIDDLE):
            trail.problems.append(Problem(number, "form", f"line {number} isn't an entry"))
            continue
        body, stated = line[len(HEAD) : -AFTER_BODY], line[-AFTER_MIDDLE : -len(END)].decode("ascii", "replace")
        if sha256(body).hexdigest() != stated:
            trail.problems.append(Problem(number, "edited", f"entry {number} was edited: its hash doesn't fit"))
            continue
        _place(trail, number, loads(body), stated)
    _missing(trail)
    _links(trail)
    return trail


def _place(trail: Trail, number: int, entry: Mapping[str, Any], stated: str) -> None:
    seq = entry["seq"]
    if seq in trail.hashes:
        trail.problems.append(Problem(seq, "twice", f"entry {seq} stands twice"))
        return
    if seq < trail.last:
        trail.problems.append(Problem(seq, "order", f"entry {seq} stands after entry {trail.last}"))
    trail.last = max(trail.last, seq)
    trail.hashes[seq], trail.previous[seq] = stated, entry["previous"]


def _missing(trail: Trail) -> None:
    known = {problem.seq for problem in trail.problems if problem.kind in {"edited", "form"}}
    if len(trail.hashes) == trail.last:
        return
    for seq in range(1, trail.last):
        if seq not in trail.hashes and seq not in known:
            trail.problems.append(Problem(seq, "missing", f"entry {seq} is missing"))


def _links(trail: Trail) -> None:
    for seq, previous in trail.previous.items():
        before = GENESIS if seq == 1 else trail.hashes.get(seq - 1)
        if before is not None and before != previous:
            text = f"entry {seq} doesn't continue entry {seq - 1}: one of the two was replaced"
            trail.problems.append(Problem(max(seq - 1, 1), "chain", text))


def checkpoint_message(checkpoint: Mapping[str, Any]) -> bytes:
    """Return the bytes that a checkpoint's signature is over."""
    signed = {name: checkpoint[name] for name in ("at", "hash", "key_id", "seq")}
    return b"gongjiang-audit-checkpoint-1\n" + json.dumps(signed, sort_keys=True, separators=(",", ":")).encode()


def against(trail: Trail, checkpoints: Iterable[Mapping[str, Any]], keys: Mapping[str, str]) -> list[Problem]:
    """Compare the trail with signed heads; ``keys`` are the public Ed25519 keys (hexadecimal) by id."""
    found, good = [], 0
    for checkpoint in sorted(checkpoints, key=lambda each: int(each["seq"])):
        seq = int(checkpoint["seq"])
        public = keys.get(checkpoint["key_id"])
        if public is None:
            found.append(Problem(seq, "key", f"no key is at hand for {checkpoint['key_id']}"))
            continue
        message, signature = checkpoint_message(checkpoint), bytes.fromhex(checkpoint["signature"])
        if not ed25519_verify(bytes.fromhex(public), message, signature):
            found.append(Problem(seq, "signature", f"the signature of checkpoint {seq} is wrong"))
        elif seq > trail.last:
            text = f"the tail is cut off: entries {trail.last + 1} to {seq} are gone"
            found.append(Problem(trail.last + 1, "cut", text))
        elif seq in trail.hashes and trail.hashes[seq] != checkpoint["hash"]:
            text = f"the trail was written anew between entries {good + 1} and {seq}"
            found.append(Problem(good + 1, "rewritten", text))
        else:
            good = seq
    return found


# Ed25519 (RFC 8032, section 5.1), verification only, in extended coordinates.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
SQRT_MINUS_1 = pow(2, (P - 1) // 4, P)
Point = tuple[int, int, int, int]


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the signature is the key's over the message."""
    if len(public) != 32 or len(signature) != 64:
        return False
    a, r = _decompress(public), _decompress(signature[:32])
    s = int.from_bytes(signature[32:], "little")
    if a is None or r is None or s >= L:
        return False
    digest = hashlib.sha512(signature[:32] + public + message).digest()
    h = int.from_bytes(digest, "little") % L
    return _equal(_multiply(s, BASE), _add(r, _multiply(h, a)))


def _decompress(data: bytes) -> Point | None:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    x = _recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


def _recover_x(y: int, sign: int) -> int | None:
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * SQRT_MINUS_1 % P
    if (x * x - square) % P:
        return None
    return P - x if x & 1 != sign else x


def _add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % P, (p[1] + p[0]) * (q[1] + q[0]) % P
    c, d = 2 * p[3] * q[3] * D % P, 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _multiply(factor: int, point: Point) -> Point:
    result: Point = (0, 1, 1, 0)
    while factor:
        if factor & 1:
            result = _add(result, point)
        point, factor = _add(point, point), factor >> 1
    return result


def _equal(p: Point, q: Point) -> bool:
    return (p[0] * q[2] - q[0] * p[2]) % P == 0 and (p[1] * q[2] - q[1] * p[2]) % P == 0


_BASE_Y = 4 * pow(5, P - 2, P) % P
_BASE_X = _recover_x(_BASE_Y, 0) or 0
BASE: Point = (_BASE_X, _BASE_Y, 1, _BASE_X * _BASE_Y % P)


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Check an exported audit trail.")
    parser.add_argument("export", help="the exported trail (JSON lines)")
    parser.add_argument("--checkpoints", help="checkpoints that were kept outside, as published at /audit/")
    parser.add_argument("--key", action="append", default=[], metavar="KEY_ID=HEX", help="a public key you trust")
    parser.add_argument("--json", action="store_true", help="print for programs")
    args = parser.parse_args(argv)
    try:
        with open(args.export, "rb") as lines:
            trail = read(lines)
        published = _published(args.checkpoints)
    except (OSError, ValueError, KeyError) as error:
        print(f"can't be read: {error}", file=sys.stderr)
        return 2
    trusted = dict(pair.split("=", 1) for pair in args.key if "=" in pair)
    keys = trusted or published.get("keys", {})
    checkpoints = published.get("checkpoints", [])
    problems = trail.problems + against(trail, checkpoints, keys)
    signed = max((int(each["seq"]) for each in checkpoints), default=0)
    if args.json:
        report = {"whole": not problems, "entries": trail.count, "signed_to": signed}
        print(json.dumps({**report, "problems": [asdict(problem) for problem in problems]}))
    else:
        _print(trail, problems, signed, own_keys=bool(trusted))
    return 1 if problems else 0


def _published(path: str | None) -> dict[str, Any]:
    if path is None:
        return {}
    with open(path, encoding="utf-8") as source:
        found = json.load(source)
    if not isinstance(found, dict):
        raise ValueError("the checkpoints aren't in the published form")
    return found


def _print(trail: Trail, problems: list[Problem], signed: int, *, own_keys: bool) -> None:
    for problem in problems:
        print(f"✗ {problem.text}")
    if problems:
        print(f"Not whole: {len(problems)} problems in {trail.count} entries.")
    else:
        print(f"Whole: {trail.count} entries.")
    if not signed:
        print("No checkpoint was given: a cut tail can't be seen without one.")
    else:
        print(f"Signed up to entry {signed}; {max(trail.last - signed, 0)} entries came later.")
        if not own_keys:
            print("The keys were taken from the checkpoints' own file: give --key to trust one you know.")


if __name__ == "__main__":
    sys.exit(main())
