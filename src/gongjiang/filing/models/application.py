"""An application to be put on file, to have the filing changed or renewed, or to end it; and all that is handed in."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import Affiliation, AssessmentBody, Decision, ScopeItem
from gongjiang.evaluation.models import Evaluation
from gongjiang.filing.models.calls import Applicant, Call
from gongjiang.filing.states import APPLICATION, ApplicationState
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Level, Occupation


class ApplicationKind(models.TextChoices):
    FIRST = "first", _("First filing")
    ADDITION = "addition", _("Added occupations")
    AMENDMENT = "amendment", _("Amendment")
    RENEWAL = "renewal", _("Renewal")
    TERMINATION = "termination", _("Voluntary termination")


# What lies before acceptance, or left the way; and what lies behind the evaluation, in its order.
NOT_ACCEPTED = ["draft", "submitted", "returned", "refused", "withdrawn"]
EVALUATED = ["evaluated", "deliberated", "on_notice", "cleared", "filed"]


class Application(Audited, Scoped):
    """One application (备案申请). Officers who accept, deliberate and sign are three people; the database says so too.

    ``applied_on`` is the day of the first submission, the day that governs what was asked (the law's Day.APPLIED).
    ``flow`` is the list of steps that the law of the place asked for on that day, frozen then; whether it asks for a
    panel and for a notice is written down on acceptance, so that the database can hold against a step left out.
    """

    workflow = APPLICATION
    scope_path = "applicant__organisation__path"
    audited_fields = ("state", "number", "kind", "applied_on", "accepted_on", "noticed_on", "decided_on")

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=ApplicationKind)
    applicant = models.ForeignKey(Applicant, on_delete=models.PROTECT, related_name="applications")
    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, null=True, related_name="applications")
    call = models.ForeignKey(Call, on_delete=models.PROTECT, null=True, related_name="applications")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="filing_applications")
    regime = models.CharField(max_length=12)
    affiliation = models.CharField(max_length=12, choices=Affiliation)
    state = models.CharField(max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT)
    flow = models.JSONField(default=list)
    round = models.PositiveSmallIntegerField(default=1)
    summary = models.TextField(blank=True)
    serves_others = models.BooleanField(default=False)
    exchanges = models.BooleanField(default=False)

    created_at = models.DateTimeField()
    applied_on = models.DateField(null=True)
    submitted_at = models.DateTimeField(null=True)
    is_late = models.BooleanField(default=False)
    declared_by = models.CharField(max_length=60, blank=True)
    accepted_on = models.DateField(null=True)
    accepted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    evaluation = models.OneToOneField(Evaluation, on_delete=models.PROTECT, null=True, related_name="application")
    evaluated_on = models.DateField(null=True)
    asks_panel = models.BooleanField(null=True)
    asks_notice = models.BooleanField(null=True)
    deliberated_on = models.DateField(null=True)
    deliberated_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    deliberation = models.TextField(blank=True)
    favourable = models.BooleanField(null=True)
    noticed_on = models.DateField(null=True)
    cleared_on = models.DateField(null=True)
    undertaking = models.TextField(blank=True)
    undertaking_by = models.CharField(max_length=60, blank=True)
    undertaking_at = models.DateTimeField(null=True)
    decided_on = models.DateField(null=True)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    letter_number = models.CharField(max_length=100, blank=True)
    letter = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="application")
    refusal = models.TextField(blank=True)
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_known"),
            models.CheckConstraint(
                condition=Q(deliberated_by__isnull=True)
                | Q(accepted_by__isnull=False) & ~Q(deliberated_by=F("accepted_by")),
                name="accepted_and_deliberated_by_two",
            ),
            models.CheckConstraint(
                condition=Q(signed_by__isnull=True)
                | Q(deliberated_by__isnull=False) & ~Q(signed_by=F("accepted_by")) & ~Q(signed_by=F("deliberated_by")),
                name="signed_by_a_third",
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(signed_by__isnull=False, decided_on__isnull=False),
                name="granted_by_a_signature",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_ACCEPTED)
                | Q(
                    accepted_on__isnull=False,
                    accepted_by__isnull=False,
                    asks_panel__isnull=False,
                    asks_notice__isnull=False,
                ),
                name="accepted_before_all_else",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EVALUATED)
                | Q(evaluated_on__isnull=False) & (Q(asks_panel=False) | Q(evaluation__isnull=False)),
                name="evaluated_where_asked",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EVALUATED[1:])
                | Q(deliberated_on__isnull=False, deliberated_by__isnull=False, favourable__isnull=False),
                name="deliberated_before_the_notice",
            ),
            models.CheckConstraint(
                condition=~Q(state="on_notice") | Q(noticed_on__isnull=False, favourable=True, asks_notice=True),
                name="posted_by_a_favourable_deliberation",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=EVALUATED[3:])
                | Q(cleared_on__isnull=False, favourable=True) & (Q(asks_notice=False) | Q(noticed_on__isnull=False)),
                name="cleared_after_what_was_asked",
            ),
            models.UniqueConstraint(
                fields=["applicant", "kind"],
                condition=~Q(state__in=["filed", "refused", "withdrawn"]),
                name="one_open_application_a_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.applicant}"


class RequestedSite(models.Model):
    """An exam site that the applicant asks to have filed."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sites")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200)
    division = models.CharField(max_length=6)
    is_own = models.BooleanField(default=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "name"], name="requested_site_once")]

    def __str__(self) -> str:
        return self.name


