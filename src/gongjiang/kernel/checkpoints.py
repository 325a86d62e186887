"""Checkpoints of the audit trail, its export, and the check of the records against it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from django.apps import apps
from django.db import models, transaction
from django.db.models import Max

from gongjiang.kernel import audit, canonical, keys, verify_audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import Audited, AuditEntry, ChainHead, Checkpoint

CHUNK = 2000


class TrailBroken(RuntimeError):
    """The trail since the last checkpoint isn't whole: nothing is signed."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A record that isn't what the trail says of it."""

    table: str
    pk: str
    text: str

    def __str__(self) -> str:
        return f"{self.table} {self.pk}: {self.text}"


@transaction.atomic
def publish_checkpoint(*, at: datetime, actor: Actor) -> Checkpoint:
    """Sign the head of the trail, after checking what came since the last checkpoint; nothing new, nothing signed anew.

    :raises TrailBroken: if an entry since then was changed, removed or re-ordered.
    """
    last = Checkpoint.objects.first()
    ChainHead.objects.get_or_create(id=1)
    head = ChainHead.objects.select_for_update().get(id=1)
    if last is not None and last.seq == head.seq:
        return last
    key = keys.signing_key(keys.CHECKPOINT)
    entry = audit.record(actor=actor, action="audit.checkpoint", subject=None, at=at, facts={"key": key.id})
    _require_whole(last, entry)
    checkpoint = Checkpoint(seq=entry.seq, hash=entry.hash, at=at, key_id=key.id)
    checkpoint.signature = key.sign(verify_audit.checkpoint_message(as_dict(checkpoint))).hex()
    checkpoint.save()
    return checkpoint


def _require_whole(last: Checkpoint | None, head: AuditEntry) -> None:
    seq, previous = (last.seq, last.hash) if last else (0, verify_audit.GENESIS)
    for entry in AuditEntry.objects.filter(seq__gt=seq).order_by("seq").iterator(CHUNK):
        if (entry.seq, entry.previous) != (seq + 1, previous) or entry.hash != canonical.digest(audit.content(entry)):
            raise TrailBroken(f"the trail isn't whole at entry {seq + 1}")
        seq, previous = entry.seq, entry.hash
    if (seq, previous) != (head.seq, head.hash):
        raise TrailBroken(f"the trail ends at entry {seq}, its head is {head.seq}")


def as_dict(checkpoint: Checkpoint) -> dict[str, Any]:
    """Return a checkpoint as it is published."""
    return {
        "seq": checkpoint.seq,
        "hash": checkpoint.hash,
        "at": checkpoint.at.astimezone(UTC).isoformat(timespec="seconds"),
        "key_id": checkpoint.key_id,
        "signature": checkpoint.signature,
    }


def published(limit: int | None = None) -> dict[str, Any]:
    """Return the newest checkpoints and the public keys, in the form that ``verify_audit.py`` reads."""
    found = Checkpoint.objects.all()[:limit] if limit else Checkpoint.objects.all()
    return {
        "format": "gongjiang-audit-checkpoints-1",
        "keys": {key_id: public.hex() for key_id, public in keys.public_keys(keys.CHECKPOINT).items()},
        "checkpoints": [as_dict(checkpoint) for checkpoint in found],
    }


def lines() -> Iterator[bytes]:
    """Yield the export's lines, oldest entry first."""
    for entry in AuditEntry.objects.order_by("seq").iterator(CHUNK):
        yield verify_audit.line_of(canonical.dumps(audit.content(entry)).encode(), entry.hash)


def export(target: Path | BinaryIO) -> int:
    """Write the whole trail and return the number of entries."""
    if isinstance(target, Path):
        with target.open("wb") as out:
            return export(out)
    count = 0
    for line in lines():
        target.write(line)
        count += 1
    return count


def verify_chain() -> list[verify_audit.Problem]:
    """Check the trail in the database: each entry, their order, the head, and every checkpoint with its signature."""
    trail = verify_audit.read(lines())
    keys_by_id = {key_id: public.hex() for key_id, public in keys.public_keys(keys.CHECKPOINT).items()}
    found = trail.problems + verify_audit.against(trail, published()["checkpoints"], keys_by_id)
    head = ChainHead.objects.filter(id=1).first()
    if head and (head.seq, head.hash) != (trail.last, trail.hashes.get(trail.last, verify_audit.GENESIS)):
        text = f"the trail ends at entry {trail.last}, its head says {head.seq}"
        found.append(verify_audit.Problem(trail.last + 1, "cut", text))
    return found


def audited_models() -> list[type[models.Model]]:
    """Return every kind of record whose state stands in the trail."""
    return [model for model in apps.get_models() if issubclass(model, Audited)]


def verify_rows() -> list[RowProblem]:
    """Compare every audited record with its newest entry; a changed, inserted or deleted row is named."""
    return [problem for model in audited_models() for problem in _verify_model(model)]


def _verify_model(model: type[models.Model]) -> Iterator[RowProblem]:
    kind = model._meta.label_lower
    stated = _stated_hashes(kind)
    always = getattr(model, "audited_always", True)
    for row in model._base_manager.order_by("pk").iterator(CHUNK):
        expected = stated.pop(str(row.pk), None)
        if expected is None and always:
            yield RowProblem(kind, str(row.pk), "stands in no entry: inserted behind the platform's back")
        elif expected is not None and isinstance(row, Audited) and row.state_hash() != expected:
            yield RowProblem(kind, str(row.pk), "isn't what its newest entry says: changed behind the platform's back")
    for pk in sorted(stated):
        yield RowProblem(kind, pk, "is gone, but no entry says that it was deleted")


def _stated_hashes(kind: str) -> dict[str, str]:
    """Return each record's hash from its newest entry that states one; a record that was erased has none."""
    entries = AuditEntry.objects.filter(subject_kind=kind).exclude(state_hash="")
    newest = entries.values("subject_id").annotate(last=Max("seq")).values("last")
    found = AuditEntry.objects.filter(seq__in=newest).values_list("subject_id", "state_hash", "facts")
    return {pk: state for pk, state, facts in found.iterator(CHUNK) if not facts.get("erased")}


def as_bytes() -> bytes:
    """Return the whole export in memory, for small trails and tests."""
    out = io.BytesIO()
    export(out)
    return out.getvalue()
