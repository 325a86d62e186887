"""Files of every bad shape: read right, or refused with the reason, never half and never silently wrong."""

import contextlib
import random
from itertools import pairwise
from typing import Any

import pytest
from tests.kernel.sheets import sheet_corpus as corpus

from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.kernel.sheets.model import Limits, Table
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.uploads.problems import Unreadable

REFUSED = corpus.refused()
ACCEPTED = corpus.accepted()


def opened(data: bytes, limits: Limits | None = None) -> Table:
    return read_table(data, header_aliases=corpus.HEADERS, required=corpus.REQUIRED, limits=limits or Limits())


def people(table: Table) -> list[tuple[str, ...]]:
    return [tuple(row.text(key) for key in ("name", "identity", "score")) for row in table.rows]


def test_the_corpus_has_more_than_sixty_files() -> None:
    assert len(REFUSED) + len(ACCEPTED) >= 60


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("shape", REFUSED)
def test_a_bad_shape_is_refused_with_its_reason(shape: str) -> None:
    data, code = REFUSED[shape]
    with pytest.raises(Unreadable) as refusal:
        list(opened(data).rows)
    assert code in {each.code for each in refusal.value.problems}
    assert all(each.what and each.why and each.mend and "%(" not in each.what for each in refusal.value.problems)


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("shape", ACCEPTED)
def test_an_odd_shape_holds_the_three_people(shape: str) -> None:
    data, noted = ACCEPTED[shape]
    table = opened(data)
    assert people(table) == corpus.PEOPLE
    assert table.problems == []
    assert {each.code for each in table.notes} == noted


@pytest.mark.requirement("ENR-01")
def test_a_workbook_cut_anywhere_is_refused() -> None:
    for piece in corpus.cuts(corpus.plain()):
        with pytest.raises(Unreadable):
            list(opened(piece).rows)


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_cut_anywhere_is_refused_or_told(encoding: str) -> None:
    """A cut at the end of a line can't be known; the rows are then exactly those before it."""
    whole = [(f"丁卯{i}䶮", f"22910419900101{i:04d}", str(i % 101)) for i in range(200)]
    for piece in corpus.cuts(corpus.csv_text(whole).encode(encoding)):
        try:
            table = opened(piece)
            found = people(table)
        except Unreadable:
            continue
        told = table.problems or {each.code for each in table.notes} & {"note_no_final_newline"}
        assert told or found == whole[: len(found)]


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_thousand_names_are_the_same_in_every_encoding(encoding: str) -> None:
    whole = [(f"{chr(0x4E00 + 7 * i)}䶮{chr(0x20BB7 + i)}", f"22910419900101{i:04d}", "60") for i in range(1_000)]
    assert people(opened(corpus.csv_text(whole).encode(encoding))) == whole


def test_gbk_reads_as_gb18030() -> None:
    whole = [("丁卯春", "229104199001010016", "60")]
    assert people(opened(corpus.csv_text(whole).encode("gbk"))) == whole


def test_a_name_that_gbk_lacks_is_never_replaced_in_silence() -> None:
    lost = [("丁\ufffd春", "229104199001010016", "60"), ("\ue000卯", "229104199102020028", "61")]
    table = opened(corpus.csv_text(lost).encode())
    assert len(list(table.rows)) == 2
    assert [(each.code, each.row, each.column) for each in table.problems] == [
        ("unreadable_character", 2, "name"),
        ("unreadable_character", 3, "name"),
    ]


@pytest.mark.requirement("ENR-01")
def test_an_identity_number_in_a_numeric_cell_is_told_as_a_number() -> None:
    """The eighteen digits are already another person's: callers refuse by the kind, not by the check digit."""
    data = corpus.drawn(lambda sheet, _: sheet.write_number(1, 1, 110101199003070134))
    rows = list(opened(data).rows)
    assert [row["identity"].kind for row in rows] == ["number", "text", "text"]
    assert rows[0].text("identity") != "110101199003070134"


def test_numbers_days_and_truths_keep_their_kind() -> None:
    def draw(sheet: Any, made: object) -> None:
        sheet.write_number(1, 2, 78.5)
        sheet.write_number(2, 2, 45901)
        sheet.write_boolean(3, 2, True)

    cells = [row["score"] for row in opened(corpus.drawn(draw)).rows]
    assert [(cell.value, cell.kind) for cell in cells] == [("78.5", "number"), ("45901", "number"), ("TRUE", "bool")]
    assert str(parse_date(cells[1])) == "2025-09-01"


