"""Acts that fix an arrangement and open it: lock, unlock, release, briefing."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import audit, numbers, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.planning.rules import reason_missing
from gongjiang.planning.states import BATCH, BatchState
from gongjiang.sittings import rules_lock, staffing
from gongjiang.sittings.models import Arrangement, Briefing, Duty, Seat
from gongjiang.sittings.permissions import ARRANGE, require_role, require_state
from gongjiang.sittings.queries import current_of, in_order, secrecy_cites
from gongjiang.sittings.seating import day_of
from gongjiang.sittings.tickets import counted, ticket_numbers
from gongjiang.workforce.models import StaffMember

S = BatchState


@transaction.atomic
def lock_arrangement(*, actor: Actor, at: datetime, batch: Batch, accepted: str = "") -> Arrangement:
    """Lock rooms, seats and staff, and give each candidate a ticket number in order of the seats (JL-2024-5§20, §21).

    ``accepted`` is the reason for which colleagues stay side by side where fewer might be possible. Someone who had a
    number before an unlocking keeps it.

    :raises Refused: with everything that lacks: seats, rooms, rooms beside them, roster.
    """
    asked = str(BATCH.table["lock_arrangement"].label)
    BATCH.require("lock_arrangement", batch, actor=actor, on=at.date())
    refuse_if(asked, rules_lock.wrong_with_lock(batch, at, accepted=accepted), subject=batch)
    arrangement = current_of(batch)
    assert arrangement is not None  # refused above
    given = _number_tickets(arrangement, at)
    batch.arranged_on = at.date()
    batch.save(update_fields=["arranged_on"])
    arrangement.locked_at = at
    arrangement.save(update_fields=["locked_at"])
    _roles, cites = staffing.role_rule(batch, batch.exam_from)
    facts = {"version": arrangement.version, "digest": arrangement.digest, "tickets": len(given)}
    audit.record(
        actor=actor,
        action="arrangement.lock",
        subject=arrangement,
        at=at,
        facts={**facts, "conflicts": len(arrangement.conflicts)},
        cites=cites,
        reason=accepted.strip(),
        about=batch,
    )
    workflow.apply(batch, "lock_arrangement", actor=actor, at=at, cites=cites, facts=facts)
    return arrangement


@transaction.atomic
def unlock_arrangement(*, actor: Actor, at: datetime, batch: Batch, reason: str) -> Batch:
    """Open a locked arrangement again, for a reason; what was released is secret again, and answers to it are void.

    :raises Refused: no reason is given.
    """
    asked = str(BATCH.table["unlock_arrangement"].label)
    BATCH.require("unlock_arrangement", batch, actor=actor, on=at.date())
    refuse_if(asked, reason_missing(reason), subject=batch)
    arrangement = current_of(batch)
    if arrangement is not None:
        arrangement.locked_at = arrangement.released_at = None
        arrangement.save(update_fields=["locked_at", "released_at"])
        audit.record(actor=actor, action="arrangement.unlock", subject=arrangement, at=at, reason=reason, about=batch)
    # A dispatch to another day or room is a new one: nobody has accepted it.
    Duty.objects.filter(batch=batch, ended_at=None).update(
        answer="", decline_ground="", answer_reason="", answered_at=None
    )
    workflow.apply(batch, "unlock_arrangement", actor=actor, at=at, reason=reason)
    return batch


@transaction.atomic
def release(*, actor: Actor, at: datetime, batch: Batch) -> Arrangement:
    """Show seats and staff to the others, and tickets to candidates, as near to the exam as the place sets.

    Doing it twice changes nothing.

    :raises Refused: not locked, or too early (JL-2024-5§31).
    """
    asked = _("Release the arrangement")
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, (S.ARRANGED,), asked=asked)
    refuse_if(asked, rules_lock.wrong_with_release(batch, at), subject=batch)
    arrangement = current_of(batch)
    assert arrangement is not None  # refused above
    if arrangement.released_at is None:
        arrangement.released_at = at
        arrangement.save(update_fields=["released_at"])
        audit.record(
            actor=actor,
            action="arrangement.release",
            subject=arrangement,
            at=at,
            cites=secrecy_cites(batch, at),
            about=batch,
        )
    return arrangement


@transaction.atomic
def hold_briefing(
    *, actor: Actor, at: datetime, batch: Batch, attended: Collection[StaffMember], notes: str = ""
) -> Briefing:
    """Record the staff briefing held at this instant and who attended (JL-2024-5§23); held again, people are added.

    :raises Refused: nobody attended, or somebody who has no duty is named.
    """
    asked = _("Record the staff briefing")
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, (S.ARRANGED, S.EXAM), asked=asked)
    on_duty = set(Duty.objects.filter(batch=batch, ended_at=None).values_list("member_id", flat=True))
    refuse_if(asked, _wrong_with_briefing(attended, on_duty), subject=batch)
    rule = ask.STAFF_BRIEFING_REQUIRED.get(place=regime_of(batch), day=at.date())
    defaults = {"held_at": at, "notes": notes.strip(), "by_id": actor.user_id or 0}
    briefing, _created = Briefing.objects.get_or_create(batch=batch, defaults=defaults)
    briefing.attended.add(*attended)
    batch.briefed_on = at.date()
    batch.save(update_fields=["briefed_on"])
    facts = {"attended": sorted(member.pk for member in attended), "on_duty": len(on_duty)}
    audit.record(
        actor=actor,
        action="briefing.hold",
        subject=briefing,
        at=at,
        facts=facts,
        cites=rule.cites if rule else (),
        about=batch,
    )
    return briefing


def _wrong_with_briefing(attended: Collection[StaffMember], on_duty: set[int]) -> list[Ground]:
    if not attended:
        return [Ground(_("Nobody is marked as present."), _("Mark who attended."), code="nobody")]
    strangers = [member.name for member in attended if member.pk not in on_duty]
    if strangers:
        why = _("Not on the roster: %(names)s.") % {"names": ", ".join(strangers)}
        return [Ground(why, _("Mark only people who have a duty."), code="no-duty")]
    return []


def _number_tickets(arrangement: Arrangement, at: datetime) -> list[Enrolment]:
    """Give ticket numbers, in order of the seats, to those who have none; returns whom."""
    batch = arrangement.batch
    seats = Seat.objects.filter(arrangement=arrangement).select_related("enrolment", "sitting", "room")
    lacking = {each.enrolment_id: each.enrolment for each in in_order(seats) if each.enrolment.ticket_number is None}
    if not lacking:
        return []
    first = batch.sittings.earliest("starts_at")
    day = day_of(first.starts_at)
    form = setting("ticket.number_format", place=regime_of(batch), day=day).value
    province, site = batch.site.division[:2], batch.body.code[-6:]
    limit = 10 ** counted(form) - 1
    block = numbers.take(f"ticket:{day:%y%m%d}{province}{site}", len(lacking), limit=limit)
    running = range(block.first, block.last + 1)
    given = ticket_numbers(form, day=day, province=province, site=site, running=running)
    for enrolment, number in zip(lacking.values(), given, strict=True):
        enrolment.ticket_number = number
    Enrolment.everything.bulk_update(lacking.values(), ["ticket_number"], batch_size=500)
    return list(lacking.values())
