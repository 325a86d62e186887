"""From a board to a plan: numbers, conflicts, the explanation and the digest."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from gongjiang.solvers.digest import digest
from gongjiang.solvers.seating_board import EMPTY, Board
from gongjiang.solvers.seating_bound import fewest_conflicts, grid_of
from gongjiang.solvers.seating_deal import fewest_rooms
from gongjiang.solvers.seating_model import Assignment, Conflict, Explanation, Person, Plan, Room, RoomNote, Seat

_METHOD = "gongjiang.seating/1"
"""Part of every digest: raised when the same input would be seated otherwise."""


@dataclass(frozen=True, slots=True)
class Options:
    """What was asked, besides people and rooms."""

    seed: int
    pins: dict[str, Seat]
    apart: bool
    minimal_rooms: bool


def write_plan(
    board: Board, offered: Sequence[Room], used: Sequence[Room], options: Options, bounds: Mapping[str, int]
) -> Plan:
    """The plan on the board. `bounds` are lower bounds known for the people of single rooms."""
    seats = _assignments(board)
    conflicts = _conflicts(board, options.pins)
    return Plan(
        seats=seats,
        conflicts=conflicts,
        rooms_used=tuple(room.key for room in used),
        explanation=_explain(board, offered, used, options, bounds),
        seed=options.seed,
        digest=_digest(board.people, offered, options, seats),
    )


def _assignments(board: Board) -> tuple[Assignment, ...]:
    return tuple(
        Assignment(board.people[who].key, *seat, number)
        for seat, number, who in zip(board.seats, board.numbers, board.who, strict=True)
        if who != EMPTY
    )


def _conflicts(board: Board, pins: Mapping[str, Seat]) -> tuple[Conflict, ...]:
    found = []
    for cell, near in board.pairs():
        a, b = board.people[board.who[cell]].key, board.people[board.who[near]].key
        why = "same_employer_pinned" if a in pins and b in pins else "same_employer"
        found.append(Conflict(a, b, board.seats[cell].room, why))
    return tuple(found)


def _explain(
    board: Board, offered: Sequence[Room], used: Sequence[Room], options: Options, bounds: Mapping[str, int]
) -> Explanation:
    conflicts = len(board.pairs())
    pinned_rooms = frozenset(seat.room for seat in options.pins.values())
    notes = tuple(_note(board, room, options, bounds.get(room.key, 0)) for room in used)
    everywhere = [each.employer for each in board.people] if options.apart else []
    least = max(fewest_conflicts(grid_of(used), everywhere), _pinned_pairs(board))
    if len(notes) == 1:  # with one room there's no other way to deal
        least = notes[0].lower_bound
    return Explanation(
        people=len(board.people),
        rooms_offered=len(offered),
        fewest_rooms=len(fewest_rooms(board.people, offered, options.pins, pinned_rooms)),
        pinned=len(options.pins),
        conflicts=conflicts,
        lower_bound=least,
        proven=conflicts == least,
        same_paper=board.same_paper(),
        rooms=notes,
    )


def _pinned_pairs(board: Board) -> int:
    return sum(board.fixed[a] and board.fixed[b] for a, b in board.pairs())


def _note(board: Board, room: Room, options: Options, bound: int) -> RoomNote:
    here = [cell for cell, seat in enumerate(board.seats) if seat.room == room.key]
    employers = [board.people[board.who[cell]].employer for cell in here if board.who[cell] != EMPTY]
    pairs = [(a, b) for a, b in board.pairs() if board.seats[a].room == room.key]
    pinned = sum(board.fixed[a] and board.fixed[b] for a, b in pairs)
    simple = fewest_conflicts(grid_of([room]), employers) if options.apart else 0
    least = max(bound, simple, pinned)
    sizes = Counter(employer for employer in employers if employer)
    largest, count = min(sizes.items(), key=lambda item: (-item[1], item[0]), default=("", 0))
    return RoomNote(
        room=room.key,
        seated=len(employers),
        capacity=room.capacity,
        conflicts=len(pairs),
        lower_bound=least,
        proven=len(pairs) == least,
        largest_employer=largest,
        largest_count=count,
    )


def _digest(people: Sequence[Person], rooms: Sequence[Room], options: Options, seats: Sequence[Assignment]) -> str:
    content = {
        "method": _METHOD,
        "people": [asdict(person) for person in people],
        "rooms": [{**asdict(room), "blocked": sorted(room.blocked)} for room in rooms],
        "options": {**asdict(options), "pins": sorted((key, *seat) for key, seat in options.pins.items())},
        "seats": [asdict(seat) for seat in seats],
    }
    return digest(content)
