"""Drawing a roster: who is free and fit goes at random to the duties that lack somebody."""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from random import Random

from gongjiang.solvers.digest import digest
from gongjiang.solvers.seating_model import Person
from gongjiang.solvers.staffing_check import check_roster, obstacles
from gongjiang.solvers.staffing_model import (
    ASSESSOR,
    INVIGILATOR,
    Duty,
    Finding,
    Requirement,
    RoomLoad,
    StaffMember,
    Subject,
)

_METHOD = "gongjiang.staffing/1"
"""Part of every digest: raised when the same input would be staffed otherwise."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Duties drawn, the fixed among them, and what's still wrong.

    `digest` is SHA-256 (hex) over the input, the seed and the duties.
    """

    duties: tuple[Duty, ...]
    findings: tuple[Finding, ...]
    seed: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Slot:
    role: str
    load: RoomLoad | None = None
    subjects: frozenset[Subject] = frozenset()
    narrow: bool = False

    def duty(self, person: str) -> Duty:
        occupation, level = next(iter(self.subjects)) if self.narrow else ("", "")
        return Duty(person, self.role, self.load.room if self.load else None, occupation, level)


def propose_roster(
    requirement: Requirement,
    rooms: Sequence[RoomLoad],
    people: Sequence[StaffMember],
    day: date,
    *,
    seed: int,
    fixed: Sequence[Duty] = (),
) -> Roster:
    """Draw people for all duties; as many are filled as can be, the site's roles first, then assessors, invigilators.

    Nobody gets two duties, and nobody one that they may not do. Where a room has several subjects, assessors who know
    them all are preferred. `fixed` duties stay. The same input and seed give the same roster, in whatever order the
    input comes. What can't be filled is in `Roster.findings`.
    """
    rng = Random(f"{seed}:roster")
    staff = sorted(people, key=lambda each: each.key)
    loads = sorted(rooms, key=lambda each: each.room)
    duties = sorted(set(fixed), key=lambda each: (each.role, each.room or "", each.person, each.occupation, each.level))
    for narrow in (False, True):
        findings = check_roster(duties, requirement, loads, staff, day)
        slots = list(_slots(findings, requirement, loads, narrow))
        busy = {duty.person for duty in duties}
        free = [each for each in staff if each.key not in busy]
        duties += _draw(slots, free, requirement, day, rng)
    found = check_roster(duties, requirement, loads, staff, day)
    return Roster(tuple(duties), found, seed, _digest(requirement, loads, staff, day, seed, duties))


def _slots(
    findings: Sequence[Finding], requirement: Requirement, loads: Sequence[RoomLoad], narrow: bool
) -> Iterator[_Slot]:
    """One slot for each person lacking; broad slots ask an assessor for every subject of the room, narrow for one."""
    by_room = {load.room: load for load in loads}
    lacking = {load.room: 0 for load in loads}
    in_rooms = {finding.role for finding in findings if finding.room is not None}
    for finding in findings:
        if finding.code == "role_missing" and finding.role not in in_rooms:
            yield from [_Slot(finding.role)] * (finding.needed - finding.found)
    for finding in findings:
        if finding.code in ("assessors_short", "assessors_even") and finding.room is not None:
            count = finding.needed - finding.found
            load, subject = by_room[finding.room], (finding.occupation, finding.level)
            if narrow and len(load.subjects) > 1:
                yield from [_Slot(ASSESSOR, load, frozenset({subject}), narrow=True)] * count
            elif not narrow:
                lacking[finding.room] = max(lacking[finding.room], count)
    for room, count in lacking.items():
        yield from [_Slot(ASSESSOR, by_room[room], frozenset(by_room[room].subjects))] * count
    for finding in findings:
        if finding.code == "invigilators_short" and finding.room is not None:
            yield from [_Slot(INVIGILATOR, by_room[finding.room])] * (finding.needed - finding.found)


def _draw(
    slots: Sequence[_Slot], free: Sequence[StaffMember], requirement: Requirement, day: date, rng: Random
) -> list[Duty]:
    eligible = []
    for slot in slots:
        fit = [
            each.key
            for each in free
            if slot.subjects <= each.qualified and not obstacles(each, slot.role, slot.load, requirement, day)
        ]
        eligible.append(rng.sample(fit, len(fit)))
    taken = _match(eligible)
    return [slots[slot].duty(person) for slot, person in sorted(taken.items())]


def _match(eligible: Sequence[Sequence[str]]) -> dict[int, str]:
    """As many slots as possible get a person of their own; a slot once filled stays filled."""
    holder: dict[str, int] = {}
    taken: dict[int, str] = {}
    for start in range(len(eligible)):
        came: dict[str, int] = {}
        queue, last = deque([start]), None
        while queue and last is None:
            slot = queue.popleft()
            for person in eligible[slot]:
                if person not in came:
                    came[person] = slot
                    if person not in holder:
                        last = person
                        break
                    queue.append(holder[person])
        while last is not None:
            slot = came[last]
            holder[last] = slot
            taken[slot], last = last, (None if slot == start else taken[slot])
    return taken


def _digest(
    requirement: Requirement,
    loads: Sequence[RoomLoad],
    staff: Sequence[StaffMember],
    day: date,
    seed: int,
    duties: Sequence[Duty],
) -> str:
    return digest(
        {
            "method": _METHOD,
            "requirement": _plain(requirement),
            "rooms": [_plain(each) for each in loads],
            "people": [_plain(each) for each in staff],
            "day": day.isoformat(),
            "seed": seed,
            "duties": [_plain(each) for each in duties],
        }
    )


def _plain(value: object) -> object:
    """Plain data in one order: sets sorted, a room's candidates by key, days as text."""
    if is_dataclass(value):
        return {each.name: _plain(getattr(value, each.name)) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, frozenset) or (isinstance(value, tuple) and value and isinstance(value[0], Person)):
        return sorted((_plain(each) for each in value), key=repr)
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    return value.isoformat() if isinstance(value, date) else value
