"""What the database itself holds against: overlapping terms, edited decisions, a term past the end."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.factories import at, make_actor, make_body, make_tree

from gongjiang.bodies import actions, queries, triggers
from gongjiang.bodies.actions import Ruling
from gongjiang.bodies.directory import directory
from gongjiang.bodies.models import AssessmentBody, Decision, FilingTerm
from gongjiang.kernel.refusal import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.databases]


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


def refused_by_the_database(write) -> bool:
    try:
        with transaction.atomic():
            write()
    except IntegrityError:
        return True
    return False


@pytest.mark.requirement("FIL-08")
@pytest.mark.parametrize(
    ("since", "until", "refused"),
    [
        ("2028-10-01", "2031-10-01", False),
        ("2025-09-01", "2025-10-01", False),
        ("2028-09-30", "2031-10-01", True),
        ("2025-09-01", "2025-10-02", True),
        ("2026-01-01", "2027-01-01", True),
        ("2020-01-01", "2040-01-01", True),
    ],
)
def test_terms_of_a_body_never_overlap(tree, body, since, until, refused):
    term = {"since": date.fromisoformat(since), "until": date.fromisoformat(until), "letter_number": "样例"}

    assert refused_by_the_database(lambda: FilingTerm.objects.create(body=body, **term)) is refused
    assert FilingTerm.objects.count() == (1 if refused else 2)


@pytest.mark.requirement("FIL-08")
def test_a_term_isnt_stretched_over_the_next(body):
    FilingTerm.objects.create(body=body, since=date(2028, 10, 1), until=date(2031, 10, 1), letter_number="样例")

    stretch = FilingTerm.objects.filter(since=date(2025, 10, 1))
    assert refused_by_the_database(lambda: stretch.update(until=date(2028, 10, 2)))
    assert not refused_by_the_database(lambda: stretch.update(until=date(2028, 9, 1)))


@pytest.mark.requirement("FIL-11")
@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({"title": "改过的"}, True),
        ({"facts": {"after": 1}}, True),
        ({"number": "JD-2025-0009"}, True),
        ({"since": date(2025, 9, 1)}, True),
        ({"until": date(2027, 1, 1)}, False),
    ],
)
def test_a_decision_is_never_edited(body, change, refused):
    assert refused_by_the_database(lambda: Decision.objects.update(**change)) is refused


@pytest.mark.requirement("FIL-09")
def test_no_term_runs_past_the_end(body):
    end = {"winding_up_since": date(2026, 5, 1), "terminated_on": date(2026, 5, 1)}
    rows = AssessmentBody.everything.filter(pk=body.pk)
    assert refused_by_the_database(lambda: rows.update(**end))
    FilingTerm.objects.update(until=date(2026, 5, 1))
    assert not refused_by_the_database(lambda: rows.update(**end))
    late = {"since": date(2026, 5, 1), "until": date(2026, 6, 1), "letter_number": "样例"}
    assert refused_by_the_database(lambda: FilingTerm.objects.create(body=body, **late))


def test_the_triggers_can_be_taken_away_and_made_anew(body):
    triggers.drop()
    assert not refused_by_the_database(lambda: Decision.objects.update(title="改过的"))
    triggers.create()
    assert refused_by_the_database(lambda: Decision.objects.update(title="又改"))
    assert connection.vendor in {"sqlite", "postgresql"}


START = date(2026, 1, 10)
ACTS = ("renew", "amend", "suspend", "lift", "wind", "voluntary", "ordered")
moves = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 400), st.integers(0, 1500), st.integers(0, 1500)), max_size=8
)


def take(body, officer, day: date, act: str, ahead: int, length: int) -> None:
    since = day + timedelta(days=ahead)
    given = {"actor": officer, "at": at(f"{day} 10:00"), "body": body}
    ruling = Ruling("样例决定", "样例局", since)
    match act:
        case "renew":
            actions.renew(since=since, until=since + timedelta(days=length), ruling=ruling, **given)
        case "amend":
            now = Ruling("样例决定", "样例局", day)
            actions.amend(changes={"registered_address": f"样例路 {ahead} 号"}, ruling=now, **given)
        case "suspend":
            actions.suspend(reason="整改", decision="样例", **given)
        case "lift":
            actions.lift_suspension(reason="完成", **given)
        case "wind":
            actions.begin_winding_up(ruling=ruling, **given)
        case _:
            actions.end_filing(kind=act, ruling=ruling, **given)


@pytest.mark.requirement("FIL-08", "FIL-09")
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(moves)
def test_no_sequence_of_acts_lets_terms_overlap_or_a_body_outlive_its_end(tree, sequence):
    with transaction.atomic():
        officer = make_actor(tree["changchun"], "city_officer")
        body = make_body(tree["changchun"])
        day = START
        for act, wait, ahead, length in sequence:
            day += timedelta(days=wait)
            before = Decision.objects.count()
            done = 1
            try:
                take(body, officer, day, act, ahead, length)
            except Refused:
                done = 0
            assert Decision.objects.count() == before + done
            holds(AssessmentBody.everything.get(pk=body.pk))
        transaction.set_rollback(True)


def holds(body: AssessmentBody) -> None:
    terms = list(body.terms.all())
    assert all(one.until <= other.since for one, other in pairwise(terms))
    numbers = sorted(body.decisions.values_list("number", flat=True))
    assert len(set(numbers)) == len(numbers)
    if body.terminated_on is None:
        return
    assert all(term.until <= body.terminated_on for term in terms)
    assert body.duties.count() == 4
    for days in (0, 1, 400, 4000):
        assert queries.standing(body, body.terminated_on + timedelta(days=days)) == "terminated"
        on_file = directory().filter(queries.on_file_on(body.terminated_on + timedelta(days=days)))
        assert not on_file.exists()
