"""One evaluation: its draw, its panel, the experts' sheets, what was seen, what is to be mended, and the opinion."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.evaluation.models.criteria import CriteriaVersion, Criterion
from gongjiang.evaluation.models.pool import Expert
from gongjiang.evaluation.states import EVALUATION, EvaluationState
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Occupation


class Stage(models.TextChoices):
    """The panel's steps; one panel may do them all (JL-2025-1§7(2)-(4))."""

    PRELIMINARY = "preliminary", _("Preliminary evaluation")
    TECHNICAL = "technical", _("Technical evaluation")


class Evaluation(Audited, Scoped):
    """An evaluation of an applicant by a drawn panel. ``organisation`` is the authority that holds it.

    The applicant is known by credit code, so that an evaluation can be of a newcomer or of a body on file.
    ``stages`` and ``site_visit`` are what the law of the place asked for on the day it was opened.
    """

    workflow = EVALUATION
    audited_fields = ("state", "number", "verdict", "average")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="evaluations")
    number = models.CharField(max_length=20, unique=True)
    applicant_name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18)
    regime = models.CharField(max_length=12)
    purpose = models.CharField(max_length=20)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.CharField(max_length=40, blank=True)
    # SHA-256 of what the applicant handed in: part of the lot that the holder of the seed doesn't choose.
    submission_digest = models.CharField(max_length=64, blank=True)
    occupations = models.ManyToManyField(Occupation, related_name="+")
    criteria = models.ForeignKey(CriteriaVersion, on_delete=models.PROTECT, related_name="evaluations")
    stages = models.JSONField(default=list)
    site_visit = models.BooleanField(default=True)
    state = models.CharField(max_length=12, choices=EvaluationState, default=EvaluationState.OPEN)
    opened_on = models.DateField()
    visit_on = models.DateField(null=True)
    visit_address = models.CharField(max_length=200, blank=True)
    average = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    verdict = models.BooleanField(null=True)
    opinion = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True)
    concluded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    # The evaluation file (评估卷宗) and the opinion that the applicant gets, as they stood when concluded.
    dossier = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    opinion_paper = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=EvaluationState.values), name="evaluation_state_known"),
            models.CheckConstraint(
                condition=~Q(state="concluded") | Q(verdict__isnull=False, concluded_at__isnull=False),
                name="evaluation_concluded_with_verdict",
            ),
            models.UniqueConstraint(
                fields=["subject_kind", "subject_id"],
                condition=~Q(subject_id="") & ~Q(state__in=["concluded", "stopped"]),
                name="one_open_evaluation_a_subject",
            ),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="evaluation_subject")]

    def __str__(self) -> str:
        return f"{self.number} {self.applicant_name}"


