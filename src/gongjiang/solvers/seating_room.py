"""One room solved: several starts, local search, CP-SAT where it can help; and swaps between rooms."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from gongjiang.solvers.seating_board import EMPTY, Board
from gongjiang.solvers.seating_bound import fewest_conflicts, grid_of
from gongjiang.solvers.seating_model import Room

_SHUFFLES = 3
_EFFORT_PER_ROOM = 1.0
_BAD, _OTHERS, _WINDOW, _PASSES = 100, 500, 120, 5
"""Seats looked at in one pass between rooms; seats mixed at a time; passes between rooms."""


@dataclass(frozen=True, slots=True)
class Solved:
    """A bound that no order of the room's people goes below, and the CP-SAT effort spent on it."""

    lower_bound: int
    spent: float


def solve_room(board: Board, *, seed: int, room: Room, effort: float) -> Solved:
    """Seat the people of a one-room board, whose pins are set already.

    People sit together from the first seat on; seats between them stay free only if that removes conflicts.
    """
    loose = [who for who in range(len(board.people)) if who not in set(board.who)]
    free = [cell for cell in range(len(board.seats)) if not board.fixed[cell]]
    front = free[: len(loose)]
    bound = max(least(board, [room]), len(board.pairs()))  # so far only the pinned sit
    best: tuple[int, list[int]] | None = None
    for start in range(_SHUFFLES + 1):
        rng = Random(f"{seed}:{room.key}:{start}")
        if start < _SHUFFLES:
            order = rng.sample(loose, len(loose))
            _place(board, free, front, order)
        else:
            _place(board, free, _chequered(board, front), _by_employer(board, loose))
        board.repair(front, rng)
        if len(front) < len(free) and len(board.pairs()) > bound:
            board.repair(free, rng)
        if best is None or len(board.pairs()) < best[0]:
            best = (len(board.pairs()), list(board.who))
        if best[0] <= bound:
            break
    if best is not None:
        board.who = best[1]
    spent = 0.0
    if len(board.pairs()) > bound and effort > 0:
        bound, spent = max(bound, _exact(board, seed, min(effort, _EFFORT_PER_ROOM))), _EFFORT_PER_ROOM
    _mix(board, Random(f"{seed}:{room.key}:mix"))
    return Solved(bound, spent)


def least(board: Board, rooms: Sequence[Room]) -> int:
    """Conflicts that the board's people can't avoid in these rooms, whatever their order; 0 if nobody sits apart."""
    if not board.apart:
        return 0
    return fewest_conflicts(grid_of(rooms), [each.employer for each in board.people])


def solve_together(board: Board, rng: Random, target: int) -> frozenset[str]:
    """Remove what conflicts remain by swaps between rooms; returns the rooms whose people changed."""
    before = _by_room(board)
    for _ in range(_PASSES):
        found = len(board.pairs())
        if found > target:
            board.repair(_worst(board, rng), rng, rounds=3, level=False)
        if len(board.pairs()) == found:
            break
    after = _by_room(board)
    return frozenset(room for room in before | after if before.get(room) != after.get(room))


def _worst(board: Board, rng: Random) -> list[int]:
    """Some seats with conflicts and a sample of the others: trying all with all would take too long."""
    bad = sorted({cell for pair in board.pairs() for cell in pair})
    rest = sorted(set(range(len(board.seats))) - set(bad))
    return rng.sample(bad, min(len(bad), _BAD)) + rng.sample(rest, min(len(rest), _OTHERS))


def _exact(board: Board, seed: int, effort: float) -> int:
    from gongjiang.solvers.seating_exact import solve_exactly  # most plans never need it, and it's slow to import

    return solve_exactly(board, seed=seed, effort=effort)


def _by_room(board: Board) -> dict[str, set[int]]:
    seated: dict[str, set[int]] = defaultdict(set)
    for seat, who in zip(board.seats, board.who, strict=True):
        if who != EMPTY:
            seated[seat.room].add(who)
    return dict(seated)


def _place(board: Board, free: Sequence[int], cells: Sequence[int], people: Sequence[int]) -> None:
    for cell in free:
        board.who[cell] = EMPTY
    for cell, who in zip(cells, people, strict=True):
        board.who[cell] = who


def _chequered(board: Board, cells: Sequence[int]) -> list[int]:
    """All seats of one colour of a chessboard, then all of the other, the larger colour first.

    An employer that ends the first colour and begins the second does so at opposite ends of the room.
    """
    colours: tuple[list[int], list[int]] = ([], [])
    for cell in cells:
        colours[(board.seats[cell].row + board.seats[cell].column) % 2].append(cell)
    first, second = sorted(colours, key=len, reverse=True)
    return first + second


def _by_employer(board: Board, people: Sequence[int]) -> list[int]:
    """Largest employer first, people of no employer last."""
    size = Counter(board.employer[who] for who in people)
    size[EMPTY] = 0
    return sorted(people, key=lambda who: (-size[board.employer[who]], board.employer[who], who))


def _mix(board: Board, rng: Random) -> None:
    """Bring different occupations and levels side by side, among the seats taken, without a new conflict."""
    if len({board.paper[who] for who in board.who if who != EMPTY}) > 1:
        taken = [cell for cell, who in enumerate(board.who) if who != EMPTY]
        for start in range(0, len(taken), _WINDOW):
            board.repair(taken[start : start + _WINDOW], rng, rounds=4, mixing=True)
