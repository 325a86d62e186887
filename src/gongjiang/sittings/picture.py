"""An arrangement as a page shows it: the room as a picture, versions compared, what a roster lacks."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongjiang.kernel import pictures
from gongjiang.sittings.models import Arrangement, Duty, ExamRoom, Seat, Sitting
from gongjiang.sittings.queries import in_order
from gongjiang.sittings.seating import employer_of, hall
from gongjiang.sittings.staffing import Show, duties_in
from gongjiang.sittings.staffing_words import role_name
from gongjiang.solvers import staffing as solver

Place = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Tab:
    """One room of one sitting, with how many sit there and how many conflicts it has."""

    sitting: Sitting
    room: ExamRoom
    count: int
    conflicts: int
    current: bool

    @property
    def query(self) -> str:
        """Return the query that shows it."""
        return f"?sitting={self.sitting.pk}&room={self.room.pk}"


def tabs(seats: Sequence[Seat], arrangement: Arrangement, sitting: str, room: str) -> list[Tab]:
    """Return the rooms used, in order of time and name; the one asked for, or the first, is current."""
    counts: dict[tuple[int, int], list[Seat]] = {}
    for seat in in_order(seats):
        counts.setdefault((seat.sitting_id, seat.room_id), []).append(seat)
    wanted = next((key for key in counts if (str(key[0]), str(key[1])) == (sitting, room)), next(iter(counts), None))
    clashes = [(each["sitting"], each["room"]) for each in arrangement.conflicts]
    return [
        Tab(mine[0].sitting, mine[0].room, len(mine), clashes.count(key), key == wanted) for key, mine in counts.items()
    ]


def plan(
    tab: Tab, seats: Sequence[Seat], arrangement: Arrangement, before: Mapping[tuple[int, int], Place]
) -> pictures.SeatingPlan:
    """Return the room as a picture; ``before`` are the places of the version compared with."""
    mine = [seat for seat in seats if (seat.sitting_id, seat.room_id) == (tab.sitting.pk, tab.room.pk)]
    here = [c for c in arrangement.conflicts if (c["sitting"], c["room"]) == (tab.sitting.pk, tab.room.pk)]
    clashing = {each[side] for each in here for side in ("a", "b")}
    number = {seat.enrolment_id: f"{seat.number:02}" for seat in mine}
    return pictures.SeatingPlan(
        title=f"{tab.sitting.get_part_display()} {tab.room.name}",
        platform=_("Platform"),
        seats=tuple(
            pictures.Seat(
                seat.row,
                seat.column,
                number[seat.enrolment_id],
                seat.enrolment.name,
                seat.enrolment.employer if employer_of(seat.enrolment) else "",
                pinned=seat.is_pinned,
                moved=_moved(seat, before),
                conflict=seat.enrolment_id in clashing,
            )
            for seat in mine
        ),
        conflicts=tuple((number[each["a"]], number[each["b"]]) for each in here),
    )


def _moved(seat: Seat, before: Mapping[tuple[int, int], Place]) -> bool:
    old = before.get((seat.sitting_id, seat.enrolment_id))
    return old is not None and old != (seat.room_id, seat.row, seat.column)


def places(arrangement: Arrangement | None) -> dict[tuple[int, int], Place]:
    """Return where everybody sits in a version, by sitting and enrolment."""
    if arrangement is None:
        return {}
    rows = Seat.objects.filter(arrangement=arrangement)
    return {
        (sitting, enrolment): (room, row, column)
        for sitting, enrolment, room, row, column in rows.values_list(
            "sitting_id", "enrolment_id", "room_id", "row", "column"
        )
    }


def free_places(tab: Tab, seats: Sequence[Seat]) -> list[tuple[str, str]]:
    """Return every place of the room as a choice: ``room:row:column`` and who sits there."""
    taken = {
        (seat.row, seat.column): seat.enrolment.name
        for seat in seats
        if (seat.sitting_id, seat.room_id) == (tab.sitting.pk, tab.room.pk)
    }
    return [
        (f"{tab.room.pk}:{row}:{column}", f"{number:02} {taken.get((row, column)) or _('free')}")
        for number, (row, column) in enumerate(hall(tab.room).seats(), 1)
    ]


def comparison(
    versions: Sequence[Arrangement], now: Mapping[tuple[int, int], Place], then: Mapping[tuple[int, int], Place]
) -> list[tuple[str, str, str]]:
    """Return (measure, older version, newer version) for the two newest versions."""
    new, old = versions[0], versions[1]
    moved = sum(then.get(key) not in (None, spot) for key, spot in now.items())

    def total(version: Arrangement, name: str) -> str:
        return str(sum(int(each[name]) for each in version.explanation))

    return [
        (_("Colleagues side by side"), str(len(old.conflicts)), str(len(new.conflicts))),
        (_("As few as possible"), total(old, "lower_bound"), total(new, "lower_bound")),
        (_("Same occupation and level side by side"), total(old, "same_paper"), total(new, "same_paper")),
        (_("Rooms used"), _rooms_used(old), _rooms_used(new)),
        (_("Pinned seats kept"), total(old, "pinned"), total(new, "pinned")),
        (_("Seats that differ"), "", str(moved)),
        (_("Moves by hand"), str(len(old.moves)), str(len(new.moves))),
    ]


def _rooms_used(version: Arrangement) -> str:
    return str(sum(len(each["rooms"]) for each in version.explanation))


@dataclass(frozen=True, slots=True)
class RoleLine:
    """One role of the roster, on the site or in a room of a part: who is named, how many are needed."""

    role: str
    label: str
    where: str
    duties: tuple[Duty, ...]
    needed: int
    note: str = ""
    part: str = ""
    room: int = 0

    @property
    def is_met(self) -> bool:
        return len(self.duties) >= self.needed


def role_lines(shows: Iterable[Show], rows: Sequence[Duty], rooms: Mapping[str, ExamRoom]) -> list[RoleLine]:
    """Return the whole site's roles first, then each part's rooms with the ratio that is asked of them."""
    lines: dict[tuple[str, str, int], RoleLine] = {}
    for show in shows:
        for role in sorted(show.requirement.roles, key=_order):
            named = tuple(row for row in rows if row.role == role and not row.part)
            lines.setdefault((role, "", 0), RoleLine(role, role_name(role), _("Whole site"), named, 1))
        for load in show.loads:
            line = _room_line(show, load, rows, rooms[load.room])
            lines.setdefault((line.role, line.part, line.room), line)
    return list(lines.values())


def _room_line(show: Show, load: solver.RoomLoad, rows: Sequence[Duty], room: ExamRoom) -> RoleLine:
    theory = load.kind in show.requirement.invigilated_kinds
    role = solver.INVIGILATOR if theory else solver.ASSESSOR
    people = len(load.candidates)
    needed = show.requirement.invigilators(people)
    each, least = show.requirement.candidates_per_invigilator, show.requirement.per_room_invigilators
    if not theory:
        needed = max(show.requirement.assessors(count) for count in load.subjects.values())
        each, least = show.requirement.candidates_per_assessor, show.requirement.min_assessors
    held = {int(duty.person) for duty in duties_in(rows, show) if duty.role == role and duty.room == load.room}
    named = tuple(
        row for row in rows if row.role == role and row.room_id == room.pk and row.member_id in held and row.part
    )
    note = _("%(people)s candidates, 1 : %(each)s, at least %(least)s") % {
        "people": people,
        "each": each,
        "least": least,
    }
    if not theory and show.requirement.odd_assessors:
        note = _("%(note)s, an odd number") % {"note": note}
    where = f"{show.sitting.get_part_display()} · {room.name}"
    return RoleLine(role, role_name(role), where, named, needed, note, show.sitting.part, room.pk)


ORDER = ("chief_officer", "administration_lead", "staff", "internal_supervisor", "safety_officer")


def _order(role: str) -> int:
    return ORDER.index(role) if role in ORDER else len(ORDER)
