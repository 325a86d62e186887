"""The kinds of evaluation as the law of a place has them: whose, for what, which levels, which certificate."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.standards.models import Level
from gongjiang.standards.rules_catalogue import KINDS


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of evaluation at a place on a day, in words, with its articles."""

    key: str
    name: str
    known: bool
    by: str
    occupations: str
    levels: str
    certificate: str
    cites: tuple[Citation, ...]


def kinds_at(place: Place, on: date) -> list[Kind]:
    """Return the three kinds; one that the place's law doesn't know is told as such."""
    return [_kind(key, name, place, on) for key, name in KINDS().items()]


def _kind(key: str, name: str, place: Place, on: date) -> Kind:
    known = ask.EVALUATION_KINDS.get(place=place, day=on)
    by = ask.EVALUATED_BY.get(place=place, day=on, kind=key)
    occupations = ask.OCCUPATION_TYPE.get(place=place, day=on, kind=key)
    levels = ask.LEVELS_BY_EVALUATION_KIND.get(place=place, day=on, kind=key)
    certificates = ask.CERTIFICATE_KINDS.get(place=place, day=on)
    rules = [each for each in (known, by, occupations, levels) if each is not None]
    cites = tuple(dict.fromkeys(cite for rule in rules for cite in rule.cites))
    issues = certificates is None or key in certificates.value
    return Kind(
        key,
        name,
        known is None or key in known.value,
        _BY()[by.value] if by else _("Not said"),
        _TYPES()[occupations.value] if occupations else _("Not said"),
        _levels(levels.value) if levels else _("Not said"),
        _CERTIFICATES()[key] if issues else _("None"),
        cites,
    )


def _levels(levels: tuple[str, ...]) -> str:
    if not levels:
        return _("no levels")
    return "、".join(str(Level(each).label) for each in levels)


def _BY() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    return {"centre": _("the authority's centre"), "body": _("an assessment body on file")}


def _TYPES() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    return {
        "level_type": _("occupations of the level type"),
        "access_type": _("occupations of the access type"),
        "listed_project": _("projects listed by the province"),
    }


def _CERTIFICATES() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    return {
        ask.LEVEL: _("Skill-level certificate"),
        ask.QUALIFICATION: _("Certificate of occupational qualification"),
        ask.SPECIALISED: _("Certificate of specialised competence"),
    }
