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
    make_user,
)

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.states import BatchState
from gongjiang.sittings import actions, queries
from gongjiang.sittings.models import ExamRoom, Seat
from gongjiang.sittings.tickets import ticket_numbers

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager")


@pytest.fixture
def drawn(body, clerk):
    """Return a batch that lacks only the lock."""
    make_rooms(body)
    make_staff(body)
    batch = make_ready_batch(body)
    actions.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    actions.propose_roster(actor=clerk, at=at("2026-05-18 10:00"), batch=batch, seed=7)
    return batch


def lock(batch, clerk, **changes):
    return actions.lock_arrangement(actor=clerk, at=at("2026-05-25 09:00"), batch=batch, **changes)


@pytest.mark.requirement("ENR-04")
def test_the_lock_numbers_the_tickets_in_order_of_the_seats(drawn, clerk):
    arrangement = lock(drawn, clerk)

    theory = Seat.objects.filter(arrangement=arrangement, sitting__part="theory").order_by("room__name", "number")
    given = list(theory.values_list("enrolment__ticket_number", flat=True))
    assert given == [f"26053022999017{number:05}" for number in range(1, 9)]
    drawn.refresh_from_db()
    assert (drawn.state, drawn.arranged_on) == (BatchState.ARRANGED, date(2026, 5, 25))
    assert AuditEntry.objects.get(action="batch.lock_arrangement").facts["tickets"] == 8


@pytest.mark.requirement("ENR-04")
def test_who_has_a_number_keeps_it_when_the_arrangement_is_opened_again(drawn, clerk, manager):
    lock(drawn, clerk)
    before = dict(Enrolment.everything.values_list("pk", "ticket_number"))

    actions.unlock_arrangement(actor=manager, at=at("2026-05-26 09:00"), batch=drawn, reason="两名考生退出")
    actions.arrange(actor=clerk, at=at("2026-05-26 10:00"), batch=drawn, seed=11)
    lock(drawn, clerk)

    assert dict(Enrolment.everything.values_list("pk", "ticket_number")) == before
    assert AuditEntry.objects.get(action="batch.unlock_arrangement").reason == "两名考生退出"


@pytest.mark.requirement("ENR-04")
@pytest.mark.parametrize(
    ("form", "expected"),
    [("yymmddPPSSSSSSNNNNN", "2605302299901700042"), ("yymmddNNNN", "2605300042"), ("ZJPPNNNNNNN", "ZJ220000042")],
)
def test_the_form_of_a_ticket_number_is_a_setting(form, expected):
    made = ticket_numbers(form, day=date(2026, 5, 30), province="22", site="999017", running=range(42, 43))

    assert made == [expected]


@pytest.mark.requirement("ARR-02")
@pytest.mark.parametrize(
    ("kind", "code"),
    [
        ("exam_office", "no-exam-office"),
        ("waiting_room", "no-waiting-room"),
        ("scoring_room", "no-scoring-room"),
    ],
)
def test_a_site_without_the_rooms_beside_is_not_locked(drawn, clerk, kind, code):
    ExamRoom.everything.filter(kind=kind).update(inspection_until="2026-05-29")

    with pytest.raises(Refused) as refused:
        lock(drawn, clerk)

    assert refused.value.codes == (code,)
    assert [cite.key for cite in refused.value.cites] == ["JL-2024-5§19"]


@pytest.mark.requirement("ARR-01")
def test_a_room_whose_inspection_ends_before_the_exam_is_not_locked(drawn, clerk):
    ExamRoom.everything.filter(name="理论第 1 考场").update(inspection_until="2026-05-29")

    with pytest.raises(Refused) as refused:
        lock(drawn, clerk)

    assert refused.value.codes == ("inspection-over",)
    assert [cite.key for cite in refused.value.cites] == ["JL-2024-5§18"]
    assert Enrolment.everything.exclude(ticket_number=None).count() == 0


def test_someone_who_is_no_longer_eligible_stops_the_lock(drawn, clerk):
    someone = Enrolment.everything.filter(batch=drawn).first()
    someone.state = "withdrawn"
    someone.save()

    with pytest.raises(Refused) as refused:
        lock(drawn, clerk)

    assert refused.value.codes == ("seated-too-many",)


@pytest.mark.requirement("ARR-03")
def test_colleagues_side_by_side_need_a_reason(drawn, clerk):
    arrangement = queries.current_of(drawn)
    a, b = arrangement.seats.filter(sitting__part="theory", room__name="理论第 1 考场")[:2]
    actions.move_seat(actor=clerk, at=at("2026-05-18 11:00"), seat=a, room=b.room_id, row=b.row, column=b.column)

    with pytest.raises(Refused) as refused:
        lock(drawn, clerk)
    assert refused.value.codes == ("side-by-side",)

    lock(drawn, clerk, accepted="一人行动不便，须坐门边")
    assert AuditEntry.objects.get(action="arrangement.lock").reason == "一人行动不便，须坐门边"


