"""Assessment bodies on file: who they are, under whom, what they may assess, where, and until when."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Level, Occupation


class BodyKind(models.TextChoices):
    """Kinds of body (JL-2024-5§2). A kind isn't the code's letter: a college may bear Y."""

    EMPLOYER = "employer", _("Employer")
    COLLEGE = "college", _("College")
    SOCIAL = "social", _("Social assessment organisation")


class Affiliation(models.TextChoices):
    """Whose a body is (隶属关系); the authority that files it follows from this (JL-2025-1§4, §7)."""

    CENTRAL = "central", _("Central")
    PROVINCIAL = "provincial", _("Provincial")
    MUNICIPAL = "municipal", _("Municipal or below")


class AssessmentBody(Scoped):
    """A body on file. ``regime`` is the place whose law governs it: its city's, or the 2019 pilot's.

    ``filed_on`` and ``filed_until`` are those of the newest filing term; ``filed_until`` is the first day on which it
    is over. All terms stand in FilingTerm, and whether the body is on file on a day is asked of them. From
    ``winding_up_since`` on nothing new begins, until ``terminated_on`` ends the filing. ``duties_with`` took over what
    goes on after the end, where the body itself is gone (JL-2025-1§12).
    Who is filed anew after an end is another body in the register, with a code of its own: what the ended one did, and
    answers for, stays with it.
    """

    scope_path = "organisation__path"

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="body")
    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="selected_bodies")
    kind = models.CharField(max_length=10, choices=BodyKind)
    name = models.CharField(max_length=100)
    credit_code = models.CharField(max_length=18, db_index=True)
    code = models.CharField(max_length=13, unique=True)
    address = models.CharField(max_length=200)
    place_code = models.CharField(max_length=12)
    regime = models.CharField(max_length=12)
    filing_letter = models.CharField(max_length=100)
    filed_on = models.DateField()
    filed_until = models.DateField()
    may_serve_others = models.BooleanField(default=False)
    legal_representative = models.CharField(max_length=60, blank=True)
    affiliation = models.CharField(max_length=12, choices=Affiliation, default=Affiliation.MUNICIPAL)
    winding_up_since = models.DateField(null=True)
    terminated_on = models.DateField(null=True)
    duties_with = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="inherited_bodies")

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        indexes = [
            models.Index(fields=["name", "id"], name="body_by_name"),
            models.Index(fields=["place_code"], name="body_by_division"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["credit_code"], condition=Q(terminated_on__isnull=True), name="one_filing_of_a_credit_code"
            ),
            models.CheckConstraint(condition=Q(filed_until__gt=F("filed_on")), name="filing_term_forward"),
            models.CheckConstraint(condition=Q(code__regex=r"^[YS][0-9]{12}$"), name="body_code_form"),
            models.CheckConstraint(
                condition=Q(terminated_on__isnull=True)
                | Q(winding_up_since__isnull=False, terminated_on__gte=F("winding_up_since")),
                name="wound_up_before_the_end",
            ),
            models.CheckConstraint(
                condition=Q(duties_with__isnull=True) | Q(terminated_on__isnull=False), name="duties_pass_after_the_end"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def filed_with_the_ministry(self) -> bool:
        """Say whether the body was filed with the ministry first: it keeps a code of its own in every province."""
        return self.code[1:5] != "0000"


class ExamSite(Scoped):
    """A filed exam site (考点) of a body."""

    scope_path = "body__organisation__path"

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="sites")
    name = models.CharField(max_length=100)
    address = models.CharField(max_length=200)
    division = models.CharField(max_length=6)
    since = models.DateField()
    until = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["body", "name"], name="site_once_a_body")]

    def __str__(self) -> str:
        return self.name


class ScopeItem(Scoped):
    """One cell of a body's filed scope: an occupation at a level at a site, from a day until a day."""

    scope_path = "body__organisation__path"

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="scope")
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    level = models.CharField(max_length=10, choices=Level)
    site = models.ForeignKey(ExamSite, on_delete=models.PROTECT, related_name="scope")
    since = models.DateField()
    until = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        base_manager_name = "everything"
        default_manager_name = "objects"
        indexes = [models.Index(fields=["occupation", "level", "body"], name="scope_by_occupation")]
        constraints = [
            models.UniqueConstraint(fields=["body", "occupation", "level", "site", "since"], name="scope_item_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="scope_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.occupation} {self.level}"


class Suspension(models.Model):
    """A time during which a body may not begin anything, with the decision that says so."""

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="suspensions")
    since = models.DateField()
    until = models.DateField(null=True)
    reason = models.TextField()
    decision = models.CharField(max_length=100)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(fields=["body"], condition=Q(until__isnull=True), name="one_open_suspension"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="suspension_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.body} {self.since}"
