"""What candidates are assessed by: national standards and specifications by version, their levels, parts, weights."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.standards.models.level import Level
from gongjiang.standards.models.occupation import Occupation


class BasisKind(models.TextChoices):
    """What a body may assess by (JL-2024-5§9); the words are those that the law's answers use.

    A level that an employer set up itself has a text of its own (JL-2024-5§10), reached by its EmployerLevel only.
    """

    NATIONAL = "national", _("National standard")
    SPECIFICATION = "specification", _("Assessment specification")
    OWN_LEVEL = "own_level", _("Requirement of an own level")


class PartKind(models.TextChoices):
    """The parts of an assessment that bear a score of their own."""

    THEORY = "theory", _("Theory exam")
    PRACTICAL = "practical", _("Practical exam")
    PANEL = "panel", _("Panel review")


class Method(models.TextChoices):
    """Ways to assess, in the words of the law's answers (JL-2024-5§11, JL-2019-133§4(2))."""

    THEORY_EXAM = "theory_exam", _("Theory knowledge exam")
    PRACTICAL_EXAM = "practical_exam", _("Operating skill test")
    WORK_RECORD_REVIEW = "work_record_review", _("Review of the work record")
    CONTINUOUS_ASSESSMENT = "continuous_assessment", _("Continuous assessment")
    COMPETITION_ROUTE = "competition_route", _("Selection by competition")
    THESIS_DEFENCE = "thesis_defence", _("Thesis defence")


class ContentGroup(models.TextChoices):
    """What is assessed (JL-2019-133§4(1))."""

    ABILITY = "ability", _("Occupational ability")
    WORK_PERFORMANCE = "work_performance", _("Work performance")
    ETHICS = "ethics", _("Professional ethics and craftsmanship")


class NationalStandard(models.Model):
    """One version of what an occupation is assessed by, with the clause set that says who may apply.

    Nearly all rows are national occupational standards, hence the name. An employer's specification that fills a gap
    between them is written by the same technical rules (JL-2024-5§9) and has the same levels, clauses, parts and
    weights, so it is a row here too, of kind ``specification`` with its owner; whether it was filed is told by its
    AssessmentSpecification. What stands downstream (batch lines, papers, scores) needn't tell them apart.
    """

    kind = models.CharField(max_length=13, choices=BasisKind, default=BasisKind.NATIONAL)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="specifications")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="standards")
    title = models.CharField(max_length=120)
    edition = models.CharField(max_length=20)
    job_types = models.CharField(max_length=200, blank=True)
    clause_set = models.CharField(max_length=40)
    experience_scope = models.CharField(max_length=12, choices=[("own", "own"), ("own+related", "own+related")])
    in_force = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["title", "-in_force"]
        constraints = [
            models.UniqueConstraint(
                fields=["occupation", "title", "edition", "job_types"],
                condition=Q(kind="national"),
                name="standard_version_once",
            ),
            models.UniqueConstraint(
                fields=["owner", "occupation", "title", "edition"],
                condition=Q(kind="specification"),
                name="specification_version_once",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("in_force")), name="standard_interval_forward"
            ),
            models.CheckConstraint(
                condition=Q(kind="national", owner__isnull=True)
                | Q(kind__in=["specification", "own_level"], owner__isnull=False),
                name="specifications_have_an_owner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.edition})"


class StandardLevel(models.Model):
    """A level of a standard."""

    standard = models.ForeignKey(NationalStandard, on_delete=models.PROTECT, related_name="levels")
    level = models.CharField(max_length=10, choices=Level)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["standard", "level"], name="standard_level_once")]

    def __str__(self) -> str:
        return f"{self.standard} {self.level}"


class StandardPart(models.Model):
    """A part of the assessment at one level: method, minutes, pass mark of 100, and the ratios of staff it asks for.

    ``method`` is the standard's own wording, ``way`` the method of the law that it is, ``content`` what it looks at.
    """

    standard_level = models.ForeignKey(StandardLevel, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind)
    way = models.CharField(max_length=24, choices=Method, default=Method.THEORY_EXAM)
    content = models.CharField(max_length=18, choices=ContentGroup, default=ContentGroup.ABILITY)
    method = models.CharField(max_length=60, blank=True)
    minutes = models.PositiveSmallIntegerField()
    pass_mark = models.DecimalField(max_digits=5, decimal_places=2)
    full_mark = models.DecimalField(max_digits=5, decimal_places=2, default=100)
    candidates_per_staff = models.PositiveSmallIntegerField()
    min_staff = models.PositiveSmallIntegerField()
    odd_staff = models.BooleanField(default=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["standard_level", "kind"], name="standard_part_once"),
            models.CheckConstraint(
                condition=Q(pass_mark__gt=0) & Q(pass_mark__lte=F("full_mark")),
                name="pass_mark_within_full_mark",
            ),
            models.CheckConstraint(condition=Q(way__in=Method.values), name="part_method_known"),
        ]

    def __str__(self) -> str:
        return f"{self.standard_level} {self.kind}"


class StandardWeight(models.Model):
    """The weight of one function (职业功能) in a part at a level, in percent of the part; a table sums to 100."""

    standard_level = models.ForeignKey(StandardLevel, on_delete=models.PROTECT, related_name="weights")
    part = models.CharField(max_length=10, choices=PartKind, default=PartKind.PRACTICAL)
    function = models.CharField(max_length=120)
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    source = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["standard_level", "part", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["standard_level", "part", "function"], name="function_weighed_once"),
            models.CheckConstraint(condition=Q(percent__gt=0) & Q(percent__lte=100), name="weight_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.function} {self.percent}"


class UnjoinedStandard(models.Model):
    """A row of the official catalogue of standards that joins no occupation by itself, with the reason.

    An officer may join it by hand; ``standard`` then says what it became.
    """

    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    job_types = models.CharField(max_length=200, blank=True)
    edition = models.CharField(max_length=20, blank=True)
    levels = models.CharField(max_length=10, blank=True)
    reason = models.CharField(max_length=20)
    suggested_code = models.CharField(max_length=12, blank=True)
    standard = models.ForeignKey(NationalStandard, on_delete=models.PROTECT, null=True, related_name="+")
    joined_on = models.DateField(null=True)

    class Meta:
        ordering = ["code", "title", "edition"]
        constraints = [
            models.UniqueConstraint(fields=["code", "title", "edition", "job_types"], name="unjoined_once"),
            models.CheckConstraint(
                condition=Q(standard__isnull=True, joined_on__isnull=True)
                | Q(standard__isnull=False, joined_on__isnull=False),
                name="joined_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.code}"
