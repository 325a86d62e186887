"""Cell values: plain forms, days and months, and the guard against formulas with its way back."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.kernel.sheets.cells import (
    is_dangerous,
    neutralise,
    parse_date,
    parse_month,
    plain,
    text_cell,
    unneutralise,
)
from gongjiang.kernel.sheets.model import Cell

DAY = date(2025, 9, 1)


@pytest.mark.parametrize(
    "text",
    [
        "2025-09-01",
        "2025/9/1",
        "2025.9.1",
        "2025年9月1日",
        "20250901",
        "２０２５年９月１日",
        " 2025-9-1 ",
        "2025-09-01 00:00",
    ],
)
def test_a_day_is_read_in_every_usual_form(text: str) -> None:
    assert parse_date(text) == DAY
    assert parse_month(text) == DAY


@pytest.mark.parametrize(
    "text", ["2025-02-30", "20251301", "9/1/2025", "二〇二五年九月", "2025", "", "1825-01-01", "45901"]
)
def test_what_names_no_day_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_a_serial_number_is_a_day_only_in_a_numeric_cell() -> None:
    assert parse_date(Cell("45901", "number")) == DAY
    assert parse_date(Cell("20250901", "number")) == DAY
    assert parse_date(Cell("7", "number")) is None


@pytest.mark.parametrize("text", ["2025-09", "2025/9", "2025年9月", "202509", "２０２５．９".replace("．", ".")])
def test_a_month_is_its_first_day(text: str) -> None:
    assert parse_month(text) == DAY


@pytest.mark.parametrize("text", ["2025-13", "202500", "九月", "2025"])
def test_what_names_no_month_is_none(text: str) -> None:
    assert parse_month(text) is None


@given(st.dates(date(1901, 1, 1), date(2100, 12, 31)))
def test_every_day_survives_every_form(day: date) -> None:
    forms = (
        day.isoformat(),
        f"{day:%Y%m%d}",
        f"{day.year}/{day.month}/{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
    )
    assert {parse_date(form) for form in forms} == {day}
    assert parse_date(Cell(str((day - date(1899, 12, 30)).days), "number")) == day


def test_plain_keeps_punctuation_and_remembers_the_original() -> None:
    cell = text_cell("\u3000Ａ１（甲）\u200b ")
    assert (cell.value, cell.original) == ("A1（甲）", "\u3000Ａ１（甲）\u200b ")
    assert text_cell("\u200b\u3000").is_empty


@given(st.text())
def test_plain_is_the_same_twice(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\n ＝＋－＠a甲\u200b")) | st.text())
def test_neutralising_comes_back_and_leaves_nothing_live(text: str) -> None:
    guarded = neutralise(text)
    assert unneutralise(guarded) == text
    assert guarded == text or guarded.startswith("'")
    assert not is_dangerous(text) or guarded[0] == "'"
