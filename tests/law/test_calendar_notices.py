"""Loading a year's notice: every problem is told at once; a sound one is taken whole. And calendar months."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law.calendar import (
    NoticeRefused,
    add_months,
    add_years,
    default_notices,
    months_between,
    parse_notice_csv,
)

SOUND = """date,name,kind
2027-01-01,元旦,holiday
2027-02-05,Spring Festival,放假
2027-02-06,春节,班
2027-05-01,劳动节,holiday
2027-10-01,国庆节,休
"""


def test_a_sound_notice_is_read() -> None:
    notice = parse_notice_csv("\ufeff" + SOUND, year=2027, source="示例通知")
    assert notice.days_off == {date(2027, 1, 1), date(2027, 2, 5), date(2027, 5, 1), date(2027, 10, 1)}
    assert notice.make_up == {date(2027, 2, 6)}
    assert dict(notice.names)[date(2027, 2, 5)] == "春节"
    assert (notice.year, notice.source) == (2027, "示例通知")


def test_every_problem_is_told_at_once() -> None:
    text = SOUND + "2027-13-01,x,holiday\n2027-03-01,x,party\n2027-01-01,元旦,holiday\n"
    text += "2027-03-02,x,班\n2030-03-02,x,休\n"
    with pytest.raises(NoticeRefused) as refused:
        parse_notice_csv(text, year=2027, source=" ")
    told = [(problem.line, problem.message_en) for problem in refused.value.problems]
    assert told == [
        (7, "the date must be YYYY-MM-DD"),
        (8, "kind: holiday or workday_makeup"),
        (0, "the notice's title or number is missing"),
        (9, "the day stands twice"),
        (10, "a make-up day must be a weekend day"),
        (11, "not a day of 2027"),
    ]


@pytest.mark.parametrize("text", ["", "day,what\n2027-01-01,x\n"])
def test_a_sheet_without_its_header_is_refused(text: str) -> None:
    with pytest.raises(NoticeRefused, match="header"):
        parse_notice_csv(text, year=2027, source="示例")


def test_a_notice_cut_short_is_refused() -> None:
    with pytest.raises(NoticeRefused, match="2027-10-01 isn't among the days off"):
        parse_notice_csv(SOUND.rsplit("\n", 2)[0], year=2027, source="示例")


def test_the_carried_notices_name_their_source() -> None:
    sources = {notice.year: notice.source for notice in default_notices()}
    assert sorted(sources) == list(range(2019, 2027))
    assert sources[2025] == "国务院办公厅关于2025年部分节假日安排的通知（国办发明电〔2024〕12号）"


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        ("2024-01-31", 1, "2024-02-29"),
        ("2024-01-31", 2, "2024-03-31"),
        ("2025-12-15", 1, "2026-01-15"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2024-02-29", 12, "2025-02-28"),
        ("2024-03-31", -13, "2023-02-28"),
    ],
)
def test_months_end_where_the_month_ends(day: str, months: int, result: str) -> None:
    assert add_months(date.fromisoformat(day), months).isoformat() == result


def test_years_are_twelve_months() -> None:
    assert add_years(date(2024, 2, 29), 3) == date(2027, 2, 28)
    assert add_years(date(2024, 2, 29), 4) == date(2028, 2, 29)


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 600))
def test_months_between_undoes_adding(day: date, months: int) -> None:
    assert months_between(day, add_months(day, months)) == months


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_months_between_counts_whole_months_only(one: date, other: date) -> None:
    start, end = sorted((one, other))
    months = months_between(start, end)
    assert add_months(start, months) <= end < add_months(start, months + 1)
    assert months_between(end, start) == -months
