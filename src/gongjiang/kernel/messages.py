"""Telling people: in the app at once, by e-mail through a job."""

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import Message
from gongjiang.law.model import Citation


@transaction.atomic
def tell(
    *,
    key: str,
    subject: str,
    text: str,
    at: datetime,
    user: AbstractUser | None = None,
    person_key: str = "",
    url: str = "",
    cites: Iterable[Citation] = (),
) -> Message:
    """Tell one user, or the candidate with this person key, once under the key; the mail follows after the commit.

    Names and identity numbers of third persons don't belong in the text: it leaves the building by e-mail.

    :raises ValueError: if neither or both of user and person key are given.
    """
    if (user is None) == (not person_key):
        raise ValueError("a message goes to a user or to a person key")
    message, created = Message.objects.get_or_create(
        key=key,
        defaults={
            "user_id": user.pk if user is not None else None,
            "person_key": person_key,
            "subject": subject[:200],
            "text": text,
            "url": url,
            "cites": [cite.key for cite in cites],
            "sent_at": at,
        },
    )
    if created and user is not None and user.email:
        from gongjiang.kernel import tasks

        tasks.mail_message.enqueue(message.pk)
    return message


def inbox_for(actor: Actor) -> QuerySet[Message]:
    """Return the actor's own messages, newest first."""
    if not actor.is_signed_in:
        return Message.objects.none()
    own = Q(user_id=actor.user_id) if actor.user_id is not None else Q(pk=None)
    if actor.person_key:
        own |= Q(person_key=actor.person_key)
    return Message.objects.filter(own)


def unread_count(actor: Actor) -> int:
    """Return how many of the actor's messages weren't read."""
    return inbox_for(actor).filter(read_at=None).count()


def mark_read(*, actor: Actor, at: datetime, pks: Iterable[int] | None = None) -> int:
    """Mark the actor's messages (all of them, or those given) as read; return how many were."""
    unread = inbox_for(actor).filter(read_at=None)
    if pks is not None:
        unread = unread.filter(pk__in=list(pks))
    return unread.update(read_at=at)


def mail(*, message: Message, at: datetime) -> bool:
    """Send one message by e-mail unless it was sent; return whether it was sent now.

    It is marked after sending, outside any lock: after a crash in between, rather a mail twice than none.
    """
    if message.user is None or not message.user.email or message.mailed_at is not None:
        return False
    link = f"\n\n{settings.PUBLIC_URL}{message.url}" if message.url else ""
    EmailMessage(message.subject, message.text + link, to=[message.user.email]).send()
    Message.objects.filter(pk=message.pk).update(mailed_at=at)
    return True
