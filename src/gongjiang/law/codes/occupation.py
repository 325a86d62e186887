"""Occupation codes of the National Occupational Classification (职业分类大典) and the marks in its names."""

import re
from dataclasses import dataclass

from gongjiang.law.codes.normalise import Change, normalise
from gongjiang.law.codes.reasons import Reason

SHAPE = re.compile(r"([1-8]-[0-9]{2}-[0-9]{2}-[0-9]{2})(?:-([0-9]{3}))?")
MARKS = re.compile(r"(?<![A-Za-z])(L/S|S/L|L|S)$")
SKILL_CLASSES = frozenset({3, 4, 5, 6})


@dataclass(frozen=True)
class OccupationCode:
    """What an occupation code says: `code` without the job type, `job_type` its three digits or None.

    `skill_class`: major class 3 to 6, the only ones with skill-level certificates.
    """

    text: str
    valid: bool
    code: str | None = None
    job_type: str | None = None
    major_class: int | None = None
    skill_class: bool = False
    reasons: tuple[Reason, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True)
class OccupationName:
    """An occupation's name without its marks; `green` (绿色职业, L) and `digital` (数字职业, S) as flags."""

    name: str
    green: bool
    digital: bool


def parse_occupation_code(text: str) -> OccupationCode:
    """Read a code such as 6-31-01-03, or 6-30-05-01-014 with a job type."""
    cleaned = normalise(text)
    match = SHAPE.fullmatch(cleaned.text)
    if not match:
        reason = Reason(
            "shape",
            "职业编码形如 6-31-01-03，带工种时再加三位数字",
            "a code looks like 6-31-01-03 or 6-30-05-01-014",
        )
        return OccupationCode(cleaned.text, False, reasons=(reason,), changes=cleaned.changes)
    major = int(match[1][0])
    return OccupationCode(
        text=cleaned.text,
        valid=True,
        code=match[1],
        job_type=match[2],
        major_class=major,
        skill_class=major in SKILL_CLASSES,
        changes=cleaned.changes,
    )


def strip_marks(name: str) -> OccupationName:
    """Return the name as certificates print it: without the L, S or L/S at its end.

    >>> strip_marks("人工智能训练师S").name
    '人工智能训练师'
    """
    name = name.strip()
    match = MARKS.search(name)
    marks = match[1] if match else ""
    return OccupationName(name[: match.start()].strip() if match else name, "L" in marks, "S" in marks)
