"""Seating candidates (考场编排): who sits where, people of one employer apart, in the fewest rooms.

The rules of seating are settings of a place (JL-2024-5 §20 asks only that there are some), so all of them are
arguments. People are dealt out to rooms first, then each room is solved alone: a local search from several starts,
CP-SAT where avoidable conflicts remain, and at the end swaps between rooms. The same people, rooms, pins, options and
seed give the same plan in whatever order they're passed, as long as Python and OR-Tools stay the same.

`arrange` makes a plan, `improve` mends one with few moves, `compare` lists who moved, `suggest_swap` finds one swap
that removes a conflict.
"""

from collections.abc import Mapping, Sequence
from random import Random

from gongjiang.solvers.seating_board import EMPTY, Board
from gongjiang.solvers.seating_bound import fewest_conflicts, grid_of
from gongjiang.solvers.seating_deal import deal, faults, fewest_rooms, shortages
from gongjiang.solvers.seating_model import (
    Assignment,
    Conflict,
    Explanation,
    Infeasible,
    Move,
    Person,
    Pins,
    Plan,
    Reason,
    Room,
    RoomNote,
    Seat,
)
from gongjiang.solvers.seating_plan import Options, write_plan
from gongjiang.solvers.seating_room import solve_room, solve_together

__all__ = [
    "Assignment",
    "Conflict",
    "Explanation",
    "Infeasible",
    "Move",
    "Person",
    "Pins",
    "Plan",
    "Reason",
    "Room",
    "RoomNote",
    "Seat",
    "arrange",
    "compare",
    "improve",
    "suggest_swap",
]

_EFFORT = 4.0
"""CP-SAT's deterministic seconds for all rooms of one plan."""


def arrange(
    candidates: Sequence[Person],
    rooms: Sequence[Room],
    *,
    seed: int,
    pins: Pins | None = None,
    apart: bool = True,
    minimal_rooms: bool = True,
) -> Plan:
    """Seat everybody.

    Must: one seat each, none taken twice, none blocked, pins kept, people who need access in accessible rooms, and with
    `minimal_rooms` as few rooms as can hold them. Should, in this order: with `apart`, no neighbours of one employer
    (left, right, front, back); few neighbours of one occupation and level. What remains is in `Plan.conflicts`.

    :raises Infeasible: with every reason found.
    """
    options = Options(seed=seed, pins=_seats(pins), apart=apart, minimal_rooms=minimal_rooms)
    people, halls = _checked(candidates, rooms, options.pins)
    used = halls
    if minimal_rooms:
        used = fewest_rooms(people, halls, options.pins, _pinned_rooms(options.pins))
    rng = Random(f"{seed}:deal")
    hands = deal(people, used, options.pins, rng)
    used = [room for room in used if hands[room.key]]
    boards = [_board(hands[room.key], [room], options) for room in used]
    bounds: dict[str, int] = {}
    effort = _EFFORT
    for room, board in zip(used, boards, strict=True):
        solved = solve_room(board, seed=seed, room=room, effort=effort)
        bounds[room.key], effort = solved.lower_bound, effort - solved.spent
    whole = _join(people, used, boards, options)
    target = fewest_conflicts(grid_of(used), [each.employer for each in people]) if apart else 0
    if len(used) > 1:
        moved = solve_together(whole, Random(f"{seed}:together"), target)
        bounds = {key: bound for key, bound in bounds.items() if key not in moved}
    return write_plan(whole, halls, used, options, bounds)


def improve(
    plan: Plan,
    candidates: Sequence[Person],
    rooms: Sequence[Room],
    *,
    seed: int,
    pins: Pins | None = None,
    apart: bool = True,
) -> Plan:
    """Mend a plan with few moves: everybody whose seat is good keeps it.

    Pinned people go to their pins; whoever sat there takes the seat left behind, or a free one. People who left are
    dropped, people who joined and people whose seat is gone get free seats, in further rooms only if there's none. Then
    conflicts are removed by swaps that make no new ones, first within a room.

    :raises Infeasible: with every reason found.
    """
    options = Options(seed=seed, pins=_seats(pins), apart=apart, minimal_rooms=False)
    people, halls = _checked(candidates, rooms, options.pins)
    old = {each.person: each.seat for each in plan.seats}
    keep = _pinned_rooms(options.pins) | {key for key in plan.rooms_used if key in {room.key for room in halls}}
    used = fewest_rooms(people, halls, options.pins, keep)
    board = _board(people, used, options)
    _reseat(board, old, options.pins)
    rng = Random(f"{seed}:improve")
    for room in used:
        here = [cell for cell, seat in enumerate(board.seats) if seat.room == room.key]
        board.repair(here, rng, level=False)
    solve_together(board, rng, target=0)
    seated = {board.seats[cell].room for cell, who in enumerate(board.who) if who != EMPTY}
    return write_plan(board, halls, [room for room in used if room.key in seated], options, {})


def compare(before: Plan, after: Plan) -> tuple[Move, ...]:
    """Everybody whose seat differs, joined or left, by key."""
    old = {each.person: each for each in before.seats}
    new = {each.person: each for each in after.seats}
    changed = (Move(key, old.get(key), new.get(key)) for key in sorted(old.keys() | new.keys()))
    return tuple(move for move in changed if not _same_seat(move))


