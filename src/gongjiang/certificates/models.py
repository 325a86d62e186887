"""Certificates by number, their copies, and what holders ask for afterwards."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.certificates.states import CERTIFICATE, REQUEST, CertificateState, RequestState
from gongjiang.enrolment.models import Candidate
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.law.questions import FIVE_LEVELS
from gongjiang.planning.models import Batch
from gongjiang.results.models import Result
from gongjiang.standards.models import Level, Occupation


class NumberCounter(Audited):
    """The last sequence given under a body's code in a year at a level; its row is locked while numbers are taken.

    Year 0 and level 0 stand for the counter over all of a body's certificates, where the place's setting asks for that.
    """

    audited_fields = ("body_code", "year", "level", "last")
    audited_always = False

    body_code = models.CharField(max_length=13)
    year = models.PositiveSmallIntegerField()
    level = models.CharField(max_length=10)
    last = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["body_code", "year", "level"], name="one_counter"),
            models.CheckConstraint(condition=Q(last__lte=999_999), name="sequence_has_six_digits"),
        ]

    def __str__(self) -> str:
        return f"{self.body_code} {self.year} {self.level} {self.last}"


class Certificate(Audited, Scoped):
    """A certificate. The number stays through reissue and correction; the copy changes.

    The wording (``occupation_name`` and so on) is frozen as issued: names of occupations change in later editions.
    """

    workflow = CERTIFICATE
    scope_path = "body__organisation__path"
    audited_fields = (
        "number",
        "state",
        "holder_name",
        "person_key",
        "occupation_name",
        "job_type",
        "level",
        "issued_on",
        "generation",
        "revoked_on",
    )

    number = models.CharField(max_length=22, unique=True)
    result = models.OneToOneField(Result, on_delete=models.PROTECT, related_name="certificate")
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="certificates")
    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="certificates")
    candidate = models.ForeignKey(Candidate, on_delete=models.PROTECT, related_name="certificates")
    state = models.CharField(max_length=10, choices=CertificateState, default=CertificateState.NUMBERED)
    holder_name = models.CharField(max_length=60)
    identity_kind = models.CharField(max_length=10)
    identity = EncryptedTextField()
    identity_masked = models.CharField(max_length=20)
    person_key = models.CharField(max_length=64, db_index=True)
    employer = models.CharField(max_length=100, blank=True)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    occupation_name = models.CharField(max_length=100)
    job_type = models.CharField(max_length=100, blank=True)
    level = models.CharField(max_length=10, choices=[(v, v) for v in Level if v != Level.APPRENTICE])
    body_name = models.CharField(max_length=100)
    photo = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    issued_on = models.DateField()
    generation = models.PositiveSmallIntegerField(default=1)
    revoked_on = models.DateField(null=True)
    revocation_reason = models.TextField(blank=True)
    revocation_decision = models.CharField(max_length=100, blank=True)
    revocation_file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["number"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CertificateState.values), name="certificate_state_known"),
            models.CheckConstraint(
                condition=Q(number__regex=r"^[YS][0-9]{21}$", level__in=FIVE_LEVELS)
                | Q(number__regex=r"^[A-Z]{2}[0-9]{20}$", level__in=["master", "chief"]),
                name="certificate_number_form",
            ),
            models.CheckConstraint(
                condition=~Q(state="revoked") | Q(revoked_on__isnull=False, revocation_reason__gt=""),
                name="revoked_has_day_and_reason",
            ),
        ]
        indexes = [models.Index(fields=["batch", "state"], name="certificate_batch_state")]

    @property
    def regime(self) -> str:
        """Return the place whose law governs: the batch's."""
        return self.batch.regime

    def __str__(self) -> str:
        return self.number


class CertificateCopy(models.Model):
    """The bytes of one generation of a certificate: stored once, signed, never rendered again."""

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="copies")
    generation = models.PositiveSmallIntegerField()
    cause = models.CharField(
        max_length=10,
        choices=[("issue", _("Issue")), ("reissue", _("Reissue")), ("correction", _("Correction"))],
    )
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    token_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    superseded_on = models.DateField(null=True)

    class Meta:
        ordering = ["generation"]
        constraints = [
            models.UniqueConstraint(fields=["certificate", "generation"], name="copy_once_a_generation"),
            models.UniqueConstraint(
                fields=["certificate"], condition=Q(superseded_on__isnull=True), name="one_current_copy"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.certificate} {self.generation}"


class CertificateRequest(Audited, Scoped):
    """A holder's application for a lost certificate's new copy, or for a correction with its proof.

    ``changes`` maps each corrected field to what it was and what it becomes; an identity number stands in it masked and
    apart encrypted. ``copy`` is the new paper, once it is made.
    """

    workflow = REQUEST
    scope_path = "certificate__body__organisation__path"
    audited_fields = ("certificate_id", "kind", "state", "changes")

    certificate = models.ForeignKey(Certificate, on_delete=models.PROTECT, related_name="requests")
    kind = models.CharField(max_length=10, choices=[("reissue", _("Reissue")), ("correction", _("Correction"))])
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.SUBMITTED)
    reason = models.TextField()
    changes = models.JSONField(default=dict)
    changes_identity = EncryptedTextField(null=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.CharField(max_length=120, unique=True, null=True)
    asked_by_id = models.PositiveBigIntegerField(null=True)
    asked_at = models.DateTimeField()
    decided_by_id = models.PositiveBigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    decision_reason = models.TextField(blank=True)
    copy = models.OneToOneField(CertificateCopy, on_delete=models.PROTECT, null=True, related_name="request")
    reported_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-asked_at"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(
                fields=["certificate", "kind"], condition=Q(state="submitted"), name="one_open_request"
            ),
            models.CheckConstraint(
                condition=Q(decided_by_id__isnull=True)
                | Q(asked_by_id__isnull=True)
                | ~Q(decided_by_id=models.F("asked_by_id")),
                name="request_decided_by_another",
            ),
        ]

    @property
    def regime(self) -> str:
        """Return the place whose law governs: the batch's."""
        return self.certificate.batch.regime

    def __str__(self) -> str:
        return f"{self.certificate} {self.kind} {self.state}"


class NumberApplication(models.Model):
    """A body's application to the provincial centre for its batch's numbers, where the centre gives them."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="number_application")
    count = models.PositiveIntegerField()
    asked_by_id = models.PositiveBigIntegerField(null=True)
    asked_at = models.DateTimeField()
    given_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.batch} {self.count}"


class MissedLookUp(models.Model):
    """How often an address asked in vain within an hour; the address itself isn't kept, only its keyed hash."""

    address = models.CharField(max_length=32)
    hour = models.DateTimeField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["address", "hour"], name="missed_once_an_hour")]

    def __str__(self) -> str:
        return f"{self.hour:%Y-%m-%d %H} {self.count}"
