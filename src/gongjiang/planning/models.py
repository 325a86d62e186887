"""Batches: what a body plans, announces and carries through."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import AssessmentBody, ExamSite
from gongjiang.kernel.models import Audited
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.planning.states import BATCH, BatchState
from gongjiang.standards.models import (
    FURTHER,
    ContentGroup,
    EmployerLevel,
    Level,
    Method,
    NationalStandard,
    Occupation,
    PartKind,
)


class TalentType(models.TextChoices):
    """Types of skilled people that an assessment is fitted to (JL-2024-5§11)."""

    TECHNICAL = "technical", _("Technical skill type")
    KNOWLEDGE = "knowledge", _("Knowledge skill type")
    COMPOSITE = "composite", _("Composite skill type")


class Batch(Audited, Scoped):
    """One planned run of assessments (认定批次). Days are the days on which its steps were done, null until then."""

    workflow = BATCH
    scope_path = "body__organisation__path"
    audited_fields = (
        "state",
        "number",
        "exam_from",
        "exam_until",
        "announced_on",
        "noticed_on",
        "issued_on",
        "reported_on",
    )

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="batches")
    number = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=120)
    regime = models.CharField(max_length=12)
    site = models.ForeignKey(ExamSite, on_delete=models.PROTECT, related_name="batches")
    state = models.CharField(max_length=20, choices=BatchState, default=BatchState.DRAFT)
    enrolment_from = models.DateField()
    enrolment_until = models.DateField()
    exam_from = models.DateField()
    exam_until = models.DateField()
    planned_on = models.DateField()
    announced_on = models.DateField(null=True)
    reviewed_on = models.DateField(null=True)
    arranged_on = models.DateField(null=True)
    briefed_on = models.DateField(null=True)
    examined_on = models.DateField(null=True)
    scored_on = models.DateField(null=True)
    results_approved_on = models.DateField(null=True)
    noticed_on = models.DateField(null=True)
    confirmed_on = models.DateField(null=True)
    issued_on = models.DateField(null=True)
    reported_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-exam_from", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=BatchState.values), name="batch_state_known"),
            models.CheckConstraint(
                condition=Q(enrolment_until__gte=F("enrolment_from"))
                & Q(exam_from__gt=F("enrolment_until"))
                & Q(exam_until__gte=F("exam_from")),
                name="batch_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(issued_on__isnull=True) | Q(noticed_on__isnull=False, issued_on__gt=F("noticed_on")),
                name="batch_issued_after_notice",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class BatchLine(models.Model):
    """One occupation at one level in a batch, with the standard's version that governs it and its fee in yuan.

    ``own_level`` is the level or the step of the body's own ladder, if the line is at one: a reviewer decides by its
    requirement. ``talent_type`` is empty where the place's law tells no types apart, or the body named none.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="lines")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    job_type = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=10, choices=Level)
    standard = models.ForeignKey(NationalStandard, on_delete=models.PROTECT, related_name="+")
    own_level = models.ForeignKey(EmployerLevel, on_delete=models.PROTECT, null=True, related_name="+")
    clause_set = models.CharField(max_length=40)
    fee = models.DecimalField(max_digits=8, decimal_places=2)
    talent_type = models.CharField(max_length=10, choices=TalentType, blank=True, default="")

    class Meta:
        ordering = ["occupation__code", "-level", "job_type"]
        constraints = [
            models.UniqueConstraint(fields=["batch", "occupation", "level", "job_type"], name="batch_line_once"),
            models.CheckConstraint(condition=Q(fee__gte=0), name="fee_not_negative"),
            models.CheckConstraint(
                condition=~Q(level__in=FURTHER) | Q(own_level__isnull=False), name="further_level_of_the_own_ladder"
            ),
            models.CheckConstraint(condition=Q(talent_type__in=["", *TalentType.values]), name="talent_type_known"),
        ]

    def __str__(self) -> str:
        return f"{self.occupation.name} {self.level}"


class LinePart(models.Model):
    """How one part of a line is assessed: what the standard says of it, and by which method the body chose to.

    Written with the plan and never changed: scores are judged by these marks, whatever becomes of the standard.
    ``method`` is the standard's own wording.
    """

    line = models.ForeignKey(BatchLine, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind)
    way = models.CharField(max_length=24, choices=Method)
    content = models.CharField(max_length=18, choices=ContentGroup)
    method = models.CharField(max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField()
    pass_mark = models.DecimalField(max_digits=5, decimal_places=2)
    full_mark = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["line", "kind"], name="line_part_once"),
            models.CheckConstraint(condition=Q(way__in=Method.values), name="line_part_method_known"),
            models.CheckConstraint(condition=Q(content__in=ContentGroup.values), name="line_part_content_known"),
            models.CheckConstraint(
                condition=Q(pass_mark__gt=0) & Q(pass_mark__lte=F("full_mark")), name="line_part_mark_within_full"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.kind}"


class Announcement(models.Model):
    """The announcement of a batch as it was published: its five elements, frozen. Its PDF is made from them."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="announcement")
    published_at = models.DateTimeField()
    elements = models.JSONField()
    cites = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"{self.batch} {self.published_at:%Y-%m-%d}"
