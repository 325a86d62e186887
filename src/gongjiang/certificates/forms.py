"""What holders and clerks fill in."""

import secrets
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.certificates.corrections import Correction
from gongjiang.enrolment.columns import FACT_HEADINGS

ACCEPT = "application/pdf,image/jpeg,image/png"


class Keyed(forms.Form):
    """A form that carries the key under which it is sent once."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": f"certificate-{secrets.token_hex(12)}"})
        super().__init__(*args, **kwargs)


class ReissueForm(Keyed):
    reason = forms.CharField(
        label=_("What happened to the certificate?"),
        help_text=_("The number stays; the old copy will show as replaced."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class CorrectionForm(Keyed):
    """Only what is wrong is filled in; the rest stays as it is."""

    name = forms.CharField(label=_("Right name"), required=False, max_length=60)
    identity = forms.CharField(
        label=_("Right identity number"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    fact = forms.ChoiceField(label=_("Another particular of the enrolment"), required=False)
    value = forms.CharField(label=_("Its right value"), required=False, max_length=60)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
    proof = forms.FileField(
        label=_("Proof"),
        help_text=_("PDF or picture, such as the household register. It goes to the centre with the correction."),
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fact"].choices = [("", "—"), *FACT_HEADINGS.items()]  # type: ignore[attr-defined]

    def correction(self) -> Correction:
        """Return what was filled in."""
        data = self.cleaned_data
        facts = {data["fact"]: data["value"].strip()} if data["fact"] else {}
        return Correction(data["name"], data["identity"], facts)


class RevokeForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), help_text=_("The holder reads it."), widget=forms.Textarea(attrs={"rows": 3})
    )
    decision = forms.CharField(label=_("Number or title of the decision"), max_length=100)
    paper = forms.FileField(label=_("The decision"), required=False, widget=forms.FileInput(attrs={"accept": ACCEPT}))


class DecideForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        help_text=_("Needed for a refusal; the holder reads it."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class FindForm(forms.Form):
    number = forms.CharField(label=_("Certificate number"), max_length=40)
