from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.factories import at, make_actor, make_arranged_batch, make_body, make_tree, make_user

from gongjiang.sittings import actions
from gongjiang.sittings.models import Duty
from gongjiang.sittings.profile import Year, duties_by_year, years_of
from gongjiang.workforce import profile

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("STF-02")]
JUNE = date(2026, 6, 1)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def batch(tree):
    return make_arranged_batch(make_body(tree["changchun"]), released=True)


def one(batch, role, number=0):
    return batch.duties.filter(role=role).order_by("pk")[number]


def hours(batch, *parts):
    found = batch.sittings.filter(part__in=parts) if parts else batch.sittings.all()
    return sum((each.ends_at - each.starts_at for each in found), timedelta(0))


def test_a_duty_in_a_room_counts_its_part_and_one_of_the_site_the_whole_exam(batch):
    theory, practical, chief = one(batch, "invigilator"), one(batch, "assessor"), one(batch, "chief_officer")

    assert years_of([theory.member], JUNE) == [Year(2026, done=1, time=hours(batch, "theory"))]
    assert years_of([practical.member], JUNE) == [Year(2026, done=1, time=hours(batch, "practical"))]
    assert years_of([chief.member], JUNE) == [Year(2026, done=1, time=hours(batch))]
    assert hours(batch) > hours(batch, "theory") > timedelta(0)


def test_before_the_exam_is_over_nothing_counts(batch):
    member = one(batch, "assessor").member
    assert duties_by_year([member], date(2026, 5, 30)) is None
    assert years_of([member], date(2026, 5, 31)) != []


def test_who_declined_and_who_was_absent_counts_no_hours(batch):
    declined, absent = one(batch, "assessor"), one(batch, "assessor", 1)
    Duty.objects.filter(pk=declined.pk).update(
        answer="declined", decline_ground="unwell", answer_reason="发热", answered_at=at("2026-05-28 09:00"),
        ended_at=at("2026-05-28 10:00"), ended_reason="病假",
    )  # fmt: skip
    Duty.objects.filter(pk=absent.pk).update(present=False, absence_reason="车辆故障")

    assert years_of([declined.member], JUNE) == [Year(2026, declined=1)]
    assert years_of([absent.member], JUNE) == [Year(2026, absent=1)]
    assert years_of([declined.member, absent.member], JUNE) == [Year(2026, declined=1, absent=1)]


def test_what_is_secret_again_counts_for_nobody(batch):
    member = one(batch, "assessor").member
    manager = make_actor(batch.body.organisation, "body_manager")
    actions.unlock_arrangement(actor=manager, at=at("2026-05-28 09:00"), batch=batch, reason="改期")
    assert years_of([member], JUNE) == []


def test_person_own_body_and_authority_see_it_and_nobody_else(client, tree, batch, monkeypatch):
    monkeypatch.setattr("gongjiang.kernel.clock.now", lambda: at("2026-06-01 09:00"))
    duty = one(batch, "assessor")
    user = make_user(batch.body.organisation, "assessor")
    duty.member.user = user
    duty.member.save(update_fields=["user"])
    page = reverse("staff-member", args=[duty.member_id])
    assert [panel.table.rows[0].cells[0] for panel in profile.of([duty.member], JUNE)] == ["2026"]

    client.force_login(user)
    assert "历年任务" in client.get(reverse("workforce-me")).content.decode()
    assert client.get(page).status_code == 403
    for place, role in ((batch.body.organisation, "body_manager"), (tree["changchun"], "city_officer")):
        client.force_login(make_user(place, role))
        assert "历年任务" in client.get(page).content.decode()
    client.force_login(make_user(tree["jilin_city"], "city_officer"))
    assert client.get(page).status_code == 404
