"""Cell values: made plain, made safe, and read as days and months."""

import re
from datetime import date, datetime, time, timedelta

from .model import EMPTY, Cell

INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
_ODD = re.compile(rf"[\t\r\n\x0b\x0c\u00a0\u2000-\u200a\u202f\u3000{INVISIBLE}０-９Ａ-Ｚａ-ｚ]|^ | $|  ")
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_SPACE = re.compile(r"[\s\u00a0\u2000-\u200a\u202f\u3000]+")
_FULL_WIDTH = {0xFF10 + i: ord("0") + i for i in range(10)} | {
    base + i: ord(plain) + i for base, plain in ((0xFF21, "A"), (0xFF41, "a")) for i in range(26)
}
_LOST = re.compile("[\ufffd\ue000-\uf8ff\U000f0000-\U0010fffd\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")

# What a spreadsheet program may take for a formula, also behind spaces and in full width.
_LIVE = rf"(?:[\t\r\n]|[\s{INVISIBLE}]*[=+\-@＝＋－＠])"
_DANGEROUS = re.compile(rf"'*{_LIVE}")
_NEUTRALISED = re.compile(rf"''*{_LIVE}")

_EXCEL_EPOCH = date(1899, 12, 30)
_SERIAL_RANGE = (367, 73_415)  # 1901-01-01 … 2101-01-01: anything else isn't meant as a day
_DAY = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:[T ]\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*月?")
_COMPACT_MONTH = re.compile(r"(\d{4})(\d{2})")


def plain(text: str) -> str:
    """The text with full-width digits and letters made half-width, invisible characters removed,
    every run of spaces made one, and none at the ends. Punctuation stays as it is."""
    return _SPACE.sub(" ", _INVISIBLE.sub("", text.translate(_FULL_WIDTH))).strip()


def lost_character(text: str) -> str | None:
    """The first character that stands for one that was lost (U+FFFD, private use, control), or None."""
    found = _LOST.search(text)
    return f"U+{ord(found.group()):04X}" if found else None


def text_cell(text: str) -> Cell:
    """A cell of text, normalised; its `raw` is kept where normalising changed it."""
    if not text:
        return EMPTY
    if not _ODD.search(text):
        return Cell(text)
    value = plain(text)
    return Cell(value, "text", text) if value else EMPTY


def value_cell(value: object) -> Cell:
    """A cell of a value that the workbook typed: text, number, day, instant, truth."""
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, bool):
        return Cell("TRUE" if value else "FALSE", "bool")
    if isinstance(value, int | float):
        return Cell(_number(value), "number")
    if isinstance(value, datetime):
        whole_day = value.time() == time()
        return Cell(value.date().isoformat() if whole_day else value.isoformat(" "), "date")
    if isinstance(value, date | time):
        return Cell(value.isoformat(), "date")
    if isinstance(value, timedelta):
        return Cell(str(value), "number")
    return EMPTY


def _number(value: float) -> str:
    if isinstance(value, int):
        return str(value)
    return str(int(value)) if value.is_integer() else repr(value)


def neutralise(text: str) -> str:
    """The text with an apostrophe in front if a spreadsheet program could take it for a formula."""
    return "'" + text if _DANGEROUS.match(text) else text


def unneutralise(text: str) -> str:
    """The text before `neutralise`. Any other text comes back unchanged."""
    return text[1:] if _NEUTRALISED.match(text) else text


def is_dangerous(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula."""
    return bool(_DANGEROUS.match(text))


def parse_date(cell: Cell | str) -> date | None:
    """The day that a cell names: 2025-09-01, 2025/9/1, 2025.9.1, 2025年9月1日, 20250901, or a serial
    number of Excel in a numeric cell. None if it names no day that exists."""
    kind, text = ("text", plain(cell)) if isinstance(cell, str) else (cell.kind, cell.value)
    if kind == "number" and text.isdecimal() and _SERIAL_RANGE[0] <= int(text) <= _SERIAL_RANGE[1]:
        return _EXCEL_EPOCH + timedelta(days=int(text))
    found = _DAY.fullmatch(text) or _COMPACT_DAY.fullmatch(text)
    return _day(*map(int, found.groups())) if found else None


def parse_month(cell: Cell | str) -> date | None:
    """The first day of the month that a cell names: 2025-09, 2025年9月, 202509, or a whole day of it."""
    text = plain(cell) if isinstance(cell, str) else cell.value
    found = _MONTH.fullmatch(text) or _COMPACT_MONTH.fullmatch(text)
    if found:
        return _day(int(found.group(1)), int(found.group(2)), 1)
    day = parse_date(cell)
    return day.replace(day=1) if day else None


def _day(year: int, month: int, day: int) -> date | None:
    if not 1900 <= year <= 2200:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
