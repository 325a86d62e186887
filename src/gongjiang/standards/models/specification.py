"""Assessment specifications: an organisation's own text for an occupation without a national standard, and its way."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models.standard import NationalStandard
from gongjiang.standards.states import SPECIFICATION, SpecificationState

# Entering the filing writes number and day while the review still stands, then the state.
UNFILED = ("draft", "submitted", "returned", "refused")


class AssessmentSpecification(Audited, Scoped):
    """The way of a specification to the ministry's file (JL-2024-5§9, MOHRSS-2020-17§8); its text is ``standard``.

    ``body_kind`` and ``regime`` are those of the owner on the day it drafted: the law of that place is asked by them.
    Filed once, it keeps ``filed_on``; whether it may be used on a day also asks for the national standards of the day.
    """

    workflow = SPECIFICATION
    scope_path = "standard__owner__path"
    audited_fields = ("standard", "body_kind", "regime", "state", "document", "filed_on", "filing_number")

    standard = models.OneToOneField(NationalStandard, on_delete=models.PROTECT, related_name="specification")
    body_kind = models.CharField(max_length=10)
    regime = models.CharField(max_length=12)
    state = models.CharField(max_length=14, choices=SpecificationState, default=SpecificationState.DRAFT)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    document_name = models.CharField(max_length=120, blank=True)
    remark = models.CharField(max_length=1000, blank=True, help_text=_("What the authority said last."))
    drafted_on = models.DateField()
    submitted_on = models.DateField(null=True)
    filed_on = models.DateField(null=True)
    filing_number = models.CharField(max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-drafted_on", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SpecificationState.values), name="specification_state_known"),
            models.CheckConstraint(
                condition=Q(filed_on__isnull=True, filing_number="")
                | (Q(filed_on__isnull=False) & ~Q(filing_number="")),
                name="specification_filed_by_number",
            ),
            models.CheckConstraint(
                condition=Q(state__in=UNFILED, filed_on__isnull=True)
                | Q(state="filed", filed_on__isnull=False)
                | Q(state__in=["under_review", "withdrawn"]),
                name="specification_filed_on_a_day",
            ),
            models.UniqueConstraint(
                fields=["filing_number"], condition=~Q(filing_number=""), name="filing_number_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.standard)
