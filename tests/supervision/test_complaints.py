"""Complaints: whose they are to handle, what the complainant gets, and that nobody learns who it was."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.http import Http404
from tests.factories import at, make_actor, make_body, make_user

from gongjiang.accounts.models import RoleAssignment
from gongjiang.accounts.queries import actor_for
from gongjiang.kernel import identity
from gongjiang.kernel.actor import PUBLIC
from gongjiang.kernel.models import AuditEntry, IdempotencyKey
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.supervision import queries, waiting
from gongjiang.supervision.actions import (
    Complaining,
    answer_complaint,
    file_complaint,
    send_complaint_on,
    take_up_complaint,
)
from gongjiang.supervision.models import Complaint
from gongjiang.workforce.models import StaffMember

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SUP-03", "GOV-02")]
KEY = "0123456789abcdef" * 2
SAID = Complaining("fees", "现场另收材料费二百元。", "甲子春", "13900002222")


def send(body, key: str = KEY, actor=PUBLIC, **changes):
    return file_complaint(
        actor=actor, at=at("2026-06-10 10:00"), body=body, complaining=replace(SAID, **changes), key=key
    )


@pytest.fixture
def complaint(body):
    send(body)
    return Complaint.everything.get()


def taken_up(complaint, officer, on: str = "2026-06-11"):
    return take_up_complaint(actor=officer, at=at(on), complaint=complaint)


def answered(complaint, officer, **changes):
    told = {"outcome": "upheld", "answer": "已责令退还。", "public_answer": "反映情况属实，已责令退还。", **changes}
    return answer_complaint(actor=officer, at=at("2026-06-20"), complaint=complaint, **told)


def test_a_complaint_goes_to_the_authority_that_selected_the_body(body, complaint):
    assert (complaint.number, complaint.authority, complaint.state) == ("TS-2026-0001", body.authority, "received")
    assert complaint.cites == ["JL-2025-1§5", "JL-2024-5§43(3)"]
    assert complaint.due_on == date(2026, 8, 9)


def test_the_same_form_twice_is_one_complaint_with_one_receipt(body):
    first, again = send(body), send(body)
    assert first == again
    assert Complaint.everything.count() == 1
    with pytest.raises(Refused) as refused:
        send(body, text="别的内容。")
    assert refused.value.codes == ("key-reused",)
    assert send(body, key="f" * 32).number == "TS-2026-0002"


def test_number_and_word_find_it_and_neither_alone_does(body, other_body):
    mine, other = send(body), send(other_body, key="f" * 32)
    assert queries.by_receipt(mine.number, mine.word.upper().replace("-", " ")).number == mine.number
    assert queries.by_receipt(mine.number, other.word) is None
    assert queries.by_receipt(other.number, mine.word) is None
    assert queries.by_receipt(mine.number, "") is None


@pytest.mark.parametrize(
    ("changes", "code"),
    [({"text": "  "}, "words-missing"), ({"text": "长" * 4001}, "too-long"), ({"contact": "1" * 61}, "too-long")],
)
def test_what_says_nothing_or_too_much_isnt_taken(body, changes, code):
    with pytest.raises(Refused) as refused:
        send(body, **changes)
    assert refused.value.codes == (code,)
    assert not Complaint.everything.exists()


def test_a_complaint_goes_from_receipt_to_answer(complaint, officer):
    taken_up(complaint, officer)
    done = answered(complaint, officer)
    assert (done.state, done.outcome, done.answered_on) == ("answered", "upheld", date(2026, 6, 20))
    trail = AuditEntry.objects.filter(subject_kind="supervision.complaint").order_by("seq")
    assert [(each.action, each.cites) for each in trail] == [
        ("complaint.file", ["JL-2025-1§5", "JL-2024-5§43(3)"]),
        ("complaint.take_up", ["JL-2024-5§43(3)"]),
        ("complaint.answer", ["JL-2024-5§43(3)"]),
    ]
    with pytest.raises(NotAllowed) as refused:
        answered(complaint, officer)
    assert refused.value.codes == ("wrong-state",)


def test_nothing_is_answered_before_the_inquiry(complaint, officer):
    with pytest.raises(NotAllowed) as refused:
        answered(complaint, officer)
    assert refused.value.codes == ("wrong-state",)


@pytest.mark.parametrize(("place", "role"), [("jilin_city", "city_officer"), ("province", "provincial_officer")])
def test_another_authority_doesnt_handle_it_and_is_told_whose_it_is(tree, complaint, place, role):
    with pytest.raises(Refused) as refused:
        taken_up(complaint, make_actor(tree[place], role))
    ground = refused.value.grounds[0]
    assert (ground.code, [cite.key for cite in ground.cites]) == ("not-its-authority", ["JL-2025-1§5"])
    assert "样例长春市人社局" in ground.why


@pytest.mark.parametrize("tie", ["role", "register"])
def test_who_is_of_the_body_doesnt_handle_it(tree, body, complaint, tie):
    user = make_user(tree["changchun"], "city_officer")
    if tie == "role":
        ended = {"since": date(2024, 1, 1), "until": date(2025, 1, 1)}
        RoleAssignment.objects.create(user=user, organisation=body.organisation, role="scorer", **ended)
    else:
        StaffMember.everything.create(
            body=body, user=user, home=body.organisation, name="丁卯春", identity="x", identity_index="样例"
        )
    with pytest.raises(Refused) as refused:
        taken_up(complaint, actor_for(user, on=date(2026, 6, 11)))
    ground = refused.value.grounds[0]
    assert (ground.code, [cite.key for cite in ground.cites]) == ("of-the-body", ["JL-2024-5§43(3)"])


def test_a_colleague_doesnt_take_it_over(tree, complaint, officer):
    taken_up(complaint, officer)
    with pytest.raises(Refused) as refused:
        answered(complaint, make_actor(tree["changchun"], "city_officer"))
    assert refused.value.codes == ("handled-by-another",)


def test_what_is_published_doesnt_name_the_complainant(complaint, officer):
    taken_up(complaint, officer)
    with pytest.raises(Refused) as refused:
        answered(complaint, officer, public_answer="甲子春反映的情况属实。")
    assert refused.value.codes == ("names",)


def test_it_is_sent_on_to_the_authority_of_the_body_that_it_is_about(tree, other_body, complaint, officer):
    taken_up(complaint, officer)
    with pytest.raises(Refused) as refused:
        send_complaint_on(actor=officer, at=at("2026-06-12"), complaint=complaint, to=complaint.body, reason="重复转办")
    assert refused.value.codes == ("same-body",)
    sent = send_complaint_on(
        actor=officer, at=at("2026-06-12"), complaint=complaint, to=other_body, reason="考点属另一机构。"
    )
    sent.refresh_from_db()
    assert (sent.state, sent.authority, sent.handled_by, sent.body) == (
        "received",
        tree["jilin_city"],
        None,
        other_body,
    )
    assert not queries.complaints_for(officer).exists()
    taken_up(sent, make_actor(tree["jilin_city"], "city_officer"), "2026-06-13")


@pytest.mark.requirement("GOV-08")
def test_no_body_reaches_a_complaint(body, complaint, manager):
    """Abuse case 52."""
    assert not queries.complaints_for(manager).exists()
    assert not queries.handled_by(manager).exists()


def test_who_complains_is_shown_only_to_who_handles_it_and_that_is_recorded(tree, complaint, officer):
    def reveal(actor):
        found = identity.find_revealable(
            model_label="supervision.complaint", field="contact", pk=complaint.pk, actor=actor
        )
        return identity.reveal(record=found, field="contact", actor=actor, purpose="核对投诉", at=at("2026-06-12"))

    colleague = make_actor(tree["changchun"], "city_officer")
    with pytest.raises(Http404):
        reveal(officer)
    taken_up(complaint, officer)
    for other in (colleague, make_actor(tree["province"], "provincial_officer")):
        assert not queries.handled_by(other).exists()
    assert reveal(officer) == "13900002222"
    entry = AuditEntry.objects.get(action="identity.reveal")
    assert (entry.actor_id, entry.reason, entry.facts) == (officer.user_id, "核对投诉", {"field": "contact"})
    answered(complaint, officer)
    assert not queries.handled_by(officer).exists()


def test_who_complained_stands_nowhere_in_clear(body, manager):
    """Abuse case 52: not in the row, the trail or the key of the form, also if the complainant is signed in."""
    receipt = send(body, actor=manager)
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM supervision_complaint")
        row = b"|".join(bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in cursor.fetchone())
    trail = "".join(f"{e.facts}{e.reason}{e.actor_id}{e.actor_kind}" for e in AuditEntry.objects.all())
    keys = "".join(f"{each.request_digest}{each.answer}" for each in IdempotencyKey.objects.all())
    word = receipt.word.replace("-", "")
    for secret in ("甲子春", "13900002222", "现场另收材料费", word):
        assert secret.encode() not in row
        assert secret not in trail + keys
    entry = AuditEntry.objects.get(action="complaint.file")
    assert (entry.actor_kind, entry.actor_id, entry.about_kind) == ("public", None, "")


def test_what_waits_for_whom(tree, complaint, officer):
    day = date(2026, 6, 12)
    colleague, above = make_actor(tree["changchun"], "city_officer"), make_actor(tree["province"], "provincial_officer")
    for actor in (officer, colleague):
        assert [(i.what, i.deadline) for i in waiting.complaints_for_authority(actor, day)] == [
            ("Take up a complaint", date(2026, 8, 9))
        ]
    taken_up(complaint, officer)
    assert [i.what for i in waiting.complaints_for_authority(officer, day)] == ["Answer a complaint"]
    for actor in (colleague, above):
        assert list(waiting.complaints_for_authority(actor, day)) == []


def test_where_the_place_has_its_own_article_that_one_is_cited(tree):
    body = make_body(tree["changchun"], regime="1409")
    send(body)
    assert Complaint.everything.get().cites == ["XZ-2024-2§28", "XZ-2024-2§29"]
