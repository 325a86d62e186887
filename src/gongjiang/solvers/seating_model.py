"""The words of seating: people, rooms, seats, what may stand in the way, and the plan that comes out.

Rows count from the front of the room, columns from the door; both start at 1. Everything here is plain, frozen data,
so that a plan can be stored, compared and computed again.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Person:
    """A candidate to be seated; an empty `employer` means that nobody has to sit apart from them."""

    key: str
    employer: str
    occupation: str
    level: str
    needs_access: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """A room as a grid of `rows` × `columns` seats, some of them `blocked` (row, column)."""

    key: str
    rows: int
    columns: int
    accessible: bool = False
    blocked: frozenset[tuple[int, int]] = frozenset()
    kind: str = "theory"

    def seats(self) -> tuple[tuple[int, int], ...]:
        """Usable (row, column) in the order of their numbers: from the door, column by column, front to back."""
        grid = ((row, column) for column in range(1, self.columns + 1) for row in range(1, self.rows + 1))
        return tuple(seat for seat in grid if seat not in self.blocked)

    @property
    def capacity(self) -> int:
        """Number of usable seats."""
        return len(self.seats())


class Seat(NamedTuple):
    """One seat of one room."""

    room: str
    row: int
    column: int


Pins = Mapping[str, tuple[str, int, int]]
"""Person's key → (room, row, column) that must not change."""


@dataclass(frozen=True, slots=True)
class Assignment:
    """A person on a seat; `number` is the seat's own number in its room and stays with the seat."""

    person: str
    room: str
    row: int
    column: int
    number: int

    @property
    def seat(self) -> Seat:
        """The seat without the person."""
        return Seat(self.room, self.row, self.column)


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two neighbours (left and right, or front and back) of one employer; `a` has the lower seat number.

    `why` is `same_employer`, or `same_employer_pinned` where both are pinned, so that only a pin can end it.
    """

    a: str
    b: str
    room: str
    why: str = "same_employer"


@dataclass(frozen=True, slots=True)
class RoomNote:
    """What can be said of one room.

    `lower_bound` holds for the people who sit in this room: no order of them has fewer conflicts.
    `proven` tells that the conflicts equal it; otherwise the room is the best found, no more.
    """

    room: str
    seated: int
    capacity: int
    conflicts: int
    lower_bound: int
    proven: bool
    largest_employer: str
    largest_count: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why the plan looks as it does, in numbers that a page can put into words.

    `lower_bound` holds for these people in the rooms used, however they're dealt out: fewer conflicts are impossible.
    `proven` is true if the plan reaches it. `same_paper` counts neighbours of one occupation and level.
    `fewest_rooms` is the smallest number of the rooms offered that could hold everybody.
    """

    people: int
    rooms_offered: int
    fewest_rooms: int
    pinned: int
    conflicts: int
    lower_bound: int
    proven: bool
    same_paper: int
    rooms: tuple[RoomNote, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """A complete arrangement: everybody has one seat, no seat is taken twice, every pin is kept.

    `digest` is SHA-256 (hex) over the input, the options, the seed and the seats: equal digests, equal arrangements.
    """

    seats: tuple[Assignment, ...]
    conflicts: tuple[Conflict, ...]
    rooms_used: tuple[str, ...]
    explanation: Explanation
    seed: int
    digest: str


@dataclass(frozen=True, slots=True)
class Move:
    """A person whose seat differs between two plans; None where a plan doesn't hold them."""

    person: str
    before: Assignment | None
    after: Assignment | None


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason why no arrangement exists.

    Codes: `seats_short` and `accessible_seats_short` (by `short_by` seats), `duplicate_person`, `duplicate_room`,
    `pin_unknown_person`, `pin_unknown_room`, `pin_no_such_seat` (outside the room or blocked), `pins_share_seat`,
    `pin_not_accessible` (the pinned person needs access, the room has none).
    """

    code: str
    short_by: int = 0
    people: tuple[str, ...] = ()
    room: str = ""
    seat: tuple[int, int] | None = None


class Infeasible(Exception):
    """No arrangement exists; `reasons` tells every reason found, not only the first."""

    def __init__(self, reasons: tuple[Reason, ...]) -> None:
        super().__init__(", ".join(reason.code for reason in reasons))
        self.reasons = reasons
