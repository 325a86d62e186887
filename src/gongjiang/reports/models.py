"""What is reported upward: packages of scores and certificate data, and what came back."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjiang.certificates.models import Certificate
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.planning.models import Batch


class ReportPackage(Audited, Scoped):
    """A batch's report: frozen rows, files, the number it went under, and the receipt.

    ``covers`` are the ids of the certificates it reports; one that ``resends`` another covers only the rows that were
    sent back. ``due_on`` is null where no rule sets a term. ``sending`` is neither sent nor failed: it is asked about
    again before anything is sent twice.
    """

    scope_path = "batch__body__organisation__path"
    audited_fields = ("batch_id", "number", "state", "rows_digest", "due_on", "sent_on")

    class State(models.TextChoices):
        PREPARED = "prepared", _("Prepared")
        SENDING = "sending", _("Sent, receipt awaited")
        ACCEPTED = "accepted", _("Accepted")
        REJECTED = "rejected", _("Rows rejected")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="reports")
    number = models.CharField(max_length=40, unique=True)
    state = models.CharField(max_length=10, choices=State, default=State.PREPARED)
    covers = models.JSONField(default=list)
    resends = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="resent_as")
    due_on = models.DateField(null=True)
    due_provisional = models.BooleanField(default=False)
    due_calendar_years = models.JSONField(default=list)
    due_cites = models.JSONField(default=list)
    rows_digest = models.CharField(max_length=64)
    row_count = models.PositiveIntegerField()
    data_sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    result_sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    confirmation_sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField()
    sent_on = models.DateField(null=True)
    receipt = models.CharField(max_length=80, blank=True)
    receipt_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-prepared_at"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["prepared", "sending", "accepted", "rejected"]), name="report_state_known"
            ),
            models.UniqueConstraint(
                fields=["batch"], condition=Q(state__in=["prepared", "sending"]), name="one_live_report_a_batch"
            ),
            models.CheckConstraint(
                condition=Q(state="prepared") | Q(sent_on__isnull=False), name="report_sent_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.number


class RejectedRow(models.Model):
    """A row that the receiving system sent back, with its words, and the day on which it was fixed."""

    package = models.ForeignKey(ReportPackage, on_delete=models.PROTECT, related_name="rejected")
    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="+")
    message = models.CharField(max_length=300)
    fixed_on = models.DateField(null=True)
    fix = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["certificate__number"]
        constraints = [models.UniqueConstraint(fields=["package", "certificate"], name="rejected_once_a_package")]

    def __str__(self) -> str:
        return f"{self.package_id} {self.certificate_id}"
