"""What is filled in where a filing ends, is brought in, or its changes are reported."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.law.words import WORDS

DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
WORDS_BOX = forms.Textarea(attrs={"rows": 3})
PAPERS = "application/pdf,image/jpeg,image/png"
SHEETS = ".xlsx,.csv"


class OrderForm(forms.Form):
    """An ordered end: for which breach, what happened, on what evidence, by which decision."""

    breach = forms.ChoiceField(label=_("Breach"), widget=forms.RadioSelect)
    text = forms.CharField(label=_("What happened"), widget=WORDS_BOX)
    evidence = forms.CharField(
        label=_("Evidence kept"), help_text=_("Where it is kept: file number, record."), max_length=200
    )
    decision = forms.CharField(label=_("Decision number"), max_length=100)

    def __init__(self, breaches: tuple[str, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["breach"].choices = [(each, WORDS[each]) for each in breaches]  # type: ignore[attr-defined]


class EndForm(forms.Form):
    decision = forms.CharField(label=_("Decision number"), max_length=100)


class HandOverForm(EndForm):
    """The body is gone: how that is known."""

    evidence = forms.CharField(
        label=_("How it is known that the body is gone"), help_text=_("Deregistration notice, date."), max_length=100
    )
    field_order = ("evidence", "decision")


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("Answer"), widget=WORDS_BOX)


class RefundForm(forms.Form):
    """Fees that were refunded on one day under one reference: those chosen, or a whole batch."""

    refunded_on = forms.DateField(label=_("Refunded on"), widget=DAY)
    reference = forms.CharField(label=_("Reference of the refund"), max_length=100)


class SheetForm(forms.Form):
    sheet = forms.FileField(label=_("Sheet"), widget=forms.FileInput(attrs={"accept": SHEETS}))


class SentForm(forms.Form):
    how = forms.CharField(
        label=_("How it was sent"), help_text=_("Document number, or by which system."), max_length=200
    )


class DropForm(forms.Form):
    why = forms.CharField(label=_("Why it is dropped"), max_length=200)
