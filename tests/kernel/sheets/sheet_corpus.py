"""Files made in code, one for each shape that breaks imports. None is kept as a binary."""

import io
import random
import re
import zipfile
from collections.abc import Callable
from typing import Any

import xlsxwriter

HEADERS = {"姓名": "name", "证件号码": "identity", "成绩": "score"}
REQUIRED = ("name", "identity")
PEOPLE = [
    ("丁卯春", "229104199001010016", "78"),
    ("庚午䶮", "229104199102020028", "60"),
    ("辛亥𠮷", "22910419930303003X", "59"),
]
HEAD = tuple(HEADERS)
SHEET = "xl/worksheets/sheet1.xml"

Draw = Callable[[xlsxwriter.Workbook], object]


def book(draw: Draw, **options: object) -> bytes:
    """A workbook as bytes."""
    out = io.BytesIO()
    made = xlsxwriter.Workbook(out, options)
    draw(made)
    made.close()
    return out.getvalue()


def fill(sheet: Any, rows: list[tuple[str, ...]], *, top: int = 0, left: int = 0) -> None:
    """Write rows of text."""
    for number, row in enumerate(rows, top):
        for place, text in enumerate(row, left):
            if text != "":
                sheet.write_string(number, place, text)


def plain(rows: list[tuple[str, ...]] | None = None, *, top: int = 0, left: int = 0) -> bytes:
    """A sound workbook."""
    return book(lambda made: fill(made.add_worksheet("报名"), [HEAD, *(rows or PEOPLE)], top=top, left=left))


def drawn(draw_sheet: Callable[[Any, xlsxwriter.Workbook], object]) -> bytes:
    """A sound workbook, then something done to its sheet."""

    def draw(made: xlsxwriter.Workbook) -> None:
        sheet = made.add_worksheet("报名")
        fill(sheet, [HEAD, *PEOPLE])
        draw_sheet(sheet, made)

    return book(draw)


def repacked(data: bytes, change: Callable[[str, bytes], bytes], *, add: dict[str, bytes] | None = None) -> bytes:
    """The workbook with its parts changed and parts added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            new.writestr(info.filename, change(info.filename, old.read(info)))
        for name, content in (add or {}).items():
            new.writestr(name, content)
    return out.getvalue()


def part_of(data: bytes, name: str) -> bytes:
    """One part of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name)


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part replaced."""
    return repacked(data, lambda each, old: content if each == name else old)


def with_rows(xml: bytes, *, keep: bool = True) -> bytes:
    """The sound workbook with rows of raw XML after its own, or instead of them."""

    def change(name: str, content: bytes) -> bytes:
        if name != SHEET:
            return content
        if keep:
            return content.replace(b"</sheetData>", xml + b"</sheetData>")
        return re.sub(rb"<sheetData>.*</sheetData>", b"<sheetData>" + xml + b"</sheetData>", content, flags=re.S)

    return repacked(plain(), change)


def inline(reference: str, text: str) -> bytes:
    """A cell of inline text."""
    return f'<c r="{reference}" t="inlineStr"><is><t>{text}</t></is></c>'.encode()


def csv_text(people: list[tuple[str, ...]] | None = None) -> str:
    """A sound CSV text."""
    return "".join(",".join(row) + "\r\n" for row in [HEAD, *(people or PEOPLE)])


def lying_size(data: bytes, name: str, claimed: int) -> bytes:
    """The zip with one entry's unpacked size falsified in the directory and in the local header."""
    infos = zipfile.ZipFile(io.BytesIO(data)).infolist()
    info = next(each for each in infos if each.filename == name)
    raw = bytearray(data)
    raw[info.header_offset + 22 : info.header_offset + 26] = claimed.to_bytes(4, "little")
    at = raw.rindex(b"PK\x01\x02", 0, raw.index(name.encode(), raw.index(b"PK\x01\x02")))
    raw[at + 24 : at + 28] = claimed.to_bytes(4, "little")
    return bytes(raw)


def bomb(size: int, name: str = "xl/media/image1.png") -> bytes:
    """The sound workbook with one more part of noughts."""
    return repacked(plain(), lambda _, content: content, add={name: bytes(size)})


