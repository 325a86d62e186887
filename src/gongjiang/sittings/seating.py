"""From a batch to the solver and back: who is seated when and in which rooms, one plan for each group."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import canonical
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.sittings.models import Arrangement, ExamRoom, Sitting
from gongjiang.sittings.rules_rooms import parts_by_line, usable_rooms
from gongjiang.solvers import seating as solver
from gongjiang.standards.models import PartKind

ON_THEIR_OWN = frozenset({"", "无", "个人", "自由职业", "待业", "--", "-"})


@dataclass(frozen=True, slots=True)
class Pin:
    """A candidate's seat in a sitting that mustn't change."""

    sitting: int
    enrolment: int
    room: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Group:
    """Candidates who are seated by one plan: a sitting's, and in a practical part those of one occupation."""

    sitting: Sitting
    label: str
    people: tuple[solver.Person, ...]
    rooms: tuple[solver.Room, ...]


@dataclass(frozen=True, slots=True)
class Solved:
    """A group with its plan."""

    group: Group
    plan: solver.Plan


class NotSeatable(Exception):
    """No arrangement exists; ``grounds`` say why."""

    def __init__(self, grounds: Iterable[Ground]) -> None:
        self.grounds = tuple(grounds)
        super().__init__(len(self.grounds))


def day_of(instant: datetime) -> date:
    """Return the day of an instant in Asia/Shanghai."""
    return instant.astimezone(SHANGHAI).date()


def eligible_of(batch: Batch) -> list[Enrolment]:
    """Return the enrolments decided as eligible, in order of entry."""
    found = Enrolment.everything.filter(batch=batch, state=EnrolmentState.ELIGIBLE)
    return list(found.select_related("line__occupation").order_by("pk"))


def employer_of(enrolment: Enrolment) -> str:
    """Return what candidates of one employer share: its code or name; empty for people on their own."""
    name = enrolment.employer.strip()
    return "" if name in ON_THEIR_OWN else enrolment.employer_code or name


def person(enrolment: Enrolment) -> solver.Person:
    """Return the candidate as the solver sees them: without name and number."""
    return solver.Person(
        key=str(enrolment.pk),
        employer=employer_of(enrolment),
        occupation=enrolment.line.occupation.code,
        level=enrolment.line.level,
        needs_access=enrolment.needs_access,
    )


def hall(room: ExamRoom) -> solver.Room:
    """Return the room as the solver sees it."""
    blocked = frozenset((row, column) for row, column in room.blocked)
    return solver.Room(str(room.pk), room.rows, room.columns, room.is_accessible, blocked, room.kind)


def groups_of(batch: Batch, pins: Sequence[Pin]) -> list[Group]:
    """Return who is to be seated in which sitting and from which rooms.

    A sitting's theory rooms are shared by all occupations. In the other parts a room is equipped for one occupation, so
    its candidates are a group of their own. Several sittings of one part share the candidates in order of the lines.

    :raises NotSeatable: sittings or seats lack.
    """
    by_line, where = parts_by_line(batch), regime_of(batch)
    sittings = list(batch.sittings.order_by("starts_at", "pk"))
    people = eligible_of(batch)
    grounds, groups = list(_missing_sittings(batch, by_line.values(), sittings)), []
    if not people:
        way = _("Decide the eligibility of the candidates first.")
        grounds.append(Ground(_("Nobody is to be seated."), way, code="nobody"))
    for part in PartKind:
        of_part = [e for e in people if any(p.kind == part for p in by_line[e.line_id])]
        turns = [s for s in sittings if s.part == part]
        if not of_part or not turns:
            continue
        room_list = [usable_rooms(batch.site, part, day_of(s.starts_at), where) for s in turns]
        shares = _share(of_part, [sum(room.capacity for room in rooms) for rooms in room_list])
        for sitting, share, rooms in zip(turns, shares, room_list, strict=True):
            mine = [pin for pin in pins if pin.sitting == sitting.pk]
            groups += _groups_of_sitting(sitting, share, rooms, mine)
    if grounds:
        raise NotSeatable(grounds)
    return groups


