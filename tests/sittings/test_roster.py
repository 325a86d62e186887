from datetime import date

import pytest
from tests.factories import (
    at,
    make_actor,
    make_arranged_batch,
    make_body,
    make_ready_batch,
    make_rooms,
    make_staff,
    make_tree,
)

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.sittings import actions, queries, staffing
from gongjiang.sittings.models import Duty, ExamRoom
from gongjiang.workforce.models import Appointment, StaffMember

pytestmark = pytest.mark.django_db
NOON = "2026-05-18 12:00"


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.fixture
def batch(body, clerk):
    make_rooms(body)
    make_staff(body)
    batch = make_ready_batch(body)
    actions.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    return batch


def one(role):
    return StaffMember.everything.filter(appointments__role=role).order_by("pk").first()


def draw(batch, clerk, seed=7):
    return actions.propose_roster(actor=clerk, at=at(NOON), batch=batch, seed=seed)


def lock(batch, clerk, **changes):
    return actions.lock_arrangement(actor=clerk, at=at("2026-05-25 09:00"), batch=batch, **changes)


@pytest.mark.requirement("ARR-04")
def test_a_draw_fills_the_seven_roles_and_the_ratios(batch, clerk):
    added = draw(batch, clerk)

    roles = {}
    for duty in added:
        roles[duty.role] = roles.get(duty.role, 0) + 1
    assert roles == {
        "chief_officer": 1,
        "administration_lead": 1,
        "staff": 1,
        "internal_supervisor": 1,
        "safety_officer": 1,
        "invigilator": 4,  # two rooms, at least two in each
        "assessor": 6,  # two rooms, at least three in each, an odd number
    }
    assert staffing.check(queries.current_of(batch)) == []
    assert draw(batch, clerk) == []


@pytest.mark.requirement("ARR-04")
def test_the_same_seed_draws_the_same_people(batch, clerk):
    def people():
        return set(Duty.objects.values_list("member", "role", "room"))

    draw(batch, clerk)
    first = people()
    Duty.objects.all().delete()
    draw(batch, clerk)

    assert people() == first
    digests = [entry.facts["draws"] for entry in AuditEntry.objects.filter(action="duty.draw")]
    assert digests[0] == digests[1]


@pytest.mark.requirement("ARR-04")
def test_without_a_complete_roster_nothing_is_locked(batch, clerk):
    draw(batch, clerk)
    Duty.objects.filter(role="safety_officer").delete()
    Duty.objects.filter(role="invigilator").first().delete()

    with pytest.raises(Refused) as refused:
        lock(batch, clerk)

    assert refused.value.codes == ("role-missing", "invigilators-short")
    assert {cite.key for cite in refused.value.cites} == {"JL-2024-5§21"}
    batch.refresh_from_db()
    assert (batch.state, batch.arranged_on) == ("ready", None)


@pytest.mark.requirement("STF-01")
def test_an_expired_assessor_is_not_named(batch, clerk):
    assessor, room = one("assessor"), ExamRoom.everything.filter(kind="practical").first()
    Appointment.objects.filter(member=assessor).update(since=date(2023, 5, 30), until=date(2026, 5, 30))

    with pytest.raises(Refused) as refused:
        actions.assign_duty(
            actor=clerk, at=at(NOON), batch=batch, member=assessor, role="assessor", part="practical", room=room
        )

    assert "role-not-held" in refused.value.codes
    assert "2026-05-30" in refused.value.grounds[0].why
    assert "JL-2024-5§38" in {cite.key for cite in refused.value.cites}
    assert Duty.objects.count() == 0


@pytest.mark.requirement("STF-01")
def test_the_last_day_of_an_assessors_term_is_good(batch, clerk):
    assessor, room = one("assessor"), ExamRoom.everything.filter(kind="practical").first()
    Appointment.objects.filter(member=assessor).update(since=date(2023, 5, 31), until=date(2026, 5, 31))

    duty = actions.assign_duty(
        actor=clerk, at=at(NOON), batch=batch, member=assessor, role="assessor", part="practical", room=room
    )

    assert list(Duty.objects.all()) == [duty]


