"""The public directory: who is on file, under what decisions, and how each stands (MOHRSS-2020-17§15, §22)."""

from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from gongjiang.bodies.models import AssessmentBody, Decision, ExamSite, ScopeItem, Suspension
from gongjiang.bodies.queries import STANDING, on_file_on
from gongjiang.standards.models import Occupation

PUBLIC = "the directory is public"


def directory(
    *,
    text: str = "",
    division: str = "",
    occupation: str = "",
    level: str = "",
    kind: str = "",
    standing: str = "",
    on: date | None = None,
) -> QuerySet[AssessmentBody]:
    """Return every body ever filed, narrowed by what is asked; ``standing`` is as of the day ``on``.

    A division finds the bodies that are registered there and those with a site there. An occupation and level are
    looked for in one cell of the scope that is in force on the day.
    """
    found = AssessmentBody.objects.unscoped(PUBLIC).select_related("authority")
    if text:
        found = found.filter(Q(name__icontains=text) | Q(code__startswith=text.upper()) | Q(address__icontains=text))
    if division:
        sites = ExamSite.objects.unscoped(PUBLIC).filter(division__startswith=division, until__isnull=True)
        found = found.filter(Q(place_code__startswith=division) | Q(pk__in=sites.values("body")))
    if kind:
        found = found.filter(kind=kind)
    if occupation or level:
        found = found.filter(pk__in=_cells(occupation, level, on).values("body"))
    if standing and on:
        found = found.filter(standing_is(standing, on))
    return found.order_by("name", "pk")


def standing_is(standing: str, day: date) -> Q:
    """Return the condition that bodies stand so on the day; the same as ``queries.standing`` says one by one."""
    ended = Q(terminated_on__isnull=False, terminated_on__lte=day)
    if standing == "terminated":
        return ended
    on_file = on_file_on(day)
    if standing == "expired":
        return ~ended & ~on_file
    open_end = Q(until__isnull=True) | Q(until__gt=day)
    suspended = Q(Exists(Suspension.objects.filter(open_end, body=OuterRef("pk"), since__lte=day)))
    if standing == "suspended":
        return on_file & suspended
    winding = Q(winding_up_since__isnull=False, winding_up_since__lte=day)
    return on_file & ~suspended & (winding if standing == "winding_up" else ~winding)


def directory_entry(code: str) -> AssessmentBody:
    """Return a body of the public directory by its 13-character code, with what its page reads.

    :raises AssessmentBody.DoesNotExist: no body has the code.
    """
    scope = ScopeItem.objects.unscoped(PUBLIC).select_related("occupation", "site")
    sites = ExamSite.objects.unscoped(PUBLIC)
    body: AssessmentBody = (
        AssessmentBody.objects.unscoped(PUBLIC)
        .select_related("authority", "duties_with")
        .prefetch_related(
            Prefetch("scope", scope.order_by("occupation__code", "level")), Prefetch("sites", sites), *STANDING
        )
        .get(code=code)
    )
    return body


def decisions() -> QuerySet[Decision]:
    """Return every decision with what tells how it stands, newest first."""
    return Decision.objects.select_related("body", "document", "notice", "replaced_by", "replaces").prefetch_related(
        "notice__objections"
    )


def decision_standing(decision: Decision, day: date) -> str:
    """Return how a decision stands on the day: ``replaced``, ``objection``, ``coming``, ``ended`` or ``in_force``."""
    if hasattr(decision, "replaced_by"):
        return "replaced"
    notice = decision.notice
    if notice and any(objection.replied_at is None for objection in notice.objections.all()):
        return "objection"
    if decision.since > day:
        return "coming"
    return "ended" if decision.until and decision.until <= day else "in_force"


def counts_by_division(bodies: QuerySet[AssessmentBody]) -> dict[str, int]:
    """Return how many bodies stand in each division."""
    pairs = bodies.order_by("place_code").values_list("place_code").annotate(n=Count("pk"))
    return dict(pairs)


def _cells(occupation: str, level: str, on: date | None) -> QuerySet[ScopeItem]:
    cells = ScopeItem.objects.unscoped(PUBLIC)
    if on:
        cells = cells.filter(Q(until__isnull=True) | Q(until__gt=on), since__lte=on)
    if occupation:
        cells = cells.filter(occupation__in=_occupations(occupation).values("pk"))
    if level:
        cells = cells.filter(level=level)
    return cells


def _occupations(text: str) -> QuerySet[Occupation]:
    """Return the occupations of a code, or of a name or alias in which the text stands, apart from the cells, so that
    those are then looked up by their index."""
    named = Q(code=text) | Q(name__icontains=text) | Q(aliases__name__icontains=text)
    return Occupation.objects.filter(named).order_by()
