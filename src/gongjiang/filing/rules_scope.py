"""Whether an occupation at a level can be asked for: classification, skill class, type, level, standard."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.filing.models import Applicant, Application
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import place as place_of
from gongjiang.law.words import chinese
from gongjiang.standards import basis
from gongjiang.standards.models import Level, Occupation
from gongjiang.standards.queries import CURRENT_EDITION


@dataclass(frozen=True, slots=True)
class CellSpec:
    """What is asked for: an occupation by its code, a level, and the exam site by name."""

    code: str
    level: str
    site: str


def occupations_of(codes: Iterable[str]) -> dict[str, Occupation]:
    """Return the occupations of the current classification by code."""
    found = Occupation.objects.filter(edition=CURRENT_EDITION, code__in=set(codes)).order_by("-pk")
    return {each.code: each for each in found}


def wrong_with_cells(application: Application, cells: Iterable[CellSpec], *, on: date) -> list[Ground]:
    """Return every reason against asking for these cells, each once."""
    cells = list(cells)
    known = occupations_of(cell.code for cell in cells)
    place = place_of(application.regime)
    grounds: list[Ground] = []
    for code, level in dict.fromkeys((cell.code, cell.level) for cell in cells):
        if code not in known:
            grounds.append(not_classified(code, place, on))
            continue
        grounds += wrong_with(application.applicant, place, known[code], level, on=on)
    sites = site_names(application, on)
    for name in dict.fromkeys(cell.site for cell in cells if cell.site not in sites):
        why = _("“%(site)s” is no exam site of this application.") % {"site": name}
        grounds.append(Ground(why, _("Enter the site first, then choose what is assessed there."), code="site-unknown"))
    return list(dict.fromkeys(grounds))


def wrong_with(applicant: Applicant, place: Place, occupation: Occupation, level: str, *, on: date) -> list[Ground]:
    """Return why an applicant of this kind can't be filed for the occupation at the level in the place on the day."""
    asker = basis.Asker(applicant.organisation, applicant.kind, place)
    refused = [*wrong_class(occupation, place, on), *basis.access_type(occupation, place, on=on)]
    if refused:
        return refused
    if level not in Level.values:
        why = _("There is no level “%(level)s”.") % {"level": level}
        return [Ground(why, _("Choose one of the levels shown."), _levels(asker, on), "level-unknown")]
    against = basis.level_grounds(asker, occupation, level, on=on)
    return against or basis.grounds_against(asker, occupation, level, on=on)


def wrong_class(occupation: Occupation, place: Place, on: date) -> list[Ground]:
    """Return the ground that the occupation isn't of a major class whose occupations are certified (JL-2025-1§6)."""
    rule = ask.OCCUPATION_CLASSES.get(place=place, day=on)
    if rule is None or occupation.major in rule.value:
        return []
    why = _("%(occupation)s (%(code)s) is of major class %(major)s of the classification.") % {
        "occupation": occupation.name,
        "code": occupation.code,
        "major": occupation.major,
    }
    way = _("Choose a skill-type occupation of class %(classes)s.") % {"classes": chinese(rule.value)}
    return [Ground(why, way, rule.cites, "wrong-class")]


def not_classified(code: str, place: Place, on: date) -> Ground:
    """Return the ground that the classification has no such code."""
    rule = ask.OCCUPATION_SOURCES.get(place=place, day=on)
    why = _("The national classification of %(edition)s has no occupation “%(code)s”.") % {
        "edition": CURRENT_EDITION,
        "code": code,
    }
    way = _("Look it up by its name: what once was an occupation may be a job type of another now.")
    return Ground(why, way, rule.cites if rule else (), "not-classified")


def site_names(application: Application, on: date) -> list[str]:
    """Return the sites that the application may name: those it asks for and, of a body, those on file."""
    names = list(application.sites.values_list("name", flat=True))
    if application.body is not None:
        names += application.body.sites.filter(until=None).values_list("name", flat=True)
        names += application.body.sites.filter(until__gt=on).values_list("name", flat=True)
    return list(dict.fromkeys(names))


def _levels(asker: basis.Asker, on: date) -> tuple[Citation, ...]:
    rule = ask.LEVELS_BY_BODY_KIND.get(place=asker.place, day=on, kind=asker.kind)
    return rule.cites if rule else ()
