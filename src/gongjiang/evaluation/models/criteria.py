"""What an applicant is measured by: versioned trees of criteria, each version of a place and a time."""

from django.db import models
from django.db.models import F, Q


class CriteriaVersion(models.Model):
    """A version of the technical evaluation standard of a place. ``is_demo`` marks one that no authority issued.

    The standard annexed to JL-2025-1 isn't at hand: criteria are data, with their source. A version that an evaluation
    uses is frozen.
    """

    place_code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    version = models.CharField(max_length=20)
    source = models.CharField(max_length=200)
    is_demo = models.BooleanField(default=False)
    pass_mark = models.DecimalField(max_digits=5, decimal_places=1)
    spread_percent = models.PositiveSmallIntegerField(default=20)
    since = models.DateField()
    until = models.DateField(null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["place_code", "-since"]
        constraints = [
            models.UniqueConstraint(fields=["place_code", "version"], name="criteria_version_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="criteria_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} {self.version}"


class Criterion(models.Model):
    """A node of the tree: a group (no parent), an item with points, or a veto item (一票否决) without any.

    ``condition`` names the condition of the law (ask.APPLICANT_CONDITIONS) that the item is evidence for.
    """

    version = models.ForeignKey(CriteriaVersion, on_delete=models.CASCADE, related_name="criteria")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, related_name="children")
    code = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    points = models.DecimalField(max_digits=5, decimal_places=1, default=0)
    evidence = models.CharField(max_length=300, blank=True)
    deduction = models.CharField(max_length=300, blank=True)
    is_veto = models.BooleanField(default=False)
    condition = models.CharField(max_length=30, blank=True)
    order = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="criterion_code_once"),
            models.CheckConstraint(condition=Q(points__gte=0), name="criterion_points_not_negative"),
            models.CheckConstraint(condition=Q(is_veto=False) | Q(points=0), name="veto_item_without_points"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
