"""What typing and spreadsheets do to a code, undone; nothing is guessed and nothing else is changed."""

from dataclasses import dataclass
from typing import Literal

Change = Literal["full_width", "spaces", "invisible", "lower_case", "dashes"]

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
SPACES = dict.fromkeys([*range(0x09, 0x0E), 0x20, 0x85, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x2028, 0x2029])
SPACES |= dict.fromkeys([0x202F, 0x205F, 0x3000])
INVISIBLE = dict.fromkeys([0xAD, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF])
DASHES = dict.fromkeys([0x2010, 0x2011, 0x2012, 0x2013, 0x2014, 0x2015, 0x2212], 0x2D)
# Only a to z: str.upper() turns ß into SS and ſ into S, which would invent letters.
UPPER = {code: code - 32 for code in range(ord("a"), ord("z") + 1)}

STEPS: tuple[tuple[Change, dict[int, int | None]], ...] = (
    ("full_width", dict(FULL_WIDTH)),
    ("spaces", dict(SPACES)),
    ("invisible", dict(INVISIBLE)),
    ("dashes", dict(DASHES)),
    ("lower_case", dict(UPPER)),
)


@dataclass(frozen=True)
class Normalised:
    """The text as it is checked, and what was changed to get there. The text isn't in the repr."""

    text: str
    changes: tuple[Change, ...]

    def __repr__(self) -> str:
        return f"Normalised(changes={self.changes!r})"


def normalise(text: str) -> Normalised:
    """Return `text` half-width, without spaces and invisible characters, with plain dashes, in upper case.

    Idempotent: normalising twice changes nothing the second time.
    """
    changes: list[Change] = []
    for change, table in STEPS:
        mended = text.translate(table)
        if mended != text:
            changes.append(change)
        text = mended
    return Normalised(text, tuple(changes))
