"""What is asked of the directory, of an officer who decides, and of a body that publishes or reports."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.actions import FeeSpec
from gongjiang.bodies.models import BodyKind, FeePart, RuleKind
from gongjiang.standards.models import Level, Occupation

STANDINGS = [
    ("filed", _("On file")),
    ("suspended", _("Suspended")),
    ("winding_up", _("Winding up")),
    ("expired", _("Term over")),
    ("terminated", _("Filing ended")),
]


class DirectoryForm(forms.Form):
    """Filters of the public directory; every one may be left out."""

    text = forms.CharField(label=_("Name, code or address"), required=False, max_length=60)
    occupation = forms.CharField(label=_("Occupation (name or code)"), required=False, max_length=60)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("Any")), *Level.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *BodyKind.choices])
    standing = forms.ChoiceField(label=_("Standing"), required=False, choices=[("", _("Any")), *STANDINGS])
    division = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """A decision about a body, with its number and reason."""

    decision = forms.CharField(label=_("Decision number"), max_length=100)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


def day_field(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class RuleForm(forms.Form):
    """A version of the body's rules: words, or a file, or both."""

    kind = forms.ChoiceField(
        label=_("Kind of rules"), choices=[each for each in RuleKind.choices if each[0] != RuleKind.FEES]
    )
    title = forms.CharField(label=_("Title"), max_length=120)
    text = forms.CharField(label=_("Words"), required=False, widget=forms.Textarea(attrs={"rows": 12}))
    file = forms.FileField(label=_("File (PDF)"), required=False)
    since = day_field(_("In force from"))


class FeesForm(forms.Form):
    """A fee schedule over the filed scope: for each occupation and level its parts in yuan; empty is none."""

    basis = forms.CharField(
        label=_("Costs by which the fees are set"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000
    )
    since = day_field(_("In force from"))

    def __init__(self, *args: Any, cells: Iterable[tuple[Occupation, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.cells = list(cells)
        for occupation, level in self.cells:
            for part, label in FeePart.choices:
                self.fields[_name(occupation, level, part)] = forms.DecimalField(
                    label=f"{occupation.name} {Level(level).label} {label}",
                    required=False,
                    min_value=Decimal(0),
                    max_digits=8,
                    decimal_places=2,
                    widget=forms.NumberInput(attrs={"class": "in", "step": "0.01", "inputmode": "decimal"}),
                )

    def rows(self) -> list[dict[str, Any]]:
        """Return the cells with their fields, as the page's table shows them."""
        return [
            {
                "occupation": occupation,
                "level": Level(level).label,
                "fields": [self[_name(occupation, level, part)] for part in FeePart.values],
            }
            for occupation, level in self.cells
        ]

    def items(self) -> list[FeeSpec]:
        """Return the fees that were filled in."""
        found = []
        for occupation, level in self.cells:
            for part in FeePart.values:
                amount = self.cleaned_data.get(_name(occupation, level, part))
                if amount is not None:
                    found.append(FeeSpec(occupation, level, part, amount))
        return found


def _name(occupation: Occupation, level: str, part: str) -> str:
    return f"fee-{occupation.pk}-{level}-{part}"


def first_day(today: date) -> dict[str, date]:
    """Return what a publishing form begins with."""
    return {"since": today}


class ReportForm(forms.Form):
    """The words of a report; its figures are the platform's."""

    text = forms.CharField(label=_("What the body reports"), required=False, widget=forms.Textarea(attrs={"rows": 12}))
