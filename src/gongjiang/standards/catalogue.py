"""The catalogue that the project carries: occupations of 2022, job types known by name, national standards by edition.

Origin and gaps are told in docs/data.md. No public full list of job types exists; the parts of a standard (times,
ratios, pass marks) are filled in by the pattern that most standards share and are marked as examples until somebody
compares them with the standard's own text.
"""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from importlib.resources import files

from gongjiang.standards.models import PartKind
from gongjiang.standards.specs import PartSpec

EDITION = 2022
EXAMPLE_EDITION = 2015
EDITIONS = (
    (EDITION, "《中华人民共和国职业分类大典（2022年版）》", False),
    (EXAMPLE_EDITION, "《中华人民共和国职业分类大典（2015年版）》，仅示例条目", True),
)
EXAMPLE_SOURCE = "示例条目，完整名录尚未导入"
CATALOGUE_SOURCE = "国家职业标准目录（至2026-06）"
WEIGHTS_SOURCE = "示例：由标准权重表机读，待与原文核对"
PATTERN_SOURCE = "标准目录；各部分的时间、配比按通行写法填写，待与标准原文核对"

# What a name bears at its end: green (L), digital (S).
MARKS = re.compile(r"[LS_ ]+$")

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


def parts_of_level(level: str) -> tuple[PartSpec, ...]:
    """Return the common pattern of a level's parts; technicians also meet a panel."""
    high = level in {"2", "1"}
    theory = _pattern(PartKind.THEORY, "闭卷笔试或机考", 90, 15, 2, odd=False)
    practical = _pattern(PartKind.PRACTICAL, "现场操作", 60 if high else 90, 5, 3, odd=True)
    panel = _pattern(PartKind.PANEL, "文本审阅和答辩", 30, 5, 3, odd=True)
    return (theory, practical, panel) if high else (theory, practical)


def _pattern(kind: str, method: str, minutes: int, ratio: int, least: int, *, odd: bool) -> PartSpec:
    return PartSpec(kind, method, minutes, Decimal(60), Decimal(100), ratio, least, odd)


@dataclass(frozen=True, slots=True)
class Joined:
    """Which occupation a row of the official catalogue belongs to; with a reason it doesn't join by itself."""

    code: str
    reason: str = ""


def join(row: Mapping[str, str], names: Mapping[str, str]) -> Joined:
    """Join a row of the official catalogue to an occupation of the edition by code, name and edition of the standard.

    ``names`` maps the codes of the edition's skill-type occupations to their names. ``code_2022`` is the code under
    which the row's name stands in the edition, as compared for the whole catalogue; without one the row's own code
    and name must both fit.

    :return: the code, and why it doesn't join: ``class`` (not a skill class), ``code`` (no such code, or another's),
        ``edition`` (the row states no year), ``levels`` (the row states none of the five).
    """
    code = row["code_2022"]
    if code not in names:
        code = row["code"] if names.get(row["code"]) == base_name(row["title"]) else ""
    if not code:
        major = (row["code_2022"] or row["code"])[:1]
        return Joined("", "code" if major in {"3", "4", "5", "6"} else "class")
    if not row["edition"]:
        return Joined(code, "edition")
    return Joined(code, "" if row["levels"] else "levels")


def base_name(title: str) -> str:
    """Return the occupation's name in a standard's title: without job types in brackets and without marks."""
    return MARKS.sub("", title.replace("(", "（").partition("（")[0] or title).strip()
