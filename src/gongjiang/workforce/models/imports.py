"""A sheet of staff: read in the background, checked whole, then taken over in one transaction or not at all."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import JobRun, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet


class StaffImportState(models.TextChoices):
    READING = "reading", _("Being read")
    CHECKED = "checked", _("Checked, not yet taken over")
    CONFIRMED = "confirmed", _("Taken over")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be read")


class StaffImport(Scoped):
    """One uploaded sheet of an organisation's staff."""

    scope_path = "home__path"

    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff_imports")
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=StaffImportState, default=StaffImportState.READING)
    job = models.ForeignKey(JobRun, on_delete=models.PROTECT, null=True, related_name="+")
    rows_read = models.PositiveIntegerField(default=0)
    rows_good = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    file_problems = models.JSONField(default=list)
    uploaded_by_id = models.PositiveBigIntegerField(null=True)
    uploaded_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-uploaded_at"]
        base_manager_name = "everything"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class StaffImportRow(models.Model):
    """One row as read, with its problems; the identity number stands masked in ``cells`` and encrypted apart."""

    run = models.ForeignKey(StaffImport, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    problems = models.JSONField(default=list)
    is_good = models.BooleanField()
    identity = EncryptedTextField(null=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="staff_import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"
