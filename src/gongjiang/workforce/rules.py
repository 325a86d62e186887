"""Who may be appointed to what, and for how long, each as grounds of a refusal with its article."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.codes import normalise, parse_identity
from gongjiang.law.model import Citation, Place, Provision
from gongjiang.law.places import CHINA, PLACES
from gongjiang.law.places import place as place_of
from gongjiang.standards.models import Level, Occupation
from gongjiang.workforce.models import HIGH_LEVELS, Rank, StaffRole

ASSESSOR, INTERNAL_SUPERVISOR = StaffRole.ASSESSOR.value, StaffRole.INTERNAL_SUPERVISOR.value
EXTERNAL_SUPERVISOR = StaffRole.EXTERNAL_SUPERVISOR.value
LEVELS = tuple(each.value for each in Level)
"""Lowest to highest."""


@dataclass(frozen=True, slots=True)
class AppointmentSpec:
    """One appointment of one person as a body states it. ``until`` is the first day after the term; None as by law.

    ``identity`` never appears in a message. ``certificate`` is the number of the training certificate: one given on
    the platform is found by it; of an earlier one, number and day of the examination (``examined_on``) are kept as
    stated. ``source`` says whose record an earlier appointment is taken from; empty, it is the body's own statement.
    """

    name: str
    identity: str
    role: str
    since: date
    until: date | None = None
    occupation: Occupation | None = None
    highest_level: str = ""
    employer: str = ""
    is_regular: bool = False
    usual_room: str = ""
    rank: str = ""
    certificate: str = ""
    examined_on: date | None = None
    source: str = ""


def governing(home: Organisation) -> Place:
    """Return the place whose law holds for an organisation's list: a body's own regime, else the nearest place that
    has rules of its own."""
    body = getattr(home, "body", None)
    return place_of(body.regime) if body is not None else nearest_place(home.place_code)


def nearest_place(code: str) -> Place:
    """Return the place of a division, or the nearest above it: a county's city, its province, the country."""
    found = next((part for part in (code, code[:4], code[:2]) if part in PLACES), CHINA.code)
    return place_of(found)


def term_of(role: str, place: Place, since: date) -> Provision[int] | None:
    """Return the law's term in years of an appointment that begins on the day, where the law gives the role one."""
    if role == ASSESSOR:
        return ask.ASSESSOR_TERM_YEARS.get(place=place, day=since)
    if role == INTERNAL_SUPERVISOR:
        return ask.INTERNAL_SUPERVISOR_TERM_YEARS.get(place=place, day=since)
    return None


def steps_of(role: str, place: Place, since: date) -> Provision[tuple[str, ...]] | None:
    """Return the steps that the law asks for before somebody is appointed to the role (JL-2024-5§38, §44)."""
    if role == ASSESSOR:
        return ask.ASSESSOR_STEPS.get(place=place, day=since)
    if role == INTERNAL_SUPERVISOR:
        return ask.INTERNAL_SUPERVISOR_STEPS.get(place=place, day=since)
    return None


def end_of_term(role: str, place: Place, since: date) -> date | None:
    """Return the first day after the law's term, or None where the law gives the role no term."""
    rule = term_of(role, place, since)
    return years_later(since, rule.value) if rule else None


def years_later(day: date, years: int) -> date:
    """Return the same day so many years on; 29 February becomes 1 March where there's none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def rank_for(role: str, highest_level: str, stated: str = "") -> str:
    """Return an assessor's rank: as stated, else the lowest that covers the level. Other roles have none."""
    if role != ASSESSOR or not highest_level:
        return ""
    return stated or (Rank.SENIOR.value if highest_level in HIGH_LEVELS else Rank.ASSESSOR.value)


def covers(highest: str, level: str) -> bool:
    """Say whether levels up to ``highest`` include the level."""
    return highest in LEVELS and level in LEVELS and LEVELS.index(level) <= LEVELS.index(highest)


def wrong_with(spec: AppointmentSpec, place: Place, today: date) -> list[Ground]:
    """Return every reason that a single appointment shows by itself (JL-2024-5§37, §38, §40, §44)."""
    return [
        *_wrong_person(spec, today),
        *_wrong_role(spec),
        *_wrong_term(spec, place, today),
        *(_wrong_assessor(spec, place) if spec.role == ASSESSOR else ()),
        *(_wrong_supervisor(spec, place) if spec.role == INTERNAL_SUPERVISOR else ()),
    ]


