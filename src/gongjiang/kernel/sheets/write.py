"""Write spreadsheets in which no text can become a formula, a link or a number."""

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any, TypeAlias

import xlsxwriter  # type: ignore[import-untyped]  # it ships no types

from .cells import is_dangerous, neutralise
from .model import HOW_TO_FILL, Column

Format: TypeAlias = Any
Workbook: TypeAlias = Any
Worksheet: TypeAlias = Any
Target = str | Path | IO[bytes]
Value = str | int | float | bool | date | datetime | None

_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
    "remove_timezone": False,
}
_HEADER = {"bold": True, "bg_color": "#E4E9F0", "border": 1, "text_wrap": True, "valign": "vcenter"}
_CELL_LIMIT = 32_767
_VALIDATED_ROWS = 5_000


@contextmanager
def workbook(target: Target, *, title: str = "", created: datetime | None = None) -> Iterator[Workbook]:
    """A workbook that writes rows as they come and keeps none in memory. `created` makes its bytes repeatable."""
    book = xlsxwriter.Workbook(target if isinstance(target, str) else _path_or_stream(target), _OPTIONS)
    book.set_properties({"title": title, **({"created": created} if created else {})})
    try:
        yield book
    finally:
        book.close()


def _path_or_stream(target: Path | IO[bytes]) -> Any:
    return str(target) if isinstance(target, Path) else target


class Formats:
    """The few cell formats of a workbook. Text formats carry the quote mark that keeps a text a text."""

    def __init__(self, book: Workbook) -> None:
        self.header: Format = book.add_format(_HEADER)
        self.text: Format = book.add_format({"num_format": "@"})
        self.quoted: Format = book.add_format({"num_format": "@", "quote_prefix": True})
        self.wrapped: Format = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
        red = {"bg_color": "#F6D5CF", "font_color": "#8F1D12", "border": 1, "border_color": "#C0392B"}
        self.bad: Format = book.add_format({"num_format": "@", **red})
        self.bad_quoted: Format = book.add_format({"num_format": "@", "quote_prefix": True, **red})
        self.day: Format = book.add_format({"num_format": "yyyy-mm-dd"})
        self.instant: Format = book.add_format({"num_format": "yyyy-mm-dd hh:mm"})


def put_text(sheet: Worksheet, row: int, column: int, text: str, formats: Formats, *, bad: bool = False) -> None:
    """Write a text as a text, whatever it looks like."""
    if is_dangerous(text):
        chosen = formats.bad_quoted if bad else formats.quoted
    else:
        chosen = formats.bad if bad else formats.text
    sheet.write_string(row, column, text[:_CELL_LIMIT], chosen)


def put(sheet: Worksheet, row: int, column: int, value: Value, formats: Formats, *, as_text: bool) -> None:
    """Write a value by its own type; as text where the column asks for text."""
    if value is None or value == "":
        return
    if isinstance(value, str) or as_text:
        put_text(sheet, row, column, str(value), formats)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), formats.instant)
    else:
        sheet.write_datetime(row, column, value, formats.day)


def write_table(
    target: Target,
    columns: Sequence[str],
    rows: Iterable[Sequence[Value]],
    *,
    title: str = "",
    sheet_name: str = "Sheet1",
    text_columns: Collection[str] = (),
    widths: Sequence[int] = (),
    created: datetime | None = None,
) -> int:
    """Write one sheet: the headings in row 1, then the rows. How many rows is given back.

    Texts are never formulas, links or numbers; the columns named in `text_columns` are texts throughout.
    """
    count = 0
    texts = [heading in text_columns for heading in columns]
    with workbook(target, title=title, created=created) as book:
        sheet, formats = book.add_worksheet(sheet_name), Formats(book)
        _headings(sheet, columns, formats, widths)
        for count, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                put(sheet, count, place, value, formats, as_text=texts[place])
        sheet.autofilter(0, 0, max(count, 1), max(len(columns) - 1, 0))
    return count


def _headings(sheet: Worksheet, headings: Sequence[str], formats: Formats, widths: Sequence[int]) -> None:
    sheet.freeze_panes(1, 0)
    for place, heading in enumerate(headings):
        width = widths[place] if place < len(widths) else max(10, 2 * len(heading) + 4)
        sheet.set_column(place, place, width)
        put_text(sheet, 0, place, heading, formats) if is_dangerous(heading) else sheet.write_string(
            0, place, heading, formats.header
        )


def write_csv(target: IO[bytes], columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> int:
    """Write UTF-8 with a mark; a text that could be a formula gets an apostrophe in front, which
    reading takes off again. How many rows is given back."""
    out = io.TextIOWrapper(target, encoding="utf-8-sig", newline="")
    writer = csv.writer(out)
    writer.writerow([neutralise(each) for each in columns])
    count = 0
    for count, row in enumerate(rows, 1):  # noqa: B007  # the count is the answer
        writer.writerow([neutralise(each) if isinstance(each, str) else each for each in row])
    out.flush()
    out.detach()
    return count


def write_template(
    target: Target,
    columns: Sequence[Column],
    *,
    title: str = "",
    sheet_name: str = "填写",
    examples: Iterable[Sequence[str]] = (),
) -> None:
    """Write the sheet that people fill in, and a second one that says how.

    Every column is text, so that no spreadsheet program rounds an identity number or re-writes a day.
    Required headings bear a star; closed lists are offered in the cell.
    """
    with workbook(target, title=title) as book:
        sheet, formats = book.add_worksheet(sheet_name), Formats(book)
        sheet.freeze_panes(1, 0)
        for place, column in enumerate(columns):
            heading = column.header_zh + ("*" if column.required else "")
            sheet.set_column(place, place, max(12, 2 * len(heading) + 4), formats.text)
            sheet.write_string(0, place, heading, formats.header)
            if column.choices and len(",".join(column.choices)) <= 255:
                offer = {"validate": "list", "source": list(column.choices), "ignore_blank": True}
                sheet.data_validation(1, place, _VALIDATED_ROWS, place, offer)
        for number, row in enumerate(examples, 1):
            for place, value in enumerate(row):
                put(sheet, number, place, value, formats, as_text=True)
        _how_to_fill(book, columns, formats)


def _how_to_fill(book: Workbook, columns: Sequence[Column], formats: Formats) -> None:
    sheet = book.add_worksheet(HOW_TO_FILL)
    _headings(sheet, ("列", "必填", "怎么填", "可选值", "示例"), formats, (24, 8, 60, 40, 24))
    for number, column in enumerate(columns, 1):
        told = ("必填" if column.required else "选填", column.how_to_fill, "、".join(column.choices), column.example)
        for place, text in enumerate((column.header_zh, *told)):
            sheet.write_string(number, place, text, formats.wrapped)
