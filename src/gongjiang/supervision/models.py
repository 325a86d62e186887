"""What supervision knows of a body: findings, self-checks, complaints (MOHRSS-2020-17§24, JL-2024-5§43)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.planning.models import Batch
from gongjiang.supervision.states import COMPLAINT, FINDING, ComplaintState, FindingState


class Subject(models.TextChoices):
    """What quality supervision looks at, as the law's answers to SUPERVISION_CONTENT name it."""

    RULES = "rules", _("Laws, rules and policies")
    QUALITY_SYSTEM = "quality_system", _("Quality management")
    SCOPE = "scope", _("Scope of the assessments")
    STANDARD = "standard", _("Standard or specification")
    BANK = "bank", _("Questions and item bank")
    FEES = "fees", _("Fees taken")
    ELIGIBILITY = "eligibility", _("Eligibility of candidates")
    ROOM_ORDER = "room_order", _("Order in the exam rooms")
    MARKING = "marking", _("Marking of papers")
    REVIEW_RECORDS = "review_records", _("Records of reviews")
    CERTIFICATES = "certificates", _("Certificates and their issue")
    STAFF = "staff", _("Work of assessors and staff")


class Finding(Audited, Scoped):
    """A problem that the authority found at a body, to be rectified until ``due_on`` (整改).

    ``report`` is what the body says it did, ``answer`` what the re-check found. Only public ones stand on the body's
    page.
    """

    workflow = FINDING
    scope_path = "body__organisation__path"
    audited_fields = ("state", "number", "body_id", "subject", "found_on", "due_on", "is_public")

    number = models.CharField(max_length=20, unique=True)
    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="findings")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="findings")
    state = models.CharField(max_length=10, choices=FindingState, default=FindingState.OPEN)
    subject = models.CharField(max_length=20, choices=Subject)
    text = models.TextField()
    found_on = models.DateField()
    due_on = models.DateField()
    is_public = models.BooleanField(default=False)
    evidence = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField()
    report = models.TextField(blank=True)
    report_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    reported_on = models.DateField(null=True)
    answer = models.TextField(blank=True)
    rechecked_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    rechecked_on = models.DateField(null=True)
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-found_on", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=FindingState.values), name="finding_state_known"),
            models.CheckConstraint(condition=Q(subject__in=Subject.values), name="finding_subject_known"),
            models.CheckConstraint(condition=Q(due_on__gt=F("found_on")), name="finding_due_after_found"),
            models.CheckConstraint(
                condition=Q(state=FindingState.OPEN) | Q(reported_on__isnull=False), name="finding_reported"
            ),
            models.CheckConstraint(
                condition=~Q(state=FindingState.CLOSED) | Q(rechecked_on__isnull=False), name="finding_rechecked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.body}"

    @property
    def regime(self) -> str:
        """Return the place whose law governs the finding: that of its body."""
        return self.body.regime


class SelfCheck(Audited, Scoped):
    """A check that the body made of itself (自查): published when it is recorded, never changed."""

    scope_path = "body__organisation__path"
    audited_fields = ("body_id", "checked_on", "items", "in_order")

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="self_checks")
    checked_on = models.DateField()
    items = models.JSONField()
    in_order = models.BooleanField()
    problems = models.TextField(blank=True)
    measures = models.TextField(blank=True)
    published_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    published_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-checked_on"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["body", "checked_on"], name="self_check_once_a_day"),
            models.CheckConstraint(
                condition=Q(in_order=True, problems="") | (Q(in_order=False) & ~Q(problems="") & ~Q(measures="")),
                name="self_check_problems_have_measures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.checked_on}"


class Outcome(models.TextChoices):
    """What an inquiry came to."""

    UPHELD = "upheld", _("Borne out")
    PARTLY = "partly", _("Partly borne out")
    UNFOUNDED = "unfounded", _("Not borne out")
    NOT_COMPETENT = "not_competent", _("Not for this authority")


class Complaint(Audited, Scoped):
    """A complaint about a body, by anybody (投诉举报). Whose it is, only the officer who handles it may have shown.

    It belongs to the authority that selected the body, never to the body. ``secret`` is the keyed hash of the word by
    which the complainant finds it again; words, name and contact are ciphertext; no address is kept.
    """

    workflow = COMPLAINT
    scope_path = "authority__path"
    audited_fields = ("state", "number", "body_id", "authority_id", "subject", "outcome")

    number = models.CharField(max_length=20, unique=True)
    secret = models.CharField(max_length=64)
    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="complaints")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="complaints")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="complaints")
    state = models.CharField(max_length=10, choices=ComplaintState, default=ComplaintState.RECEIVED)
    subject = models.CharField(max_length=20, choices=Subject)
    text = EncryptedTextField()
    name = EncryptedTextField(null=True)
    contact = EncryptedTextField(null=True)
    received_at = models.DateTimeField()
    due_on = models.DateField()
    handled_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    sent_on_because = models.TextField(blank=True)
    outcome = models.CharField(max_length=14, choices=Outcome, blank=True)
    answer = EncryptedTextField(null=True)
    public_answer = models.TextField(blank=True)
    answered_on = models.DateField(null=True)
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-received_at", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ComplaintState.values), name="complaint_state_known"),
            models.CheckConstraint(
                condition=~Q(state=ComplaintState.ANSWERED)
                | Q(outcome__in=Outcome.values, answered_on__isnull=False, answer__isnull=False),
                name="complaint_answered_whole",
            ),
            models.CheckConstraint(
                condition=Q(state=ComplaintState.RECEIVED) | Q(handled_by__isnull=False), name="complaint_has_a_handler"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def regime(self) -> str:
        """Return the place whose law governs the complaint: that of the body."""
        return self.body.regime

    @property
    def is_named(self) -> bool:
        """Say whether the complainant gave a name or a contact."""
        return bool(self.name or self.contact)
