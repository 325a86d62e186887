"""What stands against a specification, its filing, or an extra level: grounds of refusals with their articles."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.law import questions as ask
from gongjiang.law.places import place as place_of
from gongjiang.standards.basis import (
    Asker,
    access_type,
    asker_of,
    cites_of,
    displacement,
    level_grounds,
    may_use_specifications,
    not_allowed,
)
from gongjiang.standards.models import (
    FURTHER,
    AssessmentSpecification,
    BasisKind,
    EmployerLevel,
    Level,
    LevelPermit,
    NationalStandard,
    Occupation,
)
from gongjiang.standards.specs import OwnLevel, SpecificationText
from gongjiang.standards.states import SpecificationState as S

SHORTEST_SOURCE = 4
FIRST_EDITION = 1999
OFFICERS = ("provincial_officer", "system")


def require_manager(asked: str, actor: Actor, owner: Organisation | None) -> None:
    """Let only the manager of the owner's own organisation, or the platform, go on.

    :raises NotAllowed: anybody else.
    """
    own = owner is not None and actor.organisation_id == owner.pk and actor.has("body_manager")
    if not own and actor.kind != "system":
        way = _("Ask the manager of the organisation that owns it.")
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")])


def require_officer(asked: str, actor: Actor) -> None:
    """Let only a provincial officer or the platform go on.

    :raises NotAllowed: anybody else.
    """
    if not actor.has(*OFFICERS):
        way = _("Ask an officer of the province.")
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")])


def reason_missing(reason: str) -> list[Ground]:
    """Return the ground that an act which others must understand was given no reason."""
    if reason.strip():
        return []
    return [
        Ground(_("No reason is given."), _("Write the reason; those concerned will read it."), code="reason-missing")
    ]


def source_missing(source: str) -> list[Ground]:
    """Return the ground that nobody could tell where the data come from."""
    if len(source.strip()) >= SHORTEST_SOURCE:
        return []
    return [Ground(_("The source is missing."), _("Name the notice or decision that says so."), code="source")]


def against_edition(edition: int, year: int) -> list[Ground]:
    """Return the ground that no edition of the classification is of this year."""
    if FIRST_EDITION <= edition <= year:
        return []
    why = _("No edition of the classification is of %(year)s.") % {"year": edition}
    return [Ground(why, _("Write the year of the edition, as 2015."), code="edition")]


def against_owner(asker: Asker, on: date) -> list[Ground]:
    """Return why an organisation of this kind may not have a specification: neither draft one nor assess by one."""
    if not may_use_specifications(asker, on=on):
        return [not_allowed(asker, on=on)]
    rule = ask.SPECIFICATION_DRAFTED_BY.get(place=asker.place, day=on)
    filed_as = ask.FILED_AS.get(place=asker.place, day=on, kind=asker.kind)
    if rule is None or not {asker.kind, filed_as.value if filed_as else ""}.isdisjoint(rule.value):
        return []
    return [
        Ground(
            _("A body of this kind doesn't draft assessment specifications in %(place)s.") % {"place": asker.place},
            _("Assess by a national standard."),
            rule.cites,
            "specification-not-drafted",
        )
    ]


def against_text(
    asker: Asker, text: SpecificationText, on: date, own: NationalStandard | None = None
) -> Iterable[Ground]:
    """Yield what is wrong with a text: nothing to assess, a level not open, a national standard, a version twice."""
    if not text.title.strip() or not text.edition.strip():
        way = _("Write both; they tell this version from others.")
        yield Ground(_("Title or edition is missing."), way, code="title-missing")
    if not text.levels or not all(text.levels.values()):
        way = _("Name at least one level, and for each at least one part.")
        yield Ground(_("A level or its parts are missing."), way, code="levels-missing")
    yield from access_type(text.occupation, asker.place, on=on)
    for level in text.levels:
        yield from level_grounds(asker, text.occupation, level, on=on)
    draft = NationalStandard(
        kind=BasisKind.SPECIFICATION, occupation=text.occupation, job_types=text.job_types, in_force=text.in_force
    )
    yield from displacement(draft, asker.place, on=max(on, text.in_force))
    same = NationalStandard.objects.filter(
        kind=BasisKind.SPECIFICATION,
        owner=asker.organisation,
        occupation=text.occupation,
        title=text.title,
        edition=text.edition,
    )
    if own is not None:
        same = same.exclude(pk=own.pk)
    if same.exists():
        yield Ground(_("This version exists already."), _("Give the new one another edition."), code="version-twice")


def against_writing(specification: AssessmentSpecification) -> Iterable[Ground]:
    """Yield the ground that the text is out of its owner's hands."""
    if specification.state not in {S.DRAFT, S.RETURNED}:
        yield Ground(
            _("It stands at “%(state)s”.") % {"state": specification.get_state_display()},
            _("A draft or a returned specification can be written anew; for another version begin a new one."),
            code="wrong-state",
        )