def _wrong_person(spec: AppointmentSpec, today: date) -> list[Ground]:
    grounds = []
    if not spec.name.strip():
        grounds.append(Ground(_("The name is missing."), _("Write it as on the document."), code="name"))
    identity = parse_identity(spec.identity, today=today)
    if not identity.valid:
        why = "; ".join(reason.text(_language()) for reason in identity.reasons)
        grounds.append(Ground(why, _("Compare it with the document."), code="identity"))
    return grounds


def _wrong_role(spec: AppointmentSpec) -> list[Ground]:
    if spec.role in StaffRole.values:
        return []
    way = _("Choose one of: %(words)s.") % {"words": ", ".join(map(str, StaffRole.labels))}
    return [Ground(_("There's no such role."), way, code="role")]


def _wrong_term(spec: AppointmentSpec, place: Place, today: date) -> list[Ground]:
    if spec.until is None:
        return _term_missing(spec, place, today)
    if spec.until <= spec.since:
        why = _("The term would end before it begins.")
        return [Ground(why, _("Check both days."), code="term-order")]
    rule = term_of(spec.role, place, spec.since)
    longest = years_later(spec.since, rule.value) if rule else None
    if rule and longest and spec.until > longest:
        why = _("An appointment holds for %(years)s years, so until %(day)s.") % {"years": rule.value, "day": longest}
        return [Ground(why, _("Leave the end empty, or write that day."), rule.cites, "term-too-long")]
    return []


def _term_missing(spec: AppointmentSpec, place: Place, today: date) -> list[Ground]:
    """An appointment from before the rule has the term that it states; none by law could be filled in."""
    now = term_of(spec.role, place, today)
    if now is None or term_of(spec.role, place, spec.since) is not None or spec.since > today:
        return []
    why = _("The rule that gives terms came later than this appointment.")
    return [Ground(why, _("Write the end that its letter states."), now.cites, "term-missing")]


def _wrong_assessor(spec: AppointmentSpec, place: Place) -> list[Ground]:
    rule = ask.ASSESSOR_WITHIN_SCOPE.get(place=place, day=spec.since)
    if spec.occupation is None or not spec.highest_level:
        why = _("An assessor is appointed for an occupation and its levels.")
        way = _("Write the occupation's code and the levels, such as 5-3.")
        return [Ground(why, way, rule.cites if rule else (), "assessor-scope")]
    if spec.rank == Rank.ASSESSOR and spec.highest_level in HIGH_LEVELS:
        why = _("Levels 2 and 1 are for senior assessors.")
        return [Ground(why, _("Write level 3 at most, or the senior rank."), code="rank")]
    return []


def _wrong_supervisor(spec: AppointmentSpec, place: Place) -> list[Ground]:
    rule = ask.INTERNAL_SUPERVISOR_REGULAR_STAFF.get(place=place, day=spec.since)
    if spec.is_regular or not (rule and rule.value):
        return []
    why = _("An internal quality supervisor is of the body's regular staff; this person isn't.")
    return [Ground(why, _("Appoint one of the regular staff."), rule.cites, "not-regular")]


def cites_for(role: str, place: Place, since: date) -> tuple[Citation, ...]:
    """Return the articles on which the term of an appointment rests."""
    rule = term_of(role, place, since)
    return rule.cites if rule else ()


def overlapping(role: str, since: date, until: date | None, others: Iterable[tuple[date, date | None]]) -> list[Ground]:
    """Return the ground that a term would overlap one of the others: of a role and occupation only one runs.

    The same term again isn't one: it changes nothing.
    """
    for begins, ends in others:
        if begins != since and (ends is None or since < ends) and (until is None or begins < until):
            told = {"role": StaffRole(role).label, "since": begins, "until": ends or "—"}
            why = _("%(role)s: a term already runs from %(since)s to %(until)s.") % told
            way = _("Begin where that term ends, or end it first.")
            return [Ground(why, way, code="term-overlap")]
    return []


def index_of(identity: str) -> str:
    """Return the blind index under which a person's number is found."""
    return blind_index(normalise(identity).text)


def _language() -> Literal["zh", "en"]:
    return "zh" if (get_language() or "zh").startswith("zh") else "en"
