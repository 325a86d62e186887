"""The ladder of levels: the five of the law, and what employers add or an authority permits."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.models import Audited
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models.occupation import Occupation

FURTHER = ("apprentice", "master", "chief")
"""The levels beyond the five: they rest on an organisation's own ladder alone."""


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


class LevelPermit(Audited, Scoped):
    """An authority's permission for an organisation to assess at a level that its kind doesn't have by the law.

    Social assessment organisations assess at the five levels as a rule (一般): an exception is dated and has a reason.
    """

    audited_fields = ("owner", "occupation", "level", "since", "until", "reason")
    scope_path = "owner__path"

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="level_permits")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.CharField(max_length=500)
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["owner", "occupation", "level", "since"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["owner", "occupation", "level", "since"], name="level_permit_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="level_permit_forward"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="level_permit_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.owner} {self.occupation} {self.level}"


class EmployerLevel(Audited, Scoped):
    """A level that an employer adds (特级技师, 首席技师), or a step within one of the five (JL-2024-5§10).

    ``requirement`` is the employer's own text: a reviewer decides by it. Of a level beyond the five ``standard`` holds
    the parts, and the clause that the level ``below`` was held for ``below_months``, if the employer asks for it. A
    step is assessed by the standard of its level, with the requirement beside it.
    """

    audited_fields = ("owner", "occupation", "level", "step", "requirement", "below", "below_months", "since", "until")
    scope_path = "owner__path"

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="own_levels")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    step = models.CharField(max_length=40, blank=True)
    requirement = models.CharField(max_length=500)
    below = models.CharField(max_length=10, choices=Level, blank=True)
    below_months = models.PositiveSmallIntegerField(default=0)
    standard = models.OneToOneField(
        "standards.NationalStandard", on_delete=models.PROTECT, null=True, related_name="own_level"
    )
    since = models.DateField()
    until = models.DateField(null=True)
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["owner", "occupation", "level", "step", "since"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["owner", "occupation", "level", "step", "since"], name="own_level_once"),
            models.CheckConstraint(
                condition=Q(level__in=["apprentice", "master", "chief"]) | ~Q(step=""), name="own_level_or_step"
            ),
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="own_level_forward"),
            models.CheckConstraint(
                condition=Q(standard__isnull=True) | Q(step=""), name="own_level_step_by_the_levels_standard"
            ),
            models.CheckConstraint(condition=~Q(below="") | Q(below_months=0), name="own_level_months_of_a_level"),
        ]

    @property
    def label(self) -> str:
        """Return the level's name with its step."""
        return f"{Level(self.level).label} {self.step}".strip()

    def __str__(self) -> str:
        return f"{self.owner} {self.level} {self.step}".strip()