def solve(groups: Sequence[Group], pins: Sequence[Pin], *, seed: int) -> list[Solved]:
    """Return a plan for each group; the same input and seed give the same plans.

    :raises NotSeatable: with every reason of every group.
    """
    solved, grounds = [], []
    for group in groups:
        keys = {each.key for each in group.people}
        mine = {
            str(pin.enrolment): (str(pin.room), pin.row, pin.column)
            for pin in pins
            if pin.sitting == group.sitting.pk and str(pin.enrolment) in keys
        }
        try:
            solved.append(Solved(group, solver.arrange(group.people, group.rooms, seed=seed, pins=mine)))
        except solver.Infeasible as error:
            grounds += [_why(group, reason) for reason in error.reasons]
    if grounds:
        raise NotSeatable(grounds)
    return solved


def digest_of(solved: Sequence[Solved]) -> str:
    """Return the digest over all plans, each with its sitting."""
    return canonical.digest([[each.group.sitting.pk, each.plan.digest] for each in solved])


def digest_with(digest: str, move: Mapping[str, object]) -> str:
    """Return the digest after one more move by hand."""
    return canonical.digest([digest, dict(move)])


def explanation_of(solved: Sequence[Solved]) -> list[dict[str, object]]:
    """Return, for each plan, what a page can say of it."""
    return [
        {
            "sitting": each.group.sitting.pk,
            "group": each.group.label,
            "people": each.plan.explanation.people,
            "rooms": [int(room) for room in each.plan.rooms_used],
            "rooms_offered": each.plan.explanation.rooms_offered,
            "pinned": each.plan.explanation.pinned,
            "conflicts": each.plan.explanation.conflicts,
            "lower_bound": each.plan.explanation.lower_bound,
            "proven": each.plan.explanation.proven,
            "same_paper": each.plan.explanation.same_paper,
            "digest": each.plan.digest,
        }
        for each in solved
    ]


def recompute(arrangement: Arrangement) -> str:
    """Return the digest that seed, pins and moves of the arrangement give when everything is computed again.

    Equal to the recorded one as long as candidates, rooms and sittings are what they were.

    :raises NotSeatable: the inputs no longer allow any arrangement.
    """
    pins = [Pin(*pin) for pin in arrangement.pins]
    digest = digest_of(solve(groups_of(arrangement.batch, pins), pins, seed=arrangement.seed))
    for move in arrangement.moves:
        digest = digest_with(digest, move)
    return digest


def _missing_sittings(batch: Batch, parts: Iterable[Sequence[object]], sittings: Sequence[Sitting]) -> Iterable[Ground]:
    held = {sitting.part for sitting in sittings}
    needed = {part.kind for group in parts for part in group}  # type: ignore[attr-defined]
    for kind in PartKind:
        if kind in needed - held:
            why = _("No sitting is scheduled for: %(part)s.") % {"part": kind.label}
            yield Ground(why, _("Schedule it within the exam days of the announcement."), code="no-sitting")


def _share(people: Sequence[Enrolment], capacities: Sequence[int]) -> list[list[Enrolment]]:
    """Deal people out to the sittings of one part, line by line; what is too many stays with the last."""
    ordered = sorted(people, key=lambda each: (each.line_id, each.pk))
    shares: list[list[Enrolment]] = []
    for capacity in capacities[:-1]:
        shares.append(ordered[:capacity])
        ordered = ordered[capacity:]
    return [*shares, ordered]