class RequestedScope(models.Model):
    """An occupation at a level that is asked for at a site; ``site_name`` names a requested or a filed site."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="scope")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    site_name = models.CharField(max_length=100)

    class Meta:
        ordering = ["occupation__code", "-level", "site_name"]
        constraints = [
            models.UniqueConstraint(fields=["application", "occupation", "level", "site_name"], name="asked_for_once")
        ]

    def __str__(self) -> str:
        return f"{self.occupation} {self.level}"


class GivenUpScope(models.Model):
    """A filed cell that the body gives up for what it asks for (以旧换新, XZ-2024-2§26)."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="given_up")
    item = models.ForeignKey(ScopeItem, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="given_up_once")]

    def __str__(self) -> str:
        return str(self.item)


class RequestedChange(models.Model):
    """An element of the filing that changes (ask.AMENDMENT_ELEMENTS): the old value holds until approval."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="changes")
    element = models.CharField(max_length=30)
    old = models.CharField(max_length=200, blank=True)
    new = models.CharField(max_length=200)
    why = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "element"], name="change_once_an_element")]

    def __str__(self) -> str:
        return f"{self.element}: {self.new}"


class RequestedSubsidiary(models.Model):
    """A subsidiary whose staff a group employer would assess (JL-2025-1§6(6))."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="subsidiaries")
    name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "credit_code"], name="requested_subsidiary_once")]

    def __str__(self) -> str:
        return self.name


class Material(models.Model):
    """A paper of the application, or the note of an online check that replaces it (XZ-2024-2§12).

    ``kind`` is one of ask.FILING_MATERIALS, or what a condition or an amendment asks for. Replaced papers stay, with
    the round in which they were replaced.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="materials")
    kind = models.CharField(max_length=40)
    condition = models.CharField(max_length=30, blank=True)
    title = models.CharField(max_length=120)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(max_length=120, blank=True)
    verified_source = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)
    added_round = models.PositiveSmallIntegerField(default=1)
    replaced_round = models.PositiveSmallIntegerField(null=True)
    added_at = models.DateTimeField()

    class Meta:
        ordering = ["kind", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(file__isnull=False) | (Q(verified_at__isnull=False) & ~Q(verified_source="")),
                name="material_is_a_file_or_a_check",
            )
        ]

    def __str__(self) -> str:
        return self.title


class ConditionAnswer(models.Model):
    """What the applicant says to one condition of the law (ask.APPLICANT_CONDITIONS); counts stand in ``numbers``."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    condition = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    numbers = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "condition"], name="condition_answered_once")]

    def __str__(self) -> str:
        return f"{self.application} {self.condition}"


class Snapshot(models.Model):
    """What was submitted in one round, frozen, with the declaration of its truth; two rounds compared tell the change.

    ``digest`` is the SHA-256 of the canonical JSON of ``content``: what the declaration was signed over.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="snapshots")
    round = models.PositiveSmallIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    declared_by = models.CharField(max_length=60)
    submitted_at = models.DateTimeField()

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="snapshot_once_a_round")]

    def __str__(self) -> str:
        return f"{self.application} {self.round}"
