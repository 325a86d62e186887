"""What reporters fill in."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjiang.law.codes import parse_certificate_number
from gongjiang.reports.actions.sending import SentBack


class ReceiptForm(forms.Form):
    """The receipt's number, and a line for each row that came back: the certificate's number, then the message."""

    receipt = forms.CharField(label=gettext_lazy("Number of the receipt"), max_length=80)
    rejected = forms.CharField(
        label=gettext_lazy("Rows sent back"),
        required=False,
        help_text=gettext_lazy("A line for each: certificate number, blank, message. Empty if all were accepted."),
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false"}),
    )

    def clean_rejected(self) -> list[SentBack]:
        """Return the rows.

        :raises ValidationError: a line doesn't begin with a certificate number, or has no message.
        """
        found = []
        for line in str(self.cleaned_data["rejected"]).splitlines():
            number, _blank, message = (
                line.replace("\t", " ").replace(",", " ").replace("，", " ").strip().partition(" ")
            )
            if not number:
                continue
            read = parse_certificate_number(number)
            if not read.valid or not message.strip():
                raise forms.ValidationError(
                    _("“%(line)s” isn't a certificate number and a message."), params={"line": line[:60]}
                )
            found.append(SentBack(read.text, message.strip()))
        return found


class FixForm(forms.Form):
    fix = forms.CharField(label=gettext_lazy("What was done"), max_length=300)
    employer = forms.CharField(
        label=gettext_lazy("Right employer"),
        required=False,
        max_length=100,
        help_text=gettext_lazy("Only if the employer was wrong. What is printed is corrected on the certificate."),
    )
