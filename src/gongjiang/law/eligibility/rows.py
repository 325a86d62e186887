"""Facts from one row of an enrolment sheet: the columns, how a cell is read, what can't be read and why."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from gongjiang.law.eligibility.facts import (
    Employment,
    Facts,
    PriorCertificate,
    ProfessionalTitle,
    Relation,
    School,
    Schooling,
    TitleRank,
)
from gongjiang.law.eligibility.timeline import month_end, month_start
from gongjiang.law.eligibility.words import LevelKey

OWN_FROM, OWN_UNTIL = "本职业工作年限起", "本职业工作年限止"
RELATED_FROM, RELATED_UNTIL = "相关职业工作年限起", "相关职业工作年限止"
LEVEL, NUMBER, ISSUED, CERTIFIED_IN = "原证书等级", "原证书编号", "原证书发证日期", "原证书职业"
SCHOOL, GRADUATED, MAJOR, GRADUATING = "学历", "毕业日期", "专业对口", "应届毕业生"
EVALUATED, APPRENTICE, TRAINED = "院校经评估论证", "学徒期满", "培训达规定学时"
TITLE, GRANTED, TITLE_MATCHES = "职称等级", "职称取得日期", "职称专业对应"

LEVELS: dict[str, LevelKey] = {
    **dict.fromkeys(("5", "五级", "初级工", "五级/初级工"), 5),
    **dict.fromkeys(("4", "四级", "中级工", "四级/中级工"), 4),
    **dict.fromkeys(("3", "三级", "高级工", "三级/高级工"), 3),
    **dict.fromkeys(("2", "二级", "技师", "二级/技师"), 2),
    **dict.fromkeys(("1", "一级", "高级技师", "一级/高级技师"), 1),
    "特级技师": "master",
    "首席技师": "chief",
}
SCHOOLS = {
    "技工学校": School.TECHNICAL,
    "高级技工学校": School.SENIOR_TECHNICAL,
    "技师学院": School.TECHNICIAN_COLLEGE,
    "技师班": School.TECHNICIAN_CLASS,
    "预备技师班": School.TECHNICIAN_CLASS,
    "中专": School.SECONDARY_VOCATIONAL,
    "职高": School.SECONDARY_VOCATIONAL,
    "中职": School.SECONDARY_VOCATIONAL,
    "高职": School.HIGHER_VOCATIONAL,
    "大专": School.JUNIOR_COLLEGE,
    "本科": School.UNIVERSITY,
    "硕士": School.UNIVERSITY,
    "博士": School.UNIVERSITY,
    **dict.fromkeys(("小学", "初中", "高中", "其他", "无"), School.OTHER),
}
RANKS: dict[str, TitleRank] = {
    **dict.fromkeys(("初级", "助理级", "员级"), "junior"),
    "中级": "intermediate",
    **dict.fromkeys(("高级", "副高", "正高", "副高级", "正高级"), "senior"),
}
RELATIONS: dict[str, Relation] = {
    **dict.fromkeys(("本职业", "本专业", "是"), "own"),
    **dict.fromkeys(("相关职业", "相关专业", "相关"), "related"),
    **dict.fromkeys(("其他", "其他职业", "其他专业", "否", "无"), "other"),
}
ANSWERS = {"是": True, "有": True, "否": False, "无": False}
DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})(?:[-/.月]([0-9]{1,2})日?|月)?")


@dataclass(frozen=True)
class Column:
    """A column of the sheet: its header, an example, and what may stand in it. Every cell may be empty."""

    name: str
    example: str
    help_zh: str
    help_en: str


COLUMNS = (
    Column(OWN_FROM, "2018-07", "从事本职业的起始年月", "month in which work in the occupation began"),
    Column(OWN_UNTIL, "", "终止年月，至今则留空", "month in which it ended; empty: still there"),
    Column(RELATED_FROM, "", "从事相关职业的起始年月", "month in which work in a related occupation began"),
    Column(RELATED_UNTIL, "", "终止年月，至今则留空", "month in which it ended; empty: still there"),
    Column(LEVEL, "四级/中级工", "已有证书的等级", "level of the certificate held"),
    Column(NUMBER, "", "已有证书的编号", "its number"),
    Column(ISSUED, "2021-05-20", "已有证书的发证日期", "its day of issue"),
    Column(CERTIFIED_IN, "本职业", "本职业、相关职业；空为本职业", "the same or a related occupation; empty: same"),
    Column(SCHOOL, "大专", "、".join(SCHOOLS), "kind of school"),
    Column(GRADUATED, "2018-07", "毕业年月或日期，可为预计", "month or day of graduation, expected or past"),
    Column(MAJOR, "相关专业", "本专业、相关专业、其他专业", "the same, a related or another major"),
    Column(GRADUATING, "否", "是、否", "yes or no: graduates this year"),
    Column(EVALUATED, "否", "是、否", "yes or no: the school has been evaluated"),
    Column(APPRENTICE, "否", "是、否", "yes or no: apprenticeship done"),
    Column(TRAINED, "否", "是、否", "yes or no: trained for the standard's hours"),
    Column(TITLE, "", "初级、中级、高级", "junior, intermediate or senior professional title"),
    Column(GRANTED, "", "职称取得日期", "day on which it was granted"),
    Column(TITLE_MATCHES, "", "是、否；空为是", "yes or no: in a corresponding field; empty: yes"),
)


@dataclass(frozen=True)
class RowProblem:
    """A cell that can't be read, or that lacks beside another."""

    column: str
    code: str
    message_zh: str
    message_en: str