def test_a_failed_formula_is_a_problem_not_an_empty_cell() -> None:
    data = corpus.drawn(lambda sheet, _: sheet.write_formula(2, 2, "=NA()", None, "#N/A"))
    table = opened(data)
    assert [row["score"].kind for row in table.rows] == ["text", "error", "text"]
    assert [(each.code, each.row, each.column) for each in table.problems] == [("cell_error", 3, "score")]


def test_merged_data_cells_are_told_by_row_before_the_rows_are_read() -> None:
    data = corpus.drawn(lambda sheet, _: sheet.merge_range(2, 2, 3, 2, "60"))
    table = opened(data)
    assert [(each.code, each.row, each.column, each.params["cells"]) for each in table.info.problems] == [
        ("merged_cells", 3, "score", "C3:C4")
    ]


def test_row_numbers_are_those_of_the_spreadsheet_program() -> None:
    rows = [corpus.PEOPLE[0], ("", "", ""), corpus.PEOPLE[1]]
    assert [row.number for row in opened(corpus.plain(rows, top=2)).rows] == [4, 6]
    text = corpus.csv_text([("丁\n卯", "1", "2"), ("己巳", "3", "4")])
    quoted = text.replace("丁\n卯", '"丁\n卯"').encode()
    assert [(row.number, row.text("name")) for row in opened(quoted).rows] == [(2, "丁 卯"), (4, "己巳")]


@pytest.mark.parametrize("line", ["丁卯春,229104", "丁卯春,229104,78,多", "丁,卯,春,1,2"])
def test_a_row_with_fields_missing_or_too_many_is_told(line: str) -> None:
    table = opened((",".join(corpus.HEAD) + "\n" + line + "\n").encode())
    assert len(list(table.rows)) == 1
    assert [(each.code, each.row) for each in table.problems] == [("ragged", 2)]


def test_data_outside_of_the_headings_is_told() -> None:
    table = opened(corpus.drawn(lambda sheet, _: sheet.write_string(2, 4, "多")))
    list(table.rows)
    assert [(each.code, each.row, each.column) for each in table.problems] == [("unheaded", 3, "E")]


def test_all_missing_headings_are_told_at_once() -> None:
    with pytest.raises(Unreadable) as refusal:
        read_table(
            corpus.plain(), header_aliases={**corpus.HEADERS, "单位": "a", "等级": "b"}, required=("name", "a", "b")
        )
    assert [each.column for each in refusal.value.problems] == ["单位", "等级"]


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(file_size=1_000), "too_big"),
        (Limits(entries=3), "too_many_entries"),
        (Limits(unpacked=2_000), "too_big_unpacked"),
        (Limits(rows=2), "too_many_rows"),
        (Limits(columns=2), "too_many_columns"),
        (Limits(cells=5), "too_many_cells"),
    ],
)
def test_every_limit_holds(limits: Limits, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        list(opened(corpus.plain(), limits).rows)
    assert [each.code for each in refusal.value.problems] == [code]


def test_a_long_cell_is_told_and_cut() -> None:
    table = opened(corpus.plain([("春" * 50, "1", "2")]), Limits(cell_length=20))
    assert [row.text("name") for row in table.rows] == ["春" * 20]
    assert [each.code for each in table.problems] == ["cell_too_long"]


def test_problems_are_capped_but_rows_are_not() -> None:
    whole = [("\ufffd", str(i), "1") for i in range(30)]
    table = opened(corpus.csv_text(whole).encode(), Limits(problems=7))
    assert len(list(table.rows)) == 30
    assert len(table.problems) == 7
    assert all(one.row < other.row for one, other in pairwise(table.problems))


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize("part", ["", corpus.SHEET, "xl/workbook.xml", "xl/sharedStrings.xml"])
def test_bytes_changed_at_random_are_read_or_refused_but_never_crash(part: str) -> None:
    rng, base = random.Random(11), corpus.plain()
    inside = corpus.part_of(base, part) if part else base
    for _ in range(150):
        changed = bytearray(inside)
        for _ in range(rng.choice((1, 2, 5))):
            changed[rng.randrange(len(changed))] = rng.randrange(32, 127)
        data = corpus.with_part(base, part, bytes(changed)) if part else bytes(changed)
        with contextlib.suppress(Unreadable):
            assert len(list(opened(data).rows)) <= len(corpus.PEOPLE) + 1
