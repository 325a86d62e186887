"""What is filled in on the pages of supervision, and by anybody who complains."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.planning.models import Batch
from gongjiang.supervision.models import Outcome, Subject
from gongjiang.supervision.rules import LONGEST, LONGEST_NAME

PAPER = forms.FileInput(attrs={"accept": ".pdf,.jpg,.jpeg,.png"})
BATCHES = 50


def area(label: Any, rows: int = 4, **more: Any) -> forms.CharField:
    """Return a field for some lines of text."""
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), max_length=LONGEST, **more)


def day(label: Any, **more: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(label=label, widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}), **more)


class FindingForm(forms.Form):
    """What was found at a body, and until when it is to be rectified."""

    subject = forms.ChoiceField(label=_("What was looked at"), choices=Subject.choices)
    text = area(_("What was found"))
    found_on = day(_("Found on"))
    due_on = day(_("To be rectified by"))
    batch = forms.ModelChoiceField(Batch.everything.none(), label=_("Batch"), required=False)
    evidence = forms.FileField(label=_("Evidence (PDF or photo)"), required=False, widget=PAPER)
    is_public = forms.BooleanField(
        label=_("Make it public"),
        required=False,
        help_text=_("It then stands on the body's page, with its rectification."),
    )

    def __init__(self, body: AssessmentBody, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        newest = Batch.everything.filter(body=body).order_by("-exam_from").values("pk")[:BATCHES]
        self.fields["batch"].queryset = Batch.everything.filter(pk__in=newest)  # type: ignore[attr-defined]


class RectificationForm(forms.Form):
    """What the body did about a finding."""

    text = area(_("What was rectified"))
    file = forms.FileField(label=_("Proof (PDF or photo)"), required=False, widget=PAPER)


class ReopenForm(forms.Form):
    """Why a finding isn't rectified."""

    reason = area(_("What is still to be done"), rows=3)


class SelfCheckForm(forms.Form):
    """A body's check of itself."""

    checked_on = day(_("Checked on"))
    items = forms.MultipleChoiceField(
        label=_("What was checked"), choices=Subject.choices, widget=forms.CheckboxSelectMultiple
    )
    problems = area(_("Problems found"), required=False, help_text=_("Left empty: everything was in order."))
    measures = area(_("Measures"), required=False, help_text=_("What is done about it, and until when."))


class ComplaintForm(forms.Form):
    """A complaint by anybody; who complains may stay unknown."""

    key = forms.RegexField(r"^[0-9a-f]{32}$", widget=forms.HiddenInput)
    subject = forms.ChoiceField(label=_("What is it about?"), choices=Subject.choices)
    text = area(_("What happened?"), rows=6, help_text=_("When, where, and how it can be checked."))
    batch = forms.CharField(label=_("Number of the batch, if you know it"), required=False, max_length=20, strip=True)
    name = forms.CharField(label=_("Your name"), required=False, max_length=LONGEST_NAME)
    contact = forms.CharField(
        label=_("Telephone or e-mail"),
        required=False,
        max_length=LONGEST_NAME,
        help_text=_("Only who handles the complaint may have it shown; the body never. Don't give an identity number."),
    )

    def __init__(self, body: AssessmentBody, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.body = body

    def clean_batch(self) -> Batch | None:
        """Return the announced batch of the body."""
        number = self.cleaned_data["batch"]
        if not number:
            return None
        announced = Batch.everything.filter(body=self.body, announced_on__isnull=False, number=number)
        if (found := announced.first()) is None:
            raise forms.ValidationError(_("This body has announced no batch of this number. Leave it empty."))
        return found


class ReceiptForm(forms.Form):
    """The receipt of a complaint."""

    number = forms.CharField(label=_("Receipt number"), max_length=20)
    word = forms.CharField(label=_("Secret word"), max_length=40)


class AnswerForm(forms.Form):
    """What the inquiry came to."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=Outcome.choices, widget=forms.RadioSelect)
    answer = area(_("Answer to the complainant"))
    public_answer = area(_("What stands on the body's page"), rows=3, help_text=_("Without a word of who complained."))


class SendOnForm(forms.Form):
    """Which body a complaint is really about."""

    code = forms.CharField(label=_("Code of the body that it is about"), max_length=13)
    reason = area(_("Reason"), rows=3)

    def clean_code(self) -> AssessmentBody:
        """Return the body of the directory."""
        found = AssessmentBody.everything.filter(code=self.cleaned_data["code"].strip()).first()
        if found is None:
            raise forms.ValidationError(_("No body has this code. It stands in the directory."))
        return found
