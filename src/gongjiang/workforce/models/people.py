"""Who works at assessments: staff members and their appointments, annual assessments, relations to be recused for."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Level, Occupation


class StaffRole(models.TextChoices):
    """What somebody can be appointed to; item writers stand in a register of their own (JL-2024-5§21, §37, §40)."""

    CHIEF_OFFICER = "chief_officer", _("Chief officer")
    ADMINISTRATION_LEAD = "administration_lead", _("Administration lead")
    STAFF = "staff", _("Exam staff")
    INVIGILATOR = "invigilator", _("Invigilator")
    ASSESSOR = "assessor", _("Assessor")
    MARKER = "marker", _("Marker")
    INTERNAL_SUPERVISOR = "internal_supervisor", _("Internal quality supervisor")
    EXTERNAL_SUPERVISOR = "external_supervisor", _("External quality supervisor")
    SAFETY_OFFICER = "safety_officer", _("Safety officer")


class Rank(models.TextChoices):
    """The two ranks of assessors: the ordinary one up to level 3, the senior one for every level."""

    ASSESSOR = "assessor", _("Assessor, levels 5 to 3")
    SENIOR = "senior", _("Senior assessor, all levels")


HIGH_LEVELS = (Level.LEVEL_2, Level.LEVEL_1, Level.MASTER, Level.CHIEF)


class StaffMember(Scoped):
    """A person on a staff list; ``identity_index`` finds the same person in several roles, bodies and centres.

    ``home`` is the organisation whose list it is: a body's, then ``body`` is set, or a centre's, as for external
    supervisors (JL-2024-5§40). ``usual_room`` names the exam room that the person always works in, if there is one.
    """

    scope_path = "home__path"

    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff")
    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, null=True, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="staff_entries")
    name = models.CharField(max_length=60)
    identity = EncryptedTextField()
    identity_index = models.CharField(max_length=64)
    employer = models.CharField(max_length=100, blank=True)
    is_regular = models.BooleanField(default=False)
    usual_room = models.CharField(max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["home", "identity_index"], name="staff_once_a_home")]
        indexes = [
            models.Index(fields=["name", "id"], name="staff_by_name"),
            models.Index(fields=["identity_index"], name="staff_by_person"),
        ]

    def __str__(self) -> str:
        return self.name


class Basis(models.TextChoices):
    """What an appointment rests on (JL-2024-5§38, §44)."""

    TRAINED = "trained", _("Training and examination on record")
    BROUGHT_IN = "brought_in", _("Brought in, as stated")
    PLAIN = "plain", _("No training asked for")


class Appointment(models.Model):
    """A role at assessments to which a staff member is appointed; assessors within occupation and level (JL-2024-5§37).

    ``until`` is the first day on which the term is over, null for an open one; ``end_reason`` says why it ended before
    its time. ``basis`` tells what it rests on: the place of a trainee who passed (``training``), or, for one made
    before the platform kept such records, what was stated, by whom (``source``), with the certificate and the day of
    the examination as far as they were told.
    """

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30, choices=StaffRole)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    highest_level = models.CharField(max_length=10, choices=Level, blank=True)
    rank = models.CharField(max_length=10, choices=Rank, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    end_reason = models.CharField(max_length=200, blank=True)
    basis = models.CharField(max_length=12, choices=Basis)
    training = models.ForeignKey(
        "workforce.Trainee", on_delete=models.PROTECT, null=True, related_name="appointments", db_index=True
    )
    stated_certificate = models.CharField(max_length=60, blank=True)
    stated_exam_on = models.DateField(null=True)
    source = models.CharField(max_length=200, blank=True)
    letter_number = models.CharField(max_length=40, unique=True, null=True)
    appointed_at = models.DateTimeField(null=True)
    cites = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role", "occupation", "since"],
                name="appointment_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="appointment_interval_forward"
            ),
            models.CheckConstraint(
                condition=Q(basis="trained", training__isnull=False)
                | (Q(basis="brought_in", training__isnull=True) & ~Q(source=""))
                | Q(basis="plain", training__isnull=True),
                name="appointment_basis_shown",
            ),
            models.CheckConstraint(
                condition=~Q(rank="assessor") | ~Q(highest_level__in=HIGH_LEVELS), name="rank_covers_levels"
            ),
            # Renewing asks for training again, so one certificate carries one appointment of a role and occupation.
            models.UniqueConstraint(
                fields=["member", "role", "occupation", "training"],
                condition=Q(training__isnull=False),
                name="training_used_once",
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["role", "occupation", "highest_level", "member"], name="appointment_pool"),
            models.Index(fields=["role", "until"], name="appointment_ends"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.role}"


class Grade(models.TextChoices):
    """The result of a year's assessment."""

    EXCELLENT = "excellent", _("Excellent")
    QUALIFIED = "qualified", _("Qualified")
    UNQUALIFIED = "unqualified", _("Unqualified")


class AnnualAssessment(models.Model):
    """How a staff member did in a year, as the body or the centre judges."""

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="annual_assessments")
    year = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=12, choices=Grade)
    reason = models.TextField(blank=True)
    assessed_by_id = models.PositiveBigIntegerField(null=True)
    assessed_at = models.DateTimeField()

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["member", "year"], name="assessed_once_a_year"),
            models.CheckConstraint(condition=~Q(grade="unqualified") | ~Q(reason=""), name="unqualified_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.year} {self.grade}"


class RelationKind(models.TextChoices):
    """Relations for which somebody stays away from an assessment."""

    KIN = "kin", _("Kin")
    TEACHER = "teacher", _("Teacher of the person")
    MASTER = "master", _("Master of the apprentice")
    EMPLOYER = "employer", _("Works or worked there")


class PersonalRelation(models.Model):
    """A relation of a person who works at assessments to another person or to an employer, declared or found.

    Both people stand as blind indexes, so that the relation holds in every role and body; what a page may show of the
    other party is ``other_shown`` (a masked name or the employer's name). From ``until`` on it no longer holds.
    """

    person_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=10, choices=RelationKind)
    other_key = models.CharField(max_length=64, blank=True)
    other_credit_code = models.CharField(max_length=18, blank=True)
    other_shown = models.CharField(max_length=100)
    origin = models.CharField(max_length=10, choices=[("declared", _("declared")), ("detected", _("found"))])
    declared_by_id = models.PositiveBigIntegerField(null=True)
    declared_at = models.DateTimeField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["-declared_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(other_key="", kind="employer") & ~Q(other_credit_code="")
                | Q(other_credit_code="") & ~Q(other_key="") & ~Q(kind="employer"),
                name="relation_one_other_party",
            ),
            models.CheckConstraint(condition=~Q(other_key=F("person_key")), name="relation_to_somebody_else"),
            models.UniqueConstraint(
                fields=["person_key", "kind", "other_key", "other_credit_code"],
                condition=Q(until__isnull=True),
                name="relation_open_once",
            ),
        ]
        indexes = [models.Index(fields=["other_key"], name="relation_other")]

    def __str__(self) -> str:
        return f"{self.kind} {self.other_shown}"
