"""From a batch's roster to the solver and back: is it complete and clean, who could take what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from gongjiang.bodies.models import BodyKind
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.settings_of_place import settings_for
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.sittings.models import Arrangement, Duty, Seat, Sitting
from gongjiang.sittings.rules_rooms import ROOM_OF_PART, parts_by_line
from gongjiang.sittings.seating import day_of
from gongjiang.solvers import staffing as solver
from gongjiang.standards.models import Level, PartKind
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.queries import held_on, staff_of
from gongjiang.workforce.queries_relations import Met, meetings_to_avoid

IN_ROOMS = frozenset({solver.INVIGILATOR, solver.ASSESSOR})
ASSESSED = (PartKind.PRACTICAL, PartKind.PANEL)
LEVELS = tuple(Level)
"""Lowest to highest."""


@dataclass(frozen=True)
class Show:
    """One sitting as the roster sees it: its day, its requirement, its rooms with who is examined there."""

    sitting: Sitting
    day: date
    requirement: solver.Requirement
    loads: tuple[solver.RoomLoad, ...]


class Found(NamedTuple):
    """A finding with the part in which it was found; '' where it is the whole batch's."""

    part: str
    finding: solver.Finding


def role_rule(batch: Batch, day: date) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Return the roles that must be named in advance and the articles that say so (JL-2024-5§21)."""
    rule = ask.STAFF_ROLES.get(place=regime_of(batch), day=day)
    return (rule.value, rule.cites) if rule else ((), ())


def shows_of(arrangement: Arrangement) -> list[Show]:
    """Return every sitting of the arrangement with its rooms and candidates."""
    seats = list(
        Seat.objects.filter(arrangement=arrangement).select_related("sitting", "room", "enrolment__line__occupation")
    )
    by_sitting: dict[int, list[Seat]] = {}
    for seat in seats:
        by_sitting.setdefault(seat.sitting_id, []).append(seat)
    sittings = {seat.sitting_id: seat.sitting for seat in seats}
    return [
        Show(
            sittings[pk],
            day_of(sittings[pk].starts_at),
            requirement_of(arrangement.batch, sittings[pk]),
            tuple(_loads(mine)),
        )
        for pk, mine in sorted(by_sitting.items(), key=lambda item: sittings[item[0]].starts_at)
    ]


def _loads(seats: Iterable[Seat]) -> Iterable[solver.RoomLoad]:
    """Yield each room's candidates. Those of one occupation count together, at the highest level among them, so that
    the ratio holds for the room and not for each level by itself."""
    rooms: dict[int, list[Seat]] = {}
    for seat in seats:
        rooms.setdefault(seat.room_id, []).append(seat)
    for pk, mine in sorted(rooms.items()):
        highest: dict[str, str] = {}
        for seat in mine:
            code, level = seat.enrolment.line.occupation.code, seat.enrolment.line.level
            highest[code] = max(highest.get(code, level), level, key=rank_of)
        people = [_person(seat.enrolment) for seat in mine]
        people = [replace(each, level=highest[each.occupation]) for each in people]
        yield solver.RoomLoad(str(pk), mine[0].room.kind, tuple(people))


def _person(enrolment: Enrolment) -> solver.Person:
    return solver.Person(
        str(enrolment.pk), enrolment.employer.strip(), enrolment.line.occupation.code, enrolment.line.level
    )


def rank_of(level: str) -> int:
    """Return how high a level is, 0 the lowest."""
    return [each.value for each in LEVELS].index(level)


def requirement_of(batch: Batch, sitting: Sitting) -> solver.Requirement:
    """Return what the standards and the place ask of the sitting's staff; of several standards the strictest.

    The whole site's roles are asked of every sitting; invigilators of theory, assessors of the other parts.
    """
    day = day_of(sitting.starts_at)
    wanted = [part for parts in parts_by_line(batch).values() for part in parts if part.kind == sitting.part]
    names = ("staff.invigilator_ratio", "staff.invigilators_least", "staff.assessor_ratio", "staff.assessors_least")
    held = settings_for(names, place=regime_of(batch), day=day)
    theory = sitting.part == PartKind.THEORY
    ratio = min((part.candidates_per_staff for part in wanted), default=0)
    least = max((part.min_staff for part in wanted), default=0)
    roles, _cites = role_rule(batch, day)
    return solver.Requirement(
        roles=frozenset(role for role in roles if role not in IN_ROOMS),
        candidates_per_invigilator=ratio if theory and ratio else held["staff.invigilator_ratio"].value,
        per_room_invigilators=least if theory and least else held["staff.invigilators_least"].value,
        candidates_per_assessor=held["staff.assessor_ratio"].value if theory or not ratio else ratio,
        min_assessors=held["staff.assessors_least"].value if theory or not least else least,
        odd_assessors=any(part.odd_staff for part in wanted),
        invigilated_kinds=frozenset({ROOM_OF_PART[PartKind.THEORY].value}),
        assessed_kinds=frozenset(ROOM_OF_PART[part].value for part in ASSESSED),
        recuse_own_employer=True,
        roles_apart=frozenset(
            frozenset({"internal_supervisor", role}) for role in roles if role != "internal_supervisor"
        ),
    )


def members_of(batch: Batch, day: date, staff: Sequence[StaffMember] | None = None) -> list[solver.StaffMember]:
    """Return the body's staff as the solver sees them on the day: only appointments in force count.

    Someone employed by the body itself isn't recused from its own people where a body may assess only those: an
    employer and a college assess their own (JL-2024-5§4).
    """
    found = staff_of(batch.body) if staff is None else staff
    own = batch.body.name if batch.body.kind != BodyKind.SOCIAL else ""
    avoid = _to_avoid(batch, found, day)
    return [
        solver.StaffMember(
            key=str(member.pk),
            roles=frozenset(each.role for each in held_on(member, day)),
            qualified=frozenset(_subjects(member, day)),
            employer="" if member.employer == own else member.employer,
            trainees=avoid.get(member.pk, frozenset()),
        )
        for member in found
    ]


def _to_avoid(batch: Batch, staff: Sequence[StaffMember], day: date) -> dict[int, frozenset[str]]:
    """Return the candidates whom each of the staff must not meet: kin, pupils, apprentices, themselves.

    At a body that assesses its own people a relation to that body itself doesn't count, as with the employer's name.
    """
    own = batch.body.credit_code if batch.body.kind != BodyKind.SOCIAL else ""
    rows = Enrolment.everything.filter(batch=batch).exclude(state="withdrawn")
    candidates = {
        str(pk): Met(person_key, "" if code == own else code)
        for pk, person_key, code in rows.values_list("pk", "candidate__person_key", "employer_code")
    }
    return meetings_to_avoid({member.identity_index: member.pk for member in staff}, candidates, day)


def _subjects(member: StaffMember, day: date) -> Iterable[solver.Subject]:
    for each in held_on(member, day):
        if each.role == solver.ASSESSOR and each.occupation is not None and each.highest_level:
            for level in LEVELS[: rank_of(each.highest_level) + 1]:
                yield (each.occupation.code, level.value)


def duties_of(batch: Batch) -> list[Duty]:
    """Return the duties in force, by role."""
    return list(Duty.objects.filter(batch=batch, ended_at=None).select_related("member", "room").order_by("role", "pk"))


def duty(row: Duty) -> solver.Duty:
    """Return a duty as the solver sees it."""
    return solver.Duty(str(row.member_id), row.role, str(row.room_id) if row.room_id else None)


def duties_in(rows: Sequence[Duty], show: Show) -> list[solver.Duty]:
    """Return the duties that hold in a sitting: its part's and the whole batch's."""
    return [duty(row) for row in rows if row.part in ("", show.sitting.part)]


def check(arrangement: Arrangement, rows: Sequence[Duty] | None = None) -> list[Found]:
    """Return everything that keeps the roster from being locked, each thing once."""
    batch = arrangement.batch
    held = duties_of(batch) if rows is None else list(rows)
    staff = staff_of(batch.body)
    found: dict[Found, None] = {}
    shows = shows_of(arrangement)
    for show in shows:
        people = members_of(batch, show.day, staff)
        here = _here(duties_in(held, show), show, shows)
        for each in solver.check_roster(here, show.requirement, show.loads, people, show.day):
            whole = each.code == "role_missing" or (each.room is None and each.role not in IN_ROOMS)
            found[Found("" if whole else show.sitting.part, each)] = None
    return without_echo(list(found))


def _here(held: Iterable[solver.Duty], show: Show, shows: Sequence[Show]) -> list[solver.Duty]:
    """Leave out duties in rooms that the part uses at another time only: a duty is a part's, not a sitting's."""
    here = {load.room for load in show.loads}
    part = (load.room for each in shows if each.sitting.part == show.sitting.part for load in each.loads)
    elsewhere = set(part) - here
    return [each for each in held if each.room not in elsewhere]


def without_echo(found: Sequence[Found]) -> list[Found]:
    """Return the findings without 'not qualified' of people whose appointment isn't in force at all."""
    gone = {(each.finding.person, each.finding.role) for each in found if each.finding.code == "role_not_held"}
    return [
        each
        for each in found
        if not (each.finding.code == "not_qualified" and (each.finding.person, each.finding.role) in gone)
    ]
