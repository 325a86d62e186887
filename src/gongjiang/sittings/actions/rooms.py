"""Acts on rooms and staff lists: entering them one by one or from a sheet, all of it or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, ExamSite
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law.places import place
from gongjiang.sittings import rules_rooms
from gongjiang.sittings.models import ExamRoom, Seat
from gongjiang.sittings.permissions import ARRANGE, require_role
from gongjiang.sittings.room_sheet import read_rooms
from gongjiang.sittings.rules_rooms import RoomSpec
from gongjiang.sittings.staff_sheet import read_staff
from gongjiang.workforce.actions import Appointed, appoint

GRID = ("kind", "rows", "columns", "blocked")
FIELDS = (*GRID, "is_accessible", "cameras", "inspected_on", "inspection_until")


@dataclass(frozen=True, slots=True)
class RoomsEntered:
    """How many rooms are new, and how many were brought up to date."""

    added: int
    changed: int


@transaction.atomic
def add_rooms(*, actor: Actor, at: datetime, site: ExamSite, rows: Sequence[RoomSpec]) -> RoomsEntered:
    """Enter rooms of a site, or bring rooms of the same names up to date (a new inspection); all of them or none.

    The same again changes nothing. The grid of a room in which seats are arranged can't change.

    :raises NotAllowed: the actor isn't the body's manager or exam clerk.
    :raises Refused: with every reason against every room.
    """
    asked = _("Enter rooms")
    require_role(actor, ARRANGE, asked=asked, subject=site)
    known = {room.name: room for room in ExamRoom.everything.select_for_update().filter(site=site)}
    grounds = [ground for spec in rows for ground in rules_rooms.wrong_with_room(spec, at.date())]
    refuse_if(asked, [*grounds, *_grid_in_use(rows, known)], subject=site)
    fresh = [ExamRoom(site=site, name=spec.name, **_values(spec)) for spec in rows if spec.name not in known]
    ExamRoom.everything.bulk_create(fresh)
    changed = [known[spec.name] for spec in rows if spec.name in known and _update(known[spec.name], spec)]
    ExamRoom.everything.bulk_update(changed, FIELDS)
    if fresh or changed:
        facts = {"added": [room.pk for room in fresh], "changed": [room.pk for room in changed]}
        cites = rules_rooms.room_requirements(place(site.body.regime), at.date())
        audit.record(actor=actor, action="room.enter", subject=site, at=at, facts=facts, cites=cites)
    return RoomsEntered(len(fresh), len(changed))


@transaction.atomic
def import_rooms(*, actor: Actor, at: datetime, body: AssessmentBody, content: bytes) -> RoomsEntered:
    """Enter the rooms of a sheet at the body's filed sites; all of them or none.

    :raises SheetRefused: with every problem of every row.
    """
    require_role(actor, ARRANGE, asked=_("Import rooms"), subject=body)
    found = read_rooms(content, body=body, today=at.date())
    done = [add_rooms(actor=actor, at=at, site=site, rows=rows) for site, rows in found.items()]
    return RoomsEntered(sum(each.added for each in done), sum(each.changed for each in done))


@transaction.atomic
def import_staff(*, actor: Actor, at: datetime, body: AssessmentBody, content: bytes) -> Appointed:
    """Appoint the people of a staff sheet (JL-2024-5§37, §38, §44); all of them or none.

    :raises SheetRefused: with every problem of every row.
    """
    require_role(actor, ARRANGE, asked=_("Import staff"), subject=body)
    specs = read_staff(content, body=body, today=at.date())
    return appoint(actor=actor, at=at, body=body, specs=specs)


def _values(spec: RoomSpec) -> dict[str, object]:
    values = {name: getattr(spec, name) for name in FIELDS}
    return values | {"blocked": [list(place) for place in spec.blocked]}


def _update(room: ExamRoom, spec: RoomSpec) -> bool:
    values = _values(spec)
    if all(getattr(room, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(room, name, value)
    return True


def _grid_in_use(rows: Sequence[RoomSpec], known: dict[str, ExamRoom]) -> list[Ground]:
    other = [
        known[spec.name]
        for spec in rows
        if spec.name in known and any(getattr(known[spec.name], name) != _values(spec)[name] for name in GRID)
    ]
    used = set(Seat.objects.filter(room__in=other, arrangement__superseded=False).values_list("room__name", flat=True))
    return [
        Ground(
            _("%(room)s: seats are arranged in it, so its kind and grid stay.") % {"room": name},
            _("Enter a room under a new name, or change it once the exam is over."),
            code="room-in-use",
        )
        for name in sorted(used)
    ]
