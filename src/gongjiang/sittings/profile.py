"""The duties of one person by year: how many, how many hours, how many declined, how often absent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.sittings.models import Duty, DutyAnswer, Seat
from gongjiang.sittings.queries_dispatch import released
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.profile import Panel

Spot = tuple[int, str, int]
"""A batch, a part and a room."""


@dataclass(frozen=True, slots=True)
class Year:
    """A year's duties; ``done`` counts those held and not missed, ``time`` the sittings in which they were done."""

    year: int
    done: int = 0
    time: timedelta = timedelta(0)
    declined: int = 0
    absent: int = 0


def duties_by_year(entries: Sequence[StaffMember], today: date) -> Panel | None:
    """Return the person's duties of exams that are over, the latest year first; None where there are none."""
    years = years_of(entries, today)
    if not years:
        return None
    columns = (
        Column(_("Year")),
        Column(_("Duties done"), numeric=True),
        Column(_("Hours on duty"), numeric=True),
        Column(_("Times declined"), numeric=True),
        Column(_("Times absent"), numeric=True),
    )
    rows = tuple(
        Row((str(y.year), y.done, f"{y.time / timedelta(hours=1):.1f}", _marked(y.declined), _marked(y.absent)))
        for y in years
    )
    note = _("Hours are those of the sittings; a duty that was passed on or missed counts none.")
    return Panel(_("Duties by year"), Table(_("Duties by year"), columns, rows), note)


def years_of(entries: Sequence[StaffMember], today: date) -> list[Year]:
    """Return the figures by year of the exam's first day, the latest first."""
    found = Duty.objects.filter(member__in=entries, batch__exam_until__lt=today, batch__in=released().values("batch"))
    duties = list(found.select_related("batch"))
    times = _times({duty.batch_id for duty in duties})
    years: dict[int, Year] = {}
    for duty in duties:
        number = duty.batch.exam_from.year
        held = years.get(number, Year(number))
        done = duty.ended_at is None and duty.present is not False
        years[number] = replace(
            held,
            done=held.done + done,
            time=held.time + (_time(duty, times) if done else timedelta(0)),
            declined=held.declined + (duty.answer == DutyAnswer.DECLINED),
            absent=held.absent + (duty.present is False),
        )
    return sorted((y for y in years.values() if y.done or y.declined or y.absent), key=lambda y: -y.year)


def _times(batches: Iterable[int]) -> dict[Spot, dict[int, timedelta]]:
    """Return how long each sitting takes, by where it is held."""
    seats = Seat.objects.filter(arrangement__in=released(), sitting__batch__in=batches).order_by()
    rows = seats.values_list(
        "sitting__batch_id", "sitting__part", "room_id", "sitting_id", "sitting__starts_at", "sitting__ends_at"
    )
    found: dict[Spot, dict[int, timedelta]] = {}
    for batch, part, room, sitting, starts, ends in rows.distinct():
        found.setdefault((batch, part, room), {})[sitting] = ends - starts
    return found


def _time(duty: Duty, times: dict[Spot, dict[int, timedelta]]) -> timedelta:
    """Return the time of a duty: of its room in its part, or of every sitting of the batch, each once."""
    mine: dict[int, timedelta] = {}
    for (batch, part, room), sittings in times.items():
        if batch == duty.batch_id and duty.part in ("", part) and duty.room_id in (None, room):
            mine.update(sittings)
    return sum(mine.values(), timedelta(0))


def _marked(count: int) -> Cell | int:
    return Cell(count, state="wait") if count else 0
