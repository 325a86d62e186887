"""Reads about bodies: whose they are, and whether one may assess an occupation at a level on a day."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models import AssessmentBody, ExamSite, FilingTerm, Suspension
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Question
from gongjiang.law.places import place
from gongjiang.standards.basis import Asker, level_grounds
from gongjiang.standards.models import FURTHER, Level, Occupation
from gongjiang.standards.queries import own_level, own_levels_of


def bodies_for(actor: Actor) -> QuerySet[AssessmentBody]:
    """Return the bodies in the actor's part of the tree."""
    return AssessmentBody.objects.for_actor(actor).select_related("organisation", "authority")


def body_for(actor: Actor, pk: int) -> AssessmentBody:
    """Return one body of the actor's.

    :raises AssessmentBody.DoesNotExist: also for a body that is another's.
    """
    return bodies_for(actor).get(pk=pk)


def own_body(actor: Actor) -> AssessmentBody | None:
    """Return the body that the actor works for, if it works for one."""
    if actor.organisation_id is None:
        return None
    return bodies_for(actor).filter(organisation_id=actor.organisation_id).first()


def sites_for(actor: Actor) -> QuerySet[ExamSite]:
    """Return the exam sites in the actor's part of the tree."""
    return ExamSite.objects.for_actor(actor).select_related("body")


def filed_cells(body: AssessmentBody, day: date) -> list[tuple[Occupation, str]]:
    """Return the occupations and levels of the body's scope on the day, once each, from the lowest level up."""
    cells = body.scope.filter(since__lte=day).filter(Q(until__isnull=True) | Q(until__gt=day))
    order = {value: n for n, value in enumerate(Level.values)}
    pairs = {(cell.occupation.code, cell.level): cell.occupation for cell in cells.select_related("occupation")}
    return [(pairs[key], key[1]) for key in sorted(pairs, key=lambda key: (key[0], order[key[1]]))]


def priced_cells(body: AssessmentBody, day: date) -> list[tuple[Occupation, str]]:
    """Return what the body may ask a fee for: its filed scope and the levels beyond the five in its own ladder."""
    cells = filed_cells(body, day)
    known = {(occupation.code, level) for occupation, level in cells}
    own = own_levels_of(body.organisation).filter(level__in=FURTHER)
    more = {(each.occupation.code, each.level): each.occupation for each in own}
    return [*cells, *((more[key], key[1]) for key in sorted(more) if key not in known)]


def ending_until(actor: Actor, today: date, day: date) -> QuerySet[AssessmentBody]:
    """Return the actor's bodies on file whose last term ends from today until the day, the soonest first."""
    found = bodies_for(actor).filter(filed_until__gt=today, filed_until__lt=day, terminated_on__isnull=True)
    return found.order_by("filed_until", "name")


def of_own_authority(actor: Actor) -> Q:
    """Return the condition on a record with a ``body`` that the actor's authority, or its centre's, selected it."""
    own = actor.organisation_id
    theirs = Organisation.objects.filter(Q(pk=own) | Q(children=own, children__kind="centre"))
    return Q(body__authority__in=theirs.values("pk"))  # a join would give a record once for each child


def answers_to(body: AssessmentBody, actor: Actor) -> bool:
    """Say whether the actor acts for the authority that selected the body, or for its centre (JL-2025-1§5)."""
    authority = body.authority
    if actor.organisation_id == authority.pk:
        return True
    return authority.children.filter(pk=actor.organisation_id or 0, kind="centre").exists()


def guest_sites(actor: Actor) -> QuerySet[ExamSite]:
    """Return the exam sites on the actor's ground whose body another authority filed (MOHRSS-2020-17§11)."""
    if not actor.place_code or not actor.path:
        return ExamSite.objects.for_actor(actor).none()
    here = ExamSite.objects.unscoped("who supervises the ground sees who examines on it")
    found = here.filter(division__startswith=actor.place_code, until__isnull=True)
    elsewhere = found.exclude(body__organisation__path__startswith=actor.path)
    return elsewhere.select_related("body__authority").order_by("body__name", "name")


# What standing() reads of a body; prefetch it where several bodies are shown.
STANDING = ("suspensions", "terms")


def on_file_on(day: date) -> Q:
    """Return the condition that a body is in a filing term on the day and its filing hasn't ended."""
    alive = Q(terminated_on__isnull=True) | Q(terminated_on__gt=day)
    return Q(pk__in=FilingTerm.objects.filter(since__lte=day, until__gt=day).values("body")) & alive


def term_on(body: AssessmentBody, day: date) -> FilingTerm | None:
    """Return the term that runs on the day, if there is one; reads what was prefetched."""
    return next((term for term in body.terms.all() if term.since <= day < term.until), None)


def is_own_employer(body: AssessmentBody, employer: str, on: date) -> bool:
    """Say whether the employer, by name or credit code, is the body itself or a subsidiary on its list that day."""
    return employer in own_employers(body, on)


def own_employers(body: AssessmentBody, on: date) -> frozenset[str]:
    """Return the names and credit codes under which a candidate counts as the body's own staff (JL-2025-1§6(6))."""
    listed = body.subsidiaries.filter(since__lte=on).filter(Q(until=None) | Q(until__gt=on))
    pairs = [(body.name, body.credit_code), *listed.values_list("name", "credit_code")]
    return frozenset(each for pair in pairs for each in pair)


def suspension_on(body: AssessmentBody, day: date) -> Suspension | None:
    """Return the suspension in force on the day, if there is one; reads what was prefetched."""
    in_force = (s for s in body.suspensions.all() if s.since <= day and (s.until is None or day < s.until))
    return next(in_force, None)


