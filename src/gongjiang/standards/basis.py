"""By what an organisation may assess an occupation on a day, and if by nothing, why not: with the articles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.eligibility import clause_set, level_key
from gongjiang.law.model import Citation, Place, Provision
from gongjiang.law.places import place as place_of
from gongjiang.standards.models import (
    FURTHER,
    AssessmentSpecification,
    BasisKind,
    EmployerLevel,
    Level,
    NationalStandard,
    Occupation,
)
from gongjiang.standards.queries import (
    access_qualification,
    displaced_by,
    level_permit,
    own_level,
    specifications_in_force,
    standard_for,
)


@dataclass(frozen=True, slots=True)
class Asker:
    """Who would assess: the organisation, its kind (employer, college, social) and the place whose law governs it."""

    organisation: Organisation
    kind: str
    place: Place


def asker_of(specification: AssessmentSpecification) -> Asker:
    """Return the owner of a specification as it stood when it drafted it."""
    owner = specification.standard.owner
    assert owner is not None  # a constraint of the database
    return Asker(owner, specification.body_kind, place_of(specification.regime))


def basis_for(
    asker: Asker, occupation: Occupation, level: str, *, on: date, job_type: str = ""
) -> NationalStandard | None:
    """Return what the asker assesses by on the day: a national standard, else its own filed specification.

    A level beyond the five is assessed by the text of the asker's own ladder and by nothing else (JL-2024-5§10).
    """
    if level in FURTHER:
        own = own_level(asker.organisation, occupation, level, on=on)
        return own.standard if own else None
    owner = asker.organisation if may_use_specifications(asker, on=on) else None
    return standard_for(occupation, level, on=on, job_type=job_type, owner=owner)


def may_use_specifications(asker: Asker, *, on: date) -> bool:
    """Say whether the asker's kind may assess by a specification at all (JL-2025-1§3: not social organisations)."""
    rule = ask.STANDARDS_ALLOWED.get(place=asker.place, day=on, kind=asker.kind)
    return rule is not None and BasisKind.SPECIFICATION in rule.value


def grounds_against(asker: Asker, occupation: Occupation, level: str, *, on: date, job_type: str = "") -> list[Ground]:
    """Return why nothing is there to assess by on the day; nothing means that there is."""
    if level in FURTHER:
        return _against_further(asker, occupation, level, on)
    found = basis_for(asker, occupation, level, on=on, job_type=job_type)
    if found is not None:
        return _no_clauses(found, level)
    own = specifications_in_force(asker.organisation, occupation, level, on=on).first()
    if own is not None and not may_use_specifications(asker, on=on):
        return [not_allowed(asker, on=on)]
    if own is not None:
        return list(displacement(own, asker.place, on=on))
    unfiled = NationalStandard.objects.filter(
        kind=BasisKind.SPECIFICATION, owner=asker.organisation, occupation=occupation, levels__level=level
    ).exclude(specification__state="withdrawn")
    if unfiled.exists():
        return [_not_filed(asker, on)]
    return [_nothing(asker, occupation, level, on)]


def displacement(specification: NationalStandard, place: Place, *, on: date) -> Iterable[Ground]:
    """Yield the ground that a national standard took the specification's place by the day (MOHRSS-2020-17§17)."""
    standard = displaced_by(specification, on=on)
    if standard is None:
        return
    rule = ask.SPECIFICATION_ONLY_WITHOUT_NATIONAL.get(place=place, day=on)
    yield Ground(
        _("The national standard “%(standard)s” is in force since %(since)s; the specification gives way to it.")
        % {"standard": standard, "since": standard.in_force},
        _("Assess by the national standard; batches announced before keep the specification."),
        cites_of(rule),
        "specification-displaced",
    )


def against_use(standard: NationalStandard, place: Place, *, on: date) -> list[Ground]:
    """Return why a standard already chosen may not be used on the day: a specification gave way to a national one."""
    if standard.kind != BasisKind.SPECIFICATION:
        return []
    if standard.until is not None and standard.until <= on:
        rule = ask.SPECIFICATION_FILED_FIRST.get(place=place, day=on)
        why = _("The specification was withdrawn; it is in force until %(day)s.") % {"day": standard.until}
        return [Ground(why, _("Plan the batch by another standard."), cites_of(rule), "specification-ended")]
    return list(displacement(standard, place, on=on))


def not_allowed(asker: Asker, *, on: date) -> Ground:
    """Return the ground that the asker's kind assesses by national standards only."""
    rule = ask.STANDARDS_ALLOWED.get(place=asker.place, day=on, kind=asker.kind)
    return Ground(
        _("A body of this kind assesses by national standards only in %(place)s.") % {"place": asker.place},
        _("Choose an occupation with a national standard in force."),
        cites_of(rule),
        "specification-not-allowed",
    )