@pytest.mark.requirement("STF-01")
@pytest.mark.parametrize("change", [{"highest_level": "5"}, {"occupation": None}], ids=["level", "occupation"])
def test_an_assessor_out_of_scope_is_not_named(batch, clerk, change):
    assessor, room = one("assessor"), ExamRoom.everything.filter(kind="practical").first()
    Appointment.objects.filter(member=assessor).update(**change)

    with pytest.raises(Refused) as refused:
        actions.assign_duty(
            actor=clerk, at=at(NOON), batch=batch, member=assessor, role="assessor", part="practical", room=room
        )

    assert refused.value.codes == ("not-qualified",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2024-5§37"]


@pytest.mark.requirement("STF-01")
def test_an_assessor_who_expires_after_being_named_stops_the_lock(batch, clerk):
    draw(batch, clerk)
    member = Duty.objects.filter(role="assessor").first().member
    Appointment.objects.filter(member=member).update(until=date(2026, 5, 30))

    with pytest.raises(Refused) as refused:
        lock(batch, clerk)

    assert sorted(refused.value.codes) == ["assessors-short", "role-not-held"]


@pytest.mark.requirement("ARR-04")
def test_nobody_assesses_colleagues(batch, clerk):
    assessor, room = one("assessor"), ExamRoom.everything.filter(kind="practical").first()
    StaffMember.everything.filter(pk=assessor.pk).update(employer="样例墨斗机电有限公司")

    with pytest.raises(Refused) as refused:
        actions.assign_duty(
            actor=clerk, at=at(NOON), batch=batch, member=assessor, role="assessor", part="practical", room=room
        )

    assert refused.value.codes == ("own-employer",)


@pytest.mark.requirement("ARR-04")
def test_another_bodys_person_is_not_named(batch, clerk, body):
    told = {"code": "S000022999019", "credit_code": "91440300708461136T", "name": "另一机构"}
    other = make_body(make_tree()["jilin_city"], **told)
    make_staff(other)
    stranger = StaffMember.everything.filter(body=other).first()

    with pytest.raises(Refused) as refused:
        actions.assign_duty(actor=clerk, at=at(NOON), batch=batch, member=stranger, role="staff")

    assert refused.value.codes == ("not-our-staff",)


@pytest.mark.requirement("ARR-04")
def test_after_the_lock_only_the_manager_changes_it_and_says_why(body, clerk):
    make_rooms(body)
    make_staff(body, invigilators=6)
    batch = make_arranged_batch(body)
    duty = batch.duties.filter(role="invigilator").first()
    named = set(batch.duties.values_list("member_id", flat=True))
    free = StaffMember.everything.filter(appointments__role="invigilator").exclude(pk__in=named).first()
    manager, when = make_actor(body.organisation, "body_manager"), at("2026-05-28 09:00")

    with pytest.raises(NotAllowed) as refused:
        actions.end_duty(actor=clerk, at=when, duty=duty)
    assert refused.value.codes == ("wrong-state",)
    with pytest.raises(NotAllowed) as refused:
        actions.replace_duty(actor=clerk, at=when, duty=duty, member=free, reason="病假")
    assert (refused.value.codes, [c.key for c in refused.value.cites]) == (("wrong-role",), ["JL-2024-5§21"])
    with pytest.raises(Refused) as refused:
        actions.replace_duty(actor=manager, at=when, duty=duty, member=free, reason=" ")
    assert refused.value.codes == ("reason-missing",)

    new = actions.replace_duty(actor=manager, at=when, duty=duty, member=free, reason="病假")

    duty.refresh_from_db()
    assert (duty.ended_at, duty.ended_reason, new.member) == (when, "病假", free)
    assert list(queries.roster_changes(batch)) == [duty]
    entry = AuditEntry.objects.get(action="duty.replace")
    assert (entry.reason, entry.facts["instead_of"], entry.cites) == ("病假", duty.member_id, ["JL-2024-5§21"])
    with pytest.raises(Refused) as refused:
        actions.replace_duty(actor=manager, at=when, duty=duty, member=free, reason="再换")
    assert "duty-ended" in refused.value.codes


def test_who_always_works_in_a_room_is_drawn_for_it(batch, clerk):
    member = one("invigilator")
    StaffMember.everything.filter(pk=member.pk).update(usual_room="理论第 2 考场")

    draw(batch, clerk)

    assert Duty.objects.get(member=member).room.name == "理论第 2 考场"


def test_the_draw_takes_nobody_twice_at_the_same_time(batch, clerk):
    draw(batch, clerk)

    theory = Duty.objects.filter(part__in=("", "theory")).values_list("member", flat=True)
    assert len(theory) == len(set(theory))
