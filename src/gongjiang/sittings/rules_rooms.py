"""Which rooms may be used, and which must stand beside them, each as grounds of a refusal with its article."""

import re
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.bodies.models import ExamSite
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.sittings.models import ExamRoom, RoomKind
from gongjiang.standards.models import PartKind, StandardPart

SEATED = frozenset({RoomKind.THEORY, RoomKind.PRACTICAL, RoomKind.PANEL})
ROOM_OF_PART = {part: RoomKind(part.value) for part in PartKind}
STATIONS_A_ROW = 5


@dataclass(frozen=True, slots=True)
class RoomSpec:
    """A room as a body states it; days inclusive."""

    name: str
    kind: str
    inspected_on: date
    inspection_until: date
    rows: int = 0
    columns: int = 0
    blocked: tuple[tuple[int, int], ...] = ()
    is_accessible: bool = False
    cameras: int = 0


def wrong_with_room(spec: RoomSpec, today: date) -> list[Ground]:
    """Return every reason against entering a room: no seats, no camera, an inspection in the future or out of order."""
    grounds = []
    if spec.kind in SEATED and spec.rows * spec.columns - len(spec.blocked) < 1:
        way = _("Write rows and columns, or the number of stations.")
        grounds.append(Ground(_("An exam room needs seats."), way, code="no-seats"))
    if spec.inspection_until <= spec.inspected_on:
        why = _("The inspection would end before it was made.")
        grounds.append(Ground(why, _("Check both days."), code="inspection"))
    if spec.inspected_on > today:
        why = _("The inspection lies in the future.")
        grounds.append(Ground(why, _("Enter the room after the inspection."), code="inspection"))
    return grounds


def room_requirements(place: Place, day: date) -> tuple[Citation, ...]:
    """Return the articles on what every exam room must satisfy (JL-2024-5§18)."""
    rule = ask.ROOM_REQUIREMENTS.get(place=place, day=day)
    return rule.cites if rule else ()


def natural(name: str) -> list[tuple[int, str]]:
    """Return the key by which a name's numbers count as numbers: room 2 before room 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", name)]


def largest_room(place: Place, day: date) -> int:
    """Return how many seats the place allows in a theory room on the day."""
    return int(setting("room.size", place=place, day=day).value)


def wrong_with_use(room: ExamRoom, day: date, place: Place, most: int | None = None) -> list[Ground]:
    """Return every reason against using a room for an exam on the day: inspection, cameras, size (JL-2024-5§18).

    :param most: :func:`largest_room`, if the caller asked already.
    """
    cites = room_requirements(place, day)
    named = {"room": room.name, "day": room.inspection_until}
    grounds = []
    if not room.inspected_on <= day <= room.inspection_until:
        why = _("%(room)s: the inspection holds until %(day)s.") % named
        if day < room.inspected_on:
            why = _("%(room)s: not inspected yet on the day of the exam.") % named
        grounds.append(Ground(why, _("Have it inspected and enter the new days."), cites, "inspection-over"))
    if room.kind in SEATED and not room.cameras:
        why = _("%(room)s: no camera is entered.") % named
        grounds.append(Ground(why, _("Cover the room with cameras and enter them."), cites, "no-camera"))
    if room.kind == RoomKind.THEORY:
        most = largest_room(place, day) if most is None else most
        if room.capacity > most:
            told = {**named, "seats": room.capacity, "most": most}
            why = _("%(room)s: %(seats)s seats; the place allows %(most)s in a room.") % told
            grounds.append(Ground(why, _("Enter fewer rows or columns."), code="room-too-large"))
    return grounds


def usable_rooms(site: ExamSite, part: str, day: date, place: Place) -> list[ExamRoom]:
    """Return the site's rooms for a part that may be used on the day, by name."""
    rooms = ExamRoom.everything.filter(site=site, kind=ROOM_OF_PART[PartKind(part)]).order_by("name")
    most = largest_room(place, day)
    return [room for room in rooms if not wrong_with_use(room, day, place, most)]


def missing_beside(batch: Batch, day: date) -> list[Ground]:
    """Return which rooms must stand beside the exam rooms and don't, or are out of date (JL-2024-5§19)."""
    where = regime_of(batch)
    rule = ask.EXAM_ROOMS.get(place=where, day=day)
    if rule is None:
        return []
    only_workpieces = ask.ROOMS_FOR_WORKPIECES.get(place=where, day=day)
    exempt = set(only_workpieces.value) if only_workpieces and not makes_workpiece(batch) else set()
    rooms = ExamRoom.everything.filter(site=batch.site, kind__in=rule.value)
    held = {room.kind for room in rooms if not wrong_with_use(room, day, where)}
    return [
        Ground(
            _("The site has no usable room of this kind: %(kind)s.") % {"kind": RoomKind(kind).label},
            _("Enter one for the site, with a valid inspection."),
            rule.cites,
            f"no-{kind.replace('_', '-')}",
        )
        for kind in rule.value
        if kind not in held and kind not in exempt
    ]


def makes_workpiece(batch: Batch) -> bool:
    """Say whether a practical exam of the batch makes a workpiece; every practical exam counts as one that may."""
    return PartKind.PRACTICAL in kinds_of_batch(batch)


def parts_by_line(batch: Batch) -> dict[int, list[StandardPart]]:
    """Return the parts of each line's standard at its level, by the line's key, with one query besides the lines."""
    lines = list(batch.lines.all())
    parts = StandardPart.objects.filter(standard_level__standard__in={line.standard_id for line in lines})
    by_level: dict[tuple[int, str], list[StandardPart]] = {}
    for part in parts.select_related("standard_level").order_by("pk"):
        by_level.setdefault((part.standard_level.standard_id, part.standard_level.level), []).append(part)
    return {line.pk: by_level.get((line.standard_id, line.level), []) for line in lines}


def kinds_of_batch(batch: Batch) -> list[str]:
    """Return the kinds of part that the batch's lines have, theory first."""
    held = {part.kind for parts in parts_by_line(batch).values() for part in parts}
    return [kind.value for kind in PartKind if kind in held]
