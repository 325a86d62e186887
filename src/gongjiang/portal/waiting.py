"""The work queue as the home page shows it: grouped by what is overdue, due before the next days off, and later."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.cache import cache
from django.utils.translation import gettext as _

from gongjiang.kernel import calendars
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import WorkGroup, WorkItem, until
from gongjiang.kernel.pictures import Chart, Series
from gongjiang.kernel.queue import QueueItem
from gongjiang.law.calendar import Calendar

DAY = timedelta(days=1)
AHEAD = timedelta(days=30)
REMEMBERED = 300  # seconds for which the header's count is kept; opening the home page counts anew
LONGEST_RUN = 60  # days within which days off surely come


@dataclass(frozen=True, slots=True)
class DaysOff:
    """The next stretch of days off: first and last day, the holiday's name ('' for a weekend), and what is left.

    ``working_days`` are those after today and before the first day off.
    """

    first: date
    last: date
    name: str
    working_days: int


def next_days_off(today: date, calendar: Calendar) -> DaysOff:
    """Return the stretch of days off that comes next; one under way is passed over."""
    day = today + DAY
    if not calendar.is_working_day(today):
        while not calendar.is_working_day(day):
            day += DAY
    working = 0
    while calendar.is_working_day(day):
        working += 1
        day += DAY
    first, names = day, []
    while not calendar.is_working_day(day):
        names += [name for notice in calendar.notices for known, name in notice.names if known == day and name]
        day += DAY
    return DaysOff(first, day - DAY, names[0] if names else "", working)


def groups_of(items: Iterable[QueueItem], today: date, off: DaysOff) -> tuple[WorkGroup, ...]:
    """Return the items in their groups, in the order given; an empty group is left out.

    A provisional deadline is an estimate and never overdue.
    """
    calendar = calendars.current()
    sorted_in: dict[str, list[WorkItem]] = {"over": [], "soon": [], "later": []}
    for item in items:
        sorted_in[kind_of(item, today, off)].append(work_item(item, today, calendar))
    labels = {
        "over": _("Overdue"),
        "soon": _("Before the holiday") if off.name else _("Before the weekend"),
        "later": _("After the holiday") if off.name else _("After the weekend"),
    }
    return tuple(
        WorkGroup(labels[kind], kind, tuple(found))  # type: ignore[arg-type]
        for kind, found in sorted_in.items()
        if found
    )


def kind_of(item: QueueItem, today: date, off: DaysOff) -> str:
    """Return the group that an item falls into: ``over``, ``soon`` or ``later``."""
    if is_overdue(item, today):
        return "over"
    return "soon" if item.deadline is not None and item.deadline <= off.last else "later"


def is_overdue(item: QueueItem, today: date) -> bool:
    """Say whether the item's last day is past for certain."""
    return item.deadline is not None and item.deadline < today and not item.provisional


def work_item(item: QueueItem, today: date, calendar: Calendar) -> WorkItem:
    """Return an item of the queue as the page draws it."""
    due = None
    if item.deadline is not None:
        due = until(item.deadline, today, calendar, item.cites, provisional=item.provisional)
    return WorkItem(
        what=item.what,
        url=item.url,
        action=item.action_label,
        due=due,
        sub=item.sub,
        batch=item.subject,
        cites=item.cites,
    )


def series_of(item: QueueItem) -> str:
    """Return which of the chart's rows an item belongs to, by the act that its key names."""
    act = item.key.partition(":")[0].lower()
    if "report" in act or "receipt" in act:
        return "report"
    if any(word in act for word in ("notice", "objection", "result", "score", "sheet")):
        return "notice"
    return "exam"


def ahead(items: Iterable[QueueItem], today: date) -> Chart | None:
    """Return the deadlines of the next 30 days as a chart, those overdue in its first column; None without any."""
    dated = [item for item in items if item.deadline is not None and item.deadline <= today + AHEAD]
    if not dated:
        return None
    late = [item for item in dated if is_overdue(item, today)]
    days = sorted({item.deadline for item in dated if item not in late and item.deadline is not None})
    columns = ([(_("Overdue"), late)] if late else []) + [
        (f"{day:%m-%d}", [item for item in dated if item.deadline == day and item not in late]) for day in days
    ]

    def row(name: str, label: str, role: str) -> Series:
        return Series(label, tuple(sum(series_of(i) == name for i in found) for _day, found in columns), role)  # type: ignore[arg-type]

    series = (
        row("report", _("Reports"), "indigo"),
        row("notice", _("Results and objections"), "jade"),
        row("exam", _("Enrolment and exams"), "amber"),
    )
    return Chart(_("Deadlines of the next 30 days"), tuple(label for label, _f in columns), series, kind="stack")


def remember(actor: Actor, count: int) -> None:
    """Keep how many things wait for the actor, for the header of the pages that follow."""
    cache.set(_key(actor), count, REMEMBERED)


def count_known(actor: Actor) -> int | None:
    """Return how many things waited when the actor last looked; asks no database."""
    return cache.get(_key(actor)) if actor.kind == "staff" else None


def _key(actor: Actor) -> str:
    return f"waiting:{actor.user_id}:{actor.organisation_id}"