def cuts(data: bytes) -> list[bytes]:
    """The file cut at every per cent of its length."""
    return [data[: len(data) * per_cent // 100] for per_cent in range(1, 100)]


def ole(mark: bytes) -> bytes:
    """The start of an OLE file with a mark inside, as old Excel and protected workbooks are."""
    rng = random.Random(7)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + rng.randbytes(600) + mark + rng.randbytes(600)


def _merge(first_row: int, first_column: int, last_row: int, last_column: int) -> bytes:
    return drawn(lambda sheet, made: sheet.merge_range(first_row, first_column, last_row, last_column, "姓名"))


def _two_sheets(second: list[tuple[str, ...]], *, hide: bool = False) -> bytes:
    def draw(made: xlsxwriter.Workbook) -> None:
        fill(made.add_worksheet("报名"), [HEAD, *PEOPLE])
        other = made.add_worksheet("另表")
        fill(other, second)
        if hide:
            other.hide()

    return book(draw)


def _hidden_only(made: xlsxwriter.Workbook) -> None:
    fill(made.add_worksheet("报名"), [HEAD, *PEOPLE])
    made.worksheets()[0].hide()
    made.add_worksheet("空")
    made.worksheets()[1].activate()
    made.worksheets()[1].set_first_sheet()


def refused() -> dict[str, tuple[bytes, str]]:
    """Files of which nothing may be read, with the code of the reason."""
    doctype = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'
    utf8 = csv_text().encode()
    return {
        "empty": (b"", "empty_file"),
        "old excel renamed": (ole("Workbook".encode("utf-16-le")), "old_excel"),
        "protected": (ole("EncryptedPackage".encode("utf-16-le")), "encrypted"),
        "macros": (repacked(plain(), lambda _, c: c, add={"xl/vbaProject.bin": b"x"}), "macros"),
        "macro type": (_macro_typed(), "macros"),
        "xlsb": (repacked(plain(), lambda _, c: c, add={"xl/workbook.bin": b"x"}), "not_a_sheet"),
        "other zip": (_zip({"a.txt": b"a"}), "not_a_sheet"),
        "ods": (_zip({"mimetype": b"m", "content.xml": b"<a/>"}), "not_a_sheet"),
        "pdf": (b"%PDF-1.7\n" + b"x" * 99, "not_a_sheet"),
        "jpeg": (b"\xff\xd8\xff\xe0" + b"x" * 99, "not_a_sheet"),
        "html": (b"<html><table><tr><td>" + utf8 + b"</table></html>", "not_a_sheet"),
        "svg": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "not_a_sheet"),
        "binary": (bytes(range(256)) * 8, "not_a_sheet"),
        "entities in a part": (repacked(plain(), lambda n, c: doctype + c if n == "xl/styles.xml" else c), "entities"),
        "entities in the sheet": (repacked(plain(), lambda n, c: doctype + c if n == SHEET else c), "entities"),
        "entities in utf-16": (_entities_in_utf16(), "entities"),
        "dense": (bomb(64 * 1024 * 1024), "too_dense"),
        "lying size": (lying_size(bomb(64 * 1024 * 1024), "xl/media/image1.png", 1000), "lying_directory"),
        "many parts": (repacked(plain(), lambda _, c: c, add={f"x/{i}": b"" for i in range(600)}), "too_many_entries"),
        "a million columns": (with_rows(_wide_row(1_000_000), keep=False), "too_many_columns"),
        "columns with references": (with_rows(b'<row r="9">' + inline("XFD9", "x") + b"</row>"), "too_many_columns"),
        "a cell far below": (with_rows(b'<row r="1048576">' + inline("A1048576", "x") + b"</row>"), "too_many_rows"),
        "a wider rectangle": (with_rows(b'<row r="30000">' + inline("CV30000", "x") + b"</row>"), "too_many_cells"),
        "headings in two rows": (plain([("姓名", "证件号码", "理论"), *PEOPLE]), "two_header_rows"),
        "merged heading across": (_merge(0, 0, 0, 1), "merged_header"),
        "merged heading down": (_merge(0, 0, 1, 0), "merged_header"),
        "no headings": (book(lambda made: fill(made.add_worksheet(), PEOPLE)), "no_header"),
        "other headings": (book(lambda made: fill(made.add_worksheet(), [("a", "b"), ("1", "2")])), "no_header"),
        "heading missing": (plain_with_head(("姓名", "备注", "成绩")), "header_missing"),
        "heading twice": (plain_with_head((*HEAD, "姓名")), "header_twice"),
        "headings in row 11": (plain(top=10), "no_header"),
        "empty workbook": (book(lambda made: made.add_worksheet()), "no_sheet"),
        "only hidden sheets": (book(_hidden_only), "no_sheet"),
        "two fitting sheets": (_two_sheets([HEAD, *PEOPLE]), "many_sheets"),
        "csv big5": ("姓名,證件號碼,成績\r\n陳大文,1,2\r\n".encode("big5"), "no_header"),
        "csv shift-jis": ("氏名,証明書\r\n山田太郎,１\r\n".encode("shift-jis"), "no_header"),
        "csv broken bytes": (utf8[:30] + b"\xff\xff" + utf8[30:], "encoding"),
        "csv utf-16 without mark": (csv_text().encode("utf-16-le"), "not_a_sheet"),
        "csv cut in a character": (utf8[: utf8.index("丁".encode()) + 2], "cut"),
        "csv cut in a quote": ('姓名,证件号码\r\n"丁卯春,22910'.encode(), "quote_open"),
        "csv only a name": (b"hello\n", "no_header"),
        "zip cut to its head": (plain()[:200], "cut"),
    }  # fmt: skip


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def _entities_in_utf16() -> bytes:
    book_part = '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'.encode("utf-16")
    return with_part(plain(), "xl/workbook.xml", book_part)


def _macro_typed() -> bytes:
    return repacked(plain(), lambda _, content: content.replace(b"sheet.main+xml", b"sheet.macroEnabled.main+xml"))


def _wide_row(cells: int) -> bytes:
    return b"<row>" + b"".join(b"<c><v>%d</v></c>" % (at * 7919) for at in range(cells)) + b"</row>"


def plain_with_head(head: tuple[str, ...]) -> bytes:
    """A workbook with other headings."""
    return book(lambda made: fill(made.add_worksheet(), [head, *PEOPLE]))


def blank_rows() -> bytes:
    """The sound workbook with blank rows down to the last that a sheet can have."""
    return with_rows(b"".join(b'<row r="%d" ht="15"/>' % number for number in range(5, 1_048_577)))


def formatted_blanks() -> bytes:
    """The sound workbook with formatted blank cells in 100,000 rows."""
    return with_rows(b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (n, n) for n in range(5, 100_000)))


