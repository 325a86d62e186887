"""The catalogue that the project carries: occupations of 2022, job types known by name, national standards by edition.

Origin and gaps are told in docs/data.md. No public full list of job types exists; the parts of a standard (times,
ratios, pass marks) are filled in by the pattern that most standards share and are marked as examples until somebody
compares them with the standard's own text.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files

from gongjiang.standards.models import PartKind

EDITION = 2022
PATTERN_SOURCE = "标准目录；各部分的时间、配比按通行写法填写，待与标准原文核对"

# Occupations whose 2018 standards count experience in the occupation itself only.
OWN_EXPERIENCE_ONLY = {"6-31-01-03", "6-18-02-04", "6-18-01-01"}

# Names by which people look for an occupation.
ALIASES = {
    "6-31-01-03": ("维修电工", "低压电工"),
    "6-18-02-04": ("电焊工", "气焊工"),
    "4-10-01-05": ("护理员", "养老护理"),
    "6-18-01-01": ("车床工",),
    "4-12-01-01": ("汽修工", "汽车修理工"),
    "4-03-02-01": ("厨师", "中餐厨师"),
    "4-10-01-03": ("保育员",),
}


@dataclass(frozen=True, slots=True)
class PartPattern:
    """One part by the common pattern: minutes, candidates a member of staff, least staff, whether odd in number."""

    kind: str
    method: str
    minutes: int
    candidates_per_staff: int
    min_staff: int
    odd_staff: bool
    pass_mark: Decimal = Decimal(60)


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a carried table."""
    text = (files("gongjiang.standards") / "data" / name).read_text(encoding="utf-8")
    yield from csv.DictReader(text.splitlines())


def clause_set_of(edition: int) -> str:
    """Return the clause set that a standard of this edition was written by."""
    return "uniform-2023" if edition >= 2023 else "standard-2018"


def in_force_of(edition: int) -> date:
    """Return the first day on which the platform uses an edition: only the year of issue is known."""
    return date(edition, 1, 1)


def parts_of_level(level: str) -> tuple[PartPattern, ...]:
    """Return the common pattern of a level's parts; technicians also meet a panel."""
    high = level in {"2", "1"}
    theory = PartPattern(PartKind.THEORY, "闭卷笔试或机考", 90, 15, 2, odd_staff=False)
    practical = PartPattern(PartKind.PRACTICAL, "现场操作", 60 if high else 90, 5, 3, odd_staff=True)
    panel = PartPattern(PartKind.PANEL, "文本审阅和答辩", 30, 5, 3, odd_staff=True)
    return (theory, practical, panel) if high else (theory, practical)
