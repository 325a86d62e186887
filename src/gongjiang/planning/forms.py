"""What a clerk fills in to plan a batch."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import AssessmentBody, ExamSite, ScopeItem
from gongjiang.planning.actions import BatchPlan, LineSpec
from gongjiang.standards.models import Level


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlanForm(forms.Form):
    """Title, site, the cells of the filed scope to assess, one fee for each, and the days."""

    key = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=120)
    site = forms.ModelChoiceField(ExamSite.everything.none(), label=_("Exam site"))
    lines = forms.MultipleChoiceField(
        label=_("Occupations and levels"),
        help_text=_("What the filing lets this body assess. Others need an amendment of the filing."),
        widget=forms.CheckboxSelectMultiple,
    )
    fee = forms.DecimalField(label=_("Fee in yuan for each line"), min_value=0, max_digits=8, decimal_places=2)
    enrolment_from = forms.DateField(label=_("Enrolment from"), widget=DayInput)
    enrolment_until = forms.DateField(label=_("Enrolment until, inclusive"), widget=DayInput)
    exam_from = forms.DateField(label=_("Exam from"), widget=DayInput)
    exam_until = forms.DateField(label=_("Exam until, inclusive"), widget=DayInput)

    def __init__(self, body: AssessmentBody, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": f"plan-{secrets.token_hex(12)}"})
        super().__init__(*args, **kwargs)
        self.fields["site"].queryset = body.sites.all()  # type: ignore[attr-defined]
        self.cells = {f"{cell.occupation_id}:{cell.level}": cell for cell in _scope(body)}
        self.fields["lines"].choices = [  # type: ignore[attr-defined]
            (key, f"{cell.occupation.name} {Level(cell.level).label}") for key, cell in self.cells.items()
        ]

    def plan(self) -> BatchPlan:
        """Return what was filled in."""
        data = self.cleaned_data
        cells = [self.cells[key] for key in data["lines"]]
        return BatchPlan(
            title=data["title"],
            site=data["site"],
            lines=[LineSpec(cell.occupation, cell.level, data["fee"]) for cell in cells],
            enrolment_from=data["enrolment_from"],
            enrolment_until=data["enrolment_until"],
            exam_from=data["exam_from"],
            exam_until=data["exam_until"],
        )


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


def _scope(body: AssessmentBody) -> list[ScopeItem]:
    return list(body.scope.select_related("occupation").order_by("occupation__code", "-level"))