class Draw(models.Model):
    """A draw by lot that anybody can compute again: the committed seed, the pool, who was left out and why.

    ``commitment`` is the SHA-256 of the secret ``seed``, published before the pool is frozen; the lot is taken with the
    seed joined to ``public_part``, which the holder of the seed couldn't choose. People stand by their public id.
    ``pool``: [{"id", "fields", "of"}], ``exclusions``: [{"id", "kinds"}], ``replacements``: [{"out", "in", "kind",
    "passed_over": [{"id", "kinds"}]}] in the order in which they happened.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="draws")
    commitment = models.CharField(max_length=64)
    committed_at = models.DateTimeField()
    sealed_seed = models.TextField()
    seed = models.CharField(max_length=64, blank=True)
    public_part = models.CharField(max_length=200, blank=True)
    algorithm = models.CharField(max_length=30)
    size = models.PositiveSmallIntegerField()
    pool = models.JSONField(default=list)
    exclusions = models.JSONField(default=list)
    result = models.JSONField(default=list)
    reserves = models.JSONField(default=list)
    replacements = models.JSONField(default=list)
    occupations = models.JSONField(default=list)
    drawn_at = models.DateTimeField(null=True)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    set_aside_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["committed_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(set_aside_why=""), name="one_standing_draw_an_evaluation"
            ),
            models.CheckConstraint(
                condition=Q(drawn_at__isnull=True) | Q(drawn_at__gt=F("committed_at")),
                name="seed_committed_first",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.committed_at:%Y-%m-%d}"


class Panelist(models.Model):
    """An expert on the panel. ``letter`` (甲, 乙 …) stands for the name wherever the applicant can see it.

    Who comes in for somebody takes over the letter; who was drawn anew after a draw was set aside has a row for each.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="panel")
    draw = models.ForeignKey(Draw, on_delete=models.PROTECT, related_name="panel")
    expert = models.ForeignKey(Expert, on_delete=models.PROTECT, related_name="panels")
    letter = models.CharField(max_length=2)
    is_lead = models.BooleanField(default=False)
    confirmed_at = models.DateTimeField(null=True)
    # Signing in at the site: our clock; the place as the device said, or as written.
    arrived_at = models.DateTimeField(null=True)
    arrived_where = models.CharField(max_length=100, blank=True)
    arrived_latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    arrived_longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    replaced_at = models.DateTimeField(null=True)
    replaced_why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["letter"]
        constraints = [
            models.UniqueConstraint(
                fields=["evaluation", "expert"], condition=Q(replaced_at__isnull=True), name="panelist_once"
            ),
            models.UniqueConstraint(
                fields=["evaluation", "letter"], condition=Q(replaced_at__isnull=True), name="panel_letter_once"
            ),
            models.UniqueConstraint(
                fields=["evaluation"], condition=Q(is_lead=True, replaced_at__isnull=True), name="one_lead_a_panel"
            ),
            models.CheckConstraint(
                condition=Q(arrived_latitude__isnull=True, arrived_longitude__isnull=True)
                | Q(arrived_latitude__range=(-90, 90), arrived_longitude__range=(-180, 180)),
                name="panelist_place_on_earth",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.letter}"


class Sheet(models.Model):
    """What one expert found in one stage; blind until all of the stage are sealed and opened at once.

    ``seal`` is the SHA-256 of the canonical marks with ``salt``, taken when sealed and compared when opened.
    """

    panelist = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="sheets")
    stage = models.CharField(max_length=12, choices=Stage)
    opinion = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    sealed_at = models.DateTimeField(null=True)
    salt = models.CharField(max_length=32, blank=True)
    seal = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["panelist", "stage"], name="sheet_once_a_stage"),
            models.CheckConstraint(
                condition=Q(opened_at__isnull=True) | Q(sealed_at__isnull=False), name="sheet_sealed_before_opened"
            ),
            models.CheckConstraint(
                condition=Q(sealed_at__isnull=True, seal="") | (Q(sealed_at__isnull=False) & ~Q(seal="")),
                name="sheet_sealed_with_seal",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.panelist} {self.stage}"


class Mark(models.Model):
    """An expert's finding on one criterion: points, why they were deducted, whether the item or veto is met."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="marks")
    points = models.DecimalField(max_digits=5, decimal_places=1, null=True)
    met = models.BooleanField(null=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet", "criterion"], name="mark_once"),
            models.CheckConstraint(condition=Q(points__isnull=True) | Q(points__gte=0), name="mark_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.criterion}"


class Photo(models.Model):
    """A photo from the site, with the time and place that the device gave, and when it arrived."""

    panelist = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="photos")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, related_name="photos")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=80, unique=True)
    taken_at = models.DateTimeField(null=True)
    latitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    longitude = models.DecimalField(max_digits=9, decimal_places=6, null=True)
    where = models.CharField(max_length=100, blank=True)
    note = models.CharField(max_length=200, blank=True)
    stored_at = models.DateTimeField()

    class Meta:
        ordering = ["taken_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="photo_place_on_earth",
            )
        ]

    def __str__(self) -> str:
        return f"{self.panelist} {self.taken_at}"
