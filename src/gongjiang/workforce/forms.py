"""What the pages of the workforce ask for."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.law.places import PLACES
from gongjiang.standards.models import Level
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce.models import Grade, Rank, RelationKind, StaffRole

# The pool opens with assessors.
POOL_ROLES = sorted(StaffRole.choices, key=lambda each: each[0] != StaffRole.ASSESSOR)
BODY_ROLES = [each for each in StaffRole.choices if each[0] != StaffRole.EXTERNAL_SUPERVISOR]
NO_LEVEL = [("", "—"), *Level.choices]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class OccupationField(forms.CharField):
    """An occupation by its code; gives the occupation, None where it is left out."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Occupation code"))
        kwargs.setdefault("max_length", 12)
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        from gongjiang.standards.models import Occupation

        try:
            return occupation_by_code(text)
        except Occupation.DoesNotExist:
            raise forms.ValidationError(_("The catalogue has no occupation of this code.")) from None


class UnshownInput(forms.TextInput):
    """A text that is never sent back to the page, whatever becomes of the form."""

    def format_value(self, value: Any) -> None:
        return None


class AppointForm(forms.Form):
    """A person, and the role to which the person is appointed."""

    name = forms.CharField(label=_("Name"), max_length=60)
    identity = forms.CharField(label=_("Identity number"), max_length=30)
    employer = forms.CharField(label=_("Employer"), max_length=100, required=False)
    is_regular = forms.BooleanField(label=_("Of the regular staff"), required=False)
    role = forms.ChoiceField(label=_("Role"), choices=BODY_ROLES)
    occupation = OccupationField(required=False, help_text=_("Assessors only"))
    highest_level = forms.ChoiceField(label=_("Up to level"), choices=NO_LEVEL, required=False)
    rank = forms.ChoiceField(label=_("Rank"), choices=[("", "—"), *Rank.choices], required=False)
    since = forms.DateField(label=_("Appointed from"), widget=DayInput)
    certificate = forms.CharField(
        label=_("Number of the training certificate"),
        max_length=60,
        required=False,
        help_text=_("Assessors and internal supervisors are appointed after training and an examination."),
    )

    def __init__(self, *args: Any, external: bool = False, known: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if external:
            self.fields["role"].choices = [  # type: ignore[attr-defined]
                (StaffRole.EXTERNAL_SUPERVISOR.value, StaffRole.EXTERNAL_SUPERVISOR.label)
            ]
            for name in ("occupation", "highest_level", "rank", "is_regular"):
                del self.fields[name]
        if known:
            for name in ("name", "identity"):
                del self.fields[name]


class PoolForm(forms.Form):
    """What the pool is narrowed to."""

    text = forms.CharField(label=_("Name begins with"), max_length=20, required=False)
    occupation = forms.CharField(label=_("Occupation, code or name"), max_length=60, required=False)
    level = forms.ChoiceField(label=_("May assess level"), choices=NO_LEVEL, required=False)
    rank = forms.ChoiceField(label=_("Rank"), choices=[("", "—"), *Rank.choices], required=False)
    role = forms.ChoiceField(label=_("Role"), choices=POOL_ROLES, required=False)
    city = forms.ChoiceField(label=_("City"), required=False)

    def __init__(self, place_code: str, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        below = sorted(code for code in PLACES if code.isdecimal() and len(code) == 4 and code.startswith(place_code))
        self.fields["city"].choices = [("", "—"), *((code, PLACES[code].name) for code in below)]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=200)


class EndForm(ReasonForm):
    """The last day of a term that ends early, and why."""

    last_day = forms.DateField(label=_("Last day of the term"), widget=DayInput)
    field_order = ("last_day", "reason")


class EndRelationForm(ReasonForm):
    """The first day on which a relation no longer holds, and what changed."""

    until = forms.DateField(label=_("No longer holds from"), widget=DayInput)
    field_order = ("until", "reason")


class AssessForm(forms.Form):
    """A year's grade."""

    year = forms.IntegerField(label=_("Year"), min_value=2019, max_value=2100)
    grade = forms.ChoiceField(label=_("Grade"), choices=Grade.choices)
    reason = forms.CharField(label=_("Reason"), max_length=500, required=False)


class RelationForm(forms.Form):
    """A relation for which somebody stays away from an assessment."""

    kind = forms.ChoiceField(label=_("Relation"), choices=RelationKind.choices)
    other_name = forms.CharField(label=_("Name of the other person or employer"), max_length=100)
    other_identity = forms.CharField(
        label=_("Identity number of the other person"), max_length=30, required=False, widget=UnshownInput
    )
    other_credit_code = forms.CharField(label=_("Credit code of the employer"), max_length=30, required=False)


class SheetForm(forms.Form):
    """A sheet of staff."""

    key = forms.CharField(widget=forms.HiddenInput)
    sheet = forms.FileField(label=_("Sheet of staff"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": f"staff-{secrets.token_hex(12)}"})
        super().__init__(*args, **kwargs)


class CourseForm(forms.Form):
    """A course as it is planned."""

    title = forms.CharField(label=_("Title"), max_length=100)
    role = forms.ChoiceField(label=_("For the role"), choices=StaffRole.choices)
    occupation = OccupationField(required=False, help_text=_("Assessors only"))
    highest_level = forms.ChoiceField(label=_("Up to level"), choices=NO_LEVEL, required=False)
    hours = forms.IntegerField(label=_("Hours"), min_value=1, max_value=400)
    first_day = forms.DateField(label=_("First day"), widget=DayInput)
    last_day = forms.DateField(label=_("Last day"), widget=DayInput)
    venue = forms.CharField(label=_("Venue"), max_length=200, required=False)
    trainer = forms.CharField(label=_("Trainer"), max_length=100, required=False)


class NewTraineeForm(forms.Form):
    """Somebody to be trained who isn't on the list yet."""

    name = forms.CharField(label=_("Name"), max_length=60)
    identity = forms.CharField(label=_("Identity number"), max_length=30)
    employer = forms.CharField(label=_("Employer"), max_length=100, required=False)
    is_regular = forms.BooleanField(label=_("Of the regular staff"), required=False)


class WriterForm(forms.Form):
    """An item writer with the agreement; name and number are never sent back."""

    name = forms.CharField(label=_("Name"), max_length=60, widget=UnshownInput)
    identity = forms.CharField(label=_("Identity number"), max_length=30, widget=UnshownInput)
    occupation = OccupationField()
    highest_level = forms.ChoiceField(label=_("Up to level"), choices=Level.choices)
    agreement_number = forms.CharField(label=_("Number of the non-disclosure agreement"), max_length=60)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    until = forms.DateField(label=_("In force until, exclusive"), widget=DayInput)
    ethics_on = forms.DateField(label=_("Trained in ethics on"), widget=DayInput, required=False)


class AgreementForm(forms.Form):
    number = forms.CharField(label=_("Number of the non-disclosure agreement"), max_length=60)
    signed_on = forms.DateField(label=_("Signed on"), widget=DayInput)
    until = forms.DateField(label=_("In force until, exclusive"), widget=DayInput)


class DayForm(forms.Form):
    day = forms.DateField(label=_("Trained in ethics on"), widget=DayInput)


class TaskForm(forms.Form):
    what = forms.CharField(label=_("Task"), max_length=200)
    due_on = forms.DateField(label=_("Due on"), widget=DayInput)


class PlanForm(forms.Form):
    """A year's plan: up to eight lines."""

    LINES = 8
    year = forms.IntegerField(label=_("Year"), min_value=2024, max_value=2100)
    guidance = forms.CharField(label=_("Guidance"), widget=forms.Textarea(attrs={"rows": 3}), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for n in range(self.LINES):
            label = {"n": n + 1}
            self.fields[f"role_{n}"] = forms.ChoiceField(
                label=_("Line %(n)s: role") % label, choices=[("", "—"), *StaffRole.choices], required=False
            )
            self.fields[f"occupation_{n}"] = OccupationField(required=False)
            self.fields[f"people_{n}"] = forms.IntegerField(label=_("People"), min_value=1, required=False)
            self.fields[f"month_{n}"] = forms.IntegerField(
                label=_("By month"), min_value=1, max_value=12, required=False
            )

    def rows(self) -> list[list[forms.BoundField]]:
        """Return the fields of each line."""
        names = ("role", "occupation", "people", "month")
        return [[self[f"{name}_{n}"] for name in names] for n in range(self.LINES)]
