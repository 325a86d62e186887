"""What a clerk fills in to plan a batch."""

import secrets
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import AssessmentBody, ExamSite
from gongjiang.bodies.published import fees_on
from gongjiang.law.places import place
from gongjiang.planning import composition, own_levels, rules
from gongjiang.planning.actions import BatchPlan, LineSpec
from gongjiang.planning.models import TalentType
from gongjiang.standards.basis import basis_for
from gongjiang.standards.models import Method, PartKind
from gongjiang.standards.queries import parts_of


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class PlanForm(forms.Form):
    """Title, site, the cells of the filed scope to assess with their fees, how they are assessed, and the days.

    Types and methods are those that the law of the body's place knows today; where it knows one only, none is asked.
    """

    key = forms.CharField(widget=forms.HiddenInput)
    title = forms.CharField(label=_("Title"), max_length=120)
    site = forms.ModelChoiceField(ExamSite.everything.none(), label=_("Exam site"))
    lines = forms.MultipleChoiceField(
        label=_("Occupations and levels"),
        help_text=_("What the filing and the own ladder let this body assess. Others need an amendment of the filing."),
        widget=forms.CheckboxSelectMultiple,
    )
    fee = forms.DecimalField(
        label=_("Fee in yuan for what has no published fee"),
        min_value=0,
        max_digits=8,
        decimal_places=2,
        required=False,
        help_text=_("What the published schedule names is charged as published. An announcement takes no other fee."),
    )
    enrolment_from = forms.DateField(label=_("Enrolment from"), widget=DayInput)
    enrolment_until = forms.DateField(label=_("Enrolment until, inclusive"), widget=DayInput)
    exam_from = forms.DateField(label=_("Exam from"), widget=DayInput)
    exam_until = forms.DateField(label=_("Exam until, inclusive"), widget=DayInput)

    def __init__(self, body: AssessmentBody, today: date, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": f"plan-{secrets.token_hex(12)}", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.body = body
        self.fields["site"].queryset = body.sites.all()  # type: ignore[attr-defined]
        self.cells = own_levels.cells_of(body)
        self.fees = published_fees(body, self.cells, today)
        self.fields["lines"].choices = [(key, self._told(key)) for key in self.cells]  # type: ignore[attr-defined]
        if len(self.fees) == len(self.cells):
            del self.fields["fee"]
        self.methods = self._add_methods(today)

    def _told(self, key: str) -> str:
        fee = self.fees.get(key)
        return self.cells[key].label if fee is None else f"{self.cells[key].label} · {fee} {_('yuan')}"

    def clean(self) -> dict[str, Any]:
        """Ask for a fee where a chosen line has none published."""
        data = super().clean() or self.cleaned_data
        without = [self.cells[key].label for key in data.get("lines", []) if key not in self.fees]
        if without and data.get("fee") is None and "fee" not in self.errors:
            self.add_error(
                "fee", _("No fee is published for %(lines)s: name one here.") % {"lines": ", ".join(without)}
            )
        return data

    def _add_methods(self, today: date) -> list[str]:
        """Add fields for the type of skilled people and for the method of each part; return their names."""
        where = place(self.body.regime)
        if types := composition.types_here(where, today):
            choices = [("", _("Not told")), *((each, TalentType(each).label) for each in types)]
            self.fields["talent_type"] = forms.ChoiceField(
                label=_("Type of skilled people"), choices=choices, required=False
            )
        for kind in PartKind:
            ways = composition.ways_for(kind, where, today)
            if len(ways) > 1:
                choices = [("", _("As the standard says")), *((each, Method(each).label) for each in ways)]
                self.fields[f"way_{kind.value}"] = forms.ChoiceField(label=kind.label, choices=choices, required=False)
        return [name for name in self.fields if name == "talent_type" or name.startswith("way_")]

    def _ways(self, cell: own_levels.Assessable, on: date) -> dict[str, str]:
        """Return the methods chosen for those parts that the cell's standard has."""
        standard = basis_for(rules.asker(self.body), cell.occupation, cell.level, on=on)
        kinds = [part.kind for part in parts_of(standard, cell.level)] if standard else []
        chosen = {kind: self.cleaned_data.get(f"way_{kind}", "") for kind in kinds}
        return {kind: way for kind, way in chosen.items() if way}

    def plan(self) -> BatchPlan:
        """Return what was filled in."""
        data = self.cleaned_data
        cells = [(self.cells[key], self.fees.get(key, data.get("fee"))) for key in data["lines"]]
        return BatchPlan(
            title=data["title"],
            site=data["site"],
            lines=[
                LineSpec(
                    cell.occupation,
                    cell.level,
                    fee,
                    step=cell.step,
                    talent_type=data.get("talent_type", ""),
                    ways=self._ways(cell, data["exam_from"]),
                )
                for cell, fee in cells
            ],
            enrolment_from=data["enrolment_from"],
            enrolment_until=data["enrolment_until"],
            exam_from=data["exam_from"],
            exam_until=data["exam_until"],
        )


def published_fees(body: AssessmentBody, cells: Mapping[str, own_levels.Assessable], day: date) -> dict[str, Decimal]:
    """Return the published fee on the day, all parts together, of those cells that have one."""
    schedule = fees_on(body, day)
    found = {key: schedule.total(cell.occupation.code, cell.level) for key, cell in cells.items()} if schedule else {}
    return {key: fee for key, fee in found.items() if fee is not None}


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
