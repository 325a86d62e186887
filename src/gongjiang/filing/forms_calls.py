"""What an officer fills in to call for applicants."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models import BodyKind
from gongjiang.filing.actions import CallSpec
from gongjiang.filing.routing import regimes_of


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class CallForm(forms.Form):
    """Title and text of the call, its window, whom and which occupations it is for, and by whose rules."""

    title = forms.CharField(label=_("Title of the call"), max_length=120)
    text = forms.CharField(label=_("Text of the call"), widget=forms.Textarea(attrs={"rows": 6}))
    opens_on = forms.DateField(label=_("Applications from"), widget=DayInput)
    closes_on = forms.DateField(label=_("Applications until, inclusive"), widget=DayInput)
    regime = forms.ChoiceField(label=_("Under the rules of"))
    body_kinds = forms.MultipleChoiceField(
        label=_("For these kinds of body"),
        choices=BodyKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen means: every kind."),
    )
    occupation_codes = forms.CharField(
        label=_("For these occupations"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "placeholder": "6-31-01-03"}),
        help_text=_("Codes of the national classification, one a line. None means: all that can be filed."),
    )

    def __init__(self, authority: Organisation, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["regime"].choices = list(regimes_of(authority).items())  # type: ignore[attr-defined]

    def spec(self) -> CallSpec:
        """Return what was filled in."""
        data = self.cleaned_data
        codes = tuple(dict.fromkeys(each for each in re.split(r"[\s,，、;；]+", data["occupation_codes"]) if each))
        return CallSpec(
            title=data["title"],
            text=data["text"],
            opens_on=data["opens_on"],
            closes_on=data["closes_on"],
            regime=data["regime"],
            body_kinds=tuple(data["body_kinds"]),
            occupation_codes=codes,
        )
