"""A record's timeline: its own entries and those about it, with names, roles, articles and refusals."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import translation

from gongjiang.kernel import audit, audit_labels, timeline
from gongjiang.kernel.actor import Actor, system
from gongjiang.kernel.models import Counter, Message
from gongjiang.law.model import Citation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)
CLERK = Actor(kind="staff", user_id=7, roles=frozenset({"exam_clerk"}), path="/1/4/")
CITE = Citation.parse("JL-2024-5§25")


@pytest.fixture(autouse=True)
def registries(monkeypatch):
    monkeypatch.setattr(timeline, "_names", [lambda ids: {7: "丁卯春"} if 7 in set(ids) else {}])
    monkeypatch.setattr(audit_labels, "_LABELS", dict(audit_labels._LABELS))
    audit_labels.register({"test.post": "发布成绩公示"})


def test_it_merges_what_was_done_to_the_record_and_what_is_about_it(django_assert_num_queries):
    batch, other = Counter.objects.create(name="批次"), Counter.objects.create(name="别的")
    message = Message.objects.create(key="k", subject="s", text="t", sent_at=AT)
    audit.record(actor=CLERK, action="test.post", subject=batch, at=AT, cites=[CITE], reason="姓名已遮盖")
    audit.record(actor=CLERK, action="test.post", subject=other, at=AT)
    later = AT + timedelta(hours=1)
    audit.record(actor=system("night"), action="objection.raise", subject=message, about=batch, at=later)
    audit.record(actor=CLERK, action="test.post", subject=batch, at=later, outcome="refused")
    with django_assert_num_queries(1), translation.override("en"):
        items = timeline.timeline_for(batch)
    shown = [(i.seq, i.who, i.role, i.what, i.why, i.cites, i.kind) for i in items]
    assert shown == [
        (4, "丁卯春", "Exam clerk", "发布成绩公示: not granted", "", (), "hot"),
        (3, "The platform", "The platform", "raised an objection", "", (), "hot"),
        (1, "丁卯春", "Exam clerk", "发布成绩公示", "姓名已遮盖", (CITE,), "done"),
    ]
    assert items[2].at.isoformat() == "2026-06-15T09:00:00+08:00"
    assert [item.seq for item in timeline.timeline_for(batch, limit=1)] == [4]


def test_an_act_without_a_name_shows_its_machine_name():
    assert audit_labels.label("nobody.named.this") == "nobody.named.this"


def test_the_same_act_again_and_again_on_a_day_is_told_once():
    batch = Counter.objects.create(name="批次")
    for minute in range(3):
        audit.record(actor=CLERK, action="test.post", subject=batch, at=AT + timedelta(minutes=minute))
    audit.record(actor=CLERK, action="test.post", subject=batch, at=AT + timedelta(days=1))

    with translation.override("en"):
        items = timeline.timeline_for(batch)

    assert [(item.seq, item.what) for item in items] == [(4, "发布成绩公示"), (3, "发布成绩公示, 3 times")]
