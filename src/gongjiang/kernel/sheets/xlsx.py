"""Read a workbook (.xlsx) that has passed the look of `scan`."""

import itertools
from collections.abc import Iterator
from dataclasses import replace
from typing import BinaryIO

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from gongjiang.kernel.uploads.problems import Unreadable, problem, refuse

from .assemble import Assembler, RawRow
from .cells import text_cell, value_cell
from .model import EMPTY, HEADER_ROWS, HOW_TO_FILL, PROBLEM_LIST, Cell, Table, TableInfo
from .scan import SheetFacts, column_letters, scan_workbook

Range = tuple[tuple[int, int], tuple[int, int]]
_ERROR_CELL = Cell("", "error")


def read_xlsx(fp: BinaryIO, assembler: Assembler) -> Table:
    """The one visible sheet that carries the headings.

    :raises Unreadable: see `scan_workbook`; no or several such sheets; headings merged, missing, twice.
    """
    facts = scan_workbook(fp, assembler.limits)
    fp.seek(0)
    try:
        book = CalamineWorkbook.from_filelike(fp)
        name, others = _choose(book, facts, assembler)
        sheet = book.get_sheet_by_name(name)
    except PasswordError as error:
        raise refuse("encrypted") from error
    except (CalamineError, OSError) as error:
        raise refuse("cut") from error
    assembler.sheet = name
    if others:
        assembler.notes.append(problem("note_other_sheets", sheet=name, others="、".join(others)))
    return _table(sheet, facts.get(name, SheetFacts()), assembler)


def _choose(book: CalamineWorkbook, facts: dict[str, SheetFacts], assembler: Assembler) -> tuple[str, list[str]]:
    """The sheet to read, and the visible ones with data that aren't read."""
    filled = [
        each.name
        for each in book.sheets_metadata
        if each.typ == SheetTypeEnum.WorkSheet
        and each.visible == SheetVisibleEnum.Visible
        and facts.get(each.name, SheetFacts()).last_row
    ]
    if not filled:
        raise refuse("no_sheet")
    filled = [name for name in filled if name not in (HOW_TO_FILL, PROBLEM_LIST)] or filled
    if len(filled) == 1:
        return filled[0], []
    fits = {name: _fit(book.get_sheet_by_name(name), assembler) for name in filled}
    best = max(fits.values())
    fitting = [name for name, fit in fits.items() if fit == best or (fit[0] and assembler.required)]
    if len(fitting) > 1 and best[1]:
        raise refuse("many_sheets", sheets="、".join(fitting))
    return fitting[0], [name for name in filled if name != fitting[0]]


def _fit(sheet: CalamineSheet, assembler: Assembler) -> tuple[bool, int]:
    """Whether a sheet has all headings that are needed, and how many that are known."""
    first = list(itertools.islice(_raw_rows(sheet, SheetFacts()), HEADER_ROWS))
    index = assembler.find_header(first)
    found = assembler.known(first[index][1]) if index is not None else set()
    return found >= set(assembler.required), len(found)


def _raw_rows(sheet: CalamineSheet, facts: SheetFacts) -> Iterator[RawRow]:
    """Rows from the top, cells from column A. The parser leaves out blank columns on the left and
    gives a failed formula as an empty text; the look knows where those are."""
    if sheet.start is None:
        return
    left: list[Cell] = [EMPTY] * sheet.start[1]
    failed_rows = {row for row, _ in facts.errors}
    for number, values in enumerate(sheet.iter_rows(), 1):
        cells = left + [
            EMPTY if value == "" else text_cell(value) if type(value) is str else value_cell(value) for value in values
        ]
        if number in failed_rows:
            cells = [_ERROR_CELL if (number, column) in facts.errors else cell for column, cell in enumerate(cells, 1)]
        yield number, cells


def _table(sheet: CalamineSheet, facts: SheetFacts, assembler: Assembler) -> Table:
    rows = _raw_rows(sheet, facts)
    first = list(itertools.islice(rows, HEADER_ROWS))
    header = assembler.find_header(first)
    if header is not None:
        _refuse_merged(sheet, first[header][0])
    info, rest = assembler.begin(first, sheet.end[0] + 1 if sheet.end else 0)
    _merged(sheet, info, assembler)
    if facts.hidden_rows:
        assembler.notes.append(problem("note_hidden_rows", found=facts.hidden_rows))
    if facts.hidden_columns:
        assembler.notes.append(problem("note_hidden_columns"))
    info = replace(info, notes=tuple(assembler.notes), problems=tuple(assembler.problems))
    walked = assembler.walk(itertools.chain(rest, rows))
    return Table(info, walked, assembler.problems, assembler.notes)


def _refuse_merged(sheet: CalamineSheet, header_row: int) -> None:
    """Headings that are merged, across or down, name no column for certain."""
    ranges = [each for each in sheet.merged_cell_ranges or () if each[0][0] < header_row <= each[1][0] + 1]
    if ranges:
        raise Unreadable([problem("merged_header", cells=_ref(each)) for each in ranges])


def _merged(sheet: CalamineSheet, info: TableInfo, assembler: Assembler) -> None:
    last = (sheet.end or (0, 0))[0]
    for found in sheet.merged_cell_ranges or ():
        (top, left), _ = found
        if info.header_row <= top <= last:
            assembler.add("merged_cells", top + 1, assembler.key_at(left), cells=_ref(found))


def _ref(found: Range) -> str:
    (top, left), (bottom, right) = found
    return f"{column_letters(left + 1)}{top + 1}:{column_letters(right + 1)}{bottom + 1}"
