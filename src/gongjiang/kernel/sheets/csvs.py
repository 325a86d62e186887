"""Read comma- or tab-separated text. The encoding is tried strictly, never guessed by statistics."""

import codecs
import csv
import io
import itertools
from collections.abc import Iterator
from dataclasses import replace

from gongjiang.kernel.uploads.problems import Unreadable, problem, refuse

from .assemble import Assembler, RawRow
from .cells import text_cell, unneutralise
from .model import HEADER_ROWS, Cell, Table


def decode(data: bytes) -> str:
    """The text, from UTF-8 with or without a mark, UTF-16 with one, or GB18030.

    :raises Unreadable: it's none of them, or UTF-8 cut within a character.
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _strictly(data, "utf-16")
    if data.startswith(codecs.BOM_UTF8):
        return _strictly(data, "utf-8-sig")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        # All but the last character was UTF-8: the file is cut. GB18030 would read it as other words.
        if error.reason == "unexpected end of data" and not data[: error.start].isascii():
            raise refuse("cut") from error
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise refuse("cut" if encoding.startswith("utf") else "encoding") from error
    if "\x00" in text:
        raise refuse("not_a_sheet", found="binary")
    return text


def read_csv(data: bytes, assembler: Assembler) -> Table:
    """The table of the text. Apostrophes that guard against formulas are taken off.

    :raises Unreadable: encoding, an open quotation mark, headings missing or twice, too many rows.
    """
    text = decode(data)
    lines = text.count("\n") + (not text.endswith("\n"))
    first_line = text[: text.find("\n")] if "\n" in text else text
    delimiter = max(",\t;", key=lambda each: (first_line.count(each), each == ","))
    rows = _raw_rows(text, delimiter, assembler)
    first = list(itertools.islice(rows, HEADER_ROWS))
    header = assembler.find_header(first)
    try:
        info, rest = assembler.begin(first, lines)
    except Unreadable as error:
        if header is None and not text.isascii():
            raise Unreadable([*error.problems, problem("encoding")]) from error
        raise
    width = _width(first[header or 0][1])
    if not text.endswith(("\n", "\r")):
        assembler.notes.append(problem("note_no_final_newline", at=lines))
    info = replace(info, notes=tuple(assembler.notes), problems=tuple(assembler.problems))
    walked = assembler.walk(_even(itertools.chain(rest, rows), width, assembler))
    return Table(info, walked, assembler.problems, assembler.notes)


def _width(cells: list[Cell]) -> int:
    """How many fields a row has, blank ones at the end not counted."""
    return max((place for place, cell in enumerate(cells, 1) if not cell.is_empty), default=0)


def _raw_rows(text: str, delimiter: str, assembler: Assembler) -> Iterator[RawRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    before = 0
    while True:
        try:
            fields = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise refuse("quote_open", at=before + 1) from error
        if len(fields) > assembler.limits.columns:
            raise refuse("too_many_columns", found=len(fields), limit=assembler.limits.columns)
        number, before = before + 1, reader.line_num
        yield number, [_cell(each) for each in fields]


def _cell(field: str) -> Cell:
    return text_cell(unneutralise(field) if field.startswith("'") else field)


def _even(rows: Iterator[RawRow], width: int, assembler: Assembler) -> Iterator[RawRow]:
    """Rows that have as many fields as the headings; of others say so. Blank fields at the end are fine."""
    for number, cells in rows:
        filled = _width(cells)
        if filled and (filled > width or len(cells) < width):
            assembler.add("ragged", number, found=len(cells), expected=width)
        yield number, cells[:width]
