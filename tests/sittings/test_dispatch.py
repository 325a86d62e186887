from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.factories import (
    at,
    invented_identity,
    make_actor,
    make_arranged_batch,
    make_batch,
    make_body,
    make_tree,
    make_user,
)

from gongjiang.accounts.queries import actor_for
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.queue import items_for
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.models import Batch
from gongjiang.sittings import actions, queries, queries_dispatch, rules_lock
from gongjiang.sittings.models import Duty
from gongjiang.workforce.actions import declare_relation

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("STF-02")]
THURSDAY, EVE, MORNING = at("2026-05-28 09:00"), date(2026, 5, 29), at("2026-05-30 08:45")


@pytest.fixture
def body():
    return make_body(make_tree()["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.fixture
def batch(body):
    return make_arranged_batch(body, released=True)


def holder(duty, *roles):
    """Join an account to who holds the duty, and return it."""
    user = make_user(duty.batch.body.organisation, *(roles or (duty.role,)))
    duty.member.user = user
    duty.member.save(update_fields=["user"])
    return user


def acting(user):
    return actor_for(user, on=date(2026, 5, 28))


def one(batch, role="assessor", number=0):
    return batch.duties.filter(role=role).order_by("pk")[number]


def decline(actor, duty, ground="unwell", reason="发热", when=THURSDAY):
    return actions.decline_duty(actor=actor, at=when, duty=duty, ground=ground, reason=reason)


def test_a_holder_accepts_once_however_often_it_is_sent(batch):
    duty = one(batch)
    actor = acting(holder(duty))

    for when in (THURSDAY, at("2026-05-28 10:00")):
        actions.accept_duty(actor=actor, at=when, duty=duty)

    duty.refresh_from_db()
    assert (duty.answer, duty.answered_at) == ("accepted", THURSDAY)
    entry = AuditEntry.objects.get(action="duty.accept")
    assert (entry.actor_id, entry.facts["member"]) == (actor.user_id, duty.member_id)
    assert entry.cites == ["JL-2024-5§39"]


def test_who_accepted_may_fall_ill_and_who_declined_may_come_after_all(batch):
    duty = one(batch)
    actor = acting(holder(duty))

    actions.accept_duty(actor=actor, at=THURSDAY, duty=duty)
    for _again in range(2):
        decline(actor, duty)
    duty.refresh_from_db()
    assert (duty.answer, duty.decline_ground, duty.answer_reason) == ("declined", "unwell", "发热")
    told = AuditEntry.objects.filter(action="duty.decline")
    assert [(each.reason, each.facts["ground"]) for each in told] == [("发热", "unwell")]

    actions.accept_duty(actor=actor, at=THURSDAY, duty=duty)
    duty.refresh_from_db()
    assert (duty.answer, duty.decline_ground, duty.answer_reason) == ("accepted", "", "")


@pytest.mark.parametrize(
    ("ground", "reason", "code"),
    [("", "有事", "no-ground"), ("tired", "有事", "no-ground"), ("other", " ", "reason-missing")],
)
def test_a_decline_says_why(batch, ground, reason, code):
    duty = one(batch)

    with pytest.raises(Refused) as refused:
        decline(acting(holder(duty)), duty, ground, reason)

    assert refused.value.codes == (code,)
    duty.refresh_from_db()
    assert duty.answer == ""


def test_nobody_answers_for_another(batch, clerk):
    duty, other = one(batch), one(batch, number=1)
    holder(duty)

    for actor in (acting(holder(other)), clerk):
        with pytest.raises(NotAllowed) as refused:
            actions.accept_duty(actor=actor, at=THURSDAY, duty=duty)
        assert refused.value.codes == ("not-yours",)
    assert Duty.objects.exclude(answer="").count() == 0


def test_a_duty_that_is_still_secret_is_nobodys_to_answer(body):
    batch = make_arranged_batch(body)
    duty = one(batch)
    actor = acting(holder(duty))

    assert list(queries_dispatch.own_duties(actor)) == []
    with pytest.raises(NotAllowed) as refused:
        actions.accept_duty(actor=actor, at=THURSDAY, duty=duty)
    assert refused.value.codes == ("not-yours",)


def test_once_the_exam_has_begun_nobody_answers_any_more(batch, clerk):
    duty, theory = one(batch), one(batch, "invigilator")
    actor, at_theory = acting(holder(duty)), acting(holder(theory))

    with pytest.raises(Refused) as refused:
        actions.accept_duty(actor=at_theory, at=at("2026-05-30 09:00"), duty=theory)
    assert refused.value.codes == ("begun",)
    actions.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=batch)
    with pytest.raises(NotAllowed) as refused:
        decline(actor, duty, when=MORNING)
    assert refused.value.codes == ("wrong-state",)


def test_who_runs_the_exam_is_not_sent(batch):
    duty = one(batch, "chief_officer")
    with pytest.raises(Refused) as refused:
        actions.accept_duty(actor=acting(holder(duty, "assessor")), at=THURSDAY, duty=duty)
    assert refused.value.codes == ("no-dispatch",)


def test_a_declined_duty_waits_for_the_clerk_until_somebody_else_has_it(body, batch, clerk):
    duty = one(batch, "invigilator")
    manager = make_actor(body.organisation, "body_manager")
    named = batch.duties.values_list("member_id", flat=True)
    free = body.staff.filter(appointments__role="invigilator").exclude(pk__in=list(named)).first()

    def waits(actor):
        return [(i.url, i.deadline, i.subject) for i in items_for(actor, EVE) if i.key == f"declined:{batch.pk}"]

    assert waits(clerk) == []
    decline(acting(holder(duty)), duty)
    assert waits(clerk) == waits(manager) == [(reverse("roster", args=[batch.pk]), EVE, batch.title)]
    new = actions.replace_duty(actor=manager, at=THURSDAY, duty=duty, member=free, reason="原定人员生病")
    assert (waits(clerk), new.answer) == ([], "")
    with pytest.raises(Refused) as refused:
        actions.accept_duty(actor=acting(duty.member.user or holder(duty)), at=THURSDAY, duty=duty)
    assert "duty-ended" in refused.value.codes


def test_a_dispatch_waits_for_its_holder_until_it_is_answered(batch):
    duty = one(batch)
    actor = acting(holder(duty))

    def waits():
        return [(i.url, i.deadline) for i in items_for(actor, date(2026, 5, 28)) if i.key.startswith("dispatch")]

    assert waits() == [(reverse("own-duty", args=[duty.pk]), EVE)]
    actions.accept_duty(actor=actor, at=THURSDAY, duty=duty)
    assert waits() == []


def test_reopening_the_roster_voids_the_answers(body, batch):
    duty, actor = one(batch), None
    actor = acting(holder(duty))
    actions.accept_duty(actor=actor, at=THURSDAY, duty=duty)

    manager = make_actor(body.organisation, "body_manager")
    actions.unlock_arrangement(actor=manager, at=THURSDAY, batch=Batch.everything.get(pk=batch.pk), reason="改期")

    duty.refresh_from_db()
    assert (duty.answer, duty.answered_at) == ("", None)


@pytest.mark.parametrize("kind", ["kin", "teacher", "master"])
def test_a_relation_declared_after_the_lock_stands_on_the_roster(batch, clerk, kind):
    """Kin, the candidate's trainer, the apprentice's master: declared by the holder, found by the platform."""
    duty = one(batch)
    actor = acting(holder(duty))
    assert rules_lock.wrong_with_roster(queries.current_of(batch)) == []
    seat = queries.current_of(batch).seats.filter(room=duty.room, sitting__part="practical").first()

    declare_relation(
        actor=actor, at=THURSDAY, member=duty.member, kind=kind, other_name=seat.enrolment.name,
        other_identity=seat.enrolment.candidate.identity,
    )  # fmt: skip
    decline(actor, duty, "recused", "考生中有本人学员")

    grounds = {ground.code: ground.why for ground in rules_lock.wrong_with_roster(queries.current_of(batch))}
    assert sorted(grounds) == ["assessors-short", "trained-candidates"]
    assert duty.member.name in grounds["trained-candidates"]


def test_a_relation_to_nobody_examined_changes_nothing(batch):
    duty = one(batch)
    declare_relation(
        actor=acting(holder(duty)), at=THURSDAY, member=duty.member, kind="teacher", other_name="丁卯春",
        other_identity=invented_identity(333),
    )  # fmt: skip
    assert rules_lock.wrong_with_roster(queries.current_of(batch)) == []


def begin(batch, clerk):
    actions.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=batch)


