from datetime import date

import pytest
from tests.factories import (
    at,
    invented_identity,
    make_actor,
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
from gongjiang.sittings import actions as sittings
from gongjiang.sittings import queries, staffing
from gongjiang.sittings.models import Duty, ExamRoom, Seat
from gongjiang.workforce import actions
from gongjiang.workforce.models import PersonalRelation, StaffMember
from gongjiang.workforce.queries_relations import Met, conflicts_of, grounds_of, meetings_to_avoid, relations_of
from gongjiang.workforce.rules import AppointmentSpec, index_of

pytestmark = pytest.mark.django_db
NOW = at("2026-05-18 12:00")
DAY = date(2026, 5, 30)


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
def batch(body, clerk):
    make_rooms(body)
    make_staff(body)
    batch = make_ready_batch(body)
    sittings.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    return batch


def one(role):
    return StaffMember.everything.filter(appointments__role=role).order_by("pk").first()


def examined_in(room):
    return Enrolment.everything.filter(pk__in=Seat.objects.filter(room=room).values("enrolment")).first()


def assign(batch, clerk, member, room):
    return sittings.assign_duty(
        actor=clerk, at=NOW, batch=batch, member=member, role="assessor", part="practical", room=room
    )


def declare(clerk, member, **told):
    return actions.declare_relation(actor=clerk, at=NOW, member=member, **told)


@pytest.mark.requirement("STF-01")
@pytest.mark.parametrize("kind", ["kin", "teacher", "master"])
def test_kin_pupils_and_apprentices_are_not_assessed_by_ones_own(batch, clerk, kind):
    """Abuse case 26."""
    room = ExamRoom.everything.filter(kind="practical").first()
    assessor, candidate = one("assessor"), examined_in(room).candidate
    declare(clerk, assessor, kind=kind, other_name="丁卯春", other_identity=candidate.identity)

    with pytest.raises(Refused) as told:
        assign(batch, clerk, assessor, room)

    assert told.value.codes == ("trained-candidates",)
    assert told.value.status == 409
    assert Duty.objects.count() == 0
    assert candidate.identity not in str(told.value)


@pytest.mark.requirement("STF-01")
def test_a_relation_declared_after_the_duty_stops_the_lock_and_the_draw_avoids_it(batch, clerk):
    room = ExamRoom.everything.filter(kind="practical").first()
    assessor = one("assessor")
    assign(batch, clerk, assessor, room)
    declare(clerk, assessor, kind="kin", other_name="丁卯春", other_identity=examined_in(room).candidate.identity)

    found = {each.finding.code for each in staffing.check(queries.current_of(batch))}
    assert "trained_candidates" in found
    Duty.objects.all().delete()
    sittings.propose_roster(actor=clerk, at=NOW, batch=batch, seed=7)
    assert not Duty.objects.filter(member=assessor, room=room).exists()


@pytest.mark.requirement("STF-01")
def test_nobody_assesses_the_room_in_which_he_sits_himself(batch, clerk):
    room = ExamRoom.everything.filter(kind="practical").first()
    assessor = one("assessor")
    StaffMember.everything.filter(pk=assessor.pk).update(identity_index=examined_in(room).candidate.person_key)

    with pytest.raises(Refused) as told:
        assign(batch, clerk, assessor, room)

    assert told.value.codes == ("trained-candidates",)


def test_a_relation_holds_whoever_declared_it_and_until_it_ends(body, clerk):
    make_staff(body)
    first, second = StaffMember.everything.order_by("pk")[:2]
    relation = declare(clerk, first, kind="kin", other_name="乙丑衡", other_identity=second.identity)
    again = declare(clerk, first, kind="kin", other_name="乙丑衡", other_identity=second.identity)
    keys = {first.identity_index: "first", second.identity_index: "second"}
    met = {"a": Met(first.identity_index), "b": Met(second.identity_index), "c": Met("0" * 64)}

    assert relation.pk == again.pk
    assert relation.other_shown == "乙＊ " + second.identity[:3] + "***********" + second.identity[-4:]
    both = frozenset({"a", "b"})
    assert meetings_to_avoid(keys, met, DAY) == {"first": both, "second": both}
    actions.end_relation(actor=clerk, at=NOW, relation=relation, member=first, until=date(2026, 5, 18), reason="误报")
    assert meetings_to_avoid(keys, met, DAY) == {"first": frozenset({"a"}), "second": frozenset({"b"})}
    assert relations_of(first.identity_index, DAY) == []
    assert [entry.action for entry in AuditEntry.objects.filter(action__startswith="relation.").order_by("seq")] == [
        "relation.declare",
        "relation.end",
    ]


def test_an_employers_people_are_met_by_credit_code(body, clerk):
    make_staff(body)
    member = StaffMember.everything.order_by("pk").first()
    declare(clerk, member, kind="employer", other_name="样例墨斗厂", other_credit_code="91350100M000100Y43")
    met = {"own": Met("0" * 64, "91350100M000100Y43"), "other": Met("1" * 64, "12100000400000624D")}

    assert meetings_to_avoid({member.identity_index: 1}, met, DAY) == {1: frozenset({"own"})}


@pytest.mark.requirement("STF-03")
def test_an_external_supervisor_stays_away_from_a_body_whose_list_he_is_on(tree, body):
    other = make_body(
        tree["jilin_city"], name="吉林墨斗技能评价中心（样例）", code="S000022999018", credit_code="12100000400000624D"
    )
    make_staff(body)
    someone = StaffMember.everything.order_by("pk").first()
    spec = AppointmentSpec(
        name=someone.name, identity=someone.identity, role="external_supervisor", since=date(2026, 3, 1)
    )
    officer = make_actor(tree["centre"], "centre_officer")
    actions.appoint_external(actor=officer, at=NOW, centre=tree["centre"], specs=[spec])
    external = StaffMember.everything.get(home=tree["centre"])

    here = conflicts_of(external.identity_index, day=DAY, body=body)

    assert [(each.kind, each.shown, each.origin) for each in here] == [("employer", body.name, "detected")]
    assert [ground.code for ground in grounds_of(here, external.name)] == ["recused"]
    assert conflicts_of(external.identity_index, day=DAY, body=other) == []
    declare(officer, external, kind="employer", other_name=other.name, other_credit_code=other.credit_code)
    assert [each.origin for each in conflicts_of(external.identity_index, day=DAY, body=other)] == ["declared"]


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ({"kind": "friend"}, "kind"),
        ({"kind": "kin", "other_identity": "229104198001010018"}, "identity"),
        ({"kind": "employer", "other_credit_code": "91350100M000100Y44"}, "credit-code"),
    ],
)
def test_a_relation_to_nobody_is_refused(body, clerk, told, code):
    make_staff(body)
    member = StaffMember.everything.order_by("pk").first()
    with pytest.raises(Refused) as refused:
        declare(clerk, member, **told)
    assert refused.value.codes == (code,)
    assert PersonalRelation.objects.count() == 0