def accepted() -> dict[str, tuple[bytes, set[str]]]:
    """Files that hold the three people, odd as they are, with the codes of what's noted."""
    text = csv_text()
    quoted = text.replace("丁卯春", '"丁卯春"')
    hide_row = drawn(lambda sheet, made: sheet.set_row(2, None, None, {"hidden": True}))
    hide_column = drawn(lambda sheet, made: sheet.set_column(2, 2, 9, None, {"hidden": True}))
    full_width = [("丁卯春", "２２９１０４１９９００１０１００１６", "78"), *PEOPLE[1:]]
    return {
        "sound": (plain(), set()),
        "title above": (book(lambda made: _titled(made)), {"note_title_row"}),
        "starts at D5": (plain(top=4, left=3), set()),
        "stars and spaces in headings": (plain_with_head(("姓 名*", "证件号码＊：", "成绩 ")), set()),
        "other column between": (_reordered(), {"note_unknown_header"}),
        "hidden row": (hide_row, {"note_hidden_rows"}),
        "hidden column": (hide_column, {"note_hidden_columns"}),
        "hidden second sheet": (_two_sheets([HEAD, *PEOPLE], hide=True), set()),
        "second sheet of another kind": (_two_sheets([("说明",), ("先读",)]), {"note_other_sheets"}),
        "a million blank rows": (blank_rows(), set()),
        "formatted blank rows": (formatted_blanks(), set()),
        "blank rows between": (plain([PEOPLE[0], ("", "", ""), PEOPLE[1], ("", "", ""), PEOPLE[2]]), set()),
        "lying dimension": (repacked(plain(), lambda n, c: c.replace(b"A1:C4", b"A1:XFD1048576")), set()),
        "no references": (repacked(plain(), _without_references), set()),
        "prefixed tags": (repacked(plain(), _prefixed), set()),
        "full width": (plain(full_width), {"note_normalised"}),
        "zero width": (plain([("丁\u200b卯春", *PEOPLE[0][1:]), *PEOPLE[1:]]), {"note_normalised"}),
        "no-break spaces": (plain([("\u00a0丁卯春\u3000", *PEOPLE[0][1:]), *PEOPLE[1:]]), {"note_normalised"}),
        "direction marks": (plain([("\u202d丁卯春\u202c", *PEOPLE[0][1:]), *PEOPLE[1:]]), {"note_normalised"}),
        "csv utf-8": (text.encode(), set()),
        "csv utf-8 with mark": (text.encode("utf-8-sig"), set()),
        "csv gb18030": (text.encode("gb18030"), set()),
        "csv utf-16": (text.encode("utf-16"), set()),
        "csv utf-16 big-endian": (b"\xfe\xff" + text.encode("utf-16-be"), set()),
        "csv line feeds": (text.replace("\r\n", "\n").encode(), set()),
        "csv quoted": (quoted.encode(), set()),
        "csv tabs": (text.replace(",", "\t").encode(), set()),
        "csv semicolons": (text.replace(",", ";").encode(), set()),
        "csv no final newline": (text.rstrip().encode(), {"note_no_final_newline"}),
        "csv trailing commas": (text.replace("\r\n", ",,\r\n").encode(), set()),
        "csv blank lines": ((text + "\r\n\r\n,,\r\n").encode(), set()),
    }  # fmt: skip


def _titled(made: xlsxwriter.Workbook) -> None:
    sheet = made.add_worksheet()
    sheet.merge_range(0, 0, 0, 2, "2026 年第 3 批报名表")
    fill(sheet, [HEAD, *PEOPLE], top=1)


def _reordered() -> bytes:
    rows = [("成绩", "备注", "证件号码", "姓名"), *((row[2], "甲", row[1], row[0]) for row in PEOPLE)]
    return book(lambda made: fill(made.add_worksheet(), rows))


def _without_references(name: str, content: bytes) -> bytes:
    if name != SHEET:
        return content
    return re.sub(rb'<(c|row) r="[A-Z0-9]+"', rb"<\1", content)


def _prefixed(name: str, content: bytes) -> bytes:
    if name != SHEET:
        return content
    text = content.replace(b'xmlns="http', b'xmlns:x="http')
    return re.sub(rb"<(/?)([a-zA-Z]+)(?=[ />])", rb"<\1x:\2", text)
