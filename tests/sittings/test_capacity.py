"""A plan shows what its exam days have room for, before it is announced (feature 18)."""

from datetime import date

import pytest
from tests.factories import (
    make_actor,
    make_arranged_batch,
    make_batch,
    make_body,
    make_rooms,
    make_staff,
    make_tree,
)
from tests.journeys.conftest import sign_in

from gongjiang.accounts.models import User
from gongjiang.planning.models import Batch
from gongjiang.sittings import capacity
from gongjiang.sittings.capacity import Share
from gongjiang.sittings.models import Duty, ExamRoom

pytestmark = pytest.mark.django_db
EXAM = date(2026, 5, 30)


@pytest.fixture
def body():
    body = make_body(make_tree()["changchun"])
    make_rooms(body, theory=2, practical=2, rows=3, columns=2)
    make_staff(body, assessors=6)
    return body


@pytest.fixture
def plan(body):
    return make_batch(body, make_actor(body.organisation, "exam_clerk"), title="2026 年第 2 批")


def test_a_free_day_has_all_places_and_assessors(plan):
    (day,) = capacity.days_of(plan)
    line = plan.lines.get()
    assert (day.on, day.places["theory"], day.places["practical"]) == (EXAM, Share(12, 12), Share(12, 12))
    assert (day.places["panel"], day.assessors, day.others) == (Share(0, 0), {line.pk: Share(6, 6)}, ())


def test_another_batchs_rooms_and_people_are_not_free(body, plan):
    other = make_arranged_batch(body, candidates=4)
    (day,) = capacity.days_of(plan)
    named = Duty.objects.filter(batch=other, role="assessor", ended_at=None).values("member").distinct().count()
    used = ExamRoom.everything.filter(kind="theory", pk__in=other.arrangements.get().seats.values("room")).count()
    assert 0 < named < 6
    assert used == 1
    assert (day.places["theory"], day.assessors[plan.lines.get().pk]) == (Share(6, 12), Share(6 - named, 6))
    assert day.others == (other,)
    assert capacity.table(plan, [day]).rows[0].cells[0].sub == f"同考点批次：{other.number}"


def test_what_may_not_be_used_on_the_day_does_not_count(body, plan):
    room = ExamRoom.everything.filter(kind="theory").order_by("name").first()
    ExamRoom.everything.filter(pk=room.pk).update(inspection_until=date(2026, 5, 29))
    body.staff.first().appointments.model.objects.filter(role="assessor").update(highest_level="5")
    (day,) = capacity.days_of(plan)
    assert (day.places["theory"], day.assessors[plan.lines.get().pk]) == (Share(6, 6), Share(0, 0))
    table = capacity.table(plan, [day])
    assert [column.label for column in table.columns] == [
        "日期", "理论知识考试考场", "操作技能考核考场", "电工 四级",
    ]  # fmt: skip
    assert [getattr(cell, "state", "") for cell in table.rows[0].cells] == ["", "", "", "no"]


def test_the_page_shows_it_until_the_arrangement(body, plan):
    clerk = User.objects.get(pk=make_actor(body.organisation, "exam_clerk").user_id)
    client = sign_in(clerk)
    words = "考试日的场地与人员"
    assert words in client.get(f"/batches/{plan.pk}/").content.decode()
    Batch.everything.filter(pk=plan.pk).update(state="arranged")
    assert words not in client.get(f"/batches/{plan.pk}/").content.decode()


def test_a_long_window_shows_fourteen_days_and_says_how_many_it_leaves_out(plan):
    plan.exam_until = date(2026, 6, 14)
    days = capacity.days_of(plan)
    assert (len(days), days[-1].on) == (14, date(2026, 6, 12))
    assert capacity.table(plan, days).foot.endswith("另有 2 日未列出。")
