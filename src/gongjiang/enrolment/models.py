"""Candidates, their enrolments, the sheets they came from, and the eligibility decisions."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjiang.enrolment.states import ENROLMENT, EnrolmentState
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import Audited, JobRun, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.planning.models import Batch, BatchLine


class IdentityKind(models.TextChoices):
    RESIDENT = "resident", _("Resident identity card")
    HMT = "hmt", _("Residence permit for Hong Kong, Macao and Taiwan residents")
    FOREIGN = "foreign", _("Foreign permanent resident identity card")


class Relation(models.TextChoices):
    """What ties the candidate to the body: it decides who may be assessed by whom (JL-2024-5§4)."""

    OWN_STAFF = "own_staff", _("Own staff")
    DISPATCHED = "dispatched", _("Dispatched labour")
    OWN_STUDENT = "own_student", _("Own enrolled student")
    SOCIETY = "society", _("Member of the public")


class Candidate(models.Model):
    """A natural person, known by identity number alone; what a body is told of the person stands in the enrolment."""

    identity_kind = models.CharField(max_length=10, choices=IdentityKind)
    identity = EncryptedTextField()
    identity_masked = models.CharField(max_length=20)
    person_key = models.CharField(max_length=64, unique=True)
    born_on = models.DateField()
    sex = models.CharField(max_length=1, choices=[("m", _("male")), ("f", _("female"))])

    def __str__(self) -> str:
        return self.identity_masked


class Enrolment(Audited, Scoped):
    """A candidate in a batch, at one occupation and level. ``facts`` are what eligibility is judged on."""

    workflow = ENROLMENT
    scope_path = "line__batch__body__organisation__path"
    audited_fields = ("state", "line_id", "candidate_id", "name")
    # Rows of a sheet stand under the one entry of its confirmation, which bears their number and digest.
    audited_always = False

    line = models.ForeignKey(BatchLine, on_delete=models.PROTECT, related_name="enrolments")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="enrolments")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="enrolments")
    state = models.CharField(max_length=12, choices=EnrolmentState, default=EnrolmentState.SUBMITTED)
    name = models.CharField(max_length=60)
    phone = EncryptedTextField(null=True)
    employer = models.CharField(max_length=100)
    employer_code = models.CharField(max_length=18, blank=True)
    relation = models.CharField(max_length=12, choices=Relation)
    is_resit = models.BooleanField(default=False)
    needs_access = models.BooleanField(default=False)
    clause_claimed = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    import_run = models.ForeignKey(
        "enrolment.ImportRun", on_delete=models.PROTECT, null=True, related_name="enrolments"
    )
    enrolled_by_id = models.PositiveBigIntegerField(null=True)
    enrolled_at = models.DateTimeField()
    ticket_number = models.CharField(max_length=24, unique=True, null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["batch", "candidate"], condition=~Q(state="withdrawn"), name="candidate_once_a_batch"
            ),
            models.CheckConstraint(condition=Q(state__in=EnrolmentState.values), name="enrolment_state_known"),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="enrolment_batch_state")]

    @property
    def regime(self) -> str:
        """Return the place whose law governs: the batch's."""
        return self.batch.regime

    def __str__(self) -> str:
        return f"{self.name} {self.line}"


class EligibilityDecision(models.Model):
    """A reviewer's decision, with the clause set, the facts and the engine's verdict as they stood; never changed."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="decisions")
    eligible = models.BooleanField()
    clause_set = models.CharField(max_length=40)
    clause = models.CharField(max_length=20, blank=True)
    counted_on = models.DateField()
    facts = models.JSONField()
    verdict = models.JSONField()
    digest = models.CharField(max_length=64)
    reason = models.TextField(blank=True)
    second_reviewer_id = models.PositiveBigIntegerField(null=True)
    decided_by_id = models.PositiveBigIntegerField()
    decided_at = models.DateTimeField()

    class Meta:
        ordering = ["-decided_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {'yes' if self.eligible else 'no'} {self.clause}"


class Evidence(models.Model):
    """A paper that a candidate's claim rests on."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=40)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["enrolment", "kind", "file"], name="evidence_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.kind}"


