"""Scores, entered by one person and confirmed by another, and the results that follow from them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import Audited, PublicNotice, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.planning.models import Batch
from gongjiang.standards.models import PartKind


class ScoreSheet(Scoped):
    """A set of scores of one part that one person entered, by hand or from a file, and another confirms."""

    scope_path = "batch__body__organisation__path"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="score_sheets")
    part = models.CharField(max_length=10, choices=PartKind)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    reason = models.TextField(blank=True)
    entered_by_id = models.PositiveBigIntegerField()
    entered_at = models.DateTimeField()
    confirmed_by_id = models.PositiveBigIntegerField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-entered_at"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by_id__isnull=True) | ~Q(confirmed_by_id=F("entered_by_id")),
                name="scores_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by_id__isnull=True, confirmed_at__isnull=True)
                | Q(confirmed_by_id__isnull=False, confirmed_at__isnull=False),
                name="score_confirmation_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id} {self.part} {self.entered_at:%Y-%m-%d}"


class Score(Audited):
    """One candidate's score in one part. Never changed: a correction is a new row that supersedes this one.

    ``value`` is null for who was absent or whose part is void; absent isn't zero. ``scorer`` names who marked the paper
    or led the assessors, as the sheet gives it (JL-2024-5§39).
    """

    audited_fields = ("enrolment_id", "part", "value", "is_absent", "is_void", "superseded", "scorer")

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="scores")
    part = models.CharField(max_length=10, choices=PartKind)
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    is_absent = models.BooleanField(default=False)
    is_void = models.BooleanField(default=False)
    superseded = models.BooleanField(default=False)
    scorer = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment", "part"], condition=Q(superseded=False), name="one_current_score"
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, is_absent=False, is_void=False)
                | Q(value__isnull=True, is_absent=True, is_void=False)
                | Q(value__isnull=True, is_void=True),
                name="score_or_reason",
            ),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__gte=0), name="score_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.part} {self.value}"


class Outcome(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    INCOMPLETE = "incomplete", _("Incomplete")


class Result(Audited, Scoped):
    """What a candidate's scores come to, with the explanation of each part. Posted, and final once confirmed."""

    scope_path = "enrolment__batch__body__organisation__path"
    audited_fields = ("enrolment_id", "outcome", "parts", "confirmed_on")

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=10, choices=Outcome)
    parts = models.JSONField()
    computed_at = models.DateTimeField()
    confirmed_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="outcome_known")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.outcome}"


class PostedResult(models.Model):
    """One line of a result notice as the public sees it: name and identity number masked, frozen when posted."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="posted_results")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="posted_results")
    position = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    identity = models.CharField(max_length=20)
    occupation = models.CharField(max_length=201)
    level = models.CharField(max_length=10)
    parts = models.JSONField()
    outcome = models.CharField(max_length=10, choices=Outcome)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "enrolment"], name="posted_once_a_notice"),
            models.CheckConstraint(condition=Q(identity__contains="*"), name="posted_identity_masked"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} {self.position}"
