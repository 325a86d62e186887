"""When parts may be sat and where a seat may be moved, each as grounds of a refusal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.sittings.models import ExamRoom, Seat, Sitting
from gongjiang.sittings.rules_rooms import ROOM_OF_PART, parts_by_line, wrong_with_use
from gongjiang.sittings.seating import day_of, hall
from gongjiang.standards.models import PartKind

PARKED = (0, 0, 0)
"""Row, column and number of nowhere, where a seat waits while two change places."""


@dataclass(frozen=True, slots=True)
class SittingSpec:
    """When one part is sat; aware instants."""

    part: str
    starts_at: datetime
    ends_at: datetime


def wrong_with(batch: Batch, specs: Sequence[SittingSpec]) -> list[Ground]:
    """Return every reason against the sittings."""
    needed: dict[str, int] = {}
    for parts in parts_by_line(batch).values():
        for part in parts:
            needed[part.kind] = max(needed.get(part.kind, 0), part.minutes)
    grounds: list[Ground] = []
    if not specs:
        why = _("No sitting is given.")
        grounds.append(Ground(why, _("Give a time for each part."), code="no-sittings"))
    for spec in specs:
        grounds += _wrong_one(batch, spec, needed)
    ordered = sorted(specs, key=lambda each: (each.starts_at, each.ends_at))
    for a, b in pairwise(ordered):
        if b.starts_at < a.ends_at:
            why = _("Two sittings overlap; a candidate can't be in both.")
            grounds.append(Ground(why, _("Begin one after the other has ended."), code="overlap"))
    return list(dict.fromkeys(grounds))


def _wrong_one(batch: Batch, spec: SittingSpec, needed: dict[str, int]) -> Iterable[Ground]:
    if spec.part not in needed:
        why = _("No line of the batch has this part: %(part)s.") % {"part": PartKind(spec.part).label}
        yield Ground(why, _("Leave it out."), code="part-unknown")
    if spec.ends_at <= spec.starts_at:
        yield Ground(_("A sitting would end before it begins."), _("Check both times."), code="times")
    elif spec.ends_at - spec.starts_at < timedelta(minutes=needed.get(spec.part, 0)):
        told = {"part": PartKind(spec.part).label, "minutes": needed[spec.part]}
        why = _("%(part)s: the standard gives candidates %(minutes)s minutes.") % told
        yield Ground(why, _("End the sitting later."), code="too-short")
    days = (day_of(spec.starts_at), day_of(spec.ends_at))
    if not batch.exam_from <= days[0] <= days[1] <= batch.exam_until:
        told = {"first": batch.exam_from, "last": batch.exam_until}
        why = _("The announcement names the exam days %(first)s to %(last)s.") % told
        yield Ground(why, _("Choose a time within them."), code="outside-exam-days")


def still_seated(sittings: Sequence[Sitting]) -> list[Ground]:
    """Return the ground that candidates were seated in a sitting that would go."""
    if not Seat.objects.filter(sitting__in=sittings).exists():
        return []
    why = _("Seats were arranged in a sitting that would go.")
    return [Ground(why, _("Keep as many sittings of each part, with other times."), code="sitting-in-use")]


def target_of(seat: Seat, room: int, row: int, column: int) -> int | None:
    """Return the number of a place in a room of the same site, None if there's no such place."""
    found = ExamRoom.everything.filter(pk=room, site_id=seat.room.site_id).first()
    if found is None or found.kind != ROOM_OF_PART[PartKind(seat.sitting.part)]:
        return None
    places = hall(found).seats()
    return places.index((row, column)) + 1 if (row, column) in places else None


def wrong_with_move(seat: Seat, target: int | None, other: Seat | None, room: int) -> list[Ground]:
    """Return every reason against the move."""
    if target is None:
        return [Ground(_("There's no such place."), _("Choose a place in the picture."), code="no-such-place")]
    grounds = []
    if seat.is_pinned or (other is not None and other.is_pinned and other.pk != seat.pk):
        grounds.append(Ground(_("A pinned seat doesn't move."), _("Release the pin first."), code="pinned"))
    return grounds + _wrong_room(seat, other, room)


def _wrong_room(seat: Seat, other: Seat | None, room: int) -> list[Ground]:
    to = ExamRoom.everything.filter(pk=room).first()
    if to is None or to.pk == seat.room_id:
        return []
    day = day_of(seat.sitting.starts_at)
    grounds = list(wrong_with_use(to, day, regime_of(seat.sitting.batch)))
    lost = (seat.enrolment.needs_access and not to.is_accessible) or (
        other is not None and other.enrolment.needs_access and not seat.room.is_accessible
    )
    if lost:
        why = _("Somebody who needs an accessible room would lose it.")
        grounds.append(Ground(why, _("Choose a place in an accessible room."), code="access-lost"))
    if seat.sitting.part != PartKind.THEORY and _occupations(seat, to) - {seat.enrolment.line.occupation_id}:
        why = _("The room is equipped for another occupation.")
        grounds.append(Ground(why, _("Choose a room of the same occupation."), code="other-occupation"))
    return grounds


def _occupations(seat: Seat, room: ExamRoom) -> set[int]:
    seats = Seat.objects.filter(arrangement_id=seat.arrangement_id, sitting_id=seat.sitting_id, room=room)
    return set(seats.values_list("enrolment__line__occupation_id", flat=True))
