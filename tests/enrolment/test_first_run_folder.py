"""examples/first-run holds what `gongjiang run` asks for, and its people are nobody."""

import itertools
import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS, fact_cells
from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.kernel.sheets.model import Column, Row, header_aliases, required_keys
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.uploads.photos import read_photos
from gongjiang.law.codes import parse_body_code, parse_credit_code, parse_identity, parse_occupation_code
from gongjiang.law.eligibility import assess, facts_from_row
from gongjiang.results.columns import SCORE_COLUMNS
from gongjiang.sittings.columns import ATTENDANCE_COLUMNS, ROOM_COLUMNS, STAFF_COLUMNS

FOLDER = Path(__file__).parents[2] / "examples" / "first-run"
CLOSES = date(2026, 4, 30)


def rows_of(name: str, columns: Sequence[Column]) -> list[Row]:
    table = read_table(FOLDER / name, header_aliases=header_aliases(columns), required=required_keys(columns))
    rows = list(table.rows)
    assert (table.problems, table.notes) == ([], [])
    return rows


@pytest.fixture(scope="module")
def candidates() -> list[Row]:
    return rows_of("candidates.xlsx", CANDIDATE_COLUMNS)


def batch() -> dict[str, object]:
    return tomllib.loads((FOLDER / "batch.toml").read_text(encoding="utf-8"))


@pytest.mark.requirement("ENR-01")
def test_two_hundred_candidates_in_three_occupations_and_three_levels(candidates: list[Row]) -> None:
    assert len(candidates) == 200
    assert len({row.text("identity") for row in candidates}) == len({row.text("name") for row in candidates}) == 200
    assert {row.text("occupation_code") for row in candidates} == {"6-31-01-03", "6-18-02-04", "4-10-01-05"}
    lines = Counter((row.text("occupation"), row.text("level")) for row in candidates)
    assert len(lines) == 9
    assert min(lines.values()) >= 5
    assert len({row.text("employer") for row in candidates}) == 10


def test_every_code_is_right_and_belongs_to_nobody(candidates: list[Row]) -> None:
    staff = rows_of("staff.xlsx", STAFF_COLUMNS)
    numbers = [row.text("identity") for row in (*candidates, *staff)]
    assert len(set(numbers)) == len(numbers)
    assert all(number.startswith("229") and parse_identity(number, today=CLOSES).valid for number in numbers)
    codes = {row.text("employer_code") for row in candidates} - {""}
    assert all(code[2:8] == "229900" and parse_credit_code(code).valid for code in codes)
    assert all(parse_occupation_code(row.text("occupation_code")).valid for row in candidates)


def test_every_required_cell_is_filled_and_every_choice_is_from_its_list(candidates: list[Row]) -> None:
    for row in candidates:
        for column in CANDIDATE_COLUMNS:
            text = row.text(column.key)
            assert text or not column.required
            assert not text or not column.choices or text in column.choices


def test_every_candidate_meets_the_clause_claimed_or_another(candidates: list[Row]) -> None:
    levels = {"五": 5, "四": 4, "三": 3}
    for row in candidates:
        number = row.text("identity")
        found = facts_from_row(fact_cells(row), birth_date=parse_date(number[6:14]))
        assert found.problems == ()
        verdict = assess("standard-2018", levels[row.text("level")[0]], found.facts, CLOSES, "own")
        met = {clause.id for clause in verdict.clauses if clause.met}
        assert (row.text("clause") or min(met, default="")) in met, row.number


def test_every_candidate_has_a_small_photo_and_nobody_else(candidates: list[Row]) -> None:
    found = read_photos(FOLDER / "photos.zip")
    assert found.problems == ()
    assert {photo.stem for photo in found.photos} == {row.text("identity") for row in candidates}
    assert {(photo.width, photo.height) for photo in found.photos} == {(358, 441)}
    assert max(len(photo.jpeg) for photo in found.photos) < 40 * 1024


