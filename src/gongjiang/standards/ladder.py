"""The ladder of levels: what the law opens to each kind of body, and the professional title that a level matches."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.standards.models import Level

# How skill levels and titles of engineering are usually taken to correspond; MOHRSS-2020-17§5 asks for the link, its
# table isn't among the documents at hand.
TITLES = {
    Level.LEVEL_3: "助理级（初级职称）",
    Level.LEVEL_2: "中级职称",
    Level.LEVEL_1: "副高级职称",
    Level.MASTER: "正高级职称",
}


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
    rungs = tuple(
        Rung(
            level.value,
            str(level.label),
            {kind: bool(rule and level.value in rule.value) for kind, rule in rules.items()},
            TITLES.get(level, ""),
        )
        for level in reversed(Level)
        if any(rule and level.value in rule.value for rule in rules.values())
    )
    may_divide = tuple(kinds[kind] for kind, rule in divided.items() if rule and rule.value)
    return Ladder(rungs, kinds, tuple(cites), may_divide)
