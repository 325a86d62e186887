"""What is asked of the directory, and of an officer who suspends."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import BodyKind
from gongjiang.standards.models import Level


class DirectoryForm(forms.Form):
    """Filters of the public directory; every one may be left out."""

    text = forms.CharField(label=_("Name, code or address"), required=False, max_length=60)
    occupation = forms.CharField(label=_("Occupation (name or code)"), required=False, max_length=60)
    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", _("Any")), *Level.choices])
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("Any")), *BodyKind.choices])
    division = forms.CharField(required=False, max_length=6, widget=forms.HiddenInput)


class DecisionForm(forms.Form):
    """A decision about a body, with its number and reason."""

    decision = forms.CharField(label=_("Decision number"), max_length=100)
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))
