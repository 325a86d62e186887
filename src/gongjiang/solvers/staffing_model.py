"""The words of staffing: duties, what a roster must have, who is there, and what's found wrong."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from gongjiang.solvers.seating_model import Person

INVIGILATOR = "invigilator"
ASSESSOR = "assessor"

Subject = tuple[str, str]
"""Occupation and level."""


@dataclass(frozen=True, slots=True)
class Duty:
    """A person in a role, in one room or, without one, for the whole site.

    An assessor's `occupation` and `level` narrow the duty to one subject; empty means every subject of the room.
    """

    person: str
    role: str
    room: str | None = None
    occupation: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Requirement:
    """What the standard and the place ask of a roster.

    `roles` need at least one person each, on site or in a room; `at_least` asks for more in some. Rooms of
    `invigilated_kinds` need `per_room_invigilators`, and one for each `candidates_per_invigilator` begun. Rooms of
    `assessed_kinds` need for each subject `min_assessors`, and one for each `candidates_per_assessor` begun; with
    `odd_assessors` the number must be odd. `roles_apart` are pairs of roles that one person may not hold together.
    `recuse_trainers` keeps trainers away from rooms with candidates whom they trained, `recuse_own_employer` from
    rooms with colleagues.
    """

    roles: frozenset[str]
    per_room_invigilators: int
    candidates_per_invigilator: int
    candidates_per_assessor: int
    min_assessors: int
    odd_assessors: bool
    at_least: Mapping[str, int] = field(default_factory=dict)
    invigilated_kinds: frozenset[str] = frozenset({"theory"})
    assessed_kinds: frozenset[str] = frozenset({"practical"})
    recuse_trainers: bool = True
    recuse_own_employer: bool = False
    roles_apart: frozenset[frozenset[str]] = frozenset()

    def people_in(self, role: str) -> int:
        """How many the role needs altogether; none if it isn't asked for."""
        return max(int(role in self.roles), self.at_least.get(role, 0))

    def invigilators(self, candidates: int) -> int:
        """How many a room with so many candidates needs; none for an empty room."""
        if not candidates:
            return 0
        return max(self.per_room_invigilators, _begun(candidates, self.candidates_per_invigilator))

    def assessors(self, candidates: int) -> int:
        """How many so many candidates of one subject in one room need; none for none."""
        if not candidates:
            return 0
        needed = max(self.min_assessors, _begun(candidates, self.candidates_per_assessor))
        return needed + 1 if self.odd_assessors and needed % 2 == 0 else needed


def _begun(candidates: int, each: int) -> int:
    return -(-candidates // each)


@dataclass(frozen=True, slots=True)
class RoomLoad:
    """A room and who is examined there."""

    room: str
    kind: str
    candidates: tuple[Person, ...]

    @property
    def subjects(self) -> dict[Subject, int]:
        """Candidates per occupation and level, in order of the subjects."""
        return dict(sorted(Counter((each.occupation, each.level) for each in self.candidates).items()))


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A person who may be given duties.

    `qualified` lists the subjects that they may assess, `recuses_from` employers (or other bodies) of candidates whom
    they may not meet, `trainees` the keys of candidates whom they trained.
    """

    key: str
    roles: frozenset[str]
    qualified: frozenset[Subject] = frozenset()
    term_from: date | None = None
    term_until: date | None = None
    employer: str = ""
    recuses_from: frozenset[str] = frozenset()
    trainees: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a roster.

    Of numbers (`needed`, `found`): `role_missing`, `invigilators_short`, `assessors_short`, `assessors_even`.
    Of a person: `unknown_person`, `role_not_held`, `not_qualified`, `term_not_begun` and `term_ended`
    (why: that day), `trained_candidates` (why: their keys), `recused_party` (why: the employers), `own_employer`,
    `two_rooms` (why: the rooms), `roles_apart` (why: the roles), `duty_twice`. Of a room: `unknown_room`.
    `occupation` and `level` tell the subject of `assessors_short`, `assessors_even` and `not_qualified`.
    """

    code: str
    role: str = ""
    room: str | None = None
    needed: int = 0
    found: int = 0
    person: str = ""
    why: tuple[str, ...] = ()
    occupation: str = ""
    level: str = ""
