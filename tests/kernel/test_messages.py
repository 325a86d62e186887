"""Messages: once under a key, to one person, seen by nobody else; mail through the queue."""

from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail

from gongjiang.kernel import messages
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.kernel.models import Message
from gongjiang.law.model import Citation

pytestmark = pytest.mark.django_db
AT = datetime(2026, 6, 15, 1, 0, tzinfo=UTC)


@pytest.fixture
def user():
    return get_user_model().objects.create(username="dingmaochun", email="dingmaochun@example.test")


def actor(user):
    return Actor(kind="staff", user_id=user.pk)


def test_it_is_told_once_and_mailed_once(user, settings):
    settings.PUBLIC_URL = "https://pingjia.example"
    say = {"key": "notice-1-over", "subject": "公示期满", "text": "可以签发证书。", "at": AT, "url": "/batches/1/"}
    one = messages.tell(user=user, cites=[Citation.parse("JL-2024-5§25")], **say)
    assert messages.tell(user=user, **say) == one
    assert one.cites == ["JL-2024-5§25"]
    assert [(m.to, m.subject, m.body) for m in mail.outbox] == [
        (["dingmaochun@example.test"], "公示期满", "可以签发证书。\n\nhttps://pingjia.example/batches/1/")
    ]
    one = Message.objects.select_related("user").get()
    assert one.mailed_at is not None
    assert messages.mail(message=one, at=AT) is False
    assert len(mail.outbox) == 1


def test_each_reads_only_their_own(user):
    other = get_user_model().objects.create(username="wuchenguang")
    mine = messages.tell(user=user, key="a", subject="s", text="t", at=AT)
    theirs = messages.tell(user=other, key="b", subject="s", text="t", at=AT)
    candidates = messages.tell(person_key="k1", key="c", subject="s", text="t", at=AT)
    candidate = Actor(kind="candidate", user_id=None, person_key="k1")
    assert list(messages.inbox_for(actor(user))) == [mine]
    assert list(messages.inbox_for(actor(other))) == [theirs]
    assert list(messages.inbox_for(candidate)) == [candidates]
    assert list(messages.inbox_for(PUBLIC)) == []
    assert messages.mark_read(actor=actor(user), at=AT + timedelta(hours=1), pks=[theirs.pk]) == 0
    assert messages.mark_read(actor=actor(user), at=AT + timedelta(hours=1)) == 1
    assert [messages.unread_count(a) for a in (actor(user), actor(other), candidate)] == [0, 1, 1]


def test_it_goes_to_exactly_one(user):
    with pytest.raises(ValueError, match="user or to a person key"):
        messages.tell(key="a", subject="s", text="t", at=AT)
    with pytest.raises(ValueError, match="user or to a person key"):
        messages.tell(user=user, person_key="k", key="a", subject="s", text="t", at=AT)
