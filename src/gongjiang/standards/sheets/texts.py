"""The sheets of standards' texts: one row a level and part, and one row a function's weight."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.kernel import sheet_rows
from gongjiang.kernel.sheet_rows import Sheet
from gongjiang.kernel.sheets.model import Column, Row
from gongjiang.law.eligibility.clauses import CLAUSE_SETS
from gongjiang.standards.models import BasisKind, Method, NationalStandard, Occupation, PartKind, StandardLevel
from gongjiang.standards.sheets.common import (
    LEVEL_WORDS,
    PART_WORDS,
    YES_NO,
    current_occupations,
    names,
    occupation_of,
)
from gongjiang.standards.specs import PartSpec

STANDARDS = (
    Column("code", "职业编码", ("编码",), required=True, example="6-31-01-03"),
    Column("title", "标准名称", ("名称",), required=True, example="电工"),
    Column("edition", "版本", ("年份",), required=True, example="2018", how_to_fill="以年份开头"),
    Column("job_types", "工种", (), how_to_fill="只对某些工种的标准才填，多个用、隔开"),
    Column("in_force", "施行日期", (), required=True, kind="date", example="2019-01-01"),
    Column("until", "失效日期", (), kind="date"),
    Column("clause_set", "申报条件", (), required=True, how_to_fill="、".join(CLAUSE_SETS)),
    Column("scope", "经历范围", (), required=True, how_to_fill="本职业、本职业或相关职业"),
    Column("level", "等级", (), required=True, example="四级"),
    Column("part", "考核部分", ("部分",), required=True, example="理论知识考试"),
    Column("way", "评价方式", (), how_to_fill="理论知识考试、操作技能考核、工作业绩评审、过程考核、竞赛选拔、论文答辩"),
    Column("method", "考核形式", (), example="闭卷笔试或机考"),
    Column("minutes", "时长（分钟）", ("时长",), required=True, kind="number", example="90"),
    Column("pass_mark", "合格分", (), required=True, kind="number", example="60"),
    Column("full_mark", "满分", (), required=True, kind="number", example="100"),
    Column("ratio", "每名考评人员考生数", (), required=True, kind="number", example="15"),
    Column("least", "考评人员至少", (), required=True, kind="number", example="2"),
    Column("odd", "考评人员单数", (), required=True, example="否", how_to_fill="是、否"),
)
WEIGHTS = (
    Column("code", "职业编码", ("编码",), required=True, example="6-31-01-03"),
    Column("title", "标准名称", ("名称",), required=True, example="电工"),
    Column("edition", "版本", ("年份",), required=True, example="2018"),
    Column("level", "等级", (), required=True, example="四级"),
    Column("part", "考核部分", ("部分",), required=True, example="操作技能考核"),
    Column("function", "职业功能", ("功能",), required=True, example="继电控制电路装调维修"),
    Column("percent", "权重（%）", ("权重",), required=True, kind="number", example="30"),
)
WAYS = {
    "理论知识考试": Method.THEORY_EXAM,
    "操作技能考核": Method.PRACTICAL_EXAM,
    "工作业绩评审": Method.WORK_RECORD_REVIEW,
    "过程考核": Method.CONTINUOUS_ASSESSMENT,
    "竞赛选拔": Method.COMPETITION_ROUTE,
    "论文答辩": Method.THESIS_DEFENCE,
}
SCOPES = {"本职业": "own", "本职业或相关职业": "own+related"}
MOST_MINUTES, MOST_STAFF, FULL = 24 * 60, 1000, Decimal(100)
SHARED = ("in_force", "until", "clause_set", "scope")


@dataclass(slots=True)
class StandardText:
    """A national standard as the rows of a sheet tell it, its parts by level."""

    occupation: Occupation
    title: str
    edition: str
    job_types: str
    in_force: date
    until: date | None
    clause_set: str
    experience_scope: str
    levels: dict[str, list[PartSpec]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WeightRow:
    """The weight of one function in a part at a level of a standard that is there."""

    level: StandardLevel
    part: str
    function: str
    percent: Decimal


def read_standards(content: bytes) -> list[StandardText]:
    """Return the standards of a sheet, each gathered from its rows.

    :raises SheetRefused: with every problem of every row; rows of one standard that disagree among them.
    """
    sheet = sheet_rows.read(content, STANDARDS, _("Import national standards"))
    known = current_occupations(sheet.rows)
    texts: dict[tuple[str, ...], StandardText] = {}
    first: dict[tuple[str, ...], Row] = {}
    for row in sheet.rows:
        key = tuple(row.text(column) for column in ("code", "title", "edition", "job_types"))
        if key in first:
            _note_disagreement(sheet, row, first[key])
        first.setdefault(key, row)
        head, level, part = _head(sheet, row, known), _level(sheet, row), _part(sheet, row)
        if head is None or level is None or part is None:
            continue
        parts = texts.setdefault(key, head).levels.setdefault(level, [])
        if part.kind in {each.kind for each in parts}:
            sheet.wrong(
                row, "part", _("The part stands twice at this level."), _("Remove one of the two."), "row-twice"
            )
        parts.append(part)
    sheet.refuse_if_wrong()
    return list(texts.values())


def _head(sheet: Sheet, row: Row, known: dict[str, Occupation]) -> StandardText | None:
    occupation = occupation_of(sheet, row, known)
    in_force, until = sheet.day(row, "in_force"), sheet.day(row, "until")
    if in_force and until and until <= in_force:
        why, mend = _("It would end before it begins."), _("Compare the two days.")
        sheet.wrong(row, "until", why, mend, "days-out-of-order")
    clauses = sheet.choice(row, "clause_set", {each: each for each in CLAUSE_SETS})
    scope = sheet.choice(row, "scope", SCOPES)
    edition = row.text("edition")
    if edition and not edition[:4].isdecimal():
        sheet.wrong(row, "edition", _("The edition names no year."), _("Begin it with the year, as 2025."), "edition")
    if occupation is None or in_force is None or clauses is None or scope is None:
        return None
    job_types = "、".join(names(row.text("job_types")))
    return StandardText(occupation, row.text("title"), edition, job_types, in_force, until, clauses, scope)


def _level(sheet: Sheet, row: Row) -> str | None:
    level: str | None = sheet.choice(row, "level", LEVEL_WORDS)
    return level


def _part(sheet: Sheet, row: Row) -> PartSpec | None:
    kind = sheet.choice(row, "part", PART_WORDS)
    way = sheet.choice(row, "way", WAYS) or ""
    full, passing = _mark(sheet, row, "full_mark"), _mark(sheet, row, "pass_mark")
    if full and passing and passing > full:
        why, mend = _("The pass mark lies above the full mark."), _("Compare the two.")
        sheet.wrong(row, "pass_mark", why, mend, "pass-mark")
    minutes = sheet.count(row, "minutes", MOST_MINUTES)
    ratio, least = sheet.count(row, "ratio", MOST_STAFF), sheet.count(row, "least", MOST_STAFF)
    for column, value in (("minutes", minutes), ("ratio", ratio), ("least", least)):
        if value == 0 and row.text(column) == "0":
            sheet.wrong(row, column, _("It can't be 0."), _("Write the number of the standard."), "zero")
    odd = sheet.choice(row, "odd", YES_NO)
    if kind is None or full is None or passing is None:
        return None
    return PartSpec(PartKind(kind), row.text("method"), minutes, passing, full, ratio, least, bool(odd), way)


def _mark(sheet: Sheet, row: Row, column: str) -> Decimal | None:
    text = row.text(column)
    try:
        found = Decimal(text) if text else None
    except InvalidOperation:
        found = Decimal(-1)
    if found is not None and not (0 < found <= 999 and found == round(found, 2)):
        why, mend = _("This isn't a number that can stand here."), _("Write a number as 60 or 82.5.")
        sheet.wrong(row, column, why, mend, "number")
        return None
    return found


def _note_disagreement(sheet: Sheet, row: Row, first: Row) -> None:
    for column in SHARED:
        if row.text(column) != first.text(column):
            why = _("Row %(row)s says otherwise of the same standard.") % {"row": first.number}
            sheet.wrong(row, column, why, _("Let all rows of a standard say the same."), "rows-disagree")


def read_weights(content: bytes) -> list[WeightRow]:
    """Return the weights of a sheet; those of one part at one level must sum to 100.

    :raises SheetRefused: with every problem of every row: no such standard or level, a function twice, a wrong sum.
    """
    sheet = sheet_rows.read(content, WEIGHTS, _("Import weights of functions"))
    levels = _levels_known(sheet.rows)
    found: list[tuple[Row, WeightRow]] = []
    for row in sheet.rows:
        level, part = _level(sheet, row), sheet.choice(row, "part", PART_WORDS)
        percent = _mark(sheet, row, "percent")
        key = (*(row.text(column) for column in ("code", "title", "edition")), level)
        if level is not None and key not in levels:
            why = _("No national standard of this code, title, edition and level is entered.")
            sheet.wrong(row, "title", why, _("Enter the standard first, or compare the four."), "standard-unknown")
        elif level is not None and part is not None and percent is not None:
            found.append((row, WeightRow(levels[key], part, row.text("function"), percent)))
    _note_sums(sheet, found)
    sheet.refuse_if_wrong()
    return [weight for _row, weight in found]


def _levels_known(rows: Iterable[Row]) -> dict[tuple[Any, ...], StandardLevel]:
    codes = {row.text("code") for row in rows}
    standards = NationalStandard.objects.filter(kind=BasisKind.NATIONAL, occupation__code__in=codes)
    found = StandardLevel.objects.filter(standard__in=standards).select_related("standard__occupation")
    return {
        (each.standard.occupation.code, each.standard.title, each.standard.edition, each.level): each for each in found
    }


def _note_sums(sheet: Sheet, found: list[tuple[Row, WeightRow]]) -> None:
    sums: dict[tuple[int, str], Decimal] = {}
    seen: set[tuple[int, str, str]] = set()
    for row, weight in found:
        key = (weight.level.pk, weight.part)
        sums[key] = sums.get(key, Decimal(0)) + weight.percent
        if (*key, weight.function) in seen:
            why, mend = _("The function stands twice in this part."), _("Remove one of the two.")
            sheet.wrong(row, "function", why, mend, "row-twice")
        seen.add((*key, weight.function))
    for row, weight in found:
        total = sums[weight.level.pk, weight.part]
        if total != FULL:
            why = _("The weights of this part at this level sum to %(sum)s.") % {"sum": total.normalize()}
            sheet.wrong(row, "percent", why, _("Let them sum to 100."), "weight-sum")
