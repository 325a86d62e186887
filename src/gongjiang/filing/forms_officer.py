"""What is filled in on the authority's pages of filing, and on a public notice."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import Affiliation
from gongjiang.filing.actions import LackingItem, Written
from gongjiang.filing.models import Application, Opinion
from gongjiang.filing.rules_handling import item_label
from gongjiang.law.places import PLACES

AREA = forms.Textarea(attrs={"rows": 3})
MET, NOT_MET = "met", "not"


class ReasonForm(forms.Form):
    """A reason that the applicant will read."""

    reason = forms.CharField(label=_("Reason"), widget=AREA, max_length=1000)


class RerouteForm(forms.Form):
    """Whose the applicant really is and where, and why that wasn't so before."""

    affiliation = forms.ChoiceField(label=_("Affiliation"), choices=Affiliation.choices)
    place_code = forms.ChoiceField(label=_("Place of registration"))
    reason = forms.CharField(label=_("Reason"), widget=AREA, max_length=200)

    def __init__(self, application: Application, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        province = application.applicant.place_code[:2]
        places = [each for code, each in PLACES.items() if code.startswith(province) and "-" not in code]
        self.fields["place_code"].choices = [(each.code, each.name) for each in places]  # type: ignore[attr-defined]
        self.initial.setdefault("affiliation", application.affiliation)
        self.initial.setdefault("place_code", application.applicant.place_code)


class DeliberationForm(forms.Form):
    """What the meeting found."""

    text = forms.CharField(
        label=_("Record of the deliberation"),
        widget=forms.Textarea(attrs={"rows": 5}),
        max_length=3000,
        help_text=_("When, who took part, and what was decided."),
    )
    favourable = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Favourable")), ("no", _("Unfavourable"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ReplyForm(forms.Form):
    """The reply to an objection."""

    text = forms.CharField(label=_("What was checked and found"), widget=AREA, max_length=2000)
    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("no", _("The objection isn't upheld")), ("yes", _("The objection is upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )


class ObjectionForm(forms.Form):
    """An objection on a public notice: name and contact are for the authority only."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    name = forms.CharField(label=_("Your name, or your unit's"), max_length=60)
    contact = forms.CharField(
        label=_("Telephone or e-mail"), max_length=60, help_text=_("To ask you back. It isn't published.")
    )
    text = forms.CharField(
        label=_("What do you object to, and why?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class UndertakingForm(forms.Form):
    """Who signs the undertaking."""

    signed_by = forms.CharField(label=_("Name of who signs"), max_length=60)


class CorrectionForm(forms.Form):
    """What lacks, item by item; items without words aren't returned."""

    def __init__(self, items: Iterable[str], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        for key in self.items:
            self.fields[f"lacks_{key}"] = forms.CharField(label=gettext("What lacks"), required=False, max_length=300)
            self.fields[f"mend_{key}"] = forms.CharField(label=gettext("What mends it"), required=False, max_length=300)

    def lacking(self) -> list[LackingItem]:
        """Return the items that were named."""
        data = self.cleaned_data
        named = [key for key in self.items if data.get(f"lacks_{key}", "").strip()]
        return [LackingItem(key, data[f"lacks_{key}"].strip(), data[f"mend_{key}"].strip()) for key in named]

    def rows(self) -> list[tuple[str, Any, Any]]:
        """Return each item's name with its two fields."""
        return [(name_of(key), self[f"lacks_{key}"], self[f"mend_{key}"]) for key in self.items]


class OpinionsForm(forms.Form):
    """Met or not, item by item, with a reason where not; what was left open stays open."""

    def __init__(self, items: Iterable[str], written: Iterable[Opinion], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(items)
        self.written = {each.item: each for each in written}
        for key in self.items:
            self._add(key)

    def _add(self, key: str) -> None:
        before = self.written.get(key)
        self.fields[f"met_{key}"] = forms.ChoiceField(
            label=gettext("Opinion"),
            required=False,
            choices=[(MET, gettext("Met")), (NOT_MET, gettext("Not met"))],
            widget=forms.RadioSelect,
            initial=None if before is None else MET if before.met else NOT_MET,
        )
        self.fields[f"text_{key}"] = forms.CharField(
            label=gettext("Reason"), required=False, max_length=300, initial=before.text if before else ""
        )

    def opinions(self) -> list[Written]:
        """Return the opinions that are new or changed."""
        found = []
        for key in self.items:
            met, text = self.cleaned_data.get(f"met_{key}"), self.cleaned_data.get(f"text_{key}", "").strip()
            before = self.written.get(key)
            if met and (before is None or (before.met, before.text) != (met == MET, text)):
                found.append(Written(key, met == MET, text))
        return found

    def rows(self) -> list[tuple[str, Any, Any, str]]:
        """Return each item's name with its two fields and its key."""
        return [(name_of(key), self[f"met_{key}"], self[f"text_{key}"], key) for key in self.items]


def name_of(key: str) -> str:
    """Return what an item of a correction or an opinion is called."""
    others = {"scope": gettext("Occupations and levels"), "sites": gettext("Exam sites"), "other": gettext("Else")}
    return others.get(key) or item_label(key)
