"""The pool of evaluation experts: who they are, what they know, and whom they may not judge."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Occupation


class Expert(Scoped):
    """An expert in an authority's pool, from a day until a day. ``public_id`` names him or her in a published draw.

    The non-disclosure agreement (保密协议) runs from ``nda_since`` until ``nda_until``; ``ethics_on`` is the day of the
    last training in professional ethics (JL-2024-5§48). ``left_why`` tells why the term was ended before its time.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="experts")
    user = models.OneToOneField(User, on_delete=models.PROTECT, null=True, related_name="expert")
    public_id = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=60)
    identity = EncryptedTextField()
    identity_index = models.CharField(max_length=64)
    employer = models.CharField(max_length=100)
    employer_code = models.CharField(max_length=18, blank=True)
    title = models.CharField(max_length=60, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    nda_since = models.DateField(null=True)
    nda_until = models.DateField(null=True)
    ethics_on = models.DateField(null=True)
    left_why = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["public_id"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["organisation", "identity_index"], name="expert_once_a_pool"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="expert_interval_forward"
            ),
            models.CheckConstraint(
                condition=Q(nda_since__isnull=True, nda_until__isnull=True) | Q(nda_until__gt=F("nda_since")),
                name="expert_agreement_forward",
            ),
        ]
        indexes = [models.Index(fields=["identity_index"], name="expert_by_person")]

    def __str__(self) -> str:
        return self.name


class ExpertField(models.Model):
    """An occupation that an expert can judge."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="fields")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["expert", "occupation"], name="expert_field_once")]

    def __str__(self) -> str:
        return f"{self.expert} {self.occupation}"


class TieKind(models.TextChoices):
    STAFF = "staff", _("On the staff")
    EX_STAFF = "ex_staff", _("Formerly on the staff")
    KIN = "kin", _("Kin of a leader or of staff")
    INTEREST = "interest", _("Other interest")


class Tie(models.Model):
    """What ties an expert to an applicant, known by its credit code: declared, or found in the registers."""

    expert = models.ForeignKey(Expert, on_delete=models.CASCADE, related_name="ties")
    kind = models.CharField(max_length=10, choices=TieKind)
    credit_code = models.CharField(max_length=18)
    organisation_name = models.CharField(max_length=100)
    note = models.CharField(max_length=200, blank=True)
    declared_at = models.DateTimeField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["credit_code"]
        constraints = [models.UniqueConstraint(fields=["expert", "kind", "credit_code"], name="tie_once")]

    def __str__(self) -> str:
        return f"{self.expert} {self.kind} {self.organisation_name}"