def standing_label(state: str) -> str:
    """Return a standing in the reader's language."""
    labels = {
        "filed": _("On file"),
        "suspended": _("Suspended"),
        "expired": _("Term over"),
        "winding_up": _("Winding up"),
        "terminated": _("Filing ended"),
    }
    return labels[state]


def standing(body: AssessmentBody, day: date) -> str:
    """Return how the body stands on the day.

    ``filed``, ``winding_up``, ``suspended``, ``expired`` (no term runs) or ``terminated``. Reads what was prefetched.
    """
    if body.terminated_on and body.terminated_on <= day:
        return "terminated"
    if term_on(body, day) is None:
        return "expired"
    if suspension_on(body, day):
        return "suspended"
    return "winding_up" if body.winding_up_since and body.winding_up_since <= day else "filed"


def may_assess(
    body: AssessmentBody,
    occupation: Occupation,
    level: str,
    *,
    on: date,
    site: ExamSite | None = None,
    begun_on: date | None = None,
) -> tuple[Ground, ...]:
    """Return why the body may not assess the occupation at the level on the day; nothing means that it may.

    Asked when it matters, on the day of the exam and again of the issue, so that an end of the filing stops all.
    What was begun (announced) on ``begun_on``, before the winding up, is carried through (JL-2025-1§13).
    """
    grounds = [*standing_grounds(body, on, begun_on=begun_on), *_level_grounds(body, occupation, level, on)]
    if not _in_scope(body, occupation, level, on, site) and not _beyond_scope(
        body, occupation, level, {on, begun_on or on}, on, site
    ):
        grounds.append(_scope_ground(body, occupation, level, on, site))
    return tuple(grounds)


def _in_scope(body: AssessmentBody, occupation: Occupation, level: str, on: date, site: ExamSite | None) -> bool:
    cells = body.scope.filter(occupation__code=occupation.code, level=level, since__lte=on)
    cells = cells.filter(Q(until__isnull=True) | Q(until__gt=on))
    return bool((cells.filter(site=site) if site else cells).exists())


def _beyond_scope(
    body: AssessmentBody, occupation: Occupation, level: str, days: set[date], on: date, site: ExamSite | None
) -> bool:
    """Say whether a level beyond the five belongs to the scope though no filing names it.

    Employers set such levels up themselves (用人单位可根据需要……设立特级技师、首席技师等: JL-2024-5§10, XZ-2024-2§8,
    MOHRSS-2020-17§9), so no filing of the level is asked for: it has to stand in the organisation's own ladder on one
    of the days (that of the exam, or of the announcement). For another kind of body the authority's permit opens the
    level; that is asked before. The articles name these levels after 高级技师, so by our reading the filing must reach
    that level in the occupation; an apprentice's level, below the five, asks for the occupation alone.
    """
    if level not in FURTHER or not any(own_level(body.organisation, occupation, level, on=day) for day in days):
        return False
    asked = list(ask.FIVE_LEVELS) if level == Level.APPRENTICE else [Level.LEVEL_1.value]
    return any(_in_scope(body, occupation, each, on, site) for each in asked)


def _scope_ground(body: AssessmentBody, occupation: Occupation, level: str, on: date, site: ExamSite | None) -> Ground:
    where = _(" at %(site)s") % {"site": site.name} if site else ""
    cite = ask.PLAN_WITHIN_SCOPE.get(place=place(body.regime), day=on)
    return Ground(
        why=_("%(occupation)s, %(level)s%(where)s is not in the body's filed scope on %(day)s.")
        % {"occupation": occupation.name, "level": Level(level).label, "where": where, "day": on},
        way_on=_("Choose an occupation and level of the filed scope, or apply for an amendment of the filing."),
        cites=cite.cites if cite else (),
        code="not-in-scope",
        url=reverse("directory-body", args=[body.code]),
    )


def _level_grounds(body: AssessmentBody, occupation: Occupation, level: str, on: date) -> list[Ground]:
    asker = Asker(body.organisation, body.kind, place(body.regime))
    return level_grounds(asker, occupation, level, on=on)


def standing_grounds(body: AssessmentBody, on: date, *, begun_on: date | None = None) -> list[Ground]:
    """Return why a body that stands as it does may not begin, or carry on, on the day; from its own place's law."""
    state = standing(body, on)
    grounds = []
    if state == "terminated":
        why = _("The filing ended on %(day)s.") % {"day": body.terminated_on}
        way = _("What was begun is wound up; nothing new begins.")
        grounds.append(Ground(why, way, _cites(ask.TERMINATED_BODY_KEEPS_DUTIES, body, on), state))
    if state == "expired":
        why = _("The filing runs from %(since)s and ends with %(until)s; %(day)s lies outside.")
        why %= {"since": body.filed_on, "until": body.filed_until, "day": on}
        way = _("Choose an exam day within the term, or renew the filing first.")
        grounds.append(Ground(why, way, _cites(ask.FILING_TERM_YEARS, body, on), state))
    if state == "suspended":
        why = _("The body is suspended on %(day)s.") % {"day": on}
        way = _("Wait until the suspension is lifted; ask the authority that filed the body.")
        grounds.append(Ground(why, way, _cites(ask.SUPERVISED_BY_SELECTING_AUTHORITY, body, on), state))
    winding = body.winding_up_since
    if state in {"suspended", "winding_up"} and winding and winding <= on and not (begun_on and begun_on < winding):
        why = _("The body is winding up since %(day)s: nothing new begins.") % {"day": winding}
        way = _("What was announced before is carried through; for more, a new filing is applied for.")
        grounds.append(Ground(why, way, _cites(ask.UNSERVED_FEES_REFUNDED, body, on), "winding-up"))
    return grounds


def _cites(question: Question[Any], body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    provision = question.get(place=place(body.regime), day=day)
    return provision.cites if provision else ()