def _groups_of_sitting(
    sitting: Sitting, people: Sequence[Enrolment], rooms: Sequence[ExamRoom], pins: Sequence[Pin]
) -> list[Group]:
    if not people:
        return []
    halls = [hall(room) for room in rooms]
    if sitting.part == PartKind.THEORY:
        return [Group(sitting, "", tuple(map(person, people)), tuple(halls))]
    by_occupation: dict[str, list[Enrolment]] = {}
    for each in people:
        by_occupation.setdefault(each.line.occupation.code, []).append(each)
    crowds = {code: [person(each) for each in found] for code, found in sorted(by_occupation.items())}
    allotted = allot(crowds, halls, pins)
    names = {each.line.occupation.code: each.line.occupation.name for each in people}
    return [Group(sitting, names[code], tuple(crowd), tuple(allotted[code])) for code, crowd in crowds.items()]


def allot(
    crowds: Mapping[str, Sequence[solver.Person]], rooms: Sequence[solver.Room], pins: Sequence[Pin]
) -> dict[str, list[solver.Room]]:
    """Deal rooms out to crowds that may not share one: pinned rooms first, then accessible ones to those who need
    them, then the largest. A crowd that gets too few is found short by the solver."""
    left = sorted(rooms, key=lambda room: (-room.capacity, room.key))
    found: dict[str, list[solver.Room]] = {code: [] for code in crowds}

    def take(code: str, room: solver.Room) -> None:
        left.remove(room)
        found[code].append(room)

    for code, crowd in crowds.items():
        keys = {each.key for each in crowd}
        wanted = {str(pin.room) for pin in pins if str(pin.enrolment) in keys}
        for room in [each for each in left if each.key in wanted]:
            take(code, room)
    for code, crowd in crowds.items():
        need = sum(each.needs_access for each in crowd)
        for room in [each for each in left if each.accessible]:
            if sum(each.capacity for each in found[code] if each.accessible) < need:
                take(code, room)
    for code, crowd in crowds.items():
        for room in sorted(left, key=lambda each: (each.accessible, -each.capacity, each.key)):
            if sum(each.capacity for each in found[code]) < len(crowd):
                take(code, room)
    return found


def _why(group: Group, reason: solver.Reason) -> Ground:
    part = PartKind(group.sitting.part).label
    where = f"{part} {group.label}".strip()
    if reason.code == "seats_short":
        why = _("%(where)s: %(count)s seats are lacking.") % {"where": where, "count": reason.short_by}
        way = _("Enter further rooms with a valid inspection, or schedule another sitting.")
    elif reason.code == "accessible_seats_short":
        why = _("%(where)s: %(count)s accessible seats are lacking.") % {"where": where, "count": reason.short_by}
        way = _("Enter an accessible room, or mark one that is.")
    else:
        why = _("%(where)s: a pinned seat can't be kept.") % {"where": where}
        way = _("Release the pin; the room, the seat or the candidate isn't there any more.")
    return Ground(why, way, code=reason.code.replace("_", "-"))


Spot = tuple[int, int, int, int]
"""Sitting, room, row, column."""


def conflicts_among(seats: Mapping[Spot, tuple[int, str]]) -> list[dict[str, int]]:
    """Return neighbours (left and right, front and back) of one employer, given (enrolment, employer) by spot."""
    found = []
    for (sitting, room, row, column), (enrolment, employer) in sorted(seats.items()):
        for near in ((sitting, room, row + 1, column), (sitting, room, row, column + 1)):
            other = seats.get(near)
            if employer and other and other[1] == employer:
                found.append({"sitting": sitting, "room": room, "a": enrolment, "b": other[0]})
    return found


def overlapping(spans: Iterable[Sitting]) -> list[tuple[Sitting, Sitting]]:
    """Return pairs of sittings, in order of time, of which the second begins before the first ends."""
    ordered = sorted(spans, key=lambda each: (each.starts_at, each.ends_at))
    return [(a, b) for a, b in pairwise(ordered) if b.starts_at < a.ends_at]


def largest_employers(people: Iterable[Enrolment]) -> list[tuple[str, int]]:
    """Return employers with their number of candidates, largest first."""
    return Counter(each.employer for each in people if employer_of(each)).most_common()
