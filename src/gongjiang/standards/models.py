"""What can be certified: occupations by edition, their job types and aliases, and the national standards by version."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class Level(models.TextChoices):
    """Skill levels, lowest to highest. The five of JL-2024-5§10, and those that employers may add."""

    APPRENTICE = "apprentice", _("Apprentice")
    LEVEL_5 = "5", _("Level 5, junior")
    LEVEL_4 = "4", _("Level 4, intermediate")
    LEVEL_3 = "3", _("Level 3, senior")
    LEVEL_2 = "2", _("Level 2, technician")
    LEVEL_1 = "1", _("Level 1, senior technician")
    MASTER = "master", _("Master technician")
    CHIEF = "chief", _("Chief technician")


class PartKind(models.TextChoices):
    """The parts of an assessment that bear a score of their own."""

    THEORY = "theory", _("Theory exam")
    PRACTICAL = "practical", _("Practical exam")
    PANEL = "panel", _("Panel review")


class Occupation(models.Model):
    """An occupation of one edition of the national classification. Codes aren't stable: key on edition and code."""

    edition = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    group_name = models.CharField(max_length=100, blank=True)
    major = models.PositiveSmallIntegerField()
    is_green = models.BooleanField(default=False)
    is_digital = models.BooleanField(default=False)
    is_access_type = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["code", "pk"]
        constraints = [models.UniqueConstraint(fields=["edition", "code", "name"], name="occupation_once_an_edition")]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class OccupationAlias(models.Model):
    """Another name by which an occupation is looked for: an older or a common name, a job type that once was one."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(max_length=100)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name


class JobType(models.Model):
    """A job type (工种) of an occupation."""

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="job_types")
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "name"], name="job_type_once")]

    def __str__(self) -> str:
        return self.name


class NationalStandard(models.Model):
    """One version of a national occupational standard, with the clause set that says who may apply."""

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
                fields=["occupation", "title", "edition", "job_types"], name="standard_version_once"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("in_force")), name="standard_interval_forward"
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
    """A part of the assessment at one level: method, minutes, pass mark of 100, and the ratios of staff it asks for."""

    standard_level = models.ForeignKey(StandardLevel, on_delete=models.PROTECT, related_name="parts")
    kind = models.CharField(max_length=10, choices=PartKind)
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
        ]

    def __str__(self) -> str:
        return f"{self.standard_level} {self.kind}"
