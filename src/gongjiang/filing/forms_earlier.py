"""What an officer copies from the letter of an earlier filing."""

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjiang.bodies.models import Affiliation, BodyKind
from gongjiang.filing.earlier import StatedFiling, StatedSite
from gongjiang.law import questions as ask
from gongjiang.law.places import PLACES
from gongjiang.law.words import chinese

CELLS = re.compile(r"(?P<code>\d-\d{2}-\d{2}-\d{2})\s+(?P<levels>\S.*)")
DAY = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
REGIMES = [(place.code, place.name) for place in PLACES.values()]


def former_rules() -> list[tuple[str, str]]:
    """Return the repealed rules under which a filing may have been made."""
    return [(word := chinese(each.value), word) for each in ask.FORMER_FILING_RULE.answers()]


class EarlierForm(forms.Form):
    """The filing as its letter states it; sites with what may be assessed there are written line by line."""

    name = forms.CharField(label=gettext_lazy("Name of the body"), max_length=100)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=BodyKind.choices)
    affiliation = forms.ChoiceField(label=gettext_lazy("Affiliation"), choices=Affiliation.choices)
    credit_code = forms.CharField(label=gettext_lazy("Credit code"), max_length=18)
    code = forms.CharField(label=gettext_lazy("Body code"), max_length=13)
    legal_representative = forms.CharField(label=gettext_lazy("Legal representative"), max_length=60)
    address = forms.CharField(label=gettext_lazy("Registered address"), max_length=200)
    place_code = forms.ChoiceField(label=gettext_lazy("Division"), choices=REGIMES)
    regime = forms.ChoiceField(label=gettext_lazy("Rules that govern it"), choices=REGIMES)
    filing_letter = forms.CharField(label=gettext_lazy("Number of the filing letter"), max_length=100)
    filed_on = forms.DateField(label=gettext_lazy("Filed since"), widget=DAY)
    filed_until = forms.DateField(
        label=gettext_lazy("First day after the term"), help_text=gettext_lazy("As the letter states it."), widget=DAY
    )
    rule = forms.ChoiceField(
        label=gettext_lazy("Filed under a repealed rule"), required=False, choices=[("", "—"), *former_rules()]
    )
    may_serve_others = forms.BooleanField(label=gettext_lazy("May serve others"), required=False)
    sites = forms.CharField(
        label=gettext_lazy("Sites and scope"),
        help_text=gettext_lazy("A line for the site: name | address | division. Then a line each: code and levels."),
        widget=forms.Textarea(attrs={"rows": 6, "placeholder": "样例考点 | 样例路 2 号 | 220102\n6-31-01-03 4 3"}),
    )
    source = forms.FileField(
        label=gettext_lazy("The letter"),
        help_text=gettext_lazy("PDF or picture."),
        widget=forms.FileInput(attrs={"accept": "application/pdf,image/jpeg,image/png"}),
    )

    def clean_sites(self) -> tuple[StatedSite, ...]:
        """Read the sites and what is filed at each."""
        found: list[tuple[list[str], list[tuple[str, str]]]] = []
        for number, line in enumerate(self.cleaned_data["sites"].replace("｜", "|").splitlines(), 1):
            cells = CELLS.fullmatch(line.strip())
            if "|" in line:
                parts = [part.strip() for part in line.split("|")]
                if len(parts) != len(StatedSite.__dataclass_fields__) - 1 or not all(parts):
                    raise forms.ValidationError(_("Line %(n)s isn't a site.") % {"n": number})
                found.append((parts, []))
            elif cells and found:
                levels = re.split(r"[\s,，、]+", cells["levels"].strip())
                found[-1][1].extend((cells["code"], level) for level in levels)
            elif line.strip():
                raise forms.ValidationError(_("Line %(n)s is neither a site nor a code with levels.") % {"n": number})
        return tuple(StatedSite(*parts, scope=tuple(scope)) for parts, scope in found)

    def stated(self) -> StatedFiling:
        """Return what the letter states."""
        told: dict[str, Any] = {name: value for name, value in self.cleaned_data.items() if name != "source"}
        return StatedFiling(**told)
