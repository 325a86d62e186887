"""Is a roster complete and clean?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations

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


def check_roster(
    assignments: Sequence[Duty],
    requirement: Requirement,
    rooms: Sequence[RoomLoad],
    people: Sequence[StaffMember],
    day: date,
) -> tuple[Finding, ...]:
    """Everything that keeps this roster from being locked for this day; empty if nothing does.

    A person who may not do a duty (recused, out of term, not qualified) doesn't count towards its number, so that each
    finding by itself tells what's still needed. The order is: the site's roles, room by room, then people.
    """
    staff = {each.key: each for each in people}
    loads = {each.room: each for each in rooms}
    sound: list[Duty] = []
    personal: list[Finding] = []
    for duty in sorted(set(assignments), key=_duty_order):
        faults = list(_duty_faults(duty, requirement, loads, staff, day))
        personal += faults
        if not faults:
            sound.append(duty)
    found = list(_missing_roles(sound, requirement))
    for load in sorted(rooms, key=lambda each: each.room):
        found += _room_numbers(load, sound, requirement, staff)
    return (*found, *personal, *_clashes(assignments, requirement))


def obstacles(
    member: StaffMember, role: str, load: RoomLoad | None, requirement: Requirement, day: date
) -> tuple[Finding, ...]:
    """Why this person may not do this duty on this day, apart from other duties; empty if they may."""
    room = load.room if load else None
    found = []

    def add(code: str, *why: str) -> None:
        found.append(Finding(code, role, room, person=member.key, why=why))

    if role not in member.roles:
        add("role_not_held")
    if member.term_from is not None and day < member.term_from:
        add("term_not_begun", member.term_from.isoformat())
    elif member.term_until is not None and day >= member.term_until:
        add("term_ended", member.term_until.isoformat())
    if load is None:
        return tuple(found)
    keys = {each.key for each in load.candidates}
    employers = {each.employer for each in load.candidates if each.employer}
    if requirement.recuse_trainers and (trained := keys & member.trainees):
        add("trained_candidates", *sorted(trained))
    if parties := employers & member.recuses_from:
        add("recused_party", *sorted(parties))
    if requirement.recuse_own_employer and member.employer in employers:
        add("own_employer", member.employer)
    return tuple(found)


def substitutes(
    role: str,
    room: str | None,
    assignments: Sequence[Duty],
    requirement: Requirement,
    rooms: Sequence[RoomLoad],
    people: Sequence[StaffMember],
    day: date,
) -> tuple[str, ...]:
    """Keys of people without any duty so far who could take this one; assessors must know every subject of the room."""
    load = next((each for each in rooms if each.room == room), None)
    busy = {duty.person for duty in assignments}
    subjects = set(load.subjects) if load and role == ASSESSOR else set()
    return tuple(
        sorted(
            each.key
            for each in people
            if each.key not in busy and subjects <= each.qualified and not obstacles(each, role, load, requirement, day)
        )
    )


def _duty_order(duty: Duty) -> tuple[str, str, str, str, str]:
    return (duty.role, duty.room or "", duty.person, duty.occupation, duty.level)


def _duty_faults(
    duty: Duty, requirement: Requirement, loads: Mapping[str, RoomLoad], staff: Mapping[str, StaffMember], day: date
) -> Iterator[Finding]:
    member = staff.get(duty.person)
    if member is None:
        yield Finding("unknown_person", duty.role, duty.room, person=duty.person)
    if duty.room is not None and duty.room not in loads:
        yield Finding("unknown_room", duty.role, duty.room, person=duty.person)
        return
    if member is None:
        return
    load = loads[duty.room] if duty.room is not None else None
    yield from obstacles(member, duty.role, load, requirement, day)
    if duty.role == ASSESSOR and load is not None:
        for occupation, level in sorted(_subjects_of(duty, load) - member.qualified):
            narrow = bool(duty.occupation) or len(load.subjects) == 1
            if narrow or not member.qualified & set(load.subjects):
                yield Finding(
                    "not_qualified", ASSESSOR, duty.room, person=duty.person, occupation=occupation, level=level
                )


def _subjects_of(duty: Duty, load: RoomLoad) -> set[Subject]:
    return {(duty.occupation, duty.level)} if duty.occupation else set(load.subjects)


def _missing_roles(sound: Iterable[Duty], requirement: Requirement) -> Iterator[Finding]:
    for role in sorted(requirement.roles | requirement.at_least.keys()):
        needed = requirement.people_in(role)
        found = len({duty.person for duty in sound if duty.role == role})
        if found < needed:
            yield Finding("role_missing", role, needed=needed, found=found)


def _room_numbers(
    load: RoomLoad, sound: Sequence[Duty], requirement: Requirement, staff: Mapping[str, StaffMember]
) -> Iterator[Finding]:
    here = [duty for duty in sound if duty.room == load.room]
    if load.kind in requirement.invigilated_kinds:
        needed = requirement.invigilators(len(load.candidates))
        found = len({duty.person for duty in here if duty.role == INVIGILATOR})
        if found < needed:
            yield Finding("invigilators_short", INVIGILATOR, load.room, needed, found)
    if load.kind in requirement.assessed_kinds:
        for subject, count in load.subjects.items():
            needed = requirement.assessors(count)
            found = len(
                {
                    duty.person
                    for duty in here
                    if duty.role == ASSESSOR and subject in _subjects_of(duty, load) & staff[duty.person].qualified
                }
            )
            if found < needed:
                yield Finding("assessors_short", ASSESSOR, load.room, needed, found, "", (), *subject)
            elif requirement.odd_assessors and found % 2 == 0:
                yield Finding("assessors_even", ASSESSOR, load.room, found + 1, found, "", (), *subject)


def _clashes(assignments: Sequence[Duty], requirement: Requirement) -> Iterator[Finding]:
    """Duties that no one person can do together."""
    for duty, times in sorted(Counter(assignments).items(), key=lambda item: _duty_order(item[0])):
        if times > 1:
            yield Finding("duty_twice", duty.role, duty.room, needed=1, found=times, person=duty.person)
    rooms: dict[str, set[str]] = defaultdict(set)
    roles: dict[str, set[str]] = defaultdict(set)
    for duty in assignments:
        roles[duty.person].add(duty.role)
        if duty.room is not None:
            rooms[duty.person].add(duty.room)
    for person in sorted(roles):
        if len(rooms[person]) > 1:
            yield Finding(
                "two_rooms", needed=1, found=len(rooms[person]), person=person, why=tuple(sorted(rooms[person]))
            )
        for pair in combinations(sorted(roles[person]), 2):
            if frozenset(pair) in requirement.roles_apart:
                yield Finding("roles_apart", person=person, why=pair)
