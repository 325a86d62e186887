"""What officers and managers fill in: imports, joins, specifications, levels."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation
from gongjiang.law.eligibility.clauses import CLAUSE_SETS
from gongjiang.standards.actions import OwnLevel, PartSpec, SpecificationText
from gongjiang.standards.models import Level, Method, NationalStandard, Occupation, PartKind
from gongjiang.standards.queries import occupation_by_code
from gongjiang.standards.specs import WAY_OF

FIVE = ("5", "4", "3", "2", "1")
PANEL_LEVELS = {Level.LEVEL_2, Level.LEVEL_1, Level.MASTER, Level.CHIEF}


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class OccupationField(forms.CharField):
    """A code of the current edition; gives the occupation."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = _("Its code in the current edition, such as 6-31-01-03; look it up in the catalogue.")
        super().__init__(**{"label": _("Occupation"), "max_length": 12, "help_text": help_text, **kwargs})

    def clean(self, value: Any) -> Occupation | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return occupation_by_code(text)
        except Occupation.DoesNotExist:
            raise forms.ValidationError(_now("The current edition of the classification has no such code.")) from None


class ImportForm(forms.Form):
    """A list as a file, with where it comes from."""

    file = forms.FileField(label=_("The list"))
    source = forms.CharField(
        label=_("Source"), max_length=200, help_text=_("The notice or book that says so, with its number.")
    )
    edition = forms.IntegerField(label=_("Edition"), help_text=_("The year of the classification, such as 2015."))

    def __init__(self, kind: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != "edition":
            del self.fields["edition"]

    def content(self) -> bytes:
        """Return the file's bytes."""
        return bytes(self.cleaned_data["file"].read())


class JoinForm(forms.Form):
    """To which occupation a row of the official catalogue belongs, and what it lacks."""

    occupation = OccupationField()
    edition = forms.CharField(label=_("Edition of the standard"), max_length=20, help_text=_("Begin with the year."))
    levels = forms.MultipleChoiceField(
        label=_("Levels"),
        choices=[(each, Level(each).label) for each in FIVE],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("By what you know that they belong together.")
    )


class CodeForm(forms.Form):
    code = forms.CharField(label=_("Code"), max_length=12, help_text=_("Such as 4-07-02-06."))
    source = forms.CharField(label=_("Source"), max_length=200, help_text=_("The publication that states the code."))


class SpecificationForm(forms.Form):
    """An assessment specification: what for, at which levels, who may apply, and how each part is assessed."""

    occupation = OccupationField()
    title = forms.CharField(label=_("Title"), max_length=120)
    edition = forms.CharField(label=_("Edition"), max_length=20, help_text=_("Such as 2026."))
    job_types = forms.CharField(label=_("Job types"), max_length=200, required=False, help_text=_("Several with 、"))
    in_force = forms.DateField(label=_("In force from"), widget=DayInput)
    clause_set = forms.ChoiceField(
        label=_("Eligibility requirements"), choices=[(each.id, each.name_zh) for each in CLAUSE_SETS.values()]
    )
    scope = forms.ChoiceField(
        label=_("Experience counted"),
        choices=[("own", _("In the occupation itself")), ("own+related", _("In it or a related one"))],
    )
    levels = forms.MultipleChoiceField(label=_("Levels"), choices=Level.choices, widget=forms.CheckboxSelectMultiple)
    document = forms.FileField(label=_("The specification as PDF"), required=False)

    PARTS = (PartKind.THEORY, PartKind.PRACTICAL, PartKind.PANEL)

    def __init__(self, *args: Any, standard: NationalStandard | None = None, **kwargs: Any) -> None:
        if standard is not None:
            kwargs.setdefault("initial", _initial(standard))
        super().__init__(*args, **kwargs)
        for kind in self.PARTS:
            self.fields |= _part_fields(kind)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of each part under its name."""
        return [(str(kind.label), [self[f"{kind}_{name}"] for name in PART_NAMES]) for kind in self.PARTS]

    def clean(self) -> dict[str, Any]:
        return _whole_parts(self, super().clean() or {})

    def text(self) -> SpecificationText:
        """Return what was filled in; a panel stands at technicians' levels only."""
        data = self.cleaned_data
        parts = [_spec(kind, data) for kind in self.PARTS if data.get(f"{kind}_minutes")]
        levels = {
            level: [part for part in parts if part.kind != PartKind.PANEL or level in PANEL_LEVELS]
            for level in data["levels"]
        }
        return SpecificationText(
            occupation=data["occupation"],
            title=data["title"].strip(),
            edition=data["edition"].strip(),
            job_types=data["job_types"].strip(),
            clause_set=data["clause_set"],
            experience_scope=data["scope"],
            in_force=data["in_force"],
            levels=levels,
        )


PART_NAMES = ("minutes", "pass_mark", "ratio", "least", "way")


def _part_fields(kind: PartKind) -> dict[str, forms.Field]:
    return {
        f"{kind}_minutes": forms.IntegerField(label=_("Minutes"), min_value=1, max_value=1440, required=False),
        f"{kind}_pass_mark": forms.DecimalField(
            label=_("Pass mark of 100"), min_value=1, max_value=100, decimal_places=2, required=False
        ),
        f"{kind}_ratio": forms.IntegerField(
            label=_("Candidates a member of staff"), min_value=1, max_value=1000, required=False
        ),
        f"{kind}_least": forms.IntegerField(label=_("Staff at least"), min_value=1, max_value=100, required=False),
        f"{kind}_way": forms.ChoiceField(
            label=_("Method"), choices=Method.choices, initial=WAY_OF[kind], required=False
        ),
    }


def _whole_parts(form: "SpecificationForm | LevelForm", data: dict[str, Any]) -> dict[str, Any]:
    """Refuse a part that is filled in by half."""
    for kind in form.PARTS:
        told = [data.get(f"{kind}_{name}") for name in ("minutes", "pass_mark", "ratio", "least")]
        if any(each is not None for each in told) and any(each is None for each in told):
            form.add_error(f"{kind}_minutes", _now("Fill in the whole part, or leave it empty."))
    return data


def _spec(kind: PartKind, data: dict[str, Any]) -> PartSpec:
    return PartSpec(
        kind=kind,
        method="",
        minutes=data[f"{kind}_minutes"],
        pass_mark=data[f"{kind}_pass_mark"],
        full_mark=Decimal(100),
        candidates_per_staff=data[f"{kind}_ratio"],
        min_staff=data[f"{kind}_least"],
        odd_staff=kind != PartKind.THEORY,
        way=data[f"{kind}_way"],
    )


def _initial(standard: NationalStandard) -> dict[str, Any]:
    levels = list(standard.levels.prefetch_related("parts"))
    told: dict[str, Any] = {
        "occupation": standard.occupation.code,
        "title": standard.title,
        "edition": standard.edition,
        "job_types": standard.job_types,
        "in_force": standard.in_force,
        "clause_set": standard.clause_set,
        "scope": standard.experience_scope,
        "levels": [each.level for each in levels],
    }
    for part in (part for level in levels for part in level.parts.all()):
        told |= {
            f"{part.kind}_minutes": part.minutes,
            f"{part.kind}_pass_mark": part.pass_mark,
            f"{part.kind}_ratio": part.candidates_per_staff,
            f"{part.kind}_least": part.min_staff,
            f"{part.kind}_way": part.way,
        }
    return told


class FilingForm(forms.Form):
    number = forms.CharField(label=_("Filing number of the ministry"), max_length=60)
    filed_on = forms.DateField(label=_("Day of filing"), widget=DayInput)


class LevelForm(forms.Form):
    """A further level, or a step within one of the five."""

    occupation = OccupationField()
    level = forms.ChoiceField(label=_("Level"), choices=list(reversed(Level.choices)))
    step = forms.CharField(label=_("Step"), max_length=40, required=False, help_text=_("Only to divide a level: A 档"))
    requirement = forms.CharField(
        label=_("Requirement"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Who may apply, and what is assessed."),
    )  # fmt: skip
    since = forms.DateField(label=_("From"), widget=DayInput)
    below = forms.ChoiceField(
        label=_("Level to be held"), required=False, choices=[("", "—"), *reversed(Level.choices[1:-1])],
        help_text=_("Only for a level beyond the five: who holds this one may apply."),
    )  # fmt: skip
    below_months = forms.IntegerField(label=_("Held for months"), min_value=0, max_value=600, required=False)

    PARTS = (PartKind.PANEL, PartKind.THEORY, PartKind.PRACTICAL)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for kind in self.PARTS:
            self.fields |= _part_fields(kind)

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """Return the fields of each part under its name, the panel review first."""
        return [(str(kind.label), [self[f"{kind}_{name}"] for name in PART_NAMES]) for kind in self.PARTS]

    def clean(self) -> dict[str, Any]:
        return _whole_parts(self, super().clean() or {})

    def spec(self) -> OwnLevel:
        """Return what was filled in."""
        data = self.cleaned_data
        return OwnLevel(
            data["occupation"],
            data["level"],
            data["requirement"],
            data["since"],
            data["step"],
            parts=[_spec(kind, data) for kind in self.PARTS if data.get(f"{kind}_minutes")],
            below=data["below"],
            below_months=data["below_months"] or 0,
        )


class PermitForm(forms.Form):
    """Which organisation may assess at which further level, from when, and why."""

    organisation = forms.ModelChoiceField(Organisation.objects.none(), label=_("Organisation"))
    occupation = OccupationField()
    level = forms.ChoiceField(label=_("Level"), choices=list(reversed(Level.choices)))
    since = forms.DateField(label=_("From"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, organisations: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class EndForm(forms.Form):
    until = forms.DateField(label=_("Until, exclusive"), widget=DayInput)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


def first_of_next_month(today: date) -> date:
    """Return a day that an entry usually begins with."""
    return date(today.year + today.month // 12, today.month % 12 + 1, 1)
