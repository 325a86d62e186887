"""Where the demo's clock goes next: the next working day, a week on, or the next deadline that is open."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext as _

from gongjiang.kernel import calendars
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import AuditEntry, Objection, PublicNotice
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.reports.models import ReportPackage

STEPS = ("day", "week", "deadline")
OPENS = time(8, 30)
DAY = timedelta(days=1)
EVERYBODY = "the demo's clock is one for all"


@dataclass(frozen=True, slots=True)
class Target:
    """An instant to move to; ``what`` names the deadline that falls on it, if one was asked for."""

    to: datetime
    what: str = ""


def target_of(step: str, now: datetime) -> Target | None:
    """Return where a step leads from ``now``; None for an unknown step or where no deadline lies ahead.

    A working day and a week keep the time of day; a deadline is shown at the opening of its day, a notice's on the
    day after its last, when what it held back becomes possible.
    """
    if step == "day":
        return Target(_at(next_working_day(now.date()), now.time()))
    if step == "week":
        return Target(now + timedelta(days=7))
    found = next_deadline(now.date()) if step == "deadline" else None
    return Target(_at(found[0], OPENS), found[1]) if found else None


def next_working_day(day: date) -> date:
    """Return the first working day after ``day``; in a year without a notice an estimate."""
    return calendars.current().term(day, 1).last_day


def next_deadline(today: date) -> tuple[date, str] | None:
    """Return the first day after today on which a deadline of anybody falls, with what it is."""
    return min((pair for pair in open_deadlines(today) if pair[0] > today), default=None)


def open_deadlines(today: date) -> Iterator[tuple[date, str]]:
    """Yield the days of the deadlines that are open, each kind's soonest."""
    notice = PublicNotice.objects.filter(withdrawn_on=None, provisional=False, last_day__gte=today)
    for each in notice.order_by("last_day")[:1]:
        yield each.last_day + DAY, _("the notice “%(title)s” has run out") % {"title": each.title}
    objection = Objection.objects.filter(replied_at=None, reply_provisional=False, reply_last_day__gt=today)
    for day in objection.order_by("reply_last_day").values_list("reply_last_day", flat=True)[:1]:
        yield day, _("last day to reply to an objection")
    report = ReportPackage.objects.unscoped(EVERYBODY).filter(due_provisional=False, due_on__gt=today)
    for each in report.exclude(state=ReportPackage.State.ACCEPTED).order_by("due_on").select_related("batch")[:1]:
        yield each.due_on, _("last day to report “%(title)s”") % {"title": each.batch.title}
    yield from _days_of_batches(today)


def _days_of_batches(today: date) -> Iterator[tuple[date, str]]:
    batches = Batch.objects.unscoped(EVERYBODY)
    enrolling = batches.filter(state=BatchState.ANNOUNCED, enrolment_until__gte=today).order_by("enrolment_until")
    for batch in enrolling[:1]:
        yield batch.enrolment_until + DAY, _("enrolment of “%(title)s” is over") % {"title": batch.title}
    examined = batches.filter(state__in=[BatchState.READY, BatchState.ARRANGED], exam_from__gt=today)
    for batch in examined.order_by("exam_from")[:1]:
        yield batch.exam_from, _("exam day of “%(title)s”") % {"title": batch.title}


def last_instant() -> datetime | None:
    """Return when something last happened by the demo's own clock, to go on from there after a pause."""
    newest = AuditEntry.objects.order_by("-seq").values_list("at", flat=True).first()
    return newest.astimezone(SHANGHAI) if newest else None


def _at(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock.replace(tzinfo=None), tzinfo=SHANGHAI)
