"""What a body publishes before it may open a batch: its rules and its fee schedule (MOHRSS-2020-17§19)."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models.body import AssessmentBody
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.standards.models import Level, Occupation


class RuleKind(models.TextChoices):
    """Kinds of rules that a body publishes, as the law's answer to PUBLISHED_RULES names them."""

    EXAM_ADMINISTRATION = "exam_administration", _("Exam administration")
    QUALITY = "quality", _("Quality management")
    CERTIFICATES = "certificates", _("Certificate management")
    FEES = "fees", _("Fee schedule")


class PublishedRule(Audited):
    """One version of a body's rules of a kind, frozen once published, in force from ``since`` until ``until``.

    The rules are its ``text``, or the file in ``document``. Of the fees the kind is met by a FeeSchedule.
    """

    audited_fields = ("kind", "version", "title", "since", "until")

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="published_rules")
    kind = models.CharField(max_length=20, choices=RuleKind)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "version"], name="rule_version_once"),
            models.UniqueConstraint(fields=["body", "kind"], condition=Q(until__isnull=True), name="one_open_rule"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="rule_interval_forward"
            ),
            models.CheckConstraint(condition=~Q(text="") | Q(document__isnull=False), name="rule_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.title} v{self.version}"


class FeePart(models.TextChoices):
    """What a fee is for."""

    THEORY = "theory", _("Theory")
    PRACTICAL = "practical", _("Practical")
    REVIEW = "review", _("Comprehensive review")
    OTHER = "other", _("Other costs")


class FeeSchedule(Audited):
    """One version of a body's fees, published as a whole and frozen; ``basis`` says by which costs they are set."""

    audited_fields = ("version", "since", "until")

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="fee_schedules")
    version = models.PositiveSmallIntegerField()
    basis = models.TextField()
    published_at = models.DateTimeField()
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["body", "version"], name="fee_schedule_version_once"),
            models.UniqueConstraint(fields=["body"], condition=Q(until__isnull=True), name="one_open_fee_schedule"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="fee_schedule_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} v{self.version}"

    def total(self, occupation_code: str, level: str) -> Decimal | None:
        """Return what an occupation at a level costs in yuan, all parts together; None where none is published."""
        parts = [
            item.amount for item in self.items.all() if item.occupation.code == occupation_code and item.level == level
        ]
        return sum(parts, Decimal(0)) if parts else None


class FeeItem(models.Model):
    """One part of the fee of an occupation at a level, in yuan."""

    schedule = models.ForeignKey(FeeSchedule, on_delete=models.PROTECT, related_name="items")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    part = models.CharField(max_length=10, choices=FeePart)
    amount = models.DecimalField(max_digits=8, decimal_places=2)

    class Meta:
        ordering = ["occupation__code", "level", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["schedule", "occupation", "level", "part"], name="fee_item_once"),
            models.CheckConstraint(condition=Q(amount__gte=0), name="fee_item_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation.name} {self.level} {self.part}"
