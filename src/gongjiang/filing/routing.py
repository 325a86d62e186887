"""To whom an application goes: by affiliation and place (JL-2025-1§4, §7; JL-2019-133§6(1); XZ-2024-2§11)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.models import Affiliation
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import PLACES
from gongjiang.law.places import place as place_of
from gongjiang.law.words import chinese

PROVINCE, CITY = "province", "city"


@dataclass(frozen=True, slots=True)
class Route:
    """The authority that takes an application, the level that the law names, and why."""

    organisation: Organisation
    level: str
    reason: str
    cites: tuple[Citation, ...]


def authority_for(affiliation: str, place_code: str, regime: str, *, on: date) -> Route:
    """Return the authority that takes the applications of a unit of this affiliation at this place.

    Where the law of the regime is silent the nearest authority takes them: the city's, else the province's.

    :raises Refused: no such authority is entered on this platform.
    """
    rule = ask.FILING_AUTHORITY.get(place=place_of(regime), day=on, kind=affiliation)
    level = rule.value if rule else CITY
    found = province_of(place_code) if level == PROVINCE else city_of(place_code)
    if found is None and rule is None:
        found, level = province_of(place_code), PROVINCE
    if found is None:
        why = _("The authority of %(level)s level for %(place)s isn't on this platform.") % {
            "level": chinese(level),
            "place": place_code,
        }
        way = _("Ask the province's department to enter it.")
        raise Refused(_("Find the authority"), [Ground(why, way, rule.cites if rule else (), "no-authority")])
    reason = _("%(affiliation)s: handled by %(authority)s") % {
        "affiliation": Affiliation(affiliation).label,
        "authority": found.name,
    }
    return Route(found, level, reason, rule.cites if rule else ())


def province_of(place_code: str) -> Organisation | None:
    """Return the department of the province that the place lies in."""
    return _authorities(OrganisationKind.PROVINCE).filter(place_code=place_code[:2]).first()


def city_of(place_code: str) -> Organisation | None:
    """Return the bureau of the city that the place is or lies in, the nearest if there are several."""
    codes = [place_code[:length] for length in (6, 4) if len(place_code) >= length]
    found = {each.place_code: each for each in _authorities(OrganisationKind.CITY).filter(place_code__in=codes)}
    return next((found[code] for code in codes if code in found), None)


def law_of(place_code: str) -> Place:
    """Return the place whose law governs a unit there: the nearest one that the law knows.

    :raises KeyError: the law knows nothing of the province.
    """
    codes = [place_code[:length] for length in (6, 4) if len(place_code) >= length]
    return PLACES[next((code for code in codes if code in PLACES), place_code[:2])]


def regimes_of(authority: Organisation) -> dict[str, str]:
    """Return the rules under which an authority may call, by code: its own place's, and those below or beside it."""
    own = [place for place in PLACES.values() if place.code == authority.place_code]
    beside = [place for place in PLACES.values() if not place.code.isdigit() and own and own[0] in place.chain()]
    return {place.code: place.name for place in (*own, *beside)}


def _authorities(kind: str):  # type: ignore[no-untyped-def]
    return Organisation.objects.filter(kind=kind).order_by("-pk")
