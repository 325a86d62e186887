"""Working days: the vectors of the notices, the properties of any term, and another table of the same days."""

from datetime import UTC, date, datetime, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law.calendar import SHANGHAI, Calendar, Count, Notice

CALENDAR = Calendar.default()
DAY = timedelta(days=1)
KNOWN_DAYS = st.dates(date(2019, 1, 1), date(2026, 6, 30))
ANY_DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
TERMS = st.integers(1, 60)


@pytest.mark.requirement("MRK-02")
@pytest.mark.parametrize(
    ("start", "days", "last_day"),
    [
        ("2025-01-20", 5, "2025-01-26"),
        ("2025-09-26", 5, "2025-10-10"),
        ("2026-01-05", 30, "2026-02-14"),
        ("2026-04-30", 5, "2026-05-11"),
        ("2026-05-08", 5, "2026-05-14"),
        ("2026-09-21", 5, "2026-09-29"),
        ("2026-06-05", 5, "2026-06-12"),
        ("2026-06-15", 5, "2026-06-23"),
    ],
)
def test_a_term_ends_on_its_last_working_day(start: str, days: int, last_day: str) -> None:
    term = CALENDAR.term(date.fromisoformat(start), days)
    assert (term.last_day.isoformat(), term.provisional) == (last_day, False)
    assert term.notices == (int(start[:4]),)


def test_every_day_agrees_with_another_table() -> None:
    day, differing = date(2019, 1, 1), []
    while day <= date(2026, 12, 31):
        if CALENDAR.is_working_day(day) != chinese_calendar.is_workday(day):
            differing.append(day)
        day += DAY
    assert differing == []


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_years_have_their_248_working_days(year: int) -> None:
    days = [date(year, 1, 1) + DAY * n for n in range(365)]
    assert sum(CALENDAR.is_working_day(day) for day in days) == 248


@given(ANY_DAYS, TERMS)
def test_exactly_n_working_days_lie_after_the_first(start: date, days: int) -> None:
    term = CALENDAR.term(start, days)
    inside = [start + DAY * n for n in range(1, (term.last_day - start).days + 1)]
    assert sum(map(CALENDAR.is_working_day, inside)) == days
    assert CALENDAR.is_working_day(term.last_day)


@given(ANY_DAYS, TERMS)
def test_the_first_day_never_counts(start: date, days: int) -> None:
    first, *rest = CALENDAR.explain(start, days)
    assert (first.day, first.counts, first.ordinal, first.why) == (start, False, None, "posting day")
    assert [day.ordinal for day in rest if day.counts] == list(range(1, days + 1))
    assert rest[-1].day == CALENDAR.term(start, days).last_day


@given(ANY_DAYS, st.integers(0, 30), TERMS, st.integers(0, 10))
def test_a_later_start_or_a_longer_term_never_ends_sooner(start: date, later: int, days: int, more: int) -> None:
    term = CALENDAR.term(start, days)
    assert CALENDAR.term(start + DAY * later, days).last_day >= term.last_day
    assert CALENDAR.term(start, days + more).last_day >= term.last_day


@given(ANY_DAYS, TERMS)
def test_a_term_is_provisional_exactly_where_a_counted_year_has_no_notice(start: date, days: int) -> None:
    term = CALENDAR.term(start, days)
    counted = CALENDAR.explain(start, days)[1:]
    assert term.provisional == any(day.day.year not in CALENDAR.years for day in counted)
    assert set(term.notices) == {day.day.year for day in counted} & CALENDAR.years


@given(KNOWN_DAYS, TERMS)
def test_days_left_fall_from_the_term_to_none(start: date, days: int) -> None:
    term = CALENDAR.term(start, days)
    assert CALENDAR.working_days_left(start, term.last_day).working_days == days
    assert CALENDAR.working_days_left(term.last_day, term.last_day).working_days == 0
    assert CALENDAR.overdue_by(term.last_day, term.last_day).working_days == 0


