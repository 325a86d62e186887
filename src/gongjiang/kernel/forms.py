"""Forms of the kernel's pages."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.place_settings_kinds import Choice, Definition, Fields, Kind, Several, Text, Whole

PARTS = {
    "min_width": _("Width at least (pixels)"),
    "min_height": _("Height at least (pixels)"),
    "min_kb": _("Size at least (KB)"),
    "max_kb": _("Size at most (KB)"),
    "max_age_months": _("Taken within (months)"),
    "certificate": _("Query page for certificates"),
    "body": _("Query page for bodies"),
    "1": _("Level 1"),
    "2": _("Level 2"),
    "3": _("Level 3"),
    "4": _("Level 4"),
    "5": _("Level 5"),
    "master": _("Master technician"),
    "chief": _("Chief technician"),
    "form_employer": _("Form of an employer's numbers"),
    "form_social": _("Form of a social organisation's numbers"),
    "digit_master": _("Digit of the master technician"),
    "digit_chief": _("Digit of the chief technician"),
    "accept": _("Accepting"),
    "correct": _("Correction by the applicant"),
    "evaluate": _("Evaluating"),
    "deliberate": _("Deliberating"),
    "post": _("Posting"),
    "letter": _("Signing the letter"),
    "resident": _("Resident identity card"),
    "hmt": _("Residence permit for Hong Kong, Macao and Taiwan residents"),
    "foreign": _("Foreign permanent resident identity card"),
}
LARGEST_NOTICE = 200_000


class SettingForm(forms.Form):
    """A new value of one setting, from a day on, with its source; the fields follow the setting's kind."""

    since = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The notice or decision that says so, with its number.")
    )

    def __init__(self, definition: Definition, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.definition = definition
        kind = definition.kind
        parts = kind.parts if isinstance(kind, Fields) else {"": kind}
        made = {f"value_{name}": _field(part, PARTS.get(name, definition.label)) for name, part in parts.items()}
        self.fields = made | self.fields

    def value(self) -> Any:
        """Return the value in the form that the registry checks."""
        if isinstance(self.definition.kind, Fields):
            return {name: self.cleaned_data[f"value_{name}"] for name in self.definition.kind.parts}
        return self.cleaned_data["value_"]


def initial_of(definition: Definition, value: Any) -> dict[str, Any]:
    """Return the form's initial data for the value that holds now."""
    if isinstance(definition.kind, Fields):
        return {f"value_{name}": value[name] for name in definition.kind.parts}
    return {"value_": value}


def _field(kind: Kind, label: Any) -> forms.Field:
    if isinstance(kind, Whole):
        return forms.IntegerField(label=label, min_value=kind.least, max_value=kind.most)
    if isinstance(kind, Choice):
        return forms.ChoiceField(label=label, choices=list(kind.options.items()))
    if isinstance(kind, Several):
        options = list(kind.options.items())
        return forms.MultipleChoiceField(label=label, choices=options, widget=forms.CheckboxSelectMultiple)
    if isinstance(kind, Text):
        needed = re.fullmatch(kind.pattern, "") is None
        return forms.RegexField(kind.pattern, label=label, help_text=kind.example, max_length=200, required=needed)
    raise TypeError(f"{kind} is no single value")


def shown(definition: Definition, value: Any) -> str:
    """Return a setting's value as people read it."""
    kind = definition.kind
    if isinstance(kind, Fields):
        return "　".join(f"{PARTS[name]} {value[name]}" for name in kind.parts)
    if isinstance(kind, Choice):
        return str(kind.options[value])
    if isinstance(kind, Several):
        return "、".join(str(kind.options[each]) for each in value)
    return f"{value} {definition.unit}".strip()


class CalendarForm(forms.Form):
    """A year's holiday notice as a CSV file or as text."""

    year = forms.IntegerField(label=_("Year"), min_value=2019, max_value=2100)
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The notice or decision that says so, with its number.")
    )
    file = forms.FileField(label=_("CSV file"), required=False, help_text=_("Columns: date, name, kind (休 or 班)."))
    text = forms.CharField(label=_("or its lines"), required=False, widget=forms.Textarea(attrs={"rows": 8}))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        upload = data.get("file")
        if upload:
            data["text"] = self._read(upload)
        if not str(data.get("text") or "").strip():
            self.add_error("text", gettext("Give the notice as a file or as text."))
        return data

    def _read(self, upload: Any) -> str:
        if upload.size > LARGEST_NOTICE:
            self.add_error("file", gettext("A year's notice isn't that large."))
            return ""
        try:
            return str(upload.read().decode("utf-8-sig"))
        except UnicodeDecodeError:
            self.add_error("file", gettext("The file isn't in UTF-8."))
            return ""


class PurposeForm(forms.Form):
    """What a masked number is needed for."""

    purpose = forms.CharField(label=_("What do you need the number for?"), max_length=200)
