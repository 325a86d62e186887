"""What the life of a filing leaves on record: the work done, earlier filings brought in, quarterly change reports."""

from django.db import models
from django.db.models import F, Q

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing.models.application import Application
from gongjiang.filing.models.handling import Termination
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet


class WorkRecord(models.Model):
    """The body's past work as it stood when a renewal or a termination was applied for (JL-2025-1§9, §10), frozen.

    ``digest`` is the SHA-256 of the canonical JSON of ``content``.
    """

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="work_record")
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application} {self.made_at:%Y-%m-%d}"


class EarlierFiling(Audited, Scoped):
    """A filing made before the platform, also under a repealed rule: entered by one officer, confirmed by another.

    ``facts`` are what the letter states: who, which codes, the term, the sites with occupations and levels. Once
    confirmed, the ``body`` stands in the register with the term stated; until then nothing does.
    """

    scope_path = "authority__path"
    audited_fields = ("credit_code", "facts", "rule", "dropped_at")

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="earlier_filings")
    name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18)
    facts = models.JSONField()
    rule = models.CharField(max_length=120, blank=True)
    source = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    body = models.OneToOneField(AssessmentBody, on_delete=models.PROTECT, null=True, related_name="earlier_filing")
    dropped_at = models.DateTimeField(null=True)
    dropped_why = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-entered_at", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("entered_by")),
                name="earlier_filing_by_two",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True, confirmed_at__isnull=True, body__isnull=True)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, body__isnull=False, dropped_at=None),
                name="earlier_filing_confirmed_whole",
            ),
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_open_earlier_filing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChangeReport(Audited, Scoped):
    """A city's amendments of one quarter, reported to the province and its centre (XZ-2024-2§21), frozen when made."""

    scope_path = "authority__path"
    audited_fields = ("year", "quarter", "rows_digest", "sent_on")

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="change_reports")
    year = models.PositiveSmallIntegerField()
    quarter = models.PositiveSmallIntegerField()
    rows = models.JSONField(default=list)
    rows_digest = models.CharField(max_length=64)
    cites = models.JSONField(default=list)
    due_on = models.DateField()
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    sent_how = models.CharField(max_length=200, blank=True)
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-year", "-quarter"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["authority", "year", "quarter"], name="change_report_once_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="change_report_quarter"),
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True) | ~Q(sent_how=""), name="change_report_sent_somehow"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority} {self.year} Q{self.quarter}"


class ItemAnswer(models.Model):
    """What was said to one item of a winding-up: where the archives are, or how the authority settles it instead."""

    termination = models.ForeignKey(Termination, on_delete=models.PROTECT, related_name="answers")
    item = models.CharField(max_length=20)
    text = models.TextField()
    answered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["termination", "item"], name="winding_up_item_answered_once")]

    def __str__(self) -> str:
        return f"{self.termination} {self.item}"
