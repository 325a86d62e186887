"""Who may do which duty, as grounds of a refusal with its article."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Question
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.sittings import staffing, staffing_words
from gongjiang.sittings.models import Duty, ExamRoom
from gongjiang.sittings.queries import current_of
from gongjiang.solvers import staffing as solver
from gongjiang.standards.models import PartKind
from gongjiang.workforce.models import StaffMember


def wrong_with_duty(batch: Batch, member: StaffMember, role: str, part: str, room: ExamRoom | None) -> list[Ground]:
    """Return every reason against naming the person: body, role, term, scope, recusal."""
    roles, cites = staffing.role_rule(batch, batch.exam_from)
    if member.body_id != batch.body_id:
        why = _("The person isn't on this body's staff list.")
        return [Ground(why, _("Appoint them first."), cites, "not-our-staff")]
    if roles and role not in roles:
        why = _("There's no such role.")
        return [Ground(why, _("Choose one of the list."), cites, "unknown-role")]
    if (role in staffing.IN_ROOMS) != bool(part and room):
        why = _("Invigilators and assessors work in a room during one part, the others on the whole site.")
        return [Ground(why, _("Choose part and room, or none."), code="where")]
    return _obstacles(batch, member, role, part, room)


def _obstacles(batch: Batch, member: StaffMember, role: str, part: str, room: ExamRoom | None) -> list[Ground]:
    arrangement = current_of(batch)
    shows = staffing.shows_of(arrangement) if arrangement else []
    relevant = [show for show in shows if part in ("", show.sitting.part)]
    found: dict[Ground, None] = {}
    for show in relevant:
        names = staffing_words.names_for(batch, show.day)
        people = {each.key: each for each in staffing.members_of(batch, show.day)}
        load = next((each for each in show.loads if room and each.room == str(room.pk)), None)
        told = [staffing.Found(show.sitting.part, each) for each in _findings(people[str(member.pk)], role, load, show)]
        for each in staffing.without_echo(told):
            found[staffing_words.ground_of(each, names, _cites(batch, each.finding.code, show))] = None
    if room and relevant and not any(str(room.pk) == load.room for show in relevant for load in show.loads):
        why = _("The room isn't used in this part.")
        found[Ground(why, _("Choose a room in which seats are arranged."), code="unknown-room")] = None
    return list(found)


def _findings(
    person: solver.StaffMember, role: str, load: solver.RoomLoad | None, show: staffing.Show
) -> Iterable[solver.Finding]:
    yield from solver.obstacles(person, role, load, show.requirement, show.day)
    if role == solver.ASSESSOR and load is not None:
        for occupation, level in sorted(set(load.subjects) - person.qualified):
            yield solver.Finding(
                "not_qualified", role, load.room, person=person.key, occupation=occupation, level=level
            )


def _cites(batch: Batch, code: str, show: staffing.Show) -> tuple[Citation, ...]:
    """Return the article behind a finding of a person: scope (§37), term (§38), or the roster itself (§21)."""
    where = regime_of(batch)
    questions: dict[str, Question[Any]] = {
        "not_qualified": ask.ASSESSOR_WITHIN_SCOPE,
        "role_not_held": ask.ASSESSOR_TERM_YEARS,
    }
    question = questions.get(code)
    rule = question.get(place=where, day=show.day) if question else None
    return rule.cites if rule else staffing.role_rule(batch, show.day)[1]


def already_ended(duty: Duty) -> list[Ground]:
    """Return the ground that the duty was given to somebody else before."""
    if duty.ended_at is None:
        return []
    why = _("The duty has already passed to somebody else.")
    return [Ground(why, _("Open the roster again."), code="duty-ended")]


def usual_duties(batch: Batch, show: staffing.Show, rows: Sequence[Duty]) -> list[solver.Duty]:
    """Return duties of those who always work in one room, where it is used and they may."""
    rooms = {room.name: room for room in ExamRoom.everything.filter(site=batch.site)}
    role = solver.INVIGILATOR if show.sitting.part == PartKind.THEORY else solver.ASSESSOR
    busy = {row.member_id for row in rows if row.part in ("", show.sitting.part)}
    people = {each.key: each for each in staffing.members_of(batch, show.day)}
    found = []
    for member in StaffMember.everything.filter(body=batch.body, usual_room__in=rooms).order_by("pk"):
        key = str(rooms[member.usual_room].pk)
        load = next((each for each in show.loads if each.room == key), None)
        if load and member.pk not in busy and not list(_findings(people[str(member.pk)], role, load, show)):
            found.append(solver.Duty(str(member.pk), role, key))
    return found


def row_of(batch: Batch, show: staffing.Show, drawn: solver.Duty) -> Duty:
    """Return a drawn duty as a row: in a room during the part, or of the whole batch."""
    part = show.sitting.part if drawn.room else ""
    room = int(drawn.room) if drawn.room else None
    return Duty(batch=batch, member_id=int(drawn.person), role=drawn.role, part=part, room_id=room)