def test_the_clerk_records_who_came_and_why_the_others_did_not(batch, clerk):
    here, away = one(batch), one(batch, number=1)
    begin(batch, clerk)

    def record(**changes):
        told = {"present": [here], "absent": {away: "车辆故障"}, **changes}
        return actions.record_staff(actor=clerk, at=MORNING, batch=batch, **told)

    assert {duty.pk for duty in record()} == {here.pk, away.pk}
    assert record() == []
    here.refresh_from_db()
    away.refresh_from_db()
    assert [(d.present, d.absence_reason) for d in (here, away)] == [(True, ""), (False, "车辆故障")]
    told = AuditEntry.objects.filter(action="duty.present").order_by("seq")
    assert sorted((each.facts["present"], each.reason) for each in told) == [(False, "车辆故障"), (True, "")]

    assert record(present=[here, away], absent={}) == [away]
    away.refresh_from_db()
    assert (away.present, away.absence_reason) == (True, "")


def test_a_record_without_reason_of_both_or_of_a_stranger_is_refused(body, batch, clerk):
    here = one(batch)
    other = make_batch(body, clerk, title="第 2 批")
    foreign = Duty.objects.create(batch=other, member=here.member, role="staff")
    begin(batch, clerk)

    for present, absent, code in (
        ([], {here: " "}, "reason-missing"),
        ([here], {here: "迟到"}, "both"),
        ([foreign], {}, "no-duty"),
    ):
        with pytest.raises(Refused) as refused:
            actions.record_staff(actor=clerk, at=MORNING, batch=batch, present=present, absent=absent)
        assert refused.value.codes == (code,)
    assert Duty.objects.filter(present__isnull=False).count() == 0


