"""Writing the audit trail. Called inside the transaction of the act, as its last step."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from django.db import models, transaction

from gongjiang.kernel import canonical
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models.audit import Audited, AuditEntry, ChainHead
from gongjiang.law.model import Citation


@dataclass(frozen=True, slots=True)
class Act:
    """What an entry says of one act; ``about`` is the record on whose page the entry also stands (a batch)."""

    action: str
    subject: models.Model | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    cites: Sequence[Citation] = ()
    reason: str = ""
    about: models.Model | None = None
    outcome: str = "done"


def record(
    *,
    actor: Actor,
    action: str,
    subject: models.Model | None,
    at: datetime,
    facts: Mapping[str, Any] | None = None,
    cites: Iterable[Citation] = (),
    reason: str = "",
    about: models.Model | None = None,
    outcome: str = "done",
) -> AuditEntry:
    """Append one entry; it stands or falls with the caller's transaction.

    An audited subject must stand in memory as it stands in its row: save first, then record.

    :raises TypeError: if a fact has no canonical form.
    """
    act = Act(action, subject, facts or {}, tuple(cites), reason, about, outcome)
    return record_many(actor=actor, at=at, acts=[act])[0]


@transaction.atomic
def record_many(*, actor: Actor, at: datetime, acts: Sequence[Act]) -> list[AuditEntry]:
    """Append entries in order, locking the chain's head once, last of all locks."""
    if not acts:
        return []
    prepared = [_unchained(actor, at, act) for act in acts]
    ChainHead.objects.get_or_create(id=1)
    head = ChainHead.objects.select_for_update().get(id=1)
    for entry in prepared:
        entry.seq, entry.previous = head.seq + 1, head.hash
        entry.hash = canonical.digest(content(entry))
        head.seq, head.hash = entry.seq, entry.hash
    AuditEntry.objects.bulk_create(prepared, batch_size=500)
    head.save()
    return prepared


def content(entry: AuditEntry) -> dict[str, Any]:
    """Return what the entry's hash is taken over: every field but the hash itself."""
    return {
        "seq": entry.seq,
        "at": entry.at.astimezone(UTC).isoformat(timespec="microseconds"),
        "actor": {"kind": entry.actor_kind, "id": entry.actor_id, "roles": entry.actor_roles},
        "action": entry.action,
        "outcome": entry.outcome,
        "subject": [entry.subject_kind, entry.subject_id],
        "about": [entry.about_kind, entry.about_id],
        "cites": entry.cites,
        "reason": entry.reason,
        "facts": entry.facts,
        "state_hash": entry.state_hash,
        "previous": entry.previous,
    }


def kind_of(record: models.Model | None) -> str:
    """Return the record's kind as it stands in the trail, such as ``planning.batch``."""
    return record._meta.label_lower if record is not None else ""


def _unchained(actor: Actor, at: datetime, act: Act) -> AuditEntry:
    subject, about = act.subject, act.about
    return AuditEntry(
        at=at,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_roles=sorted(actor.roles),
        action=act.action,
        outcome=act.outcome,
        subject_kind=kind_of(subject),
        subject_id=str(subject.pk) if subject is not None else "",
        about_kind=kind_of(about),
        about_id=str(about.pk) if about is not None else "",
        cites=[cite.key for cite in act.cites],
        reason=act.reason,
        facts=canonical.plain(dict(act.facts)),
        # A refused act's record may hold in memory what was rolled back.
        state_hash=subject.state_hash() if isinstance(subject, Audited) and act.outcome == "done" else "",
    )
