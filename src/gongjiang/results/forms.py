"""What is filled in on the pages of scores, results and objections."""

import secrets
from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import User
from gongjiang.enrolment.models import Enrolment
from gongjiang.results.contents import GROUPS, group_label
from gongjiang.results.rules import part_label

if TYPE_CHECKING:
    from django.db.models import QuerySet

LARGEST_SHEET = 20 * 1024 * 1024


def new_key(prefix: str) -> str:
    """Return a key under which a form counts once however often it is sent."""
    return f"{prefix}-{secrets.token_hex(12)}"


class ScoreUploadForm(forms.Form):
    """A sheet of scores, and why scores on record are corrected, if any are."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    file = forms.FileField(label=_("Sheet of scores"))
    reason = forms.CharField(
        label=_("Reason for corrections"),
        required=False,
        max_length=300,
        help_text=_("Only needed if the sheet changes scores that are on record."),
    )

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > LARGEST_SHEET:
            raise forms.ValidationError(gettext("The file is too large for a sheet of scores."))
        return upload


class ReasonForm(forms.Form):
    """A reason that those concerned will read."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)


class ObjectionForm(forms.Form):
    """What is objected to and why."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    text = forms.CharField(
        label=_("What do you object to, and why?"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )


class AssignForm(forms.Form):
    """Who replies: only those are offered who neither entered nor confirmed the scores."""

    user = forms.ModelChoiceField(User.objects.none(), label=_("Who replies"))

    def __init__(self, people: Iterable[User], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pks = [user.pk for user in people]
        self.fields["user"].queryset = User.objects.filter(pk__in=pks).order_by("pk")  # type: ignore[attr-defined]


class ReplyForm(forms.Form):
    """The reply, and where the objection is upheld the scores as they should be."""

    text = forms.CharField(
        label=_("What was checked and found"), widget=forms.Textarea(attrs={"rows": 4}), max_length=2000
    )
    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("no", _("The score stands")), ("yes", _("The objection is upheld"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    def __init__(
        self, parts: Sequence[str], *args: Any, apart: Collection[str] = (), vetoed: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.parts, self.apart = list(parts), apart
        for part in self.parts:
            self.fields[f"score_{part}"] = forms.DecimalField(
                label=gettext("New score, %(part)s") % {"part": part_label(part)},
                required=False,
                max_digits=5,
                decimal_places=2,
                help_text=gettext("Leave empty if it stays. A changed score is posted anew for this candidate."),
            )
            for group in GROUPS if part in apart else ():
                self.fields[f"{group}_{part}"] = forms.DecimalField(
                    label=group_label(group), required=False, max_digits=5, decimal_places=2
                )
        if vetoed:
            self.fields["lift_veto"] = forms.BooleanField(
                label=gettext("Lift the veto"),
                required=False,
                help_text=gettext("Only with an upheld objection; the result is made anew from its marks."),
            )

    def new_scores(self) -> dict[str, tuple[Decimal, tuple[Decimal, Decimal, Decimal] | None]]:
        """Return the scores that were given, by part, with the marks by group where all three were given."""
        found = {}
        for part in self.parts:
            value = self.cleaned_data.get(f"score_{part}")
            marks = [self.cleaned_data.get(f"{group}_{part}") for group in GROUPS]
            ability, performance, ethics = marks
            whole = None if ability is None or performance is None or ethics is None else (ability, performance, ethics)
            if value is not None or whole is not None:
                found[part] = (value if value is not None else sum(whole or (), Decimal(0)), whole)
        return found


class VetoForm(forms.Form):
    """Who isn't passed for want of ethics, and why."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=60)
    enrolment = forms.ModelChoiceField(Enrolment.everything.none(), label=_("Candidate"))
    reason = forms.CharField(
        label=_("What happened"),
        help_text=_("Facts with day and place; the candidate reads them word for word."),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
    )

    def __init__(self, people: "QuerySet[Enrolment]", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enrolment"]
        field.queryset = people
        field.label_from_instance = lambda each: f"{each.name} {each.ticket_number}".strip()


class DecisionForm(forms.Form):
    """Whether a veto stands, and why."""

    upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("Confirm the veto: not passed")), ("no", _("Decline the veto"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=1000)