def suggest_swap(
    plan: Plan, conflict: Conflict, candidates: Sequence[Person], rooms: Sequence[Room], *, pins: Pins | None = None
) -> tuple[str, str] | None:
    """Two people whose swap removes this conflict, makes no new one and moves no pin; None if there's no such pair.

    The first is one of the conflict's two. A partner in the same room is preferred, then the lowest seat number.
    """
    pinned = pins or {}
    people = sorted(candidates, key=lambda each: each.key)
    board = Board(people, sorted(rooms, key=lambda room: room.key), apart=True)
    index = {each.key: i for i, each in enumerate(people)}
    cell_of: dict[str, int] = {}
    for each in plan.seats:
        if each.person not in index or each.seat not in board.cell_of:
            continue  # left, or the seat is gone, since the plan was made
        cell = cell_of[each.person] = board.cell_of[each.seat]
        board.who[cell], board.fixed[cell] = index[each.person], each.person in pinned
    for mover in (key for key in (conflict.b, conflict.a) if key in cell_of):
        others = sorted(cell_of.items(), key=lambda item: (board.seats[item[1]].room != conflict.room, item[1]))
        for key, cell in others:
            if board.may_swap(cell_of[mover], cell) and _harmless(board, cell_of[mover], cell):
                return mover, key
    return None


def _harmless(board: Board, a: int, b: int) -> bool:
    """After the swap both seats are without conflict."""
    board.swap(a, b)
    clean = not board.clashes(a) and not board.clashes(b)
    board.swap(a, b)
    return clean


def _same_seat(move: Move) -> bool:
    return move.before is not None and move.after is not None and move.before.seat == move.after.seat


def _checked(candidates: Sequence[Person], rooms: Sequence[Room], pins: Pins) -> tuple[list[Person], list[Room]]:
    people = sorted(candidates, key=lambda each: each.key)
    halls = sorted(rooms, key=lambda room: room.key)
    reasons = faults(people, halls, pins)
    if not any(reason.code.startswith("duplicate") for reason in reasons):
        reasons += shortages(people, halls, pins)
    if reasons:
        raise Infeasible(tuple(reasons))
    return people, halls


def _seats(pins: Pins | None) -> dict[str, Seat]:
    return {key: Seat(*pin) for key, pin in (pins or {}).items()}


def _pinned_rooms(pins: Pins) -> frozenset[str]:
    return frozenset(room for room, _, _ in pins.values())


def _board(people: Sequence[Person], rooms: Sequence[Room], options: Options) -> Board:
    board = Board(people, rooms, apart=options.apart)
    board.pin(options.pins)
    return board


def _join(people: Sequence[Person], used: Sequence[Room], boards: Sequence[Board], options: Options) -> Board:
    """One board of all rooms with everybody where their own room's board has them."""
    whole = _board(people, used, options)
    index = {each.key: i for i, each in enumerate(people)}
    for board in boards:
        for cell, who in enumerate(board.who):
            if who != EMPTY:
                whole.who[whole.cell_of[board.seats[cell]]] = index[board.people[who].key]
    return whole


def _reseat(board: Board, old: Mapping[str, Seat], pins: Pins) -> None:
    """Seat everybody as before where that's possible; the rest where they clash least, lowest seat first."""
    homeless: list[tuple[int, Seat | None]] = []
    for who, person in enumerate(board.people):
        if person.key in pins:
            continue
        cell = board.cell_of.get(old[person.key]) if person.key in old else None
        if cell is not None and board.who[cell] == EMPTY and _allowed(board, who, cell):
            board.who[cell] = who
        else:
            homeless.append((who, old.get(person.key)))
    left_behind = {Seat(*pins[key]): seat for key, seat in old.items() if key in pins}
    homeless.sort(key=lambda item: board.needs_access[item[0]])
    while homeless:
        who, seat = homeless.pop()
        cell = board.cell_of.get(left_behind[seat]) if seat in left_behind else None
        if cell is None or board.who[cell] != EMPTY or not _allowed(board, who, cell):
            cell = _best_free(board, who)
        if board.who[cell] != EMPTY:
            homeless.append((board.who[cell], None))
        board.who[cell] = who


def _best_free(board: Board, who: int) -> int:
    """The free seat with the fewest clashes; if only people without need hold accessible ones, the first of those."""
    allowed = [cell for cell in range(len(board.who)) if _allowed(board, who, cell)]
    free = [cell for cell in allowed if board.who[cell] == EMPTY]
    if free:
        return min(free, key=lambda cell: (_clashes_of(board, who, cell), cell))
    return next(cell for cell in allowed if not board.fixed[cell] and not board.needs_access[board.who[cell]])


def _allowed(board: Board, who: int, cell: int) -> bool:
    return board.accessible[cell] or not board.needs_access[who]


def _clashes_of(board: Board, who: int, cell: int) -> int:
    board.who[cell] = who
    clashes = board.clashes(cell)
    board.who[cell] = EMPTY
    return clashes
