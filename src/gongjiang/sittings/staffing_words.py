"""What the roster's check found, in words, with what would mend each."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.sittings.models import ExamRoom
from gongjiang.sittings.staffing import Found
from gongjiang.solvers import staffing as solver
from gongjiang.standards.models import PartKind
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.queries import staff_of


@dataclass(frozen=True, slots=True)
class Names:
    """What the findings' keys stand for."""

    members: dict[str, StaffMember]
    rooms: dict[str, ExamRoom]
    day: date


def names_for(batch: Batch, day: date) -> Names:
    """Return the names of the body's staff and of the site's rooms."""
    members = {str(member.pk): member for member in staff_of(batch.body)}
    rooms = {str(room.pk): room for room in ExamRoom.everything.filter(site=batch.site)}
    return Names(members, rooms, day)


def ground_of(found: Found, names: Names, cites: tuple[Citation, ...]) -> Ground:
    """Return a finding in words, with what would mend it."""
    finding = found.finding
    room = names.rooms.get(finding.room or "")
    told = {
        "role": role_name(finding.role),
        "room": room.name if room else "",
        "part": PartKind(found.part).label if found.part else "",
        "needed": finding.needed,
        "found": finding.found,
        "name": names.members[finding.person].name if finding.person in names.members else "",
        "why": ", ".join(_why_words(finding, names)),
    }
    why, way = _words(finding, names)
    return Ground(why % told, way % told, cites, finding.code.replace("_", "-"))


def _why_words(finding: solver.Finding, names: Names) -> list[str]:
    if finding.code == "two_rooms":
        return [names.rooms[key].name for key in finding.why if key in names.rooms]
    if finding.code == "roles_apart":
        return [role_name(role) for role in finding.why]
    return list(finding.why)


def _words(finding: solver.Finding, names: Names) -> tuple[str, str]:
    other = _("Give the duty to somebody else.")
    if finding.code == "role_not_held":
        return _term_words(finding, names), other
    pairs = {
        "role_missing": (_("%(role)s: %(needed)s needed, %(found)s named."), _("Name them in the roster.")),
        "invigilators_short": (
            _("%(room)s: %(needed)s invigilators needed, %(found)s named."),
            _("Name more for this room."),
        ),
        "assessors_short": (
            _("%(room)s: %(needed)s assessors for the occupation and level needed, %(found)s named."),
            _("Name assessors appointed for all levels examined there."),
        ),
        "assessors_even": (
            _("%(room)s: the number of assessors must be odd, %(found)s are named."),
            _("Name one more, or one less."),
        ),
        "not_qualified": (
            _("%(name)s isn't appointed to assess the occupation and level of %(room)s."),
            _("Name an assessor appointed for it."),
        ),
        "own_employer": (_("%(name)s works for %(why)s, as candidates in %(room)s do."), other),
        "trained_candidates": (
            _("%(name)s stays away from %(room)s: kin, a pupil, an apprentice or the same person is examined there."),
            other,
        ),
        "two_rooms": (_("%(name)s is named for several rooms at the same time: %(why)s."), _("Leave one of them.")),
        "roles_apart": (_("%(name)s can't be both: %(why)s."), other),
        "unknown_room": (_("%(name)s is named for a room that isn't used."), _("Name them for another room.")),
        "unknown_person": (_("Somebody named isn't on the staff list any more."), other),
        "duty_twice": (_("%(name)s is named twice for the same duty."), _("Remove one.")),
    }
    return pairs.get(finding.code, (_("%(name)s can't do this: %(why)s."), other))


def _term_words(finding: solver.Finding, names: Names) -> str:
    member = names.members.get(finding.person)
    held = [each for each in member.appointments.all() if each.role == finding.role] if member else []
    over = [each.until for each in held if each.until and each.until <= names.day]
    if over:
        return _("%(name)s: the appointment as %(role)s ended on {day}.").replace("{day}", max(over).isoformat())
    if held:
        begins = min(each.since for each in held).isoformat()
        return _("%(name)s: the appointment as %(role)s begins on {day}.").replace("{day}", begins)
    return _("%(name)s isn't appointed as %(role)s.")


def role_name(role: str) -> str:
    """Return a staff role in the reader's language."""
    return {
        "chief_officer": _("Chief officer"),
        "administration_lead": _("Administration lead"),
        "staff": _("Exam staff"),
        "invigilator": _("Invigilator"),
        "assessor": _("Assessor"),
        "internal_supervisor": _("Internal quality supervisor"),
        "safety_officer": _("Safety officer"),
    }.get(role, role)