@pytest.mark.requirement("EXM-01")
def test_the_same_person_in_two_exams_at_the_same_time_stops_the_lock(body, clerk, drawn):
    lock(drawn, clerk)
    second = make_ready_batch(body, title="第 2 批")
    someone = Enrolment.everything.filter(batch=second).first()
    someone.candidate = Enrolment.everything.filter(batch=drawn).first().candidate
    someone.save()
    actions.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=second, seed=7)
    actions.propose_roster(actor=clerk, at=at("2026-05-18 10:00"), batch=second, seed=7)

    with pytest.raises(Refused) as refused:
        lock(second, clerk)

    assert set(refused.value.codes) == {"two-exams", "room-taken"}


@pytest.mark.requirement("ARR-06")
@pytest.mark.parametrize("role", ["invigilator", "assessor", "scorer", "eligibility_reviewer", "internal_supervisor"])
def test_before_the_release_colleagues_see_nothing(body, role):
    batch = make_arranged_batch(body)
    actor = make_actor(body.organisation, role)

    with pytest.raises(NotAllowed) as refused:
        queries.arrangement_for(actor, batch, at("2026-05-26 09:00"))
    assert [cite.key for cite in refused.value.cites] == ["JL-2024-5§31"]

    clerk = make_actor(body.organisation, "exam_clerk")
    actions.release(actor=clerk, at=at("2026-05-27 00:00"), batch=batch)
    assert queries.arrangement_for(actor, batch, at("2026-05-27 00:00")).version == 1


@pytest.mark.requirement("ARR-06")
def test_before_the_release_authorities_see_nothing_either(tree, body):
    batch = make_arranged_batch(body)
    officer = make_actor(tree["changchun"], "city_officer")

    with pytest.raises(NotAllowed):
        queries.arrangement_for(officer, batch, at("2026-05-26 09:00"))

    actions.release(actor=make_actor(body.organisation, "body_manager"), at=at("2026-05-27 08:00"), batch=batch)
    assert queries.arrangement_for(officer, batch, at("2026-05-27 08:00")).version == 1
    stranger = make_actor(tree["jilin_city"], "city_officer")
    with pytest.raises(NotAllowed):
        queries.arrangement_for(stranger, batch, at("2026-05-28 08:00"))


@pytest.mark.requirement("ARR-06")
def test_a_candidate_sees_the_own_seat_only_after_the_release(body):
    from gongjiang.accounts.queries import actor_for

    batch = make_arranged_batch(body)
    enrolment = Enrolment.everything.filter(batch=batch).first()
    user = make_user(body.organisation)
    user.person_key = enrolment.candidate.person_key
    user.save()
    candidate = actor_for(user, on=date(2026, 5, 26))

    assert list(queries.own_seats(candidate, at("2026-05-29 09:00"))) == []
    actions.release(actor=make_actor(body.organisation, "exam_clerk"), at=at("2026-05-27 09:00"), batch=batch)
    assert list(queries.own_seats(candidate, at("2026-05-27 08:59"))) == []
    seen = queries.own_seats(candidate, at("2026-05-27 09:00"))
    assert [seat.enrolment_id for seat in seen] == [enrolment.pk, enrolment.pk]
    with pytest.raises(NotAllowed):
        queries.arrangement_for(candidate, batch, at("2026-05-29 09:00"))


@pytest.mark.requirement("ARR-06")
def test_the_release_waits_for_the_day_that_the_place_sets(body, clerk):
    batch = make_arranged_batch(body)

    with pytest.raises(Refused) as refused:
        actions.release(actor=clerk, at=at("2026-05-26 23:59"), batch=batch)
    assert (refused.value.codes, [c.key for c in refused.value.cites]) == (("too-early",), ["JL-2024-5§31"])

    first = actions.release(actor=clerk, at=at("2026-05-27 00:00"), batch=batch)
    again = actions.release(actor=clerk, at=at("2026-05-27 10:00"), batch=batch)
    assert first.released_at == again.released_at == at("2026-05-27 00:00")
    assert AuditEntry.objects.filter(action="arrangement.release").count() == 1


def test_opening_a_released_arrangement_makes_it_secret_again(body, manager):
    batch = make_arranged_batch(body, released=True)

    with pytest.raises(Refused) as refused:
        actions.unlock_arrangement(actor=manager, at=at("2026-05-29 09:00"), batch=batch, reason="")
    assert refused.value.codes == ("reason-missing",)
    actions.unlock_arrangement(actor=manager, at=at("2026-05-29 09:00"), batch=batch, reason="消防检查不合格")

    with pytest.raises(NotAllowed):
        queries.arrangement_for(make_actor(body.organisation, "invigilator"), batch, at("2026-05-29 10:00"))