@dataclass(frozen=True)
class RowFacts:
    """The facts of a row, and every problem found; what couldn't be read isn't in the facts."""

    facts: Facts
    problems: tuple[RowProblem, ...]


Value = TypeVar("Value")


class _Cells:
    """The cells of one row, and the problems met in reading them."""

    def __init__(self, row: Mapping[str, object]) -> None:
        self._row = row
        self.problems: list[RowProblem] = []

    def refuse(self, column: str, code: str, zh: str, en: str) -> None:
        self.problems.append(RowProblem(column, code, zh, en))

    def text(self, column: str) -> str:
        value = self._row.get(column)
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).strip().replace("／", "/").replace(" ", "")

    def choice(self, column: str, choices: Mapping[str, Value]) -> Value | None:
        written = self.text(column)
        if not written:
            return None
        if written not in choices:
            self.refuse(column, "choice", f"应为：{'、'.join(choices)}", f"one of: {', '.join(choices)}")
        return choices.get(written)

    def flag(self, column: str, empty: bool = False) -> bool:
        answer = self.choice(column, ANSWERS)
        return empty if answer is None else answer

    def day(self, column: str) -> date | None:
        """Read a day or a month (its first day)."""
        value = self._row.get(column)
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        written = self.text(column)
        if not written:
            return None
        match = DAY.fullmatch(written)
        try:
            if match:
                return date(int(match[1]), int(match[2]), int(match[3] or 1))
        except ValueError:
            pass
        self.refuse(column, "date", "应为 YYYY-MM 或 YYYY-MM-DD", "expected YYYY-MM or YYYY-MM-DD")
        return None


def facts_from_row(row: Mapping[str, object], *, birth_date: date | None) -> RowFacts:
    """Build the facts that one row of the sheet states; see `COLUMNS` for what each column holds.

    Cells are strings, numbers or dates as a spreadsheet gives them. Applying states the intent. Months of
    work count whole at both ends. Never raises on a bad cell: every problem is in the answer.
    """
    cells = _Cells(row)
    facts = Facts(
        birth_date=birth_date,
        intent=True,
        employments=(
            *_employment(cells, OWN_FROM, OWN_UNTIL, "own"),
            *_employment(cells, RELATED_FROM, RELATED_UNTIL, "related"),
        ),
        certificates=_certificates(cells),
        titles=_titles(cells),
        schoolings=_schoolings(cells),
        apprenticeship_done=cells.flag(APPRENTICE),
        school_evaluated=cells.flag(EVALUATED),
        training_completed=cells.flag(TRAINED),
    )
    return RowFacts(facts, tuple(cells.problems))


def _employment(cells: _Cells, since: str, until: str, relation: Relation) -> tuple[Employment, ...]:
    first, last = cells.day(since), cells.day(until)
    if first is None:
        if last is not None:
            cells.refuse(since, "missing", "有终止年月而没有起始年月", "an end without a beginning")
        return ()
    if last is None and cells.text(until):
        return ()
    if last is not None and month_end(last) <= month_start(first):
        cells.refuse(until, "order", "终止年月早于起始年月", "it ends before it begins")
        return ()
    end = month_end(last) if last else None
    return (Employment(month_start(first), end, relation, ref=since),)


def _certificates(cells: _Cells) -> tuple[PriorCertificate, ...]:
    level, issued = cells.choice(LEVEL, LEVELS), cells.day(ISSUED)
    relation = cells.choice(CERTIFIED_IN, RELATIONS) or "own"
    if level is None:
        if issued is not None or cells.text(NUMBER):
            cells.refuse(LEVEL, "missing", "填了原证书而没有等级", "a certificate without its level")
        return ()
    if issued is None:
        cells.refuse(ISSUED, "missing", "填了原证书等级而没有发证日期", "a certificate without its day of issue")
        return ()
    return (PriorCertificate(level, issued, relation, cells.text(NUMBER), ref=LEVEL),)


def _titles(cells: _Cells) -> tuple[ProfessionalTitle, ...]:
    rank, granted = cells.choice(TITLE, RANKS), cells.day(GRANTED)
    matches = cells.flag(TITLE_MATCHES, empty=True)
    if rank is None:
        return ()
    if granted is None:
        cells.refuse(GRANTED, "missing", "填了职称等级而没有取得日期", "a title without its day")
        return ()
    return (ProfessionalTitle(rank, granted, matches, ref=TITLE),)


def _schoolings(cells: _Cells) -> tuple[Schooling, ...]:
    school, graduated = cells.choice(SCHOOL, SCHOOLS), cells.day(GRADUATED)
    major = cells.choice(MAJOR, RELATIONS) or "other"
    graduating = cells.flag(GRADUATING)
    if school is None:
        return ()
    return (Schooling(school, major, graduated, graduating, enrolled=graduating, ref=SCHOOL),)
