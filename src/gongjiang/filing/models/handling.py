"""What the authority does with an application: routing, corrections asked for, opinions; and the end of a filing."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody, Decision
from gongjiang.filing.models.application import Application
from gongjiang.filing.states import TERMINATION, TerminationState
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import Audited, Objection
from gongjiang.kernel.scope import Scoped, ScopedQuerySet


class Routing(models.Model):
    """A recipient and why: the first by affiliation and place, later ones where it was sent on (JL-2025-1§4, §7)."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="routings")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=200)
    routed_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    routed_at = models.DateTimeField()
    cites = models.JSONField(default=list)

    class Meta:
        ordering = ["routed_at", "pk"]

    def __str__(self) -> str:
        return f"{self.application} → {self.to}"


class Correction(models.Model):
    """A return for correction: the items that lack, each with what would mend it."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="corrections")
    round = models.PositiveSmallIntegerField()
    items = models.JSONField()
    returned_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    returned_at = models.DateTimeField()
    due_on = models.DateField(null=True)

    class Meta:
        ordering = ["round"]
        constraints = [models.UniqueConstraint(fields=["application", "round"], name="correction_once_a_round")]

    def __str__(self) -> str:
        return f"{self.application} {self.round}"


class Opinion(models.Model):
    """A written opinion on one item of an application: a condition or a paper, met or not, and why."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="opinions")
    item = models.CharField(max_length=40)
    met = models.BooleanField()
    text = models.TextField(blank=True)
    written_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["application", "item"], name="opinion_once_an_item")]

    def __str__(self) -> str:
        return f"{self.application} {self.item}"


class Objector(models.Model):
    """Who raised an objection on the public notice of an application: to be asked back, never shown in public."""

    objection = models.OneToOneField(Objection, on_delete=models.PROTECT, related_name="objector")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="objectors")
    name = EncryptedTextField()
    contact = EncryptedTextField()

    def __str__(self) -> str:
        return f"{self.application} {self.objection_id}"


class TerminationKind(models.TextChoices):
    VOLUNTARY = "voluntary", _("Voluntary")
    ORDERED = "ordered", _("Ordered")


class Termination(Audited, Scoped):
    """The winding-up of a filing: nothing new begins, what was begun is settled, then the filing ends."""

    workflow = TERMINATION
    scope_path = "body__organisation__path"
    audited_fields = ("state", "kind", "opened_on", "ended_on", "ground")

    body = models.OneToOneField(AssessmentBody, on_delete=models.PROTECT, related_name="termination")
    kind = models.CharField(max_length=10, choices=TerminationKind)
    application = models.OneToOneField(Application, on_delete=models.PROTECT, null=True, related_name="termination")
    state = models.CharField(max_length=12, choices=TerminationState, default=TerminationState.WINDING_UP)
    ground = models.TextField()
    evidence = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    body_is_gone = models.BooleanField(default=False)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="termination")

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_by__isnull=True) | Q(opened_by__isnull=True) | ~Q(ended_by=F("opened_by")),
                name="opened_and_ended_by_two",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("opened_on")), name="ended_after_opened"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.kind}"


class Refund(models.Model):
    """A fee that was taken for an assessment not given, and its return (JL-2025-1§13); amounts in yuan."""

    termination = models.ForeignKey(Termination, on_delete=models.PROTECT, related_name="refunds")
    enrolment_id = models.PositiveBigIntegerField(unique=True)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    refunded_on = models.DateField()
    reference = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(amount__gt=0), name="refund_positive")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.amount}"