def test_the_person_declares_but_does_not_take_back(body, clerk):
    make_staff(body)
    member = StaffMember.everything.order_by("pk").first()
    user = make_user(body.organisation, "assessor")
    actions.link_account(actor=clerk, at=NOW, member=member, user=user)
    own = clerk.__class__(kind="staff", user_id=user.pk, roles=frozenset({"assessor"}), organisation_id=0)

    relation = declare(own, member, kind="kin", other_name="丁卯春", other_identity=invented_identity(333))

    assert (relation.origin, relation.other_key) == ("declared", index_of(invented_identity(333)))
    with pytest.raises(NotAllowed) as told:
        actions.end_relation(actor=own, at=NOW, relation=relation, member=member, until=DAY, reason="误报")
    assert told.value.codes == ("wrong-role",)


def test_ones_own_duties_are_told_once_the_arrangement_is_released(body, clerk):
    """What is secret before the exam (JL-2024-5§31) isn't told on one's own page either."""
    from tests.factories import make_arranged_batch

    from gongjiang.workforce import duties
    from gongjiang.workforce.queries_register import own_entries

    batch = make_arranged_batch(body)
    duty = batch.duties.filter(role="chief_officer").get()
    user = make_user(body.organisation, "invigilator")
    actions.link_account(actor=clerk, at=NOW, member=duty.member, user=user)

    assert duties.of(own_entries(user.pk), DAY) == []
    sittings.release(actor=clerk, at=at("2026-05-27 09:00"), batch=batch)
    told = duties.of(own_entries(user.pk), DAY)
    assert [(each.subject, each.day) for each in told] == [(batch.title, date(2026, 5, 30))]
    assert duties.of(own_entries(user.pk), date(2026, 5, 31)) == []


def test_a_relation_is_ended_by_reason_and_day_and_not_twice(body, clerk):
    make_staff(body)
    member = StaffMember.everything.order_by("pk").first()
    relation = declare(clerk, member, kind="kin", other_name="丁卯春", other_identity=invented_identity(333))
    told = {}
    for name, until, reason in (
        ("tomorrow", date(2026, 5, 19), "误报"),
        ("before", date(2026, 5, 17), "误报"),
        ("silent", date(2026, 5, 18), " "),
    ):
        with pytest.raises(Refused) as refused:
            actions.end_relation(actor=clerk, at=NOW, relation=relation, member=member, until=until, reason=reason)
        told[name] = refused.value.codes

    actions.end_relation(actor=clerk, at=NOW, relation=relation, member=member, until=date(2026, 5, 18), reason="误报")
    with pytest.raises(Refused) as again:
        actions.end_relation(
            actor=clerk, at=NOW, relation=relation, member=member, until=date(2026, 5, 18), reason="误报"
        )

    relation.refresh_from_db()
    assert told == {"tomorrow": ("day",), "before": ("day",), "silent": ("reason",)}
    assert (relation.until, again.value.codes) == (date(2026, 5, 18), ("ended",))


def test_the_keeper_ends_a_relation_from_the_persons_page(body, clerk, client):
    make_staff(body)
    member = StaffMember.everything.order_by("pk").first()
    relation = declare(clerk, member, kind="kin", other_name="丁卯春", other_identity=invented_identity(333))
    client.force_login(make_user(body.organisation, "exam_clerk"))
    page = f"/workforce/people/{member.pk}/"
    url = f"{page}relations/{relation.pk}/end/"
    ended = {"until": relation.declared_at.date().isoformat(), "reason": "误报"}

    assert url in client.get(page).content.decode()
    assert f'value="{client.get(url).wsgi_request.today.isoformat()}"' in client.get(url).content.decode()
    answer = client.post(url, ended)

    assert (answer.status_code, answer["Location"]) == (302, page)
    assert client.get(url).status_code == 404
    assert url not in client.get(page).content.decode()
