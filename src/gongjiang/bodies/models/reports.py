"""What a body reports: the annual plan, the annual summary, the statistics (JL-2024-5§7(9), MOHRSS-2020-17§21)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models.body import AssessmentBody
from gongjiang.bodies.states import PERIODIC_REPORT, ReportState
from gongjiang.kernel.models import Audited
from gongjiang.kernel.scope import Scoped, ScopedQuerySet


class ReportKind(models.TextChoices):
    """Kinds of report, as the law's answer to ANNUAL_REPORTS names them."""

    PLAN = "plan", _("Annual plan")
    SUMMARY = "summary", _("Annual summary")
    STATISTICS = "statistics", _("Statistics")


class PeriodicReport(Audited, Scoped):
    """One report of a body for a period (``2026``, ``2026-Q1``), due on a day that the place sets.

    ``data`` are the figures that the platform counted from its records when the report was handed in; ``text`` is what
    the body says itself, ``answer`` why the authority returned it.
    """

    workflow = PERIODIC_REPORT
    scope_path = "body__organisation__path"
    audited_fields = ("state", "kind", "period", "due_on")

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="periodic_reports")
    kind = models.CharField(max_length=12, choices=ReportKind)
    period = models.CharField(max_length=8)
    since = models.DateField()
    until = models.DateField()
    due_on = models.DateField()
    due_source = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    data = models.JSONField(default=dict)
    text = models.TextField(blank=True)
    answer = models.TextField(blank=True)
    submitted_on = models.DateField(null=True)
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["due_on", "pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["body", "kind", "period"], name="periodic_report_once"),
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="periodic_report_state_known"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="periodic_report_period_forward"),
            models.CheckConstraint(
                condition=Q(state=ReportState.DRAFT) | Q(submitted_on__isnull=False), name="periodic_report_submitted"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.kind} {self.period}"

    @property
    def regime(self) -> str:
        """Return the place whose law governs the report: that of its body."""
        return self.body.regime
