"""A board of seats with people on it, and the local search that pulls neighbours of one employer apart."""

from collections.abc import Iterable, Sequence
from random import Random

from gongjiang.solvers.seating_bound import neighbours
from gongjiang.solvers.seating_model import Person, Pins, Room, Seat

EMPTY = -1


class Board:
    """Seats of one or more rooms and who sits where.

    People are indices into `people`; `who[cell]` is EMPTY on a free seat. Where `apart` is false nobody minds a
    neighbour of the same employer. Costs are lexicographic: one pair of one employer outweighs all pairs of one paper.
    """

    def __init__(self, people: Sequence[Person], rooms: Iterable[Room], *, apart: bool) -> None:
        self.people = people
        self.apart = apart
        self.seats: list[Seat] = []
        self.numbers: list[int] = []
        self.near: list[tuple[int, ...]] = []
        self.accessible: list[bool] = []
        for room in rooms:
            start, seats = len(self.seats), room.seats()
            self.seats += [Seat(room.key, row, column) for row, column in seats]
            self.numbers += range(1, len(seats) + 1)
            self.near += [tuple(start + cell for cell in cells) for cells in neighbours(seats)]
            self.accessible += [room.accessible] * len(seats)
        self.cell_of = {seat: cell for cell, seat in enumerate(self.seats)}
        self.heavy = sum(map(len, self.near)) + 1
        employers = _codes([person.employer if apart else "" for person in people], free="")
        papers = _codes([(person.occupation, person.level) for person in people], free=None)
        # one more at the end, which index EMPTY reaches: a free seat is of no employer and needs nothing
        self.employer = [*employers, EMPTY]
        self.paper = [*papers, EMPTY]
        self.needs_access = [*(person.needs_access for person in people), False]
        self.clear()

    def clear(self) -> None:
        """Take everybody off."""
        self.who = [EMPTY] * len(self.seats)
        self.fixed = [False] * len(self.seats)

    def pin(self, pins: Pins) -> list[int]:
        """Seat the pinned for good; the others' indices come back."""
        loose = []
        for index, person in enumerate(self.people):
            if person.key in pins:
                cell = self.cell_of[Seat(*pins[person.key])]
                self.who[cell], self.fixed[cell] = index, True
            else:
                loose.append(index)
        return loose

    def clashes(self, cell: int) -> int:
        """Neighbours of the same employer."""
        employer = self.employer[self.who[cell]]
        if employer == EMPTY:
            return 0
        return sum(self.employer[self.who[near]] == employer for near in self.near[cell])

    def cost(self, cell: int, mixing: bool) -> int:
        """Weight of the pairs that this seat is part of."""
        clashes = self.clashes(cell) * self.heavy
        if not mixing:
            return clashes
        paper = self.paper[self.who[cell]]
        if paper == EMPTY:
            return clashes
        return clashes + sum(self.paper[self.who[near]] == paper for near in self.near[cell])

    def pairs(self) -> list[tuple[int, int]]:
        """Neighbouring seats of one employer, each pair once."""
        return [
            (cell, near)
            for cell, who in enumerate(self.who)
            if self.employer[who] != EMPTY
            for near in self.near[cell]
            if cell < near and self.employer[self.who[near]] == self.employer[who]
        ]

    def same_paper(self) -> int:
        """Neighbouring pairs of one occupation and level."""
        return sum(
            self.paper[self.who[near]] == self.paper[who]
            for cell, who in enumerate(self.who)
            if who != EMPTY
            for near in self.near[cell]
            if cell < near
        )

    def may_swap(self, a: int, b: int) -> bool:
        """Neither is fixed, and whoever needs access keeps it."""
        if self.fixed[a] or self.fixed[b] or a == b:
            return False
        if self.needs_access[self.who[a]] and not self.accessible[b]:
            return False
        return not (self.needs_access[self.who[b]] and not self.accessible[a])

    def swap(self, a: int, b: int) -> None:
        """Exchange what is on two seats, be it people or nobody."""
        self.who[a], self.who[b] = self.who[b], self.who[a]

    def gain(self, a: int, b: int, mixing: bool) -> int:
        """Change of cost that a swap would bring; negative is better."""
        before = self.cost(a, mixing) + self.cost(b, mixing)
        self.swap(a, b)
        after = self.cost(a, mixing) + self.cost(b, mixing)
        self.swap(a, b)
        return after - before

    def repair(
        self,
        reach: Sequence[int],
        rng: Random,
        *,
        rounds: int = 12,
        mixing: bool = False,
        level: bool = True,
    ) -> None:
        """Swap people within `reach` as long as the cost falls.

        `mixing` looks at papers too. `level` allows swaps that cost nothing, which may open a way out; while mixing
        they would never end, so there they aren't made. Never makes it worse. Ends with no cost left, or after
        `rounds`, or when nothing moves.
        """
        for _ in range(rounds):
            bad = [cell for cell in reach if not self.fixed[cell] and self.cost(cell, mixing)]
            if not bad:
                return
            rng.shuffle(bad)
            moved = False
            for cell in bad:
                start = rng.randrange(len(reach))
                moved |= self._improve(cell, [*reach[start:], *reach[:start]], mixing, level)
            if not moved:
                return

    def _improve(self, cell: int, reach: Sequence[int], mixing: bool, level: bool) -> bool:
        cost = self.cost(cell, mixing)
        if not cost:
            return False
        best, partner = int(level and not mixing), EMPTY
        for other in reach:
            if not mixing and self.employer[self.who[other]] == self.employer[self.who[cell]]:
                continue
            if self.may_swap(cell, other) and (gain := self.gain(cell, other, mixing)) < best:
                best, partner = gain, other
                if gain <= -cost:
                    break
        if partner == EMPTY:
            return False
        self.swap(cell, partner)
        return True


def _codes(values: Sequence[object], *, free: object) -> list[int]:
    """Small numbers for values, in order of first sight; `free` is EMPTY."""
    codes: dict[object, int] = {}
    return [EMPTY if value == free else codes.setdefault(value, len(codes)) for value in values]
