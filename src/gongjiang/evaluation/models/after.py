"""What follows the opening of the sheets: the panel's consensus, and what is to be mended."""

from django.db import models
from django.db.models import Q

from gongjiang.accounts.models import User
from gongjiang.evaluation.models.criteria import Criterion
from gongjiang.evaluation.models.record import Evaluation, Panelist
from gongjiang.kernel.models import StoredFile


class Consensus(models.Model):
    """What the panel agreed on a criterion where its marks lie far apart; the marks themselves stay."""

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="consensus")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    written_by = models.ForeignKey(Panelist, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    signed_by = models.ManyToManyField(Panelist, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["evaluation", "criterion"], name="consensus_once")]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.criterion}"


class Rectification(models.Model):
    """Something to be mended until a day, the applicant's answer with its proof, and the expert's re-check.

    What was re-checked and isn't mended may be ordered once more; ``instead_of`` names the order that it follows.
    """

    evaluation = models.ForeignKey(Evaluation, on_delete=models.PROTECT, related_name="rectifications")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, null=True, related_name="+")
    what = models.TextField()
    instead_of = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="followed_by")
    ordered_at = models.DateTimeField()
    ordered_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    proof = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    rechecked_by = models.ForeignKey(Panelist, on_delete=models.PROTECT, null=True, related_name="+")
    rechecked_at = models.DateTimeField(null=True)
    met = models.BooleanField(null=True)
    recheck_note = models.TextField(blank=True)

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(met__isnull=True, rechecked_at__isnull=True, rechecked_by__isnull=True)
                | Q(met__isnull=False, rechecked_at__isnull=False, rechecked_by__isnull=False),
                name="rectification_rechecked",
            ),
            models.CheckConstraint(
                condition=Q(rechecked_at__isnull=True) | Q(answered_at__isnull=False),
                name="rectification_answered_before_rechecked",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.evaluation} {self.due_on}"
