"""What was decided about a body, its filing terms, and what it answers for after the end."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models.body import AssessmentBody
from gongjiang.kernel.models import Audited, PublicNotice, StoredFile


class DecisionKind(models.TextChoices):
    FILED = "filed", _("Put on file")
    BROUGHT_IN = "brought_in", _("Earlier filing brought in")
    SCOPE = "scope", _("Occupations or levels changed")
    AMENDED = "amended", _("Filing amended")
    RENEWED = "renewed", _("Filing renewed")
    SUSPENDED = "suspended", _("Suspended")
    RESUMED = "resumed", _("Suspension lifted")
    WINDING_UP = "winding_up", _("Winding up begun")
    TERMINATED = "terminated", _("Filing ended voluntarily")
    ORDERED = "ordered", _("Filing ended by order")
    HANDED_OVER = "handed_over", _("Duties taken over")


class Decision(Audited):
    """One decision about a body, public for good at the address of its ``number``; never edited, only replaced.

    ``facts`` tells what changed: {"before": …, "after": …} by field. In force from ``since`` until ``until`` (null is
    open) unless a later decision ``replaces`` it.
    """

    audited_fields = ("number", "kind", "since", "until", "title")

    number = models.CharField(max_length=24, unique=True)
    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=14, choices=DecisionKind)
    title = models.CharField(max_length=200)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=100)
    since = models.DateField()
    until = models.DateField(null=True)
    facts = models.JSONField(default=dict)
    cites = models.JSONField(default=list)
    letter_number = models.CharField(max_length=100, blank=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, null=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, related_name="replaced_by")

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="decision_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class FilingTerm(models.Model):
    """A time during which a body is on file, with the letter that states it; terms of a body never overlap.

    ``rule`` names the document under which it was filed where that isn't the one in force, as for a term that a
    repealed rule gave (JL-2025-1§15).
    """

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="terms")
    since = models.DateField()
    until = models.DateField()
    letter_number = models.CharField(max_length=100)
    rule = models.CharField(max_length=120, blank=True)
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, null=True, related_name="term")

    class Meta:
        ordering = ["since"]
        constraints = [
            models.UniqueConstraint(fields=["body", "since"], name="term_begins_once"),
            models.CheckConstraint(condition=Q(until__gt=F("since")), name="term_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.since} – {self.until}"


class DutyKind(models.TextChoices):
    """What a body answers for after its filing ended (JL-2025-1§12, §13)."""

    RE_CHECK = "re_check", _("Re-checking certificate data")
    CORRECTION = "correction", _("Correcting certificates")
    REVOCATION = "revocation", _("Revoking certificates")
    ARCHIVES = "archives", _("Keeping the archives")


class ContinuingDuty(models.Model):
    """A duty that goes on after the end of a filing, and who bears it: the body, or the authority that took over."""

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="duties")
    kind = models.CharField(max_length=12, choices=DutyKind)
    since = models.DateField()
    holder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="continuing_duties")
    cites = models.JSONField(default=list)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["body", "kind"], name="continuing_duty_once")]

    def __str__(self) -> str:
        return f"{self.body} {self.kind}"


class Subsidiary(models.Model):
    """A subsidiary whose staff a group employer may assess (JL-2025-1§6(6))."""

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="subsidiaries")
    name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18)
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["body", "credit_code", "since"], name="subsidiary_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="subsidiary_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Undertaking(models.Model):
    """The undertaking (承诺书) that a body signs when it enters the directory (MOHRSS-2020-17§15, XZ-2024-2§14)."""

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="undertakings")
    text = models.TextField()
    signed_by = models.CharField(max_length=60)
    signed_at = models.DateTimeField()
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    cites = models.JSONField(default=list)

    class Meta:
        ordering = ["-signed_at"]

    def __str__(self) -> str:
        return f"{self.body} {self.signed_at:%Y-%m-%d}"