def against_submission(specification: AssessmentSpecification, on: date) -> Iterable[Ground]:
    """Yield what lacks before the province is asked."""
    if specification.document_id is None:
        way = _("Upload the specification as PDF.")
        yield Ground(_("The specification's own text is missing."), way, code="document-missing")
    asker = asker_of(specification)
    yield from displacement(specification.standard, asker.place, on=max(on, specification.standard.in_force))


def against_filing(
    specification: AssessmentSpecification, number: str, filed_on: date, today: date
) -> Iterable[Ground]:
    """Yield why the ministry's filing can't be entered."""
    if not number:
        yield Ground(_("The filing number is missing."), _("Write it as the ministry gave it."), code="number-missing")
    taken = AssessmentSpecification.everything.filter(filing_number=number).exclude(pk=specification.pk)
    if number and taken.exists():
        way = _("Compare it with the ministry's notice.")
        yield Ground(_("Another specification bears this filing number."), way, code="number-taken")
    if filed_on > today or filed_on < specification.drafted_on:
        yield Ground(
            _("The filing can't be of %(day)s.") % {"day": filed_on},
            _("Write the day of the ministry's filing: after the draft, today at the latest."),
            code="filing-day",
        )
    place = place_of(specification.regime)
    yield from displacement(specification.standard, place, on=filed_on)


def against_added_level(asker: Asker, spec: OwnLevel, on: date) -> Iterable[Ground]:
    """Yield why an organisation may not add this level, or this step within a level (JL-2024-5§10)."""
    if spec.step.strip():
        rule = ask.MAY_SUBDIVIDE_LEVELS.get(place=asker.place, day=on, kind=asker.kind)
        if rule is None or not rule.value:
            known = ask.LEVELS_BY_BODY_KIND.get(place=asker.place, day=on, kind=asker.kind)
            why, way = _("Only employers divide a level into steps."), _("Assess at the level as a whole.")
            yield Ground(why, way, cites_of(rule or known), "level-not-divided")
    elif spec.level not in FURTHER:
        why, way = _("The level is one of the five."), _("Name a step within it, or choose a further level.")
        yield Ground(why, way, code="level-not-extra")
    yield from _against_parts(spec)
    yield from level_grounds(asker, spec.occupation, spec.level, on=on)
    if not spec.requirement.strip():
        way = _("Write who may apply and what is assessed.")
        yield Ground(_("No requirement is written."), way, code="requirement-missing")
    if spec.until is not None and spec.until <= spec.since:
        yield Ground(_("The days are out of order."), _("Let it end after it begins."), code="days-out-of-order")
    same = EmployerLevel.everything.filter(
        owner=asker.organisation, occupation=spec.occupation, level=spec.level, step=spec.step.strip()
    )
    if same.filter(Q(until__isnull=True) | Q(until__gt=spec.since)).exists():
        yield Ground(_("This level is there already."), _("End it before it begins anew."), code="level-twice")


def _against_parts(spec: OwnLevel) -> Iterable[Ground]:
    """Yield why the level can't be assessed as told: no part, a step with parts, a level below that isn't one."""
    further = spec.level in FURTHER and not spec.step.strip()
    if further and not spec.parts:
        why = _("It isn't said how the level is assessed.")
        yield Ground(why, _("Fill in at least one part: usually the panel review."), code="parts-missing")
    if spec.step.strip() and (spec.parts or spec.below):
        why = _("A step is assessed by the standard of its level.")
        yield Ground(why, _("Leave the parts and the level below empty."), code="step-with-parts")
    order = list(Level.values)
    if spec.below and order.index(spec.below) >= order.index(spec.level):
        why = _("“%(below)s” isn't below the level.") % {"below": Level(spec.below).label}
        yield Ground(why, _("Choose a lower level, or none."), code="level-not-below")
    if spec.below_months and not spec.below:
        why = _("Months are given, but no level that is to be held.")
        yield Ground(why, _("Choose the level below, or leave the months empty."), code="months-of-nothing")


def against_permit(asker: Asker, occupation: Occupation, level: str, since: date, reason: str) -> Iterable[Ground]:
    """Yield why the authority can't permit the level: no reason, not needed, or permitted already."""
    yield from reason_missing(reason)
    rule = ask.LEVELS_BY_BODY_KIND.get(place=asker.place, day=since, kind=asker.kind)
    if rule is not None and level in rule.value:
        way = _("No permission is needed.")
        yield Ground(_("The level is open to this kind of body anyhow."), way, rule.cites, "level-open-anyhow")
    permits = LevelPermit.everything.filter(owner=asker.organisation, occupation=occupation, level=level)
    if permits.filter(Q(until__isnull=True) | Q(until__gt=since)).exists():
        yield Ground(_("The level is permitted already."), _("End that permission first."), code="permit-twice")


def against_end(since: date, until: date | None, wanted: date) -> Iterable[Ground]:
    """Yield why an interval can't end on the day."""
    if until is not None:
        yield Ground(_("It ended on %(day)s.") % {"day": until}, _("Enter a new one if needed."), code="ended")
    if wanted <= since:
        why = _("It began on %(day)s.") % {"day": since}
        yield Ground(why, _("Choose a later day."), code="days-out-of-order")
