"""What is asked of who opens an account, gives a role or ends one."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.actions import NewUser
from gongjiang.accounts.models import Organisation
from gongjiang.kernel.workflow import role_label

Place = tuple[Organisation, Iterable[str]]


class RoleForm(forms.Form):
    """A role in an organisation, out of those that the reader may give."""

    place = forms.ChoiceField(label=_("Organisation and role"))

    def __init__(self, places: Iterable[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = {organisation.pk: organisation for organisation, _roles in places}
        self.fields["place"].choices = [  # type: ignore[attr-defined]
            (organisation.name, [(f"{organisation.pk}:{role}", role_label(role)) for role in roles])
            for organisation, roles in places
        ]

    def chosen(self) -> dict[str, Any]:
        """Return the organisation and the role."""
        pk, _colon, role = self.cleaned_data["place"].partition(":")
        return {"organisation": self.organisations[int(pk)], "role": role}


class NewUserForm(RoleForm):
    """Somebody's account with its first role."""

    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        validators=[UnicodeUsernameValidator()],
        help_text=_("For signing in; not an identity number."),
    )
    display_name = forms.CharField(label=_("Name"), max_length=60)
    email = forms.EmailField(label=_("E-mail"), required=False, help_text=_("For notifications; may be left out."))
    field_order = ("display_name", "username", "email", "place")

    def clean_username(self) -> str:
        """Refuse what could be an identity number: usernames stand in logs."""
        username: str = self.cleaned_data["username"].strip()
        if sum(letter.isdigit() for letter in username) >= 15:
            raise forms.ValidationError(_("Choose a username that isn't an identity number."))
        return username

    def person(self) -> NewUser:
        """Return whose account it is to be."""
        data = self.cleaned_data
        return NewUser(username=data["username"], display_name=data["display_name"], email=data["email"])


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), max_length=200, min_length=2)
