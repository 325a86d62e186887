import pytest
from django.db import IntegrityError, transaction
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

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.states import BatchState
from gongjiang.sittings import actions, queries, seating
from gongjiang.sittings.actions import Pin, SittingSpec
from gongjiang.sittings.models import Arrangement, ExamRoom, Seat, Sitting

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


def arrange(batch, clerk, seed=7, **changes):
    return actions.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=seed, **changes)


def seats(arrangement, part="theory"):
    rows = Seat.objects.filter(arrangement=arrangement, sitting__part=part).order_by("enrolment_id")
    return {row.enrolment_id: (row.room.name, row.row, row.column, row.number) for row in rows.select_related("room")}


@pytest.mark.requirement("ARR-03")
def test_everybody_gets_one_seat_in_each_part_and_colleagues_sit_apart(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body, candidates=8)

    arrangement = arrange(batch, clerk)

    assert len(seats(arrangement, "theory")) == len(seats(arrangement, "practical")) == 8
    assert arrangement.conflicts == []
    assert {each["group"] for each in arrangement.explanation} == {"", "电工"}
    assert [each["proven"] for each in arrangement.explanation] == [True, True]
    entry = AuditEntry.objects.get(action="arrangement.make")
    assert (entry.facts["seats"], entry.facts["seed"], entry.facts["digest"]) == (16, 7, arrangement.digest)


@pytest.mark.requirement("ARR-03")
def test_the_same_seed_gives_the_same_seats_and_anyone_can_compute_them_again(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body)

    first, second, other = arrange(batch, clerk), arrange(batch, clerk), arrange(batch, clerk, seed=8)

    assert (first.version, second.version, other.version) == (1, 2, 3)
    assert (seats(first), first.digest) == (seats(second), second.digest)
    assert other.digest != first.digest
    assert [seating.recompute(each) for each in (first, other)] == [first.digest, other.digest]


@pytest.mark.requirement("ARR-03")
def test_who_needs_access_gets_an_accessible_room(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body)
    someone = Enrolment.everything.filter(batch=batch).last()
    someone.needs_access = True
    someone.save()

    arrangement = arrange(batch, clerk)

    assert seats(arrangement, "theory")[someone.pk][0] == "理论第 1 考场"
    assert seats(arrangement, "practical")[someone.pk][0] == "操作第 1 考场"


@pytest.mark.requirement("ARR-03")
def test_only_as_many_rooms_as_needed_are_used(body, clerk):
    make_rooms(body, theory=4, practical=4)
    batch = make_ready_batch(body, candidates=6)

    arrangement = arrange(batch, clerk)

    assert Seat.objects.filter(arrangement=arrangement).values("room").distinct().count() == 2


@pytest.mark.requirement("ARR-03")
def test_in_a_practical_part_no_room_is_shared_by_two_occupations():
    body = make_body(make_tree()["changchun"], scope=(("6-31-01-03", "4"), ("6-18-02-04", "4")))
    make_rooms(body)
    batch = make_ready_batch(body, lines=(("6-31-01-03", "4"), ("6-18-02-04", "4")))

    arrangement = arrange(batch, make_actor(body.organisation, "exam_clerk"))

    rooms = Seat.objects.filter(arrangement=arrangement, sitting__part="practical")
    pairs = set(rooms.values_list("room__name", "enrolment__line__occupation__name"))
    assert sorted(pairs) == [("操作第 1 考场", "电工"), ("操作第 2 考场", "焊工")]


@pytest.mark.requirement("ARR-03")
def test_too_few_seats_are_refused_with_the_number_that_lacks(body, clerk):
    make_rooms(body, theory=1, practical=1)
    batch = make_ready_batch(body, candidates=8)

    with pytest.raises(Refused) as refused:
        arrange(batch, clerk)

    assert refused.value.codes == ("seats-short", "seats-short")
    assert "2" in refused.value.grounds[0].why
    assert Arrangement.everything.count() == 0


@pytest.mark.requirement("ARR-01")
@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"inspection_until": "2026-05-29"}, "seats-short", id="inspection over the day before"),
        pytest.param({"cameras": 0}, "seats-short", id="no camera"),
    ],
)
def test_a_room_out_of_date_or_unwatched_is_not_offered(body, clerk, change, reason):
    make_rooms(body)
    batch = make_ready_batch(body, candidates=8)
    ExamRoom.everything.filter(kind="theory").update(**change)

    with pytest.raises(Refused) as refused:
        arrange(batch, clerk)

    assert refused.value.codes == (reason,)


@pytest.mark.requirement("ARR-01")
def test_the_last_day_of_an_inspection_is_good(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body, candidates=8)
    ExamRoom.everything.update(inspection_until="2026-05-30")

    assert len(seats(arrange(batch, clerk))) == 8


def test_pins_stay_in_the_next_version(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body)
    first = arrange(batch, clerk)
    seat = first.seats.filter(sitting__part="theory").last()
    actions.pin_seat(actor=clerk, at=at("2026-05-18 10:00"), seat=seat, pinned=True)

    second = arrange(batch, clerk, seed=99)

    assert seats(second)[seat.enrolment_id] == seats(first)[seat.enrolment_id]
    assert second.seats.get(enrolment=seat.enrolment, sitting=seat.sitting).is_pinned
    assert second.pins == [[seat.sitting_id, seat.enrolment_id, seat.room_id, seat.row, seat.column]]
    assert seating.recompute(second) == second.digest


