"""What goes out: no live formula anywhere, and the original text when it comes back."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest
from tests.kernel.sheets import sheet_corpus as corpus

from gongjiang.kernel.sheets.model import Column, header_aliases, required_keys
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.sheets.write import write_csv, write_table, write_template
from gongjiang.kernel.uploads.problems import Problem

BODIES = ('HYPERLINK("http://x","甲")', "cmd|'/c calc'!A0", "1+1", "SUM(A1:A9)")
PAYLOADS = [
    *(lead + body for lead in "=+-@＝＋－＠" for body in BODIES),
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "'=1+1",
    "''=1+1",
    "\u200b=1+1",
    "\u3000＝1+1",
]  # fmt: skip
COLUMNS = (
    Column("name", "姓名", required=True),
    Column("identity", "证件号码", required=True, kind="identity", how_to_fill="文本"),
    Column("sex", "性别", kind="list", choices=("男", "女")),
)


def cells_of(data: bytes, sheet: int = 0) -> list[list[Any]]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return [list(row) for row in book.worksheets[sheet].iter_rows()]


def as_table(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    write_table(out, ["姓名", "证件号码"], rows)
    return out.getvalue()


def as_template(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    write_template(out, COLUMNS, examples=rows)
    return out.getvalue()


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.BytesIO()
    write_csv(out, ["姓名", "证件号码"], rows)
    return out.getvalue()


def as_report(rows: list[list[str]]) -> bytes:
    read = read_table(as_table(rows), header_aliases=header_aliases(COLUMNS))
    out = io.BytesIO()
    problems = [Problem(2, "name", "x", "=1+1", "+1", "@x")]
    write_problem_report(out, {"name": "姓名", "identity": "证件号码"}, read.rows, problems)
    return out.getvalue()


def test_there_are_forty_payloads() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) == 40


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("export", [as_table, as_template, as_csv, as_report])
def test_forty_payloads_go_out_dead_and_come_back_whole(export: Callable[[list[list[str]]], bytes]) -> None:
    data = export([[payload, str(number)] for number, payload in enumerate(PAYLOADS)])
    if data.startswith(b"PK"):
        for sheet in range(len(openpyxl.load_workbook(io.BytesIO(data)).worksheets)):
            assert "f" not in {cell.data_type for row in cells_of(data, sheet) for cell in row}
    else:
        live = [
            each for each in data.decode("utf-8-sig").split("\r\n") if each.lstrip('"')[:1] in tuple("=+-@\t＝＋－＠")
        ]
        assert live == []
    again = read_table(data, header_aliases=header_aliases(COLUMNS))
    assert [row["name"].original for row in again.rows] == PAYLOADS


def test_texts_stay_texts_and_values_keep_their_type() -> None:
    out = io.BytesIO()
    rows = [["229104199001010016", 78.5, date(2026, 5, 30), True, None, 12]]
    count = write_table(out, ["证件号码", "成绩", "日", "真", "空", "号"], rows, title="表", text_columns=["号"])
    first = cells_of(out.getvalue())[1]
    assert count == 1
    assert [cell.data_type for cell in first] == ["s", "n", "d", "b", "n", "s"]
    assert [cell.value for cell in first[:2]] == ["229104199001010016", 78.5]
    assert first[5].value == "12"


def test_a_number_that_looks_negative_is_no_formula_in_csv() -> None:
    out = io.BytesIO()
    write_csv(out, ["数"], [[-5], ["-5"]])
    assert out.getvalue().decode("utf-8-sig").split() == ["数", "-5", "'-5"]


def test_the_template_is_text_throughout_and_offers_closed_lists() -> None:
    data = as_template([])
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert [cell.value for cell in book.worksheets[0][1]] == ["姓名*", "证件号码*", "性别"]
    offers = [(str(each.sqref), each.formula1) for each in book.worksheets[0].data_validations.dataValidation]
    assert offers == [("C2:C5001", '"男,女"')]
    assert book.worksheets[0].column_dimensions["B"].number_format == "@" or b'numFmtId="49"' in _styles(data)
    assert book.worksheets[1].title == "填写说明"


def _styles(data: bytes) -> bytes:
    import zipfile

    return zipfile.ZipFile(io.BytesIO(data)).read("xl/styles.xml")


def test_a_filled_template_can_be_read() -> None:
    data = as_template([["丁卯春", "229104199001010016", "男"]])
    table = read_table(data, header_aliases=header_aliases(COLUMNS), required=required_keys(COLUMNS))
    assert [dict(row.cells)["name"].value for row in table.rows] == ["丁卯春"]
    assert table.notes == []
    assert table.info.headers == {"name": "姓名*", "identity": "证件号码*", "sex": "性别"}


@pytest.mark.requirement("ENR-01")
def test_the_report_marks_bad_cells_and_lists_every_problem() -> None:
    table = read_table(corpus.plain(top=1), header_aliases=corpus.HEADERS)
    problems = [
        Problem(3, "identity", "check", "末位应为 8。", "校验位不符。", "对照身份证改。"),
        Problem(3, "identity", "twice", "与第 5 行相同。", "一人一次。", "删去一行。"),
        Problem(4, "", "row", "整行有问题。", "……", "……"),
        Problem(None, "", "file", "整表有问题。", "……", "……"),
    ]
    out = io.BytesIO()
    assert write_problem_report(out, table.info.headers, table.rows, problems) == 3
    rows, listed = cells_of(out.getvalue()), cells_of(out.getvalue(), 1)
    marked = [(cell.row, cell.column) for row in rows for cell in row if cell.comment]
    assert marked == [(2, 2), (3, 1)]
    assert "对照身份证改。" in rows[1][1].comment.text
    assert "删去一行。" in rows[1][1].comment.text
    assert {cell.fill.fgColor.rgb for cell in (rows[1][1], rows[2][0])} == {"FFF6D5CF"}
    assert [[cell.value for cell in row] for row in listed[1:]] == [
        [3, 2, "证件号码", "末位应为 8。", "校验位不符。", "对照身份证改。"],
        [3, 2, "证件号码", "与第 5 行相同。", "一人一次。", "删去一行。"],
        [4, 3, None, "整行有问题。", "……", "……"],
        [None, None, None, "整表有问题。", "……", "……"],
    ]
    again = read_table(out.getvalue(), header_aliases=corpus.HEADERS, required=corpus.REQUIRED)
    assert [row.text("name") for row in again.rows] == [person[0] for person in corpus.PEOPLE]


def test_the_report_can_leave_sound_rows_out() -> None:
    table = read_table(corpus.plain(), header_aliases=corpus.HEADERS)
    out = io.BytesIO()
    assert (
        write_problem_report(
            out, table.info.headers, table.rows, [Problem(3, "name", "x", "a", "b", "c")], only_bad=True
        )
        == 1
    )
    assert cells_of(out.getvalue())[1][0].value == corpus.PEOPLE[1][0]
