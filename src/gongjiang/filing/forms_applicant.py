"""What a unit fills in to register, and what its manager sends from the sections of an application."""

import secrets
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.models import Affiliation, BodyKind
from gongjiang.filing.actions import ApplicantFacts, ChangeSpec, OnlineCheck, Paper, SiteRequest
from gongjiang.filing.conditions import SHOWN
from gongjiang.filing.models import Call
from gongjiang.filing.rules_scope import CellSpec
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.law.places import PLACES


class RegisterForm(forms.Form):
    """What a unit states of itself, who answers for it, and the name to sign in with."""

    name = forms.CharField(label=_("Name of the unit"), max_length=100)
    credit_code = forms.CharField(
        label=_("Unified social credit code"), max_length=40, help_text=_("18 characters, as on the registration.")
    )
    kind = forms.ChoiceField(label=_("Kind of body"), choices=BodyKind.choices, widget=forms.RadioSelect)
    affiliation = forms.ChoiceField(
        label=_("Affiliation"),
        choices=Affiliation.choices,
        widget=forms.RadioSelect,
        help_text=_("Central and provincial units apply to the province, others to their city."),
    )
    place_code = forms.ChoiceField(label=_("Registered in"))
    address = forms.CharField(label=_("Registered address"), max_length=200)
    legal_representative = forms.CharField(label=_("Legal representative"), max_length=60)
    main_business = forms.CharField(label=_("Main business"), max_length=200)
    contact_name = forms.CharField(label=_("Who manages the applications"), max_length=60)
    contact_phone = forms.RegexField(r"^[0-9+() -]{7,20}$", label=_("Telephone"))
    username = forms.CharField(label=_("Name to sign in with"), max_length=60, validators=[UnicodeUsernameValidator()])

    def __init__(self, call: Call | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.call = call
        cities = Organisation.objects.filter(kind=OrganisationKind.CITY, place_code__in=PLACES).order_by("place_code")
        places = [PLACES[each.place_code] for each in cities]
        names = {place.code: f"{place.parent.name} {place.name}" for place in places if place.parent}
        self.fields["place_code"].choices = list(names.items())  # type: ignore[attr-defined]

    def facts(self) -> ApplicantFacts:
        """Return what was filled in; who answers a call of the pilot is governed by the pilot's rules."""
        data = {name: self.cleaned_data[name] for name in self.fields if name != "username"}
        own_rules = self.call.regime if self.call and not self.call.regime.isdigit() else ""
        return ApplicantFacts(**data, regime=own_rules)


class SubmitForm(forms.Form):
    """The declaration of truth: who signs it, over what was shown."""

    key = forms.CharField(widget=forms.HiddenInput)
    digest = forms.CharField(widget=forms.HiddenInput)
    declared_by = forms.CharField(label=_("Signed by (name)"), max_length=60)

    def __init__(self, digest: str, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"key": f"submit-{secrets.token_hex(12)}", "digest": digest})
        super().__init__(*args, **kwargs)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


# What the sections of the page send is read here into what the acts take; the rules judge it there.


def cells_in(sent: QueryDict) -> list[CellSpec]:
    """Return the ticked cells of the grid: code, level and site, joined by bars."""
    parts = [value.split("|", 2) for value in sent.getlist("cell")]
    return [CellSpec(*each) for each in parts if len(each) == 3]


def sites_in(sent: QueryDict) -> list[SiteRequest]:
    """Return the exam sites of the rows that have a name."""
    columns = [sent.getlist(name) for name in ("name", "address", "division", "is_own")]
    rows = zip(*columns, strict=False)
    return [SiteRequest(n.strip(), a.strip(), d.strip(), own == "1") for n, a, d, own in rows if n.strip()]


def changes_in(sent: QueryDict) -> list[ChangeSpec]:
    """Return the elements for which a new value was written."""
    return [
        ChangeSpec(
            element,
            sent.get(f"new-{element}", "").strip(),
            sent.get(f"why-{element}", ""),
            sent.get(f"which-{element}", ""),
            sent.get(f"address-{element}", "").strip(),
            sent.get(f"division-{element}", "").strip(),
        )
        for element in sent.getlist("element")
        if sent.get(f"new-{element}", "").strip()
    ]


def subsidiaries_in(sent: QueryDict) -> list[tuple[str, str]]:
    """Return name and credit code of the rows that have either."""
    rows = zip(sent.getlist("name"), sent.getlist("credit_code"), strict=False)
    return [(name.strip(), code.strip()) for name, code in rows if name.strip() or code.strip()]


def counts_in(sent: QueryDict, condition: str) -> dict[str, int]:
    """Return the counts that were written for the condition; what is no whole number becomes -1, which is refused."""
    shown = SHOWN[condition].counts if condition in SHOWN else ()
    written = {name: sent.get(f"count-{name}", "").strip() for name in shown}
    return {name: int(text) if text.isdecimal() and len(text) < 8 else -1 for name, text in written.items() if text}


def paper_in(sent: QueryDict, upload: UploadedFile) -> Paper:
    """Return the file that was sent, with what it is."""
    return Paper(
        sent.get("kind", ""), upload.file, upload.name or "", sent.get("condition", ""), sent.get("title", "")[:120]
    )


def check_in(sent: QueryDict, at: datetime) -> OnlineCheck:
    """Return the online check that was noted; a time that can't be read counts as to come, which is refused."""
    try:
        checked_at = datetime.fromisoformat(sent.get("checked_at", "")).replace(tzinfo=SHANGHAI)
    except ValueError:
        checked_at = at.replace(year=at.year + 1, month=1, day=1)
    source = sent.get("source", "")[:200]
    return OnlineCheck(sent.get("kind", ""), source, checked_at, sent.get("condition", ""))
