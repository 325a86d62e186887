"""A first look through a workbook's packed parts, before the parser may allocate anything.

The parser lays a sheet out as a full rectangle, so two cells far apart would take all memory. The
look finds the rectangle, hidden rows and cells that show an error, which the parser doesn't tell.
"""

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO
from xml.etree import ElementTree  # nosec B405  # parts that declare entities were refused before

from gongjiang.kernel.uploads.problems import Unreadable, refuse
from gongjiang.kernel.uploads.zips import check_directory, inflate, open_zip, read_entry

from .model import HEADER_ROWS, MEBIBYTE, Limits

_REF = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"[^>/]*(/?)>')
_ANY_CELL = re.compile(rb"<(?:\w+:)?c[ >/]")
_TAG = re.compile(rb"<(?:\w+:)?(row|c)((?:\s[^>]*)?)>")
_ROW_NUMBER = re.compile(rb'\sr="(\d{1,7})"')
_CELL_REF = re.compile(rb'\sr="([A-Z]{1,3})(\d{1,7})"')
_ERROR = re.compile(rb'<(?:\w+:)?c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*?\st="e"')
_HIDDEN_ROW = re.compile(rb'<(?:\w+:)?row\s[^>]*?hidden="(?:1|true)"')
_HIDDEN_COLUMN = re.compile(rb'<(?:\w+:)?col\s[^>]*?hidden="(?:1|true)"')
_PART_CAP = 8 * MEBIBYTE


@dataclass
class SheetFacts:
    """What the look found in one sheet. Rows and columns count from 1; `cells` counts blank ones too,
    the last row and column are those of cells that hold something."""

    last_row: int = 0
    last_column: int = 0
    cells: int = 0
    hidden_rows: int = 0
    hidden_columns: bool = False
    errors: set[tuple[int, int]] = field(default_factory=set)
    _row: int = 0
    _column: int = 0


def column_number(letters: bytes) -> int:
    """1 for A, 27 for AA."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def column_letters(number: int) -> str:
    """A for 1, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_workbook(fp: BinaryIO, limits: Limits) -> dict[str, SheetFacts]:
    """Unpack every part once, counting, and look through the sheets. By the name of the sheet.

    :raises Unreadable: too many entries, too large, too dense, a lying directory, cut short,
        encrypted, macros, entities, too many rows, columns or cells.
    """
    with open_zip(fp) as archive:
        infos = archive.infolist()
    check_directory(infos, entries=limits.entries, unpacked=limits.unpacked, ratio=limits.ratio)
    parts = {info.filename.lstrip("/"): info for info in infos}
    _refuse_kinds(fp, parts, limits)
    facts: dict[str, SheetFacts] = {}
    left = limits.unpacked
    for name, info in parts.items():
        pieces = inflate(fp, info, cap=left, ratio=limits.ratio)
        if name.startswith("xl/worksheets/") and name.endswith(".xml"):
            facts[name] = _scan_sheet(pieces, limits)
        else:
            _drain(name, pieces)
        left -= info.file_size
    return {sheet: facts[part] for sheet, part in _sheet_parts(fp, parts).items() if part in facts}


def _refuse_kinds(fp: BinaryIO, parts: dict[str, zipfile.ZipInfo], limits: Limits) -> None:
    if "xl/workbook.bin" in parts:
        raise refuse("not_a_sheet", found="xlsb")
    if "xl/workbook.xml" not in parts or "[Content_Types].xml" not in parts:
        raise refuse("not_a_sheet", found="ods" if "content.xml" in parts else "zip")
    types = read_entry(fp, parts["[Content_Types].xml"], cap=_PART_CAP, ratio=limits.ratio)
    if b"macroEnabled" in types or any(name.lower().endswith("vbaproject.bin") for name in parts):
        raise refuse("macros")


def _drain(name: str, pieces: Iterator[bytes]) -> None:
    tail = b""
    is_xml = name.endswith((".xml", ".rels", ".vml"))
    for piece in pieces:
        if is_xml:
            _refuse_entities(tail + piece)
            tail = piece[-16:]