def test_attendance_and_scores_agree(candidates: list[Row]) -> None:
    pairs = {(row.text("identity"), part) for row in candidates for part in ("理论", "操作")}
    came = {
        (row.text("identity"), row.text("part")): row.text("presence")
        for row in rows_of("attendance.xlsx", ATTENDANCE_COLUMNS)
    }
    scores = {
        (row.text("identity"), row.text("part")): row.text("score") for row in rows_of("scores.xlsx", SCORE_COLUMNS)
    }
    assert set(came) == set(scores) == pairs
    assert {pair for pair, score in scores.items() if score == "缺考"} == {
        pair for pair, here in came.items() if here == "缺考"
    }
    marks = [float(score) for score in scores.values() if score != "缺考"]
    assert len(marks) == 400 - 11
    assert 20 <= sum(mark < 60 for mark in marks) <= 30
    assert 0 <= min(marks) <= max(marks) <= 100


def test_rooms_hold_everybody_and_the_rooms_beside_exist() -> None:
    rooms = rows_of("rooms.xlsx", ROOM_COLUMNS)
    theory = [int(row.text("rows")) * int(row.text("columns")) for row in rooms if row.text("kind") == "理论"]
    practical = [int(row.text("stations")) for row in rooms if row.text("kind") == "操作"]
    assert sum(theory) >= 200 <= sum(practical)
    assert max(theory) <= 30
    assert {"评分室", "候考室", "考务办公室"} <= {row.text("kind") for row in rooms}
    assert all(
        parse_date(row["inspected_on"]) < date(2026, 5, 30) < parse_date(row["inspection_until"]) for row in rooms
    )


def test_staff_suffice_for_every_room() -> None:
    roles = Counter((row.text("role"), row.text("occupations")) for row in rows_of("staff.xlsx", STAFF_COLUMNS))
    assert roles["监考员", ""] >= 16
    assert [roles["考评员", code] for code in ("6-31-01-03", "6-18-02-04", "4-10-01-05")] == [24, 19, 19]
    assert {role for role, _ in roles} == {
        "主考",
        "考务组长",
        "工作人员",
        "监考员",
        "考评员",
        "内部质量督导员",
        "安全员",
    }


def test_who_scored_is_an_assessor_of_the_occupation(candidates: list[Row]) -> None:
    assessors = {
        (row.text("name"), row.text("occupations"))
        for row in rows_of("staff.xlsx", STAFF_COLUMNS)
        if row.text("role") == "考评员"
    }
    occupations = {row.text("identity"): row.text("occupation_code") for row in candidates}
    practical = [row for row in rows_of("scores.xlsx", SCORE_COLUMNS) if row.text("part") == "操作"]
    assert {(row.text("scorer"), occupations[row.text("identity")]) for row in practical} <= assessors


def test_body_and_batch_agree() -> None:
    body = tomllib.loads((FOLDER / "body.toml").read_text(encoding="utf-8"))
    planned = batch()
    assert parse_credit_code(body["credit_code"]).valid
    assert parse_body_code(body["code"]) == ()
    scope = {(each["occupation"], level) for each in body["scope"] for level in each["levels"]}
    lines = {(each["occupation"], level) for each in planned["lines"] for level in each["levels"]}  # type: ignore[attr-defined]
    assert lines <= scope
    assert planned["place"] == body["place"] == "2201"
    days = list(planned["days"].values())  # type: ignore[attr-defined]
    assert all(one <= other for one, other in itertools.pairwise(days))
    assert body["filing"]["since"] < days[0] < days[-1] < body["filing"]["until"]


def test_the_bad_sheet_can_be_read_and_each_of_its_rows_is_wrong_in_its_own_way(candidates: list[Row]) -> None:
    table = read_table(
        FOLDER / "candidates-bad.xlsx",
        header_aliases=header_aliases(CANDIDATE_COLUMNS),
        required=required_keys(CANDIDATE_COLUMNS),
    )
    bad = list(table.rows)
    assert {each.code for each in table.problems} == {"unreadable_character", "merged_cells"}
    spoilt = [
        frozenset(key for key in {*row.cells, *sound.cells} if row[key] != sound[key])
        for row, sound in zip(bad, candidates, strict=False)
    ][:27]
    assert all(spoilt)
    assert len(set(spoilt)) >= 15
    assert [row.number for row in bad if row["identity"].kind == "number"] == [2]