def test_a_pin_that_cannot_be_kept_is_refused(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body)
    sitting, someone = batch.sittings.first(), Enrolment.everything.filter(batch=batch).first()
    room = ExamRoom.everything.filter(kind="theory").first()

    with pytest.raises(Refused) as refused:
        arrange(batch, clerk, pins=[Pin(sitting.pk, someone.pk, room.pk, 9, 9)])

    assert refused.value.codes == ("pin-no-such-seat",)


def test_a_move_swaps_two_and_can_be_computed_again(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body)
    arrangement = arrange(batch, clerk)
    before, digest = seats(arrangement), arrangement.digest
    a, b = arrangement.seats.filter(sitting__part="theory", room__name="理论第 1 考场")[:2]

    moved = actions.move_seat(
        actor=clerk, at=at("2026-05-18 10:00"), seat=a, room=b.room_id, row=b.row, column=b.column
    )

    after = seats(moved)
    assert (after[a.enrolment_id], after[b.enrolment_id]) == (before[b.enrolment_id], before[a.enrolment_id])
    assert {k: v for k, v in after.items() if k not in (a.enrolment_id, b.enrolment_id)} == {
        k: v for k, v in before.items() if k not in (a.enrolment_id, b.enrolment_id)
    }
    assert moved.digest != digest
    assert seating.recompute(moved) == moved.digest
    assert [c["a"] for c in moved.conflicts] != []  # side by side now


def test_a_pinned_seat_does_not_move(body, clerk):
    make_rooms(body)
    arrangement = arrange(make_ready_batch(body), clerk)
    a, b = arrangement.seats.filter(sitting__part="theory", room__name="理论第 1 考场")[:2]
    actions.pin_seat(actor=clerk, at=at("2026-05-18 10:00"), seat=b, pinned=True)

    with pytest.raises(Refused) as refused:
        actions.move_seat(actor=clerk, at=at("2026-05-18 10:00"), seat=a, room=b.room_id, row=b.row, column=b.column)

    assert refused.value.codes == ("pinned",)


def test_no_two_sit_on_one_seat(body, clerk):
    make_rooms(body)
    arrangement = arrange(make_ready_batch(body), clerk)
    a, b = arrangement.seats.filter(sitting__part="theory", room__name="理论第 1 考场")[:2]

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.filter(pk=a.pk).update(row=b.row, column=b.column)


@pytest.mark.parametrize(
    ("part", "starts", "ends", "code"),
    [
        ("theory", "2026-05-31 09:00", "2026-05-31 10:30", "outside-exam-days"),
        ("theory", "2026-05-30 09:00", "2026-05-30 10:00", "too-short"),
        ("panel", "2026-05-30 09:00", "2026-05-30 10:30", "part-unknown"),
        ("theory", "2026-05-30 10:00", "2026-05-30 09:00", "times"),
        ("practical", "2026-05-30 10:00", "2026-05-30 12:00", "overlap"),
    ],
)
def test_sittings_outside_what_was_announced_are_refused(body, clerk, part, starts, ends, code):
    batch = make_ready_batch(body)
    specs = [SittingSpec("theory", at("2026-05-30 09:00"), at("2026-05-30 10:30"))] if code == "overlap" else []
    specs.append(SittingSpec(part, at(starts), at(ends)))

    with pytest.raises(Refused) as refused:
        actions.schedule_sittings(actor=clerk, at=at("2026-05-11 09:00"), batch=batch, specs=specs)

    assert refused.value.codes == (code,)
    assert Sitting.everything.count() == 2


def test_without_a_sitting_for_each_part_nothing_is_arranged(body, clerk):
    make_rooms(body)
    batch = make_ready_batch(body)
    batch.sittings.filter(part="practical").delete()

    with pytest.raises(Refused) as refused:
        arrange(batch, clerk)

    assert refused.value.codes == ("no-sitting",)


def test_an_invigilator_may_not_arrange(body):
    make_rooms(body)
    batch = make_ready_batch(body)

    with pytest.raises(NotAllowed) as refused:
        arrange(batch, make_actor(body.organisation, "invigilator"))

    assert refused.value.codes == ("wrong-role",)


def test_what_is_locked_is_not_arranged_again(body, clerk):
    batch = make_arranged_batch(body)

    with pytest.raises(NotAllowed) as refused:
        arrange(batch, clerk)

    assert refused.value.codes == ("wrong-state",)
    assert batch.state == BatchState.ARRANGED
    assert queries.current_of(batch).version == 1


def test_two_sittings_of_one_part_share_the_candidates(body, clerk):
    make_rooms(body, theory=1, practical=2)
    make_staff(body)
    batch = make_ready_batch(body, candidates=8)
    times = [("theory", "08:00", "09:30"), ("theory", "10:00", "11:30"), ("practical", "13:00", "15:00")]
    specs = [SittingSpec(part, at(f"2026-05-30 {a}"), at(f"2026-05-30 {b}")) for part, a, b in times]
    actions.schedule_sittings(actor=clerk, at=at("2026-05-11 09:00"), batch=batch, specs=specs)

    arrangement = arrange(batch, clerk)

    counts = [arrangement.seats.filter(sitting=sitting).count() for sitting in batch.sittings.order_by("starts_at")]
    assert counts == [6, 2, 8]
