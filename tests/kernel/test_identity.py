"""A masked number is shown for a purpose, and every showing stands in the trail."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.http import Http404

from gongjiang.kernel import audit, identity
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.kernel.models import AuditEntry, Message
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
CLERK = Actor(kind="staff", user_id=7, roles=frozenset({"exam_clerk"}), path="/1/4/")
NUMBER = "229901199003070014"


@pytest.fixture
def record():
    return Message.objects.create(key="k", subject="s", text=NUMBER, sent_at=AT)


@pytest.mark.requirement("CNF-01")
def test_it_is_shown_and_the_entry_holds_the_purpose_but_not_the_number(record):
    shown = identity.reveal(record=record, field="text", actor=CLERK, purpose=" 核对  入场身份 ", at=AT)
    assert shown == NUMBER
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.actor_id, entry.subject_id) == ("identity.reveal", 7, str(record.pk))
    assert (entry.reason, entry.facts) == ("核对 入场身份", {"field": "text"})
    assert NUMBER not in json.dumps(audit.content(entry))


@pytest.mark.parametrize("purpose", ["", "   ", "查 看", "x" * 201, f"核对 {NUMBER}"])
def test_without_a_purpose_nothing_is_shown(record, purpose):
    with pytest.raises(Refused) as refused:
        identity.reveal(record=record, field="text", actor=CLERK, purpose=purpose, at=AT)
    assert refused.value.codes == ("purpose",)
    assert AuditEntry.objects.count() == 0


def test_only_staff_may_ask(record):
    with pytest.raises(NotAllowed):
        identity.reveal(record=record, field="text", actor=PUBLIC, purpose="核对身份", at=AT)


def test_a_record_out_of_scope_or_a_field_not_registered_is_not_found(record, monkeypatch):
    monkeypatch.setattr(identity, "_REVEALABLE", {})
    own = lambda actor: Message.objects.filter(pk=record.pk if actor.path == "/1/4/" else 0)  # noqa: E731
    identity.register_revealable("kernel.Message", "text", own)
    other = Actor(kind="staff", user_id=8, roles=frozenset({"exam_clerk"}), path="/1/5/")
    found = identity.find_revealable(model_label="kernel.message", field="text", pk=record.pk, actor=CLERK)
    assert found == record
    for kwargs in (
        {"field": "text", "actor": other, "pk": record.pk},
        {"field": "subject", "actor": CLERK, "pk": record.pk},
        {"field": "text", "actor": CLERK, "pk": record.pk + 1},
    ):
        with pytest.raises(Http404):
            identity.find_revealable(model_label="kernel.message", **kwargs)


def test_thirty_records_within_an_hour_are_unusual_and_the_same_record_again_isnt():
    def look(user, minutes, pk):
        actor = Actor(kind="staff", user_id=user, roles=frozenset({"exam_clerk"}))
        message = Message(pk=pk)
        audit.record(actor=actor, action=identity.ACTION, subject=message, at=AT + timedelta(minutes=minutes))

    for n in range(30):
        look(1, n, n + 1)
        look(2, n, 1)
        look(3, n * 3, n + 1)
    found = identity.look_ups(until=AT + timedelta(days=1))
    assert [(each.user_id, each.count, each.records, each.most_an_hour, each.unusual) for each in found] == [
        (1, 30, 30, 30, True),
        (3, 30, 30, 20, False),
        (2, 30, 1, 1, False),
    ]
    assert identity.look_ups(until=AT) == []
