from datetime import date

import pytest
from tests.factories import at, make_actor, make_arranged_batch, make_body, make_exam_batch, make_ready_batch, make_tree

from gongjiang.kernel.queue import items_for
from gongjiang.planning.acts import next_acts, sections_of
from gongjiang.sittings import actions

pytestmark = pytest.mark.django_db


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


def waiting(body, role, today):
    found = items_for(make_actor(body.organisation, role), today)
    return [(item.key.split(":")[0], item.deadline) for item in found if item.url.startswith("/batches/")]


def test_each_step_of_an_exam_waits_for_the_clerk_in_turn(body):
    make_ready_batch(body)
    assert waiting(body, "exam_clerk", date(2026, 5, 20)) == [("lock_arrangement", date(2026, 5, 29))]

    other = make_arranged_batch(body, title="第 2 批")
    assert ("release", date(2026, 5, 29)) in waiting(body, "exam_clerk", date(2026, 5, 26))
    clerk = make_actor(body.organisation, "exam_clerk")
    actions.release(actor=clerk, at=at("2026-05-27 09:00"), batch=other)
    assert ("briefing", date(2026, 5, 29)) in waiting(body, "exam_clerk", date(2026, 5, 27))
    there = [duty.member for duty in other.duties.all()]
    actions.hold_briefing(actor=clerk, at=at("2026-05-29 15:00"), batch=other, attended=there)
    assert ("start_exam", date(2026, 5, 30)) in waiting(body, "exam_clerk", date(2026, 5, 29))
    actions.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=other)
    assert ("end_exam", date(2026, 5, 30)) in waiting(body, "exam_clerk", date(2026, 5, 30))
    assert waiting(body, "invigilator", date(2026, 5, 30)) == [("start_exam", date(2026, 5, 30))]
    assert waiting(body, "scorer", date(2026, 5, 30)) == []


def test_the_next_act_says_what_lacks_before_it_is_pressed(body):
    batch, clerk = make_ready_batch(body), make_actor(body.organisation, "exam_clerk")

    act = next(each for each in next_acts(batch, clerk, at("2026-05-18 09:00")) if each.action == "lock_arrangement")

    assert ([ground.code for ground in act.grounds], act.method) == (["no-arrangement"], "get")


@pytest.mark.requirement("ARR-06")
def test_a_batchs_page_tells_others_only_when_before_the_release(body):
    batch = make_arranged_batch(body)

    def section(role, when):
        found = dict(sections_of(batch, make_actor(body.organisation, role), at(when)))
        return found["sittings/section.html"]

    told = section("scorer", "2026-05-26 09:00")
    assert (told["secret"], "seated" in told, "duties" in told) == (True, False, False)
    assert section("exam_clerk", "2026-05-26 09:00")["seated"] == 8


def test_attendance_is_counted_on_the_batchs_page(body):
    batch = make_exam_batch(body)
    door = make_actor(body.organisation, "invigilator")
    sitting = batch.sittings.get(part="theory")
    for enrolment in batch.enrolments.all()[:3]:
        told = {"sitting": sitting, "enrolment": enrolment, "present": True, "key": f"door-{enrolment.pk}"}
        actions.check_in(actor=door, at=at("2026-05-30 08:45"), **told)

    found = dict(sections_of(batch, make_actor(body.organisation, "exam_clerk"), at("2026-05-30 09:00")))

    assert (found["sittings/section.html"]["present"], found["sittings/section.html"]["absent"]) == (3, 0)
