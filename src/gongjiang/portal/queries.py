"""Reads of the home pages of staff: batches under way, the area's standing, one's own duties."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import STANDING, bodies_for, on_file_on
from gongjiang.kernel import calendars
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import STEP_STATES, batches_for
from gongjiang.planning.states import BatchState
from gongjiang.reports.models import ReportPackage
from gongjiang.reports.queries import due_of
from gongjiang.results.queries import objections_for
from gongjiang.sittings.models import Duty, Sitting
from gongjiang.sittings.queries import sittings_for

OVER = (BatchState.REPORTED, BatchState.CANCELLED)
ENDING_SOON = timedelta(days=180)
EXAMS_AHEAD = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class UnderWay:
    """A batch under way with the day that matters next: what it is by name, the day, whether it is past."""

    batch: Batch
    what: str
    day: date | None
    late: bool = False


@dataclass(frozen=True, slots=True)
class AreaFigures:
    """How an authority's area stands today."""

    bodies: int
    on_file: int
    batches: int
    on_notice: int
    reports_overdue: int
    objections_overdue: int


def under_way(actor: Actor) -> QuerySet[Batch]:
    """Return the actor's batches between plan and report, the one nearest its end first."""
    found = batches_for(actor).exclude(state__in=OVER)
    return found.prefetch_related("lines__occupation").order_by("exam_from", "pk")


def next_days(batches: Iterable[Batch], today: date) -> list[UnderWay]:
    """Return for each batch the day that matters next, in two queries more however many batches there are."""
    found = list(batches)
    last_days, due = _notice_days(found), _report_days(found)
    return [_next_day(batch, today, last_days, due) for batch in found]


def _next_day(batch: Batch, today: date, last_days: dict[str, date], due: dict[int, date]) -> UnderWay:
    state = batch.state
    if state in (BatchState.DRAFT, BatchState.AWAITING_OPENING, BatchState.APPROVED):
        return UnderWay(batch, "enrolment_from", batch.enrolment_from, batch.enrolment_from < today)
    if state == BatchState.ANNOUNCED:
        return UnderWay(batch, "enrolment_until", batch.enrolment_until)
    if state in (BatchState.REVIEW, BatchState.READY, BatchState.ARRANGED, BatchState.EXAM):
        return UnderWay(batch, "exam", batch.exam_from, batch.exam_until < today)
    if state == BatchState.ON_NOTICE:
        return UnderWay(batch, "notice", last_days.get(str(batch.pk)))
    if state == BatchState.ISSUED:
        day = due.get(batch.pk)
        return UnderWay(batch, "report", day, day is not None and day < today)
    return UnderWay(batch, "examined", batch.examined_on or batch.exam_until)


def _notice_days(batches: list[Batch]) -> dict[str, date]:
    keys = [str(batch.pk) for batch in batches]
    rows = PublicNotice.objects.filter(subject_kind="planning.batch", subject_id__in=keys, withdrawn_on=None)
    return dict(rows.order_by("posted_on").values_list("subject_id", "last_day"))


def _report_days(batches: list[Batch]) -> dict[int, date]:
    """Return the last day to report, of the package if there is one, else counted from the issue (JL-2024-5§28)."""
    issued = [batch for batch in batches if batch.state == BatchState.ISSUED and batch.issued_on]
    packages = ReportPackage.everything.filter(batch__in=issued, due_provisional=False).order_by("prepared_at")
    due = {pk: day for pk, day in packages.values_list("batch_id", "due_on") if day is not None}
    calendar = calendars.current()
    counted = ((batch.pk, due_of(batch, calendar)) for batch in issued if batch.pk not in due)
    return due | {pk: term.last_day for pk, term in counted if term is not None and not term.provisional}


def reports_overdue(actor: Actor, today: date) -> list[tuple[Batch, date]]:
    """Return the actor's issued batches that were due for report before today, the longest overdue first."""
    issued = list(batches_for(actor).filter(state=BatchState.ISSUED).prefetch_related("lines__occupation"))
    due = _report_days(issued)
    late = [(batch, day) for batch in issued if (day := due.get(batch.pk)) is not None and day < today]
    return sorted(late, key=lambda pair: (pair[1], pair[0].pk))


def objections_overdue(actor: Actor, today: date) -> QuerySet[Objection]:
    """Return the objections in the actor's area that weren't answered in time, the longest overdue first."""
    late = objections_for(actor).filter(replied_at=None, reply_provisional=False, reply_last_day__lt=today)
    return late.order_by("reply_last_day", "pk")


def area_figures(actor: Actor, today: date, *, reports: int, objections: int) -> AreaFigures:
    """Return the figures of the actor's area; what is overdue was counted by the caller."""
    bodies = bodies_for(actor).aggregate(n=Count("pk"), on_file=Count("pk", filter=on_file_on(today)))
    batches = batches_for(actor).aggregate(
        n=Count("pk", filter=~Q(state__in=OVER)), notice=Count("pk", filter=Q(state=BatchState.ON_NOTICE))
    )
    return AreaFigures(bodies["n"], bodies["on_file"], batches["n"], batches["notice"], reports, objections)


def ending_soon(actor: Actor, today: date) -> QuerySet[AssessmentBody]:
    """Return the bodies in the actor's area whose term ends within half a year, the soonest first."""
    found = bodies_for(actor).filter(filed_until__gte=today, filed_until__lt=today + ENDING_SOON, terminated_on=None)
    return found.prefetch_related(*STANDING).order_by("filed_until", "pk")


def counts_by_step(actor: Actor) -> dict[str, int]:
    """Return how many of the actor's batches stand at each step of the bar; cancelled ones at none."""
    states = dict(batches_for(actor).order_by().values_list("state").annotate(n=Count("pk")))
    return {key: sum(states.get(state, 0) for state in there) for key, there in STEP_STATES}


def own_duties(actor: Actor, at: datetime) -> QuerySet[Duty]:
    """Return what the actor does at coming exams, once the arrangement is released (JL-2024-5§31), soonest first."""
    if actor.user_id is None or actor.organisation_id is None:
        return Duty.objects.none()
    return (
        Duty.objects.filter(
            member__user_id=actor.user_id,
            member__body__organisation_id=actor.organisation_id,
            ended_at__isnull=True,
            batch__state__in=[BatchState.ARRANGED, BatchState.EXAM],
            batch__arrangements__superseded=False,
            batch__arrangements__released_at__lte=at,
        )
        .annotate(day=F("batch__exam_from"))
        .select_related("batch__site", "room")
        .order_by("day", "pk")
    )


def exams_ahead(actor: Actor, at: datetime) -> QuerySet[Sitting]:
    """Return the sittings in the actor's part of the tree within the next fortnight, soonest first."""
    found = sittings_for(actor).filter(ends_at__gte=at, starts_at__lt=at + EXAMS_AHEAD)
    return found.exclude(batch__state=BatchState.CANCELLED).select_related("batch__body", "batch__site")
