from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import at, invented_identity, make_actor, make_body, make_tree

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.law.places import place
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce import rules
from gongjiang.workforce.actions import appoint
from gongjiang.workforce.models import Appointment, StaffMember
from gongjiang.workforce.queries import ending_between, held_on, staff_for, staff_of
from gongjiang.workforce.rules import AppointmentSpec

NOW = at("2026-03-10 09:00")


@pytest.fixture
def tree(db):
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager")


def spec(**changes):
    told = AppointmentSpec(
        name="甲子衡",
        identity=invented_identity(7),
        role="assessor",
        since=date(2025, 3, 1),
        occupation=occupation_by_code("6-31-01-03"),
        highest_level="3",
    )
    return replace(told, **changes)


@pytest.mark.requirement("STF-01")
def test_an_assessors_appointment_is_over_after_three_years(body, manager):
    appoint(actor=manager, at=NOW, body=body, specs=[spec()])

    member = staff_of(body)[0]
    assert [each.until for each in member.appointments.all()] == [date(2028, 3, 1)]
    assert [len(held_on(member, day)) for day in (date(2025, 2, 28), date(2025, 3, 1), date(2028, 2, 29))] == [0, 1, 1]
    assert held_on(member, date(2028, 3, 1)) == []
    assert AuditEntry.objects.get(action="staff.appoint").cites == ["JL-2024-5§38"]
    assert ending_between(body, date(2028, 3, 1), date(2028, 3, 2)).count() == 1


@pytest.mark.requirement("STF-01")
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"until": date(2028, 3, 2)}, "term-too-long"),
        ({"until": date(2025, 3, 1)}, "term-order"),
        ({"occupation": None}, "assessor-scope"),
        ({"highest_level": ""}, "assessor-scope"),
        ({"identity": "229104198001010018"}, "identity"),
        ({"name": " "}, "name"),
    ],
)
def test_an_appointment_against_the_rules_is_refused_whole(body, manager, change, code):
    with pytest.raises(Refused) as refused:
        appoint(actor=manager, at=NOW, body=body, specs=[spec(identity=invented_identity(8)), spec(**change)])

    assert refused.value.codes == (code,)
    assert StaffMember.everything.count() == Appointment.objects.count() == 0


@pytest.mark.requirement("STF-03")
@pytest.mark.parametrize(("is_regular", "codes"), [(True, []), (False, ["not-regular"])])
def test_an_internal_supervisor_must_be_of_the_regular_staff(body, is_regular, codes):
    told = spec(role="internal_supervisor", occupation=None, highest_level="", is_regular=is_regular)

    grounds = rules.wrong_with(told, place(body.regime), date(2026, 3, 10))

    assert [ground.code for ground in grounds] == codes
    assert [cite.key for ground in grounds for cite in ground.cites] == (["JL-2024-5§44"] if codes else [])


def test_the_same_person_in_two_roles_is_one_person(body, manager):
    first = appoint(actor=manager, at=NOW, body=body, specs=[spec()])
    second = appoint(
        actor=manager,
        at=NOW,
        body=body,
        specs=[spec(role="invigilator", occupation=None, highest_level="", employer="样例学院")],
    )

    assert (first.people, second.people) == (1, 0)
    member = StaffMember.everything.get()
    assert (member.appointments.count(), member.employer) == (2, "样例学院")
    assert appoint(actor=manager, at=NOW, body=body, specs=[spec(employer="样例学院")]).appointments == 0


def test_a_reviewer_may_not_appoint(body):
    with pytest.raises(NotAllowed) as refused:
        appoint(actor=make_actor(body.organisation, "eligibility_reviewer"), at=NOW, body=body, specs=[spec()])

    assert refused.value.codes == ("wrong-role",)


@pytest.mark.requirement("GOV-01")
def test_staff_are_seen_within_the_own_part_of_the_tree(tree, body, manager):
    appoint(actor=manager, at=NOW, body=body, specs=[spec()])

    assert staff_for(make_actor(tree["changchun"], "city_officer")).count() == 1
    assert staff_for(make_actor(tree["jilin_city"], "city_officer")).count() == 0


def test_the_identity_number_is_not_in_the_database_as_text(body, manager):
    from django.db import connection

    appoint(actor=manager, at=NOW, body=body, specs=[spec()])

    with connection.cursor() as cursor:
        cursor.execute("SELECT identity FROM workforce_staffmember")
        stored = bytes(cursor.fetchone()[0])
    assert invented_identity(7).encode() not in stored


@given(st.dates(date(2019, 1, 1), date(2090, 1, 1)), st.integers(1, 9))
def test_years_later_keeps_day_and_month_or_moves_the_leap_day_on(day, years):
    later = rules.years_later(day, years)

    assert later.year == day.year + years
    assert (later.month, later.day) in {(day.month, day.day), (3, 1)}
    assert (later.month, later.day) == (day.month, day.day) or (day.month, day.day) == (2, 29)
