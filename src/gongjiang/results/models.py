"""Scores, entered by one person and confirmed by another, and the results that follow from them."""

from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import Audited, Objection, PublicNotice, StoredFile
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


HALF = Decimal("0.005")


class Score(Audited):
    """One candidate's score in one part. Never changed: a correction is a new row that supersedes this one.

    ``value`` is null for who was absent or whose part is void; absent isn't zero. ``scorer`` names who marked the paper
    or led the assessors, as the sheet gives it (JL-2024-5§39). Where the place's law says what is assessed, the marks
    stand by group of content, too, and sum to the value (JL-2019-133§4(1)).
    """

    audited_fields = ("enrolment_id", "part", "value", "is_absent", "is_void", "superseded", "scorer")
    audited_where_set = ("ability", "work_performance", "ethics")

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.PROTECT, related_name="scores")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="scores")
    part = models.CharField(max_length=10, choices=PartKind)
    value = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    is_absent = models.BooleanField(default=False)
    is_void = models.BooleanField(default=False)
    superseded = models.BooleanField(default=False)
    scorer = models.CharField(max_length=60, blank=True)
    ability = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    work_performance = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    ethics = models.DecimalField(max_digits=5, decimal_places=2, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                # Half of the smallest unit on either side, as one of the databases adds decimals as floats.
                condition=Q(ability__isnull=True, work_performance__isnull=True, ethics__isnull=True)
                | Q(ability__isnull=False, work_performance__isnull=False, ethics__isnull=False, value__isnull=False)
                & Q(ability__gte=0, work_performance__gte=0, ethics__gte=0)
                & Q(value__gt=F("ability") + F("work_performance") + F("ethics") - HALF)
                & Q(value__lt=F("ability") + F("work_performance") + F("ethics") + HALF),
                name="groups_sum_to_the_score",
            ),
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

    @property
    def groups(self) -> tuple[Decimal, Decimal, Decimal] | None:
        """Return the marks by group of content, in the order of the law, or None where none are given."""
        if self.ability is None or self.work_performance is None or self.ethics is None:
            return None
        return self.ability, self.work_performance, self.ethics


class EthicsVeto(Audited, Scoped):
    """That a candidate isn't passed for want of professional ethics, whatever the marks (JL-2019-133§4(1)3).

    One person proposes it with a reason, another decides. An upheld objection lifts it.
    """

    scope_path = "enrolment__batch__body__organisation__path"
    audited_fields = ("enrolment_id", "reason", "proposed_by_id", "decided_by_id", "upheld", "lifted_for_id")

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="vetoes")
    key = models.CharField(max_length=80, unique=True)
    reason = models.TextField()
    cites = models.JSONField(default=list)
    proposed_by_id = models.PositiveBigIntegerField()
    proposed_at = models.DateTimeField()
    upheld = models.BooleanField(null=True)
    decided_by_id = models.PositiveBigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision = models.TextField(blank=True)
    lifted_for = models.ForeignKey(Objection, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-proposed_at", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"],
                condition=Q(lifted_at__isnull=True) & (Q(upheld__isnull=True) | Q(upheld=True)),
                name="one_standing_veto",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="veto_has_a_reason"),
            models.CheckConstraint(
                condition=Q(upheld__isnull=True, decided_by_id__isnull=True, decided_at__isnull=True)
                | Q(upheld__isnull=False, decided_by_id__isnull=False, decided_at__isnull=False),
                name="veto_decision_whole",
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True) | ~Q(decided_by_id=F("proposed_by_id")),
                name="veto_decided_by_another",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at__isnull=True, lifted_for__isnull=True)
                | Q(lifted_at__isnull=False, lifted_for__isnull=False, upheld__isnull=False, upheld=True),
                name="veto_lifted_for_an_objection",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.proposed_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Say whether it awaits its second person."""
        return self.upheld is None

    @property
    def in_force(self) -> bool:
        """Say whether the candidate isn't passed because of it."""
        return bool(self.upheld) and self.lifted_at is None


class Outcome(models.TextChoices):
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Not passed")
    INCOMPLETE = "incomplete", _("Incomplete")


class Result(Audited, Scoped):
    """What a candidate's scores come to, with the explanation of each part. Posted, and final once confirmed.

    Under a veto the candidate isn't passed, whatever the parts say.
    """

    scope_path = "enrolment__batch__body__organisation__path"
    audited_fields = ("enrolment_id", "outcome", "parts", "confirmed_on")
    audited_where_set = ("veto_id",)

    enrolment = models.OneToOneField(Enrolment, on_delete=models.PROTECT, related_name="result")
    outcome = models.CharField(max_length=10, choices=Outcome)
    parts = models.JSONField()
    computed_at = models.DateTimeField()
    confirmed_on = models.DateField(null=True)
    veto = models.ForeignKey(EthicsVeto, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=Outcome.values), name="outcome_known"),
            models.CheckConstraint(
                condition=Q(veto__isnull=True) | Q(outcome=Outcome.FAILED), name="not_passed_under_a_veto"
            ),
        ]

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
