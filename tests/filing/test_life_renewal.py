from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import at, make_body, make_tree
from tests.filing.life import another_body, xinzhou_tree

from gongjiang.bodies.actions import Ruling, renew
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import renewal
from gongjiang.filing.renewal import Phase, phase_of, reminder_days, window
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import PlaceSetting
from gongjiang.law.calendar import add_months, last_day_ahead

pytestmark = pytest.mark.requirement("FIL-08")
days = st.dates(date(2019, 1, 1), date(2060, 1, 1))


@pytest.mark.parametrize(
    ("until", "due"),
    [
        ("2028-10-01", "2028-06-30"),
        ("2028-06-01", "2028-02-29"),
        ("2027-06-01", "2027-02-28"),
        ("2028-05-31", "2028-02-29"),
        ("2028-07-01", "2028-03-31"),
        ("2028-03-01", "2027-11-30"),
        ("2028-02-29", "2027-11-28"),
        ("2029-01-01", "2028-09-30"),
    ],
)
def test_three_months_ahead_by_the_calendar(until, due):
    assert last_day_ahead(date.fromisoformat(until), 3) == date.fromisoformat(due)


@given(until=days, months=st.integers(1, 24))
def test_the_last_day_in_time_leaves_whole_months_and_the_next_does_not(until, months):
    due = last_day_ahead(until, months)
    assert add_months(due, months) < until <= add_months(due + timedelta(days=1), months)


@given(since=days, years=st.integers(1, 5), on=days, gone=st.booleans())
def test_every_day_has_one_phase_and_they_follow_one_another(since, years, on, gone):
    until = add_months(since, 12 * years)
    due = last_day_ahead(until, 3)
    phase = phase_of(since, until, due, (180, 120, 90), on, gone=gone)
    order = [Phase.RENEWED, Phase.EARLY, Phase.OPEN, Phase.LATE, Phase.LAPSED]
    if gone:
        assert phase == Phase.ENDED
        return
    following = phase_of(since, until, due, (180, 120, 90), on + timedelta(days=1), gone=False)
    assert order.index(following) in {order.index(phase), order.index(phase) + 1}
    assert (phase in {Phase.EARLY, Phase.OPEN}) == (since <= on <= due)
    assert (phase == Phase.LATE) == (due < on < until)


@pytest.fixture
def body(db):
    return make_body(make_tree()["changchun"])


@pytest.mark.parametrize(
    ("on", "phase", "reminder"),
    [
        ("2025-09-30", Phase.RENEWED, None),
        ("2025-10-01", Phase.EARLY, None),
        ("2028-04-03", Phase.EARLY, None),
        ("2028-04-04", Phase.OPEN, 180),
        ("2028-06-03", Phase.OPEN, 120),
        ("2028-06-30", Phase.OPEN, 120),
        ("2028-07-01", Phase.LATE, 120),
        ("2028-07-03", Phase.LATE, 90),
        ("2028-09-30", Phase.LATE, 90),
        ("2028-10-01", Phase.LAPSED, 90),
    ],
)
def test_the_window_of_a_term_that_ends_with_september(body, on, phase, reminder):
    found = window(body, date.fromisoformat(on))
    assert (found.phase, found.reminder_on(date.fromisoformat(on))) == (phase, reminder)
    assert (found.last_day, found.due_on) == (date(2028, 9, 30), date(2028, 6, 30))
    assert [cite.key for cite in found.rule.cites] == ["JL-2025-1§9"]


def test_a_lapsed_filing_is_filed_anew_and_a_late_one_is_still_renewed(body):
    assert renewal.grounds(body, date(2028, 9, 30)) == ()
    assert [g.code for g in renewal.grounds(body, date(2028, 10, 1))] == ["lapsed"]


def test_a_renewed_filing_is_not_renewed_again_before_its_new_term(body):
    ruling = Ruling("续期", "样例省人社厅", date(2028, 6, 1), letter_number="样例备〔2028〕1 号")
    renew(
        actor=system("test"), at=at("2028-06-01"), body=body, since=date(2028, 10, 1), until=date(2031, 10, 1),
        ruling=ruling,
    )  # fmt: skip
    body = AssessmentBody.everything.get(pk=body.pk)
    assert [g.code for g in renewal.grounds(body, date(2028, 8, 1))] == ["renewed-already"]
    assert window(body, date(2028, 10, 1)).phase == Phase.EARLY


def test_a_body_that_winds_up_is_not_renewed(body):
    AssessmentBody.everything.filter(pk=body.pk).update(winding_up_since=date(2028, 5, 1))
    body.refresh_from_db()
    assert window(body, date(2028, 4, 30)).may_apply
    assert [g.code for g in renewal.grounds(body, date(2028, 5, 1))] == ["winding-up"]


def test_where_the_law_sets_no_lead_it_is_open_until_the_end(db):
    body = another_body(xinzhou_tree()["city"], "6-31-01-03")
    found = window(body, date(2028, 9, 30))
    assert (found.due_on, found.phase, found.rule) == (None, Phase.OPEN, None)
    assert window(body, date(2028, 10, 1)).phase == Phase.LAPSED


def test_the_reminders_are_the_settings_of_the_place(body):
    PlaceSetting.objects.create(
        name=renewal.REMINDER_DAYS, place_code="22", value="30,200", since=date(2026, 1, 1), source="样例通知"
    )
    assert window(body, date(2028, 1, 1)).reminders == ((200, date(2028, 3, 15)), (30, date(2028, 9, 1)))
    assert reminder_days("180, 120,90") == (180, 120, 90)
