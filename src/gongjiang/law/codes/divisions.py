"""Division codes of GB/T 2260: which provinces there are, and which six-digit codes were ever in force."""

from functools import cache
from importlib.resources import files

BLOCKS = ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 82))
PROVINCES = frozenset(str(code) for first, last in BLOCKS for code in range(first, last + 1))


@cache
def _codes() -> frozenset[str]:
    text = files("gongjiang.law").joinpath("data", "division_codes.txt").read_text(encoding="ascii")
    lines = [line.split() for line in text.splitlines() if not line.startswith("#")]
    return frozenset(head + tail for head, *tails in lines for tail in tails)


def was_ever_division(code: str) -> bool:
    """Say whether the six digits were a division code at any time from 1980 to 2023, abolished or not."""
    return code in _codes()
