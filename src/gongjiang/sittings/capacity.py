"""What a plan's exam days have room for: the site's rooms, the body's assessors, and who else examines there then.

Shown from the plan on until seats and staff are arranged, so that a clerk sees a full day before it is announced.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.planning.models import Batch, BatchLine
from gongjiang.planning.queries import regime_of
from gongjiang.planning.states import BatchState as S
from gongjiang.planning.tables import short_level
from gongjiang.sittings.models import Duty, ExamRoom, RoomKind, Seat
from gongjiang.sittings.rules_rooms import ROOM_OF_PART, largest_room, parts_by_line, wrong_with_use
from gongjiang.sittings.seating import day_of
from gongjiang.sittings.staffing import rank_of
from gongjiang.solvers.staffing import ASSESSOR
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.queries import held_on, staff_of

BEFORE_ARRANGED = (S.DRAFT, S.AWAITING_OPENING, S.APPROVED, S.ANNOUNCED, S.REVIEW, S.READY)
KINDS = (RoomKind.THEORY, RoomKind.PRACTICAL, RoomKind.PANEL)
SHOWN_DAYS = 14


@dataclass(frozen=True, slots=True)
class Share:
    """How many of all are free."""

    free: int
    all: int

    def __str__(self) -> str:
        return f"{self.free} / {self.all}"


@dataclass(frozen=True, slots=True)
class Day:
    """One exam day: free places by kind of room, free assessors by line, and the other batches at the site."""

    on: date
    places: dict[str, Share]
    assessors: dict[int, Share]
    others: tuple[Batch, ...]


def days_of(batch: Batch) -> list[Day]:
    """Return each exam day, the first fourteen, with what is free on it.

    A room counts on the days on which it may be used, an assessor on the days of an appointment that covers the line's
    occupation and level. A room in which another batch has seats, or a person who has a duty there, isn't free.
    """
    days = [batch.exam_from + timedelta(days=n) for n in range((batch.exam_until - batch.exam_from).days + 1)]
    days = days[:SHOWN_DAYS]
    rooms = list(ExamRoom.everything.filter(site=batch.site, kind__in=KINDS))
    lines = list(batch.lines.select_related("occupation"))
    staff = staff_of(batch.body)
    others = _others(batch)
    seated, on_duty = _taken_rooms(batch, others), _taken_people(batch)
    return [
        Day(
            on,
            _places(_usable(batch, rooms, on), seated.get(on, set())),
            {line.pk: _assessors(staff, line, on, on_duty.get(on, set())) for line in lines},
            tuple(other for other in others if other.exam_from <= on <= other.exam_until),
        )
        for on in days
    ]


def section(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return what the batch's page shows before its arrangement, for those who plan and those who answer for it."""
    if batch.state not in BEFORE_ARRANGED or actor.kind != "staff":
        return None
    return {"table": table(batch, days_of(batch))}


def table(batch: Batch, days: Sequence[Day]) -> Table:
    """Return the days as a table; nothing free where something is needed stands out."""
    kinds = [kind for kind in KINDS if kind in _asked(batch) or any(day.places[kind].all for day in days)]
    lines = list(batch.lines.select_related("occupation"))
    columns = [Column(_("Day"))]
    columns += [Column(str(kind.label), numeric=True) for kind in kinds]
    columns += [Column(f"{line.occupation.name} {short_level(line.level)}", numeric=True) for line in lines]
    rows = [
        Row(
            (
                Cell(day.on, sub=_with_others(day)),
                *(_cell(day.places[kind], asked=kind in _asked(batch)) for kind in kinds),
                *(_cell(day.assessors[line.pk]) for line in lines),
            )
        )
        for day in days
    ]
    foot = _("Free of all: places by kind of room, assessors by occupation and level.")
    left = (batch.exam_until - batch.exam_from).days + 1 - len(days)
    if left > 0:
        foot += " " + ngettext("%(n)s later day isn't shown.", "%(n)s later days aren't shown.", left) % {"n": left}
    return Table(_("Room and people on the exam days"), tuple(columns), tuple(rows), foot=foot)


def _with_others(day: Day) -> str:
    if not day.others:
        return ""
    return _("also here: %(numbers)s") % {"numbers": "，".join(other.number for other in day.others)}


def _cell(share: Share, *, asked: bool = True) -> Cell:
    return Cell(str(share), state="" if share.free or not asked else "no")


def _asked(batch: Batch) -> set[str]:
    return {ROOM_OF_PART[part.kind].value for parts in parts_by_line(batch).values() for part in parts}


def _usable(batch: Batch, rooms: Iterable[ExamRoom], on: date) -> list[ExamRoom]:
    where = regime_of(batch)
    most = largest_room(where, on)
    return [room for room in rooms if not wrong_with_use(room, on, where, most)]


def _places(rooms: Iterable[ExamRoom], taken: set[int]) -> dict[str, Share]:
    found = {}
    for kind in KINDS:
        mine = [room for room in rooms if room.kind == kind]
        free = sum(_size(room) for room in mine if room.pk not in taken)
        found[kind.value] = Share(free, sum(map(_size, mine)))
    return found


def _size(room: ExamRoom) -> int:
    """Return a room's places; one without a grid takes one candidate at a time."""
    return max(room.capacity, 1)


def _assessors(staff: Iterable[StaffMember], line: BatchLine, on: date, busy: set[int]) -> Share:
    fit = [member.pk for member in staff if _may_assess(member, line, on)]
    return Share(len([pk for pk in fit if pk not in busy]), len(fit))


def _may_assess(member: StaffMember, line: BatchLine, on: date) -> bool:
    held = [each for each in held_on(member, on) if each.role == ASSESSOR and each.highest_level]
    return any(
        each.occupation_id == line.occupation_id and rank_of(line.level) <= rank_of(each.highest_level) for each in held
    )


def _others(batch: Batch) -> list[Batch]:
    """Return the other batches at the site whose exam days meet this one's."""
    found = Batch.everything.filter(
        site=batch.site, exam_from__lte=batch.exam_until, exam_until__gte=batch.exam_from
    ).exclude(Q(pk=batch.pk) | Q(state__in=(S.CANCELLED, S.DRAFT)))
    return list(found.order_by("exam_from", "number"))


def _taken_rooms(batch: Batch, others: Sequence[Batch]) -> dict[date, set[int]]:
    seats = Seat.objects.filter(arrangement__batch__in=others, arrangement__superseded=False)
    found: dict[date, set[int]] = {}
    for room, starts_at in seats.values_list("room_id", "sitting__starts_at").distinct():
        found.setdefault(day_of(starts_at), set()).add(room)
    return found


def _taken_people(batch: Batch) -> dict[date, set[int]]:
    duties = Duty.objects.filter(member__body=batch.body, ended_at=None).exclude(batch=batch)
    rows = duties.values_list("member_id", "batch__sittings__starts_at").distinct()
    found: dict[date, set[int]] = {}
    for member, starts_at in rows:
        if starts_at is not None:
            found.setdefault(day_of(starts_at), set()).add(member)
    return found
