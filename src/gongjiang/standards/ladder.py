"""The ladder of levels: what the law opens to each kind of body, and the professional title that a level matches."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.standards.models import Level

LINK = "MOHRSS-2020-17§5"
TITLES = "title.equivalents"


@dataclass(frozen=True, slots=True)
class Title:
    """The professional title that a level is taken to match, empty where none is told, and who says so."""

    words: str
    source: str


def title_of(level: str, *, place: Place | str, on: date) -> Title:
    """Return the title that matches a level by the place's setting on the day (MOHRSS-2020-17§5 asks for the link)."""
    found = setting(TITLES, place=place, day=on)
    return Title(found.value.get(level, ""), found.source)


@dataclass(frozen=True, slots=True)
class Rung:
    """A level: for which kinds of body it is open at the place on the day, and the title it corresponds to."""

    level: str
    label: str
    open_to: dict[str, bool]
    title: str


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs from the highest to the lowest, the kinds of body, and the articles they rest on."""

    rungs: tuple[Rung, ...]
    kinds: dict[str, str]
    cites: tuple[Citation, ...]
    may_divide: tuple[str, ...]


def ladder(place: Place, on: date) -> Ladder:
    """Return the ladder as the law of the place has it on the day."""
    kinds = {ask.EMPLOYER: _("Employer"), ask.COLLEGE: _("College"), ask.SOCIAL: _("Social assessment organisation")}
    rules = {kind: ask.LEVELS_BY_BODY_KIND.get(place=place, day=on, kind=kind) for kind in kinds}
    divided = {kind: ask.MAY_SUBDIVIDE_LEVELS.get(place=place, day=on, kind=kind) for kind in kinds}
    cites = dict.fromkeys(cite for rule in (*rules.values(), *divided.values()) if rule for cite in rule.cites)
    titles = setting(TITLES, place=place, day=on).value
    rungs = tuple(
        Rung(
            level.value,
            str(level.label),
            {kind: bool(rule and level.value in rule.value) for kind, rule in rules.items()},
            titles.get(level.value, ""),
        )
        for level in reversed(Level)
        if any(rule and level.value in rule.value for rule in rules.values())
    )
    may_divide = tuple(kinds[kind] for kind, rule in divided.items() if rule and rule.value)
    return Ladder(rungs, kinds, tuple(cites), may_divide)
