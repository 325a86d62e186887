"""How few conflicts are possible at all: bounds that need no search, so that 'best found' and 'proven' differ."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gongjiang.solvers.seating_model import Room

_STEPS = ((1, 0), (-1, 0), (0, 1), (0, -1))


def neighbours(seats: Sequence[tuple[int, int]]) -> list[tuple[int, ...]]:
    """For each seat of one room the indices of the seats left, right, in front and behind."""
    index = {seat: number for number, seat in enumerate(seats)}
    return [
        tuple(index[near] for step in _STEPS if (near := (row + step[0], column + step[1])) in index)
        for row, column in seats
    ]


@dataclass(frozen=True, slots=True)
class Grid:
    """What the bounds need to know of one or more rooms taken together."""

    apart: int  # most people that fit with no two of them neighbours
    pairs: int  # neighbouring seats, each pair once
    breaks: tuple[int, ...]  # pairs that each further seat left over can break up at most

    def fewest(self, people: int) -> int:
        """Neighbouring pairs that `people` of one employer can't avoid.

        Two bounds, the higher counts. Taking one of each pair away leaves people who sit apart, so pairs are at least
        `people` − `apart`. And the seats left over break up only so many of all pairs of seats.
        """
        left_over = len(self.breaks) - people
        return max(0, people - self.apart, self.pairs - sum(self.breaks[:left_over]))


def grid_of(rooms: Iterable[Room]) -> Grid:
    """The grid of several rooms; seats of different rooms are never neighbours.

    A seat breaks up as many pairs as it has neighbours. Of the seats with four, only those that lie apart do: each
    further one shares a pair with another of them and breaks up three.
    """
    apart = pairs = 0
    breaks: list[int] = []
    for room in rooms:
        seats = room.seats()
        near = neighbours(seats)
        dark = [cell for cell, (row, column) in enumerate(seats) if (row + column) % 2 == 0]
        inner = {cell for cell, nearby in enumerate(near) if len(nearby) == len(_STEPS)}
        full = len(inner) - _matching(near, [cell for cell in dark if cell in inner], inner)
        apart += len(seats) - _matching(near, dark, set(range(len(seats))))
        pairs += sum(map(len, near)) // 2
        breaks += [len(nearby) for cell, nearby in enumerate(near) if cell not in inner]
        breaks += [len(_STEPS)] * full + [len(_STEPS) - 1] * (len(inner) - full)
    return Grid(apart, pairs, tuple(sorted(breaks, reverse=True)))


def fewest_conflicts(grid: Grid, employers: Iterable[str]) -> int:
    """Same-employer neighbours that no arrangement of these people on this grid avoids."""
    counts = Counter(employer for employer in employers if employer)
    return sum(grid.fewest(count) for count in counts.values())


def _matching(near: list[tuple[int, ...]], dark: list[int], among: set[int]) -> int:
    """Size of the largest matching; seats less it is the most that lie apart (Kőnig), a room being a chessboard."""
    partner: dict[int, int] = {}
    return sum(_augment(seat, near, among, partner, set()) for seat in dark)


def _augment(seat: int, near: list[tuple[int, ...]], among: set[int], partner: dict[int, int], seen: set[int]) -> bool:
    for other in near[seat]:
        if other in among and other not in seen:
            seen.add(other)
            if other not in partner or _augment(partner[other], near, among, partner, seen):
                partner[other] = seat
                return True
    return False