def _refuse_entities(text: bytes) -> None:
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"<\x00!\x00D" in text:
        raise refuse("entities")


def _scan_sheet(pieces: Iterator[bytes], limits: Limits) -> SheetFacts:
    facts, tail = SheetFacts(), b""
    for piece in pieces:
        text = tail + piece
        cut = text.rfind(b"<")
        if cut > 0:
            text, tail = text[:cut], text[cut:]
            _refuse_entities(text[:4096])
            _look(text, facts)
            _within(facts, limits)
        else:
            tail = text
        if len(tail) > _PART_CAP:
            raise refuse("cell_too_long", found=len(tail), limit=limits.cell_length)
    _look(tail, facts)
    _within(facts, limits)
    return facts


def _look(text: bytes, facts: SheetFacts) -> None:
    found = _REF.findall(text)
    if len(found) == len(_ANY_CELL.findall(text)):
        facts.cells += len(found)
        rows = {row for _, row, blank in found if not blank}
        columns = {column for column, _, blank in found if not blank}
        facts.last_row = max(facts.last_row, max(map(int, rows), default=0))
        facts.last_column = max(facts.last_column, max(map(column_number, columns), default=0))
    else:
        _look_slowly(text, facts)
    if b"hidden=" in text:
        facts.hidden_rows += len(_HIDDEN_ROW.findall(text))
        facts.hidden_columns = facts.hidden_columns or bool(_HIDDEN_COLUMN.search(text))
    if b't="e"' in text:
        facts.errors.update((int(row), column_number(column)) for column, row in _ERROR.findall(text))


def _look_slowly(text: bytes, facts: SheetFacts) -> None:
    """For writers that leave out positions, order attributes otherwise or use a prefix."""
    for tag, attributes in _TAG.findall(text):
        if tag == b"row":
            number = _ROW_NUMBER.search(attributes)
            facts._row = int(number.group(1)) if number else facts._row + 1
            facts._column = 0
            continue
        place = _CELL_REF.search(attributes)
        facts._column = column_number(place.group(1)) if place else facts._column + 1
        facts.cells += 1
        if not attributes.endswith(b"/"):
            facts.last_row = max(facts.last_row, int(place.group(2)) if place else facts._row)
            facts.last_column = max(facts.last_column, facts._column)


def _within(facts: SheetFacts, limits: Limits) -> None:
    if facts.last_column > limits.columns:
        raise refuse("too_many_columns", found=facts.last_column, limit=limits.columns)
    if facts.last_row > limits.rows + HEADER_ROWS:
        raise refuse("too_many_rows", limit=limits.rows)
    if facts.cells > limits.cells or facts.last_row * facts.last_column > limits.cells:
        raise refuse("too_many_cells", limit=limits.cells)


def _sheet_parts(fp: BinaryIO, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    try:
        relations_text = read_entry(fp, parts["xl/_rels/workbook.xml.rels"], cap=_PART_CAP, ratio=1000)
        book_text = read_entry(fp, parts["xl/workbook.xml"], cap=_PART_CAP, ratio=1000)
        relations = ElementTree.fromstring(relations_text)  # nosec B314  # without entities, see above
        book = ElementTree.fromstring(book_text)  # nosec B314  # without entities, see above
    except (LookupError, ValueError, ElementTree.ParseError) as error:
        if isinstance(error, Unreadable):
            raise
        raise refuse("cut") from error
    targets = {each.get("Id", ""): _part_name(each.get("Target", "")) for each in relations}
    sheets = (each for each in book.iter() if each.tag.endswith("}sheet"))
    return {each.get("name", ""): targets.get(_relation(each), "") for each in sheets}


def _relation(sheet: ElementTree.Element) -> str:
    """The id that ties a sheet to its part; its namespace differs between the two editions of the format."""
    return next((value for name, value in sheet.attrib.items() if name.endswith("}id")), "")


def _part_name(target: str) -> str:
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
