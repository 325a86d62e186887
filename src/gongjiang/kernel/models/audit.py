"""The audit trail: append-only, hash-chained; entries hold identifiers and salted hashes, never personal data."""

import secrets
from typing import Any, ClassVar, cast

from django.db import models
from django.db.models import Q

from gongjiang.kernel import canonical

GENESIS = "0" * 64


def new_salt() -> str:
    """Return 128 random bits in hexadecimal."""
    return secrets.token_hex(16)


class Audited(models.Model):
    """A record whose state's hash stands in its audit entries, so that an edit behind the platform's back is found.

    The salt makes the hash say nothing about personal data once the record is erased.
    """

    audited_fields: ClassVar[tuple[str, ...]] = ()
    # Fields that came later: they count only where they hold something, so that older entries still hold.
    audited_where_set: ClassVar[tuple[str, ...]] = ()
    # False where a row may stand without any entry; verification then compares only rows that have one.
    audited_always: ClassVar[bool] = True
    salt = models.CharField(max_length=32, default=new_salt, editable=False)

    class Meta:
        abstract = True

    def state_hash(self) -> str:
        """Return the SHA-256 of the salt and the audited fields, each in the form that it has when loaded."""
        names = [*self.audited_fields, *(name for name in self.audited_where_set if getattr(self, name) is not None)]
        fields = [cast("models.Field[Any, Any]", self._meta.get_field(name)) for name in names]
        state: dict[str, Any] = {field.name: field.to_python(field.value_from_object(self)) for field in fields}
        return canonical.digest([self.salt, state])


class AuditEntry(models.Model):
    """One act: who, in which role, when, what, on which record, why, on which article, and the hash of it all."""

    seq = models.PositiveBigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor_id = models.PositiveBigIntegerField(null=True)
    actor_roles = models.JSONField(default=list)
    action = models.CharField(max_length=80)
    outcome = models.CharField(max_length=10, choices=[("done", "done"), ("refused", "refused")], default="done")
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    about_kind = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=40, blank=True)
    cites = models.JSONField(default=list)
    reason = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    state_hash = models.CharField(max_length=64, blank=True)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["seq"]
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "seq"], name="audit_subject"),
            models.Index(fields=["about_kind", "about_id", "seq"], name="audit_about"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.action} {self.subject_kind}:{self.subject_id}"


class ChainHead(models.Model):
    """The one row that every writer of the trail locks last."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seq = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, default=GENESIS)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_chain_head")]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]}"


class Checkpoint(models.Model):
    """A signed head of the trail, published, so that a cut tail or an older backup is found from outside."""

    seq = models.PositiveBigIntegerField(unique=True)
    hash = models.CharField(max_length=64)
    at = models.DateTimeField()
    key_id = models.CharField(max_length=40)
    signature = models.CharField(max_length=200)

    class Meta:
        ordering = ["-seq"]

    def __str__(self) -> str:
        return f"{self.seq} {self.hash[:12]} {self.at:%Y-%m-%d}"
