"""Forms of the expert pool, the draw and the standards."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.evaluation.actions import DrawSpec, TieSpec, VersionSpec
from gongjiang.evaluation.conditions import CONDITIONS
from gongjiang.evaluation.models import CriteriaVersion, Expert, TieKind
from gongjiang.evaluation.rules_criteria import Node, nodes_of
from gongjiang.evaluation.rules_draw import UNABLE
from gongjiang.evaluation.rules_experts import ExpertSpec
from gongjiang.standards.models import Occupation
from gongjiang.standards.queries import CURRENT_EDITION

LARGEST = 9_000_000
SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ \n", "、"))


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(label=label, widget=DayInput, required=required, help_text=help_text)


class SheetForm(forms.Form):
    """One file; its content is checked where it is read."""

    file = forms.FileField(label=_("File"))

    def content(self) -> bytes:
        """Return the bytes; one more than is read at most, so that a larger file is refused as such."""
        data: bytes = self.cleaned_data["file"].read(LARGEST + 1)
        return data


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=200)


class ExpertForm(forms.Form):
    """One expert; the number can't be changed once it is entered."""

    pool = forms.ModelChoiceField(Organisation.objects.none(), label=_("Pool of"))
    name = forms.CharField(label=_("Name"), max_length=60)
    identity = forms.CharField(
        label=_("Identity number"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Kept encrypted; pages show it masked."),
    )
    employer = forms.CharField(label=_("Place of work"), max_length=100, help_text=_("Write 无 for none."))
    employer_code = forms.CharField(
        label=_("Employer's credit code"),
        max_length=18,
        required=False,
        help_text=_("With it nobody is drawn for the own employer."),
    )
    title = forms.CharField(label=_("Professional title"), max_length=60, required=False)
    occupations = forms.CharField(
        label=_("Occupations that the expert can judge"), help_text=_("Codes, such as 6-31-01-03、4-10-01-03.")
    )
    since = _day(_("In the pool from"))
    until = _day(_("Until"), required=False, help_text=_("The first day after the term; empty for an open one."))
    nda_since = _day(_("Confidentiality agreement from"), required=False)
    nda_until = _day(_("Confidentiality agreement until"), required=False, help_text=_("The first day after it."))
    ethics_on = _day(_("Last training in professional ethics"), required=False)

    def __init__(self, pools: Sequence[Organisation], *args: Any, expert: Expert | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if expert is None:
            self.fields["pool"].queryset = Organisation.objects.filter(  # type: ignore[attr-defined]
                pk__in=[each.pk for each in pools]
            )
            if len(pools) == 1:
                self.fields["pool"].initial = pools[0].pk
        else:
            del self.fields["pool"], self.fields["identity"]
        self.expert = expert

    def clean_occupations(self) -> tuple[Occupation, ...]:
        """Return the occupations of the current edition; name those that it lacks."""
        codes = [code for code in self.cleaned_data["occupations"].translate(SEPARATORS).split("、") if code]
        found = Occupation.objects.filter(edition=CURRENT_EDITION, code__in=codes).order_by("-pk")
        known = {each.code: each for each in found}
        if unknown := [code for code in codes if code not in known]:
            told = gettext("The catalogue has no occupation %(code)s.") % {"code": "、".join(unknown)}
            raise forms.ValidationError(told)
        return tuple(known.values())

    def spec(self) -> ExpertSpec:
        """Return what was filled in."""
        data = {key: value for key, value in self.cleaned_data.items() if key != "pool"}
        if self.expert is not None:
            data["identity"] = self.expert.identity
        return ExpertSpec(**data)


class TieForm(forms.Form):
    kind = forms.ChoiceField(label=_("Kind of tie"), choices=TieKind.choices)
    organisation_name = forms.CharField(label=_("Organisation"), max_length=100)
    credit_code = forms.CharField(label=_("Credit code"), max_length=18)
    until = _day(_("Until"), required=False, help_text=_("Empty while it lasts."))
    note = forms.CharField(label=_("Note"), max_length=200, required=False)

    def spec(self) -> TieSpec:
        """Return what was filled in."""
        return TieSpec(**self.cleaned_data)


class EndForm(forms.Form):
    on = _day(_("First day out of the pool"))
    reason = forms.CharField(label=_("Reason"), max_length=200)


class AccountForm(forms.Form):
    username = forms.CharField(label=_("Username"), max_length=150, help_text=_("For signing in."))
    email = forms.EmailField(label=_("E-mail"), required=False)


class DrawForm(forms.Form):
    """How the lot is to be taken."""

    visit_on = _day(_("Day of the visit"), required=False, help_text=_("Who is on another panel that day isn't drawn."))
    others = forms.ModelMultipleChoiceField(
        Organisation.objects.none(),
        label=_("Neighbouring pools"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Asked in where the own pool is too small."),
    )
    outside = forms.CharField(
        label=_("A word from outside"),
        max_length=40,
        required=False,
        help_text=_("A number that the applicant's representative calls, or a lottery's of today; it joins the lot."),
    )

    def __init__(self, others: Sequence[Organisation], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if others:
            pks = [each.pk for each in others]
            self.fields["others"].queryset = Organisation.objects.filter(pk__in=pks)  # type: ignore[attr-defined]
        else:
            del self.fields["others"]

    def spec(self) -> DrawSpec:
        """Return what was filled in."""
        data = self.cleaned_data
        return DrawSpec(data["visit_on"], tuple(data.get("others", ())), data["outside"])


class ReplaceForm(forms.Form):
    kind = forms.ChoiceField(label=_("Why"), choices=[*TieKind.choices, (UNABLE, _("Can't come"))])
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=200)


class VersionForm(forms.Form):
    """The head of a new version."""

    title = forms.CharField(label=_("Title"), max_length=120)
    version = forms.CharField(label=_("Version"), max_length=20)
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The decision that it rests on."))
    pass_mark = forms.DecimalField(label=_("Pass mark of 100"), max_digits=5, decimal_places=1, initial=80)
    spread_percent = forms.IntegerField(
        label=_("Marks are far apart from"),
        initial=20,
        help_text=_("Per cent of an item's points; the panel then writes a consensus."),
    )

    def spec(self) -> VersionSpec:
        """Return what was filled in."""
        return VersionSpec(**self.cleaned_data)


class PublishForm(forms.Form):
    since = _day(_("In force from"))

    def __init__(self, today: date, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = today


class LineForm(forms.Form):
    """One line of a standard: a group, an item of a group, or a veto item."""

    kind = forms.ChoiceField(
        label=_("Kind of line"), choices=[("item", _("Item")), ("group", _("Group")), ("veto", _("Veto item"))]
    )
    parent = forms.ChoiceField(label=_("Group of the item"), required=False)
    code = forms.CharField(label=_("Number of the line"), max_length=12)
    title = forms.CharField(label=_("Title"), max_length=120)
    points = forms.DecimalField(label=_("Points"), required=False, min_value=0, max_digits=5, decimal_places=1)
    evidence = forms.CharField(label=_("Evidence"), max_length=300, required=False)
    deduction = forms.CharField(label=_("Deduction"), max_length=300, required=False)
    condition = forms.ChoiceField(
        label=_("Condition of the law"), required=False, choices=[("", "—"), *CONDITIONS.items()]
    )

    def __init__(self, version: CriteriaVersion, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = [(node.code, f"{node.code} {node.title}") for node in nodes_of(version) if node.is_group]
        self.fields["parent"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(node: Node) -> dict[str, Any]:
        """Return what the form shows for a line that stands."""
        kind = "veto" if node.is_veto else "group" if node.is_group else "item"
        names = ("parent", "code", "title", "points", "evidence", "deduction", "condition")
        return {"kind": kind, **{name: getattr(node, name) for name in names}}

    def node(self) -> Node:
        """Return what was filled in; points count for items only."""
        data = self.cleaned_data
        item = data["kind"] == "item"
        return Node(
            code=data["code"].strip(),
            title=data["title"].strip(),
            parent=data["parent"] if item else "",
            points=(data["points"] or Decimal(0)) if item else Decimal(0),
            evidence=data["evidence"].strip() if data["kind"] != "group" else "",
            deduction=data["deduction"].strip() if item else "",
            is_veto=data["kind"] == "veto",
            condition=data["condition"] if data["kind"] != "group" else "",
        )
