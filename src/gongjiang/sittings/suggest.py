"""Swaps that would part colleagues who sit side by side."""

from dataclasses import dataclass

from gongjiang.sittings.models import Arrangement, Seat
from gongjiang.sittings.seating import hall, person
from gongjiang.solvers import seating as solver
from gongjiang.standards.models import PartKind


@dataclass(frozen=True, slots=True)
class Swap:
    """Two colleagues side by side, and whose change of seats would part them; None if no single one does."""

    a: Seat
    b: Seat
    mover: Seat | None = None
    partner: Seat | None = None


def swaps_for(arrangement: Arrangement, seats: list[Seat]) -> list[Swap]:
    """Return each conflict of the arrangement with a swap that makes no new one and moves no pin.

    ``seats`` are the arrangement's, with room and enrolment at hand.
    """
    by_key = {(seat.sitting_id, seat.enrolment_id): seat for seat in seats}
    found = []
    for conflict in arrangement.conflicts:
        a = by_key.get((conflict["sitting"], conflict["a"]))
        b = by_key.get((conflict["sitting"], conflict["b"]))
        if a and b:
            found.append(_swap(a, b, [seat for seat in seats if _together(seat, a)]))
    return found


def _together(seat: Seat, other: Seat) -> bool:
    """Say whether two seats belong to one plan: the sitting's, and but for theory the occupation's."""
    if seat.sitting_id != other.sitting_id:
        return False
    return other.sitting.part == PartKind.THEORY or (
        seat.enrolment.line.occupation_id == other.enrolment.line.occupation_id
    )


def _swap(a: Seat, b: Seat, crowd: list[Seat]) -> Swap:
    by_person = {str(seat.enrolment_id): seat for seat in crowd}
    halls = [hall(room) for room in {seat.room_id: seat.room for seat in crowd}.values()]
    plan = solver.Plan(
        seats=tuple(
            solver.Assignment(key, str(seat.room_id), seat.row, seat.column, seat.number)
            for key, seat in by_person.items()
        ),
        conflicts=(),
        rooms_used=(),
        explanation=solver.Explanation(len(crowd), len(halls), len(halls), 0, 0, 0, False, 0, ()),
        seed=0,
        digest="",
    )
    pins = {key: (str(s.room_id), s.row, s.column) for key, s in by_person.items() if s.is_pinned}
    conflict = solver.Conflict(str(a.enrolment_id), str(b.enrolment_id), str(a.room_id))
    pair = solver.suggest_swap(plan, conflict, [person(s.enrolment) for s in crowd], halls, pins=pins)
    return Swap(a, b, by_person[pair[0]], by_person[pair[1]]) if pair else Swap(a, b)
