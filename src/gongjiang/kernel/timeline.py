"""A record's timeline, read from the trail: every act, who, when, why, on which article."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.kernel import audit, audit_labels
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.roles import ROLES
from gongjiang.law.model import BadCitation, Citation

Names = Callable[[Iterable[int]], Mapping[int, str]]
_names: list[Names] = []
READ = 3000  # entries looked at for one page; beyond them lies what nobody scrolls to


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """One act as a page shows it."""

    at: datetime
    who: str
    role: str
    what: str
    why: str
    cites: tuple[Citation | str, ...]
    outcome: str
    facts: Mapping[str, Any]
    action: str
    seq: int
    url: str = ""

    @property
    def kind(self) -> str:
        """The look in the timeline: ``hot`` for a refusal or an objection, else ``done``."""
        return "hot" if self.outcome == "refused" or self.action == "objection.raise" else "done"


def names_from(names: Names) -> Names:
    """Have user ids turned into names by this function (accounts registers its own when it starts)."""
    _names[:] = [names]
    return names


def names_of(user_ids: Iterable[int]) -> Mapping[int, str]:
    """Return the names of users, as far as accounts knows them."""
    ids = set(user_ids)
    return _names[0](ids) if _names and ids else {}


def entries_of(record: models.Model) -> models.QuerySet[AuditEntry]:
    """Return the entries on the record and those that are about it, newest first."""
    kind, pk = audit.kind_of(record), str(record.pk)
    on_it = Q(subject_kind=kind, subject_id=pk) | Q(about_kind=kind, about_id=pk)
    return AuditEntry.objects.filter(on_it).order_by("-seq")


def timeline_for(record: models.Model, limit: int = 50) -> list[TimelineItem]:
    """Return the record's newest acts, newest first; the caller has reached the record within its scope.

    The same act by the same person again and again on one day (four hundred candidates checked in) is one item with
    its count. Two queries however many acts there are.
    """
    runs = [list(run) for _key, run in groupby(entries_of(record)[:READ], key=_same)][:limit]
    names = names_of({run[0].actor_id for run in runs if run[0].actor_id is not None})
    return [_item(run[0], names, len(run)) for run in runs]


def _same(entry: AuditEntry) -> tuple[object, ...]:
    """Return what two entries in a row must share to be told as one."""
    day = entry.at.astimezone(SHANGHAI).date()
    return entry.action, entry.actor_id, entry.actor_kind, entry.outcome, entry.reason, day, tuple(entry.cites)


def _item(entry: AuditEntry, names: Mapping[int, str], times: int) -> TimelineItem:
    what = audit_labels.label(entry.action)
    if times > 1:
        what = _("%(what)s, %(times)s times") % {"what": what, "times": times}
    if entry.outcome == "refused":
        what = _("%(what)s: not granted") % {"what": what}
    return TimelineItem(
        at=entry.at.astimezone(SHANGHAI),
        who=_who(entry, names),
        role=", ".join(str(ROLES[role]) for role in entry.actor_roles if role in ROLES),
        what=what,
        why=entry.reason,
        cites=tuple(_cite(key) for key in entry.cites),
        outcome=entry.outcome,
        facts=entry.facts,
        action=entry.action,
        seq=entry.seq,
    )


def _who(entry: AuditEntry, names: Mapping[int, str]) -> str:
    if entry.actor_id is not None and entry.actor_id in names:
        return names[entry.actor_id]
    if entry.actor_kind == "system":
        return str(ROLES["system"])
    return str(ROLES["candidate"] if entry.actor_kind == "candidate" else ROLES["public"])


def _cite(key: str) -> Citation | str:
    try:
        return Citation.parse(key)
    except BadCitation:  # a document that the law no longer carries: its key still says which
        return key
