"""Showing personal data that is masked by default: only for a stated purpose, and never without an entry."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Count, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused
from gongjiang.kernel.roles import STAFF_ROLES

SHORTEST_PURPOSE, LONGEST_PURPOSE = 4, 200
UNUSUAL_AN_HOUR = 30
ACTION = "identity.reveal"

ScopedQuery = Callable[[Actor], QuerySet[Any]]


@dataclass(frozen=True, slots=True)
class Revealable:
    """A field that can be shown, and the query through which an actor reaches its records."""

    model_label: str
    field: str
    records_for: ScopedQuery


_REVEALABLE: dict[tuple[str, str], Revealable] = {}


def register_revealable(model_label: str, field: str, records_for: ScopedQuery) -> None:
    """Let ``field`` of the model (``enrolment.candidate``) be shown on the records of ``records_for(actor)``."""
    entry = Revealable(model_label.lower(), field, records_for)
    _REVEALABLE[entry.model_label, field] = entry


def reveal_url(record: models.Model, field: str) -> str:
    """Return where to ask for the field to be shown, for the masked part of a page."""
    return reverse("reveal", args=[audit.kind_of(record), field, record.pk])


def find_revealable(*, model_label: str, field: str, pk: int, actor: Actor) -> models.Model:
    """Return the record within the actor's scope.

    :raises Http404: no such field is registered, or the record isn't the actor's to see.
    """
    entry = _REVEALABLE.get((model_label.lower(), field))
    record = entry.records_for(actor).filter(pk=pk).first() if entry else None
    if record is None:
        raise Http404
    found: models.Model = record
    return found


@transaction.atomic
def reveal(*, record: models.Model, field: str, actor: Actor, purpose: str, at: datetime) -> str:
    """Return the clear text of a masked field, after writing who asked for it and why.

    The entry holds the record, the field and the purpose, never the value.

    :raises NotAllowed: the actor holds no staff role.
    :raises Refused: the purpose is too short to be one, or too long.
    """
    asked = _("Show the number in full")
    if not actor.has(*STAFF_ROLES):
        why, way = _("Your role doesn't include this."), _("Ask the body or the authority.")
        raise NotAllowed(asked, [Ground(why, way, code="wrong-role")], subject=record, action=ACTION)
    purpose = " ".join(purpose.split())
    if not SHORTEST_PURPOSE <= len(purpose) <= LONGEST_PURPOSE or any(map(_is_number, purpose.split())):
        why = _("No purpose is given that can be checked later.")
        way = _("Say in 4 to 200 characters what the number is needed for; don't write the number itself.")
        raise Refused(asked, [Ground(why, way, code="purpose")], subject=record, action=ACTION)
    audit.record(actor=actor, action=ACTION, subject=record, at=at, reason=purpose, facts={"field": field})
    return str(getattr(record, field))


def _is_number(word: str) -> bool:
    return sum(letter.isdigit() for letter in word) >= 15


@dataclass(frozen=True, slots=True)
class LookUps:
    """How often one user had numbers shown, on how many records, and the most in one hour."""

    user_id: int
    count: int
    records: int
    most_an_hour: int

    @property
    def unusual(self) -> bool:
        """Thirty different records within an hour is more than an office needs (abuse case 50)."""
        return self.most_an_hour >= UNUSUAL_AN_HOUR


def look_ups(*, until: datetime, days: int = 7) -> list[LookUps]:
    """Return the look-ups of the days before ``until`` by user, the most first."""
    entries = AuditEntry.objects.filter(
        action=ACTION, outcome="done", at__gte=until - timedelta(days=days), at__lt=until
    )
    totals = entries.values("actor_id").annotate(n=Count("seq"), records=Count("subject_id", distinct=True))
    busiest = _busiest_hours(entries)
    found = [
        LookUps(row["actor_id"], row["n"], row["records"], busiest.get(row["actor_id"], 0))
        for row in totals
        if row["actor_id"] is not None
    ]
    return sorted(found, key=lambda each: (-each.most_an_hour, -each.count, each.user_id))


def _busiest_hours(entries: QuerySet[AuditEntry]) -> dict[int, int]:
    """Return per user the most different records within any 60 minutes."""
    by_user: dict[int, list[tuple[datetime, tuple[str, str]]]] = {}
    for user, at, kind, pk in entries.order_by("at").values_list("actor_id", "at", "subject_kind", "subject_id"):
        if user is not None:
            by_user.setdefault(user, []).append((at, (kind, pk)))
    return {user: _most_within_an_hour(seen) for user, seen in by_user.items()}


def _most_within_an_hour(seen: list[tuple[datetime, tuple[str, str]]]) -> int:
    most, start = 0, 0
    for end, (at, _record) in enumerate(seen):
        while at - seen[start][0] >= timedelta(hours=1):
            start += 1
        most = max(most, len({record for _at, record in seen[start : end + 1]}))
    return most