def test_neither_before_the_exam_nor_by_an_invigilator_is_it_recorded(body, batch, clerk):
    here = one(batch)
    with pytest.raises(NotAllowed) as refused:
        actions.record_staff(actor=clerk, at=THURSDAY, batch=batch, present=[here], absent={})
    assert refused.value.codes == ("wrong-state",)
    begin(batch, clerk)
    door = make_actor(body.organisation, "invigilator")
    with pytest.raises(NotAllowed) as refused:
        actions.record_staff(actor=door, at=MORNING, batch=batch, present=[here], absent={})
    assert refused.value.codes == ("wrong-role",)


@pytest.mark.parametrize(
    "told",
    [
        {"answer": "declined", "answered_at": THURSDAY},
        {"answer": "accepted"},
        {"answer": "", "answered_at": THURSDAY},
        {"present": False},
        {"present": True, "absence_reason": "病假"},
    ],
)
def test_half_an_answer_is_none_for_the_database_either(batch, told):
    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=one(batch).pk).update(**told)


@pytest.fixture
def now(monkeypatch):
    monkeypatch.setattr("gongjiang.kernel.clock.now", lambda: THURSDAY)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_holder_answers_on_the_own_page(client, batch, now, language):
    duty, other = one(batch), one(batch, number=1)
    client.force_login(holder(duty))
    client.cookies["django_language"] = language
    page = reverse("own-duty", args=[duty.pk])

    assert reverse("own-duty", args=[duty.pk]) in client.get(reverse("workforce-me")).content.decode()
    assert duty.room.name in client.get(page).content.decode()
    assert client.post(reverse("own-duty-accept", args=[duty.pk])).status_code == 302
    form = reverse("own-duty-decline", args=[duty.pk])
    assert client.get(form).status_code == 200
    assert client.post(form, {"ground": "recused", "reason": ""}).status_code == 200
    duty.refresh_from_db()
    assert duty.answer == "accepted"
    assert client.post(form, {"ground": "recused", "reason": "考生中有亲属"}).status_code == 302
    duty.refresh_from_db()
    assert (duty.answer, duty.decline_ground) == ("declined", "recused")
    assert "考生中有亲属" in client.get(page).content.decode()
    for name in ("own-duty", "own-duty-decline"):
        assert client.get(reverse(name, args=[other.pk])).status_code == 404
    assert client.post(reverse("own-duty-accept", args=[other.pk])).status_code == 404


def test_the_roster_shows_answers_and_to_the_body_alone_the_reasons(client, body, batch, now):
    duty, accepted = one(batch), one(batch, number=1)
    decline(acting(holder(duty)), duty, reason="家中急事")
    actions.accept_duty(actor=acting(holder(accepted)), at=THURSDAY, duty=accepted)

    def shown(role):
        client.force_login(make_user(body.organisation, role))
        return client.get(reverse("roster", args=[batch.pk])).content.decode()

    for role, reads in (("exam_clerk", True), ("assessor", False)):
        page = shown(role)
        asked = len(batch.duties.filter(role__in=queries_dispatch.DISPATCHED))
        assert (page.count("已接受"), page.count("已谢绝"), page.count("尚未答复")) == (1, 1, asked - 2)
        assert ("家中急事" in page) is reads


def test_the_door_page_marks_the_staff_for_the_clerk(client, body, batch, clerk, monkeypatch):
    monkeypatch.setattr("gongjiang.kernel.clock.now", lambda: MORNING)
    begin(batch, clerk)
    client.force_login(make_user(body.organisation, "exam_clerk"))
    page, away = reverse("exam-day", args=[batch.pk]), one(batch)
    url = reverse("exam-staff", args=[batch.pk])
    told = {f"came-{duty.pk}": "yes" for duty in batch.duties.all()} | {f"came-{away.pk}": "no"}

    assert url in client.get(page).content.decode()
    assert client.post(url, told).status_code == 409
    assert client.post(url, {**told, f"why-{away.pk}": "突发疾病"}).status_code == 302
    assert batch.duties.filter(present=True).count() == batch.duties.count() - 1
    assert "突发疾病" in client.get(page).content.decode()
    client.force_login(holder(away))
    assert url not in client.get(page).content.decode()
    assert client.post(url, told).status_code == 403
    assert "突发疾病" in client.get(reverse("own-duty", args=[away.pk])).content.decode()
