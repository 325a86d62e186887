"""Occupations by edition of the classification, their earlier names, and the lists beside the classification."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class CatalogueEdition(models.Model):
    """An edition of the national occupational classification that was entered, with its source.

    ``is_example`` marks one of which only a few entries are at hand.
    """

    edition = models.PositiveSmallIntegerField(unique=True)
    source = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["edition"]

    def __str__(self) -> str:
        return str(self.edition)


class Occupation(models.Model):
    """An occupation of one edition of the national classification. Codes aren't stable: key on edition and code.

    ``added_by`` names the later publication (the sixth batch of 2024-07) for one that the edition's book lacks.
    """

    edition = models.PositiveSmallIntegerField()
    code = models.CharField(max_length=12)
    name = models.CharField(max_length=100)
    group_name = models.CharField(max_length=100, blank=True)
    major = models.PositiveSmallIntegerField()
    is_green = models.BooleanField(default=False)
    is_digital = models.BooleanField(default=False)
    added_by = models.CharField(max_length=40, blank=True)
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


class RetiredCode(models.Model):
    """A code that an occupation bore before, under an older name perhaps: it leads to what the occupation became."""

    occupation = models.ForeignKey(Occupation, on_delete=models.CASCADE, related_name="retired_codes")
    code = models.CharField(max_length=12, db_index=True)
    name = models.CharField(max_length=100)
    source = models.CharField(max_length=200)

    class Meta:
        ordering = ["code", "name"]
        constraints = [models.UniqueConstraint(fields=["occupation", "code", "name"], name="retired_code_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.code}"


class JobType(models.Model):
    """A job type (工种) of an occupation."""

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="job_types")
    name = models.CharField(max_length=100)
    code = models.CharField(max_length=16, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["occupation", "name"], name="job_type_once")]

    def __str__(self) -> str:
        return self.name


class NewOccupation(models.Model):
    """An occupation or job type published after the edition, as the publication names it; codes often come later.

    Once its code is known and lies in the skill classes it is entered as an occupation, and ``occupation`` says which.
    """

    batch = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=[("occupation", _("Occupation")), ("job_type", _("Job type"))])
    name = models.CharField(max_length=100)
    parent = models.CharField(max_length=100, blank=True)
    code = models.CharField(max_length=12, blank=True)
    status = models.CharField(max_length=200)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["batch", "kind", "name"]
        constraints = [models.UniqueConstraint(fields=["batch", "kind", "name"], name="new_occupation_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.batch})"


class AccessQualification(models.Model):
    """An occupation of the access type (准入类) for an interval: it is examined as an occupational qualification."""

    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="access_qualifications")
    title = models.CharField(max_length=100)
    issuer = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["occupation__code", "since"]
        constraints = [
            models.UniqueConstraint(fields=["occupation", "title", "since"], name="access_qualification_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="access_qualification_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SpecialisedProject(models.Model):
    """A project of the specialised competence test (专项职业能力考核): listed by a province, without levels."""

    place_code = models.CharField(max_length=12)
    code = models.CharField(max_length=20)
    name = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    is_example = models.BooleanField(default=False)

    class Meta:
        ordering = ["place_code", "code"]
        constraints = [
            models.UniqueConstraint(fields=["place_code", "code"], name="specialised_project_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="specialised_project_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name
