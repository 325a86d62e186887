"""The facts of a candidate that eligibility asks for, each with a reference to its evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from gongjiang.law.calendar import add_years
from gongjiang.law.codes import Reason
from gongjiang.law.eligibility.timeline import month_end, month_start
from gongjiang.law.eligibility.words import LevelKey

Relation = Literal["own", "related", "other"]
TitleRank = Literal["junior", "intermediate", "senior"]
Degree = Literal["bachelor", "master", "doctor"]
LEAST_AGE = 16


class School(StrEnum):
    """Kinds of school that the clauses tell apart."""

    TECHNICAL = "technical"  # 技工学校（中级工班）
    SENIOR_TECHNICAL = "senior_technical"  # 高级技工学校、高级工班
    TECHNICIAN_COLLEGE = "technician_college"  # 技师学院
    TECHNICIAN_CLASS = "technician_class"  # 技师学院预备技师班、技师班
    SECONDARY_VOCATIONAL = "secondary_vocational"  # 中等职业学校（中专、职高）
    HIGHER_VOCATIONAL = "higher_vocational"  # 高等职业学校
    JUNIOR_COLLEGE = "junior_college"  # 大专
    UNIVERSITY = "university"  # 本科及以上
    OTHER = "other"  # 初中、高中 and what else counts for no clause


@dataclass(frozen=True)
class Employment:
    """Work in one occupation from `start` (inclusive) until `end` (exclusive; None: still there)."""

    start: date
    end: date | None = None
    relation: Relation = "own"
    occupation: str = ""
    employer: str = ""
    ref: str = ""

    @staticmethod
    def in_months(first: date, last: date | None = None, relation: Relation = "own") -> "Employment":
        """Return work stated in months: both the first and the last month count whole."""
        return Employment(month_start(first), month_end(last) if last else None, relation)


@dataclass(frozen=True)
class PriorCertificate:
    """A 职业资格证书 or 职业技能等级证书 of `level` 5 to 1, or of one beyond the five by its key."""

    level: LevelKey
    issued_on: date
    relation: Relation = "own"
    number: str = ""
    ref: str = ""


@dataclass(frozen=True)
class ProfessionalTitle:
    """A professional title (职称); `matches` the occupation (专业对应)."""

    rank: TitleRank
    granted_on: date
    matches: bool = True
    ref: str = ""


@dataclass(frozen=True)
class Schooling:
    """A school finished on `graduated_on` (or to be: an expected day), its major in relation to the occupation.

    :ivar graduating_this_year: 应届: still at school, graduates this year.
    :ivar enrolled: at school now, whatever the year.
    """

    school: School
    major: Relation = "other"
    graduated_on: date | None = None
    graduating_this_year: bool = False
    enrolled: bool = False
    ref: str = ""


@dataclass(frozen=True)
class Facts:
    """All that the clauses may ask about one candidate."""

    birth_date: date | None = None
    intent: bool = False
    employments: tuple[Employment, ...] = ()
    certificates: tuple[PriorCertificate, ...] = ()
    titles: tuple[ProfessionalTitle, ...] = ()
    schoolings: tuple[Schooling, ...] = ()
    apprenticeship_done: bool = False
    school_evaluated: bool = False
    pre_technician_certificate_on: date | None = None
    training_hours: int = 0
    training_completed: bool = False
    degree: Degree | None = None


def career_issues(facts: Facts, on: date) -> tuple[Reason, ...]:
    """Return what a reviewer should look at in the career stated; none of it is a refusal.

    Overlaps are counted once only; gaps are allowed and aren't reported.
    """
    issues: list[Reason] = []
    works = sorted(enumerate(facts.employments, start=1), key=lambda pair: pair[1].start)
    issues += _overlaps(works)
    for number, work in works:
        if work.end is not None and work.end <= work.start:
            issues.append(
                Reason("empty_period", f"第 {number} 段经历的终点不晚于起点", f"period {number} ends before it begins")
            )
        if work.start > on:
            issues.append(
                Reason("future_period", f"第 {number} 段经历晚于计算日", f"period {number} begins after the day")
            )
        if facts.birth_date and work.start < month_start(add_years(facts.birth_date, LEAST_AGE)):
            issues.append(
                Reason("under_age", f"第 {number} 段经历始于 16 周岁前", f"period {number} begins before age 16")
            )
    return tuple(issues)


def _overlaps(works: Iterable[tuple[int, Employment]]) -> list[Reason]:
    issues: list[Reason] = []
    latest: tuple[int, date | None] | None = None
    for number, work in works:
        if work.end is not None and work.end <= work.start:
            continue
        if latest and (latest[1] is None or work.start < latest[1]):
            issues.append(
                Reason(
                    "overlap",
                    f"第 {latest[0]} 段与第 {number} 段经历重叠，重叠部分只算一次",
                    f"periods {latest[0]} and {number} overlap; what overlaps counts once",
                )
            )
        if latest is None or (latest[1] is not None and (work.end is None or work.end > latest[1])):
            latest = (number, work.end)
    return issues