def access_type(occupation: Occupation, place: Place, *, on: date) -> list[Ground]:
    """Return the ground that the occupation is of the access type on the day and isn't certified by level."""
    qualification = access_qualification(occupation, on=on)
    if qualification is None:
        return []
    rule = ask.OCCUPATION_TYPE.get(place=place, day=on, kind=ask.LEVEL)
    return [
        Ground(
            _("%(occupation)s is of the access type (%(title)s) and isn't certified by level.")
            % {"occupation": occupation.name, "title": qualification.title},
            _("It is examined as an occupational qualification by: %(issuer)s.") % {"issuer": qualification.issuer},
            cites_of(rule),
            "access-type",
        )
    ]


def level_grounds(asker: Asker, occupation: Occupation, level: str, *, on: date) -> list[Ground]:
    """Return why the asker's kind may not assess at the level: not open to it, and not permitted by the authority."""
    rule = ask.LEVELS_BY_BODY_KIND.get(place=asker.place, day=on, kind=asker.kind)
    if rule is None or level in rule.value or level_permit(asker.organisation, occupation, level, on=on):
        return []
    return [
        Ground(
            _("A body of this kind doesn't assess at the level “%(level)s”.") % {"level": Level(level).label},
            _("Levels open to it: %(levels)s. The authority may permit another one, giving its reason.")
            % {"levels": "、".join(str(Level(each).label) for each in rule.value)},
            rule.cites,
            "level-not-open",
        )
    ]


def _not_filed(asker: Asker, on: date) -> Ground:
    rule = ask.SPECIFICATION_FILED_FIRST.get(place=asker.place, day=on)
    return Ground(
        _("The specification isn't filed, or not yet in force, on %(day)s.") % {"day": on},
        _("Wait for its filing with the ministry, then choose a day from its entry into force on."),
        cites_of(rule),
        "specification-not-filed",
    )


def against_step(asker: Asker, step: EmployerLevel, occupation: Occupation, level: str, *, on: date) -> list[Ground]:
    """Return why the asker can't assess at the step on the day: another's, of another level, or not in force."""
    same = (asker.organisation.pk, occupation.code, level) == (step.owner_id, step.occupation.code, step.level)
    if same and step.since <= on and (step.until is None or on < step.until):
        return []
    why = _("“%(step)s” doesn't stand in the organisation's own ladder on %(day)s.") % {"step": step.label, "day": on}
    return [Ground(why, _("Choose a step in force, or the level as a whole."), code="step-not-in-force")]


def _against_further(asker: Asker, occupation: Occupation, level: str, on: date) -> list[Ground]:
    """Return why a level beyond the five can't be assessed: not open to the kind, or not told in its own ladder."""
    own = own_level(asker.organisation, occupation, level, on=on)
    grounds = level_grounds(asker, occupation, level, on=on)
    if grounds or (own is not None and own.standard is not None):
        return grounds
    rule = ask.LEVELS_BY_BODY_KIND.get(place=asker.place, day=on, kind=asker.kind)
    told = {"level": Level(level).label, "occupation": occupation.name, "day": on}
    if own is None:
        why = _("“%(level)s” of %(occupation)s doesn't stand in the organisation's own ladder on %(day)s.") % told
        way = _("Have the manager add the level first, with its requirement and parts; then a batch can be planned.")
        return [Ground(why, way, cites_of(rule), "level-not-added", reverse("level-ladder"))]
    why = _("It isn't said how “%(level)s” is assessed.") % told
    way = _("End the level and add it anew with its parts.")
    return [Ground(why, way, cites_of(rule), "parts-missing", reverse("level-ladder"))]


def _no_clauses(standard: NationalStandard, level: str) -> list[Ground]:
    if clause_set(standard.clause_set).at_level(level_key(level)):
        return []
    return [
        Ground(
            _("“%(standard)s” says of the level “%(level)s” nothing that eligibility could be reviewed by.")
            % {"standard": standard, "level": Level(level).label},
            _("Choose one of the five levels; further levels are entered in the organisation's own ladder."),
            code="no-clauses",
        )
    ]


def _nothing(asker: Asker, occupation: Occupation, level: str, on: date) -> Ground:
    rule = ask.STANDARDS_ALLOWED.get(place=asker.place, day=on, kind=asker.kind)
    way = _("Choose an occupation and level with a standard in force.")
    if may_use_specifications(asker, on=on):
        way += _(" Where no national standard exists, an assessment specification can be filed.")
    return Ground(
        _("No national standard in force on %(day)s speaks of %(occupation)s, %(level)s.")
        % {"day": on, "occupation": occupation.name, "level": Level(level).label},
        way,
        cites_of(rule),
        "no-standard",
    )


def cites_of(rule: Provision[Any] | None) -> tuple[Citation, ...]:
    """Return the articles of a rule, none where the law is silent."""
    return rule.cites if rule else ()