def test_today_is_not_counted_as_left() -> None:
    assert CALENDAR.working_days_left(date(2026, 6, 17), date(2026, 6, 23)) == Count(3, provisional=False)


def test_overdue_is_told_in_working_days() -> None:
    # 2026-09-30 is worked, then 国庆节 until the 7th.
    assert CALENDAR.overdue_by(date(2026, 9, 29), date(2026, 10, 8)) == Count(2, provisional=False)
    assert CALENDAR.overdue_by(date(2026, 9, 29), date(2026, 9, 1)) == Count(0, provisional=False)


def test_each_day_says_why_it_counts_or_not() -> None:
    told = [(day.day.day, day.counts, day.why, day.name) for day in CALENDAR.explain(date(2026, 2, 13), 2)]
    assert told[:3] == [
        (13, False, "posting day", ""),
        (14, True, "make-up working day", "春节"),
        (15, False, "holiday", "春节"),
    ]
    assert told[-1] == (24, True, "working day", "")


@pytest.mark.requirement("MRK-02")
def test_a_term_is_over_at_midnight_in_shanghai_and_not_a_second_before() -> None:
    term = CALENDAR.term(date(2026, 6, 15), 5)
    assert term.opens_on == date(2026, 6, 24)
    assert term.ends_at == datetime(2026, 6, 23, 16, 0, tzinfo=UTC)
    assert not term.is_over(datetime(2026, 6, 23, 23, 59, 59, tzinfo=SHANGHAI))
    assert term.is_over(datetime(2026, 6, 24, 0, 0, tzinfo=SHANGHAI))


@pytest.mark.requirement("MRK-02")
def test_a_term_into_an_unpublished_year_is_an_estimate_and_never_over() -> None:
    term = CALENDAR.term(date(2026, 12, 28), 5)
    assert (term.last_day, term.provisional, term.notices) == (date(2027, 1, 4), True, (2026,))
    assert not term.is_over(datetime(2028, 1, 1, tzinfo=SHANGHAI))
    assert CALENDAR.explain(date(2026, 12, 28), 5)[-1].why == "assumed"
    assert CALENDAR.working_days_left(date(2026, 12, 28), date(2027, 1, 4)).provisional


def test_the_next_notice_settles_the_term_and_leaves_the_old_calendar_alone() -> None:
    off = frozenset({date(2027, 1, 1), date(2027, 1, 4), date(2027, 5, 1), date(2027, 10, 1)})
    # Days of December may stand in the next year's notice.
    notice = Notice(2027, off | {date(2026, 12, 31)}, frozenset({date(2026, 12, 27)}), "示例通知")
    later = CALENDAR.with_notice(notice)
    term = later.term(date(2026, 12, 24), 5)
    assert (term.last_day, term.provisional, term.notices) == (date(2026, 12, 30), False, (2026, 2027))
    assert later.term(date(2026, 12, 28), 5).last_day == date(2027, 1, 7)
    assert CALENDAR.term(date(2026, 12, 28), 5).provisional


def test_a_second_notice_of_a_year_replaces_the_first() -> None:
    notice = Notice(2026, frozenset({date(2026, 6, 15)}), frozenset(), "改")
    assert not CALENDAR.with_notice(notice).is_working_day(date(2026, 6, 15))
    assert CALENDAR.with_notice(notice).is_working_day(date(2026, 6, 19))
    with pytest.raises(ValueError, match="two notices"):
        Calendar((notice, notice))


@pytest.mark.parametrize("days", [0, -1, 5001])
def test_a_term_has_at_least_one_day(days: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        CALENDAR.term(date(2026, 6, 15), days)


def test_a_term_can_be_written_to_a_record() -> None:
    assert CALENDAR.term(date(2026, 6, 15), 5).as_dict() == {
        "start": "2026-06-15",
        "days": 5,
        "last_day": "2026-06-23",
        "provisional": False,
        "notices": [2026],
    }
