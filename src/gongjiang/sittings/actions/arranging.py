"""Acts of arranging: scheduling sittings, seating candidates, pinning and moving seats."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.sittings import rules_schedule, seating
from gongjiang.sittings.models import Arrangement, Seat, Sitting
from gongjiang.sittings.permissions import ARRANGE, require_role, require_state
from gongjiang.sittings.rules_schedule import SittingSpec
from gongjiang.sittings.seating import Pin

S = BatchState
BEFORE_LOCK = (S.DRAFT, S.AWAITING_OPENING, S.APPROVED, S.ANNOUNCED, S.REVIEW, S.READY)


@transaction.atomic
def schedule_sittings(*, actor: Actor, at: datetime, batch: Batch, specs: Sequence[SittingSpec]) -> list[Sitting]:
    """Set the batch's sittings to these: when each part is sat. Seats already arranged stay with theirs.

    :raises Refused: outside the announced exam days, a part no line has, shorter than the standard's minutes, two parts
        at the same time, or a sitting with seats would go.
    """
    asked = _("Schedule the sittings")
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, BEFORE_LOCK, asked=asked)
    refuse_if(asked, rules_schedule.wrong_with(batch, specs), subject=batch)
    rows = list(Sitting.everything.filter(batch=batch).order_by("starts_at"))
    kept: list[Sitting] = []
    for spec in sorted(specs, key=lambda each: each.starts_at):
        row = next((r for r in rows if r.part == spec.part and r not in kept), None)
        row = row or Sitting(batch=batch, part=spec.part)
        row.starts_at, row.ends_at = spec.starts_at, spec.ends_at
        kept.append(row)
    gone = [row for row in rows if row not in kept]
    refuse_if(asked, rules_schedule.still_seated(gone), subject=batch)
    for row in gone:
        row.delete()
    for row in kept:
        row.save()
    facts = {"sittings": [[row.part, row.starts_at, row.ends_at] for row in kept]}
    audit.record(actor=actor, action="sitting.schedule", subject=batch, at=at, facts=facts)
    return kept


@dataclass(frozen=True, slots=True)
class _Prepared:
    solved: list[seating.Solved]
    pins: Sequence[Pin]


@transaction.atomic
def arrange(*, actor: Actor, at: datetime, batch: Batch, seed: int, pins: Sequence[Pin] | None = None) -> Arrangement:
    """Seat everybody decided as eligible in every part, as a new version; the one before stays to be compared.

    People of one employer sit apart as far as the rooms allow, who needs access gets an accessible room, and no more
    rooms are used than needed. ``seed`` and the result's digest are recorded, so that anyone can compute it again.
    Without ``pins`` those of the current version are kept.

    :raises Refused: with every reason why there is no arrangement.
    """
    asked = _("Arrange the seats")
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    batch = require_state(batch, (S.READY,), asked=asked)
    current = Arrangement.everything.filter(batch=batch, superseded=False).first()
    held = _pins_of(current) if pins is None else pins
    try:
        groups = seating.groups_of(batch, held)
        solved = seating.solve(groups, held, seed=seed)
    except seating.NotSeatable as error:
        raise Refused(asked, error.grounds, subject=batch, action="arrangement.make") from error
    Arrangement.everything.filter(batch=batch, superseded=False).update(superseded=True)
    arrangement = _create(batch, at, seed, _Prepared(solved, held))
    facts = {"version": arrangement.version, "seed": seed, "digest": arrangement.digest, "pins": len(held)}
    counts = {"seats": sum(len(each.plan.seats) for each in solved)}
    counts["conflicts"] = len(arrangement.conflicts)
    audit.record(actor=actor, action="arrangement.make", subject=arrangement, at=at, facts=facts | counts, about=batch)
    return arrangement


@transaction.atomic
def pin_seat(*, actor: Actor, at: datetime, seat: Seat, pinned: bool) -> Seat:
    """Pin a seat, so that a new version leaves it where it is, or release the pin."""
    asked = _("Pin the seat")
    arrangement = _open_for_change(actor, seat, asked)
    if seat.is_pinned != pinned:
        seat.is_pinned = pinned
        seat.save(update_fields=["is_pinned"])
        facts = {"enrolment": seat.enrolment_id, "sitting": seat.sitting_id, "pinned": pinned}
        audit.record(
            actor=actor, action="arrangement.pin", subject=arrangement, at=at, facts=facts, about=arrangement.batch
        )
    return seat


@transaction.atomic
def move_seat(*, actor: Actor, at: datetime, seat: Seat, room: int, row: int, column: int) -> Arrangement:
    """Move a candidate to another place of the same sitting; whoever sits there takes the place left behind.

    The move is written into the version, whose digest and conflicts change with it.

    :raises Refused: no such place, a pinned seat, another occupation's room, or access would be lost.
    """
    asked = _("Move the seat")
    arrangement = _open_for_change(actor, seat, asked)
    target = rules_schedule.target_of(seat, room, row, column)
    other = Seat.objects.filter(
        arrangement=arrangement, sitting=seat.sitting, room_id=room, row=row, column=column
    ).first()
    refuse_if(asked, rules_schedule.wrong_with_move(seat, target, other, room), subject=arrangement)
    if other is not None and other.pk == seat.pk:
        return arrangement
    assert target is not None  # refused above
    move = {
        "sitting": seat.sitting_id,
        "enrolment": seat.enrolment_id,
        "from": [seat.room_id, seat.row, seat.column],
        "to": [room, row, column],
        "with": other.enrolment_id if other else None,
    }
    _exchange(seat, other, (room, row, column, target))
    arrangement.moves = [*arrangement.moves, move]
    arrangement.digest = seating.digest_with(arrangement.digest, move)
    arrangement.conflicts = _conflicts(arrangement)
    arrangement.save(update_fields=["moves", "digest", "conflicts"])
    facts = {**move, "digest": arrangement.digest, "conflicts": len(arrangement.conflicts)}
    audit.record(
        actor=actor, action="arrangement.move", subject=arrangement, at=at, facts=facts, about=arrangement.batch
    )
    return arrangement


def _open_for_change(actor: Actor, seat: Seat, asked: str) -> Arrangement:
    batch = Batch.everything.get(pk=seat.arrangement.batch_id)
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, (S.READY,), asked=asked)
    arrangement = (
        Arrangement.everything.select_for_update(of=("self",)).select_related("batch").get(pk=seat.arrangement_id)
    )
    if arrangement.superseded:
        way = _("Open the current version.")
        raise Refused(asked, [Ground(_("This version was replaced by a newer one."), way, code="superseded")])
    return arrangement


def _pins_of(arrangement: Arrangement | None) -> list[Pin]:
    if arrangement is None:
        return []
    rows = Seat.objects.filter(arrangement=arrangement, is_pinned=True).order_by("sitting_id", "enrolment_id")
    return [Pin(row.sitting_id, row.enrolment_id, row.room_id, row.row, row.column) for row in rows]


def _create(batch: Batch, at: datetime, seed: int, done: _Prepared) -> Arrangement:
    last = Arrangement.everything.filter(batch=batch).aggregate(last=Max("version"))["last"] or 0
    arrangement = Arrangement.everything.create(
        batch=batch,
        version=last + 1,
        seed=seed,
        digest=seating.digest_of(done.solved),
        pins=[[p.sitting, p.enrolment, p.room, p.row, p.column] for p in done.pins],
        explanation=seating.explanation_of(done.solved),
        made_at=at,
    )
    pinned = {(pin.sitting, pin.enrolment) for pin in done.pins}
    Seat.objects.bulk_create(
        [
            Seat(
                arrangement=arrangement,
                sitting=each.group.sitting,
                room_id=int(place.room),
                enrolment_id=int(place.person),
                row=place.row,
                column=place.column,
                number=place.number,
                is_pinned=(each.group.sitting.pk, int(place.person)) in pinned,
            )
            for each in done.solved
            for place in each.plan.seats
        ],
        batch_size=500,
    )
    arrangement.conflicts = _conflicts(arrangement)
    arrangement.save(update_fields=["conflicts"])
    return arrangement


def _conflicts(arrangement: Arrangement) -> list[dict[str, int]]:
    seats = Seat.objects.filter(arrangement=arrangement).select_related("enrolment")
    return seating.conflicts_among(
        {(s.sitting_id, s.room_id, s.row, s.column): (s.enrolment_id, seating.employer_of(s.enrolment)) for s in seats}
    )


def _exchange(seat: Seat, other: Seat | None, to: tuple[int, int, int, int]) -> None:
    """Move through a free place: the constraints hold after every statement."""
    here = (seat.room_id, seat.row, seat.column, seat.number)
    if other is not None:
        other.row, other.column, other.number = rules_schedule.PARKED
        other.save(update_fields=["row", "column", "number"])
    seat.room_id, seat.row, seat.column, seat.number = to
    seat.save(update_fields=["room", "row", "column", "number"])
    if other is not None:
        other.room_id, other.row, other.column, other.number = here
        other.save(update_fields=["room", "row", "column", "number"])