class Override(models.Model):
    """A reviewer's wish to accept someone whom no clause admits: it waits for another reviewer (abuse case 6)."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="overrides")
    clause = models.CharField(max_length=20)
    reason = models.TextField()
    proposed_by_id = models.PositiveBigIntegerField()
    proposed_at = models.DateTimeField()
    approved = models.BooleanField(null=True)
    answered_by_id = models.PositiveBigIntegerField(null=True)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-proposed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=Q(answered_at__isnull=True), name="one_open_override"
            ),
            models.CheckConstraint(
                condition=Q(answered_by_id__isnull=True) | ~Q(answered_by_id=models.F("proposed_by_id")),
                name="override_by_two_people",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.clause}"


class Appeal(models.Model):
    """A candidate's objection to a decision on eligibility, answered by somebody else (JL-2024-5§7(11))."""

    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="appeals")
    text = models.TextField()
    raised_at = models.DateTimeField()
    reply = models.TextField(blank=True)
    upheld = models.BooleanField(null=True)
    replied_by_id = models.PositiveBigIntegerField(null=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-raised_at"]
        constraints = [
            models.UniqueConstraint(fields=["enrolment"], condition=Q(replied_at__isnull=True), name="one_open_appeal"),
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, upheld__isnull=True)
                | Q(replied_at__isnull=False, upheld__isnull=False, replied_by_id__isnull=False),
                name="appeal_reply_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.raised_at:%Y-%m-%d}"


class ImportState(models.TextChoices):
    READING = "reading", _("Being read")
    CHECKED = "checked", _("Checked, not yet taken over")
    CONFIRMED = "confirmed", _("Taken over")
    CANCELLED = "cancelled", _("Cancelled")
    FAILED = "failed", _("Could not be read")


class ImportRun(Scoped):
    """One uploaded sheet of candidates: read, checked whole, then taken over in one short transaction or not at all."""

    scope_path = "batch__body__organisation__path"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="imports")
    sheet = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    photos = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=200)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.READING)
    job = models.ForeignKey(JobRun, on_delete=models.PROTECT, null=True, related_name="+")
    rows_read = models.PositiveIntegerField(default=0)
    rows_good = models.PositiveIntegerField(default=0)
    rows_taken = models.PositiveIntegerField(default=0)
    rows_total = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    photos_read = models.PositiveIntegerField(default=0)
    good_rows_only = models.BooleanField(default=False)
    file_problems = models.JSONField(default=list)
    uploaded_by_id = models.PositiveBigIntegerField()
    uploaded_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-uploaded_at"]
        base_manager_name = "everything"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return f"{self.file_name} {self.state}"


class ImportRow(models.Model):
    """One row of a sheet as read, its problems, and, where it is good, every column of the enrolment it will become.

    ``cells`` holds the row as shown to the clerk; identity and phone numbers stand masked in it and encrypted apart.
    What an enrolment needs is prepared here, so that taking over is one ``INSERT … SELECT`` and no computation.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows", db_index=False)
    number = models.PositiveIntegerField()
    cells = models.JSONField()
    problems = models.JSONField(default=list)
    is_good = models.BooleanField()
    identity = EncryptedTextField(null=True)
    phone = EncryptedTextField(null=True)
    person_key = models.CharField(max_length=64, blank=True)
    identity_kind = models.CharField(max_length=10, blank=True)
    identity_masked = models.CharField(max_length=20, blank=True)
    born_on = models.DateField(null=True)
    sex = models.CharField(max_length=1, blank=True)
    line = models.ForeignKey(BatchLine, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    name = models.CharField(max_length=60, blank=True)
    employer = models.CharField(max_length=100, blank=True)
    employer_code = models.CharField(max_length=18, blank=True)
    relation = models.CharField(max_length=12, blank=True)
    is_resit = models.BooleanField(default=False)
    needs_access = models.BooleanField(default=False)
    clause_claimed = models.CharField(max_length=20, blank=True)
    facts = models.JSONField(default=dict)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+", db_index=False)
    salt = models.CharField(max_length=32, blank=True)
    digest = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["run", "number"], name="import_row_once")]

    def __str__(self) -> str:
        return f"{self.run_id}:{self.number}"
