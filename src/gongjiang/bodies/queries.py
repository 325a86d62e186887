"""Reads about bodies: whose they are, and whether one may assess an occupation at a level on a day."""

from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, ExamSite, ScopeItem, Suspension
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place
from gongjiang.standards.models import Level, Occupation


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


def directory(
    *, text: str = "", division: str = "", occupation: str = "", level: str = "", kind: str = ""
) -> QuerySet[AssessmentBody]:
    """Return the public directory (MOHRSS-2020-17§15): every body ever filed, narrowed by what is asked."""
    found = AssessmentBody.objects.unscoped("the directory is public").select_related("authority")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__startswith=text.upper()) | Q(address__icontains=text))
    if division:
        found = found.filter(place_code__startswith=division)
    if kind:
        found = found.filter(kind=kind)
    scope = ScopeItem.objects.unscoped("the directory is public")
    if occupation:
        scope = scope.filter(Q(occupation__code=occupation) | Q(occupation__name__icontains=occupation))
    if level:
        scope = scope.filter(level=level)
    if occupation or level:
        found = found.filter(pk__in=scope.values("body"))
    return found.order_by("name")


def directory_entry(code: str) -> AssessmentBody:
    """Return a body of the public directory by its 13-character code, with sites, scope and suspensions."""
    scope = ScopeItem.objects.unscoped("the directory is public").select_related("occupation", "site")
    body: AssessmentBody = (
        AssessmentBody.objects.unscoped("the directory is public")
        .select_related("authority")
        .prefetch_related(Prefetch("scope", scope.order_by("occupation__code", "level")), "suspensions")
        .get(code=code)
    )
    return body


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
        "terminated": _("Filing ended"),
    }
    return labels[state]


def counts_by_division(bodies: QuerySet[AssessmentBody]) -> dict[str, int]:
    """Return how many bodies stand in each division."""
    pairs = bodies.order_by("place_code").values_list("place_code").annotate(n=Count("pk"))
    return dict(pairs)


def standing(body: AssessmentBody, day: date) -> str:
    """Return how the body stands on the day: ``filed``, ``suspended``, ``expired`` or ``terminated``."""
    if body.terminated_on and body.terminated_on <= day:
        return "terminated"
    if not body.filed_on <= day < body.filed_until:
        return "expired"
    return "suspended" if suspension_on(body, day) else "filed"


def may_assess(
    body: AssessmentBody, occupation: Occupation, level: str, *, on: date, site: ExamSite | None = None
) -> tuple[Ground, ...]:
    """Return why the body may not assess the occupation at the level on the day; nothing means that it may.

    Asked when it matters, on the day of the exam and again of the issue, so that an end of the filing stops all.
    """
    grounds = [*_standing_grounds(body, on), *_level_grounds(body, level, on)]
    if not _in_scope(body, occupation, level, on, site):
        grounds.append(_scope_ground(body, occupation, level, on, site))
    return tuple(grounds)


def _in_scope(body: AssessmentBody, occupation: Occupation, level: str, on: date, site: ExamSite | None) -> bool:
    cells = body.scope.filter(occupation__code=occupation.code, level=level, since__lte=on)
    cells = cells.filter(Q(until__isnull=True) | Q(until__gt=on))
    return bool((cells.filter(site=site) if site else cells).exists())


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


def _level_grounds(body: AssessmentBody, level: str, on: date) -> list[Ground]:
    open_levels = ask.LEVELS_BY_BODY_KIND.get(place=place(body.regime), day=on, kind=body.kind)
    if open_levels is None or level in open_levels.value:
        return []
    return [
        Ground(
            why=_("%(kind)s doesn't assess at %(level)s.")
            % {"kind": body.get_kind_display(), "level": Level(level).label},
            way_on=_("Open levels: %(levels)s.")
            % {"levels": ", ".join(str(Level(v).label) for v in open_levels.value)},
            cites=open_levels.cites,
            code="level-not-open",
        )
    ]


def _standing_grounds(body: AssessmentBody, on: date) -> list[Ground]:
    state = standing(body, on)
    governing = place(body.regime)
    term_rule = ask.FILING_TERM_YEARS.get(place=governing, day=on)
    ended_rule = ask.TERMINATED_BODY_KEEPS_DUTIES.get(place=governing, day=on)
    words = {
        "terminated": (
            _("The filing ended on %(day)s.") % {"day": body.terminated_on},
            _("What was begun is wound up; nothing new begins."),
            ended_rule.cites if ended_rule else (),
        ),
        "expired": (
            _("The filing runs from %(since)s and ends with %(until)s; %(day)s lies outside.")
            % {"since": body.filed_on, "until": body.filed_until, "day": on},
            _("Choose an exam day within the term, or renew the filing first."),
            term_rule.cites if term_rule else (),
        ),
        "suspended": (
            _("The body is suspended on %(day)s.") % {"day": on},
            _("Wait until the suspension is lifted; ask the authority that filed the body."),
            _supervision_cites(body, on),
        ),
    }
    if state == "filed":
        return []
    why, way_on, cites = words[state]
    return [Ground(why=why, way_on=way_on, cites=cites, code=state)]


def _supervision_cites(body: AssessmentBody, on: date) -> tuple[Citation, ...]:
    provision = ask.SUPERVISED_BY_SELECTING_AUTHORITY.get(place=place(body.regime), day=on)
    return provision.cites if provision else ()
