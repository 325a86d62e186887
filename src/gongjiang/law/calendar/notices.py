"""Holiday notices: one a year, issued by the General Office of the State Council (国务院办公厅)."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from importlib.resources import files

NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "Mid-autumn Festival": "中秋节",
    "National Day": "国庆节",
}
KINDS = {
    "holiday": "off",
    "off": "off",
    "休": "off",
    "放假": "off",
    "workday_makeup": "make_up",
    "work": "make_up",
    "班": "make_up",
    "上班": "make_up",
}
ALWAYS_OFF = ((1, 1, "元旦"), (5, 1, "劳动节"), (10, 1, "国庆节"))
NUMBERS = {2025: "国办发明电〔2024〕12号"}


@dataclass(frozen=True)
class Notice:
    """One year's days off and make-up working days, as its notice lists them.

    `days_off` may hold weekend days too; `make_up` holds weekend days on which people work. A notice may
    name days of the year before or after (元旦 often begins in December). `names` gives a day's holiday.
    """

    year: int
    days_off: frozenset[date]
    make_up: frozenset[date]
    source: str
    names: tuple[tuple[date, str], ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class NoticeProblem:
    """Why a line of a notice (0: the notice as a whole) can't be taken."""

    line: int
    message_zh: str
    message_en: str


class NoticeRefused(ValueError):
    """A notice that can't be loaded; `problems` says every reason at once."""

    def __init__(self, problems: Iterable[NoticeProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("; ".join(f"line {p.line}: {p.message_en}" for p in self.problems))


@dataclass(frozen=True)
class _Row:
    line: int
    day: date
    kind: str
    name: str


def parse_notice_csv(text: str, *, year: int, source: str) -> Notice:
    """Read the notice of `year` from CSV with the columns `date,name,kind`.

    `kind` is holiday (休, 放假) or workday_makeup (班, 上班); dates are YYYY-MM-DD. Chinese holiday names
    are kept, the English ones of the carried table are translated.

    :raises NoticeRefused: with every problem found, so that a person can mend them all in one go.
    """
    rows, problems = _read_rows(text)
    if not source.strip():
        problems.append(NoticeProblem(0, "请写明通知的名称或文号", "the notice's title or number is missing"))
    problems += _check_rows(rows, year)
    if not problems or rows:
        problems += _check_whole(rows, year)
    if problems:
        raise NoticeRefused(problems)
    return _notice(rows, year, source)


def _read_rows(text: str) -> tuple[list[_Row], list[NoticeProblem]]:
    reader = csv.DictReader(io.StringIO(text.lstrip("\ufeff")))
    if not {"date", "name", "kind"} <= set(reader.fieldnames or ()):
        problem = NoticeProblem(1, "表头应为 date,name,kind", "the header must be date,name,kind")
        return [], [problem]
    rows: list[_Row] = []
    problems: list[NoticeProblem] = []
    for line, record in enumerate(reader, start=2):
        written, kind = (record["date"] or "").strip(), (record["kind"] or "").strip()
        name = (record["name"] or "").strip()
        day = _day(written)
        if day is None:
            problems.append(NoticeProblem(line, "日期应为 YYYY-MM-DD", "the date must be YYYY-MM-DD"))
        if kind not in KINDS:
            problems.append(
                NoticeProblem(line, "类别应为 holiday 或 workday_makeup", "kind: holiday or workday_makeup")
            )
        if day is not None and kind in KINDS:
            rows.append(_Row(line, day, KINDS[kind], NAMES.get(name, name)))
    return rows, problems


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written) if len(written) == 10 else None
    except ValueError:
        return None


def _check_rows(rows: list[_Row], year: int) -> list[NoticeProblem]:
    problems: list[NoticeProblem] = []
    seen: set[date] = set()
    for row in rows:
        if row.day in seen:
            problems.append(NoticeProblem(row.line, "这一天出现两次", "the day stands twice"))
        seen.add(row.day)
        if abs(row.day.year - year) > 1:
            problems.append(NoticeProblem(row.line, f"不属于 {year} 年", f"not a day of {year}"))
        if row.kind == "make_up" and row.day.weekday() < 5:
            problems.append(NoticeProblem(row.line, "调休上班日应为周六或周日", "a make-up day must be a weekend day"))
    return problems


def _check_whole(rows: list[_Row], year: int) -> list[NoticeProblem]:
    off = {row.day for row in rows if row.kind == "off"}
    return [
        NoticeProblem(0, f"缺少 {year} 年{name}", f"{date(year, month, day)} isn't among the days off")
        for month, day, name in ALWAYS_OFF
        if date(year, month, day) not in off
    ]


def _notice(rows: Iterable[_Row], year: int, source: str) -> Notice:
    rows = sorted(rows, key=lambda row: row.day)
    return Notice(
        year=year,
        days_off=frozenset(row.day for row in rows if row.kind == "off"),
        make_up=frozenset(row.day for row in rows if row.kind == "make_up"),
        source=source,
        names=tuple((row.day, row.name) for row in rows),
    )


@cache
def default_notices() -> tuple[Notice, ...]:
    """Return the notices carried with the platform: 2019 to 2026, each day under its own year."""
    text = files("gongjiang.law").joinpath("data", "holidays_2019_2026.csv").read_text(encoding="utf-8")
    rows, problems = _read_rows(text)
    if problems:
        raise NoticeRefused(problems)
    years = sorted({row.day.year for row in rows})
    return tuple(_notice([row for row in rows if row.day.year == year], year, _source(year)) for year in years)


def _source(year: int) -> str:
    number = NUMBERS.get(year)
    title = f"国务院办公厅关于{year}年部分节假日安排的通知"
    return f"{title}（{number}）" if number else title
