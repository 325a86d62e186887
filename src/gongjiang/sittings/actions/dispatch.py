"""Acts on a dispatch: the holder accepts or declines, and on the day it is recorded who came (JL-2024-5§39)."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.sittings import queries_dispatch, rules_dispatch
from gongjiang.sittings.models import Duty, DutyAnswer
from gongjiang.sittings.permissions import ARRANGE, require_role, require_state

S = BatchState


@transaction.atomic
def accept_duty(*, actor: Actor, at: datetime, duty: Duty) -> Duty:
    """Accept one's own duty, also after having declined it. Doing it twice changes nothing.

    :raises NotAllowed: another's duty, a secret one, or the exam isn't about to begin.
    :raises Refused: given to somebody else meanwhile, no dispatch, or begun.
    """
    duty = _own(actor, at, duty, _("Accept a duty"))
    if duty.answer != DutyAnswer.ACCEPTED:
        _answer(duty, DutyAnswer.ACCEPTED, at)
        audit.record(
            actor=actor,
            action="duty.accept",
            subject=duty,
            at=at,
            facts=_facts(duty),
            cites=rules_dispatch.dispatch_cites(duty),
            about=duty.batch,
        )
    return duty


@transaction.atomic
def decline_duty(*, actor: Actor, at: datetime, duty: Duty, ground: str, reason: str) -> Duty:
    """Decline one's own duty, also after having accepted it; somebody else must be found. The same again is nothing.

    :param ground: one of :class:`DeclineGround`; the first says that the holder must stay away from a candidate.
    :raises NotAllowed: another's duty, a secret one, or the exam isn't about to begin.
    :raises Refused: no ground or reason, given to somebody else meanwhile, no dispatch, or begun.
    """
    asked = _("Decline a duty")
    duty = _own(actor, at, duty, asked)
    refuse_if(asked, rules_dispatch.wrong_with_decline(ground, reason), subject=duty.batch)
    told = (DutyAnswer.DECLINED, ground, reason.strip())
    if (duty.answer, duty.decline_ground, duty.answer_reason) != told:
        _answer(duty, DutyAnswer.DECLINED, at, ground, reason.strip())
        facts = {**_facts(duty), "ground": ground}
        audit.record(
            actor=actor,
            action="duty.decline",
            subject=duty,
            at=at,
            facts=facts,
            cites=rules_dispatch.dispatch_cites(duty),
            reason=reason.strip(),
            about=duty.batch,
        )
    return duty


@transaction.atomic
def record_staff(
    *, actor: Actor, at: datetime, batch: Batch, present: Collection[Duty], absent: Mapping[Duty, str]
) -> list[Duty]:
    """Record who of the staff came, and why each of the others didn't; returns the duties whose record changed.

    A later record corrects the earlier one, and both stand in the trail.

    :raises NotAllowed: neither clerk nor manager, or no exam is under way.
    :raises Refused: a duty of another batch, somebody marked twice, or an absence without a reason.
    """
    asked = _("Record who of the staff came")
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, (S.EXAM,), asked=asked)
    refuse_if(asked, rules_dispatch.wrong_with_record(batch, present, absent), subject=batch)
    wanted = {duty.pk: (True, "") for duty in present}
    wanted |= {duty.pk: (False, reason.strip()) for duty, reason in absent.items()}
    rows = Duty.objects.select_for_update().filter(pk__in=wanted)
    changed = [duty for duty in rows if (duty.present, duty.absence_reason) != wanted[duty.pk]]
    for duty in changed:
        duty.present, duty.absence_reason = wanted[duty.pk]
    Duty.objects.bulk_update(changed, ["present", "absence_reason"])
    acts = [
        audit.Act(
            "duty.present",
            duty,
            {**_facts(duty), "present": duty.present},
            reason=duty.absence_reason,
            about=batch,
        )
        for duty in changed
    ]
    audit.record_many(actor=actor, at=at, acts=acts)
    return changed


def _own(actor: Actor, at: datetime, duty: Duty, asked: str) -> Duty:
    """Lock batch and duty for the rest of the transaction, and refuse whose it isn't."""
    if not queries_dispatch.is_own(actor, duty):
        way = _("Each person answers for their own duties.")
        raise NotAllowed(asked, [Ground(_("This isn't a duty of yours."), way, code="not-yours")], subject=duty)
    batch = Batch.everything.get(pk=duty.batch_id)
    require_state(batch, (S.ARRANGED,), asked=asked)
    locked = Duty.objects.select_for_update().get(pk=duty.pk)
    locked.batch = batch
    refuse_if(asked, rules_dispatch.wrong_with_answer(locked, at), subject=batch)
    return locked


def _answer(duty: Duty, answer: str, at: datetime, ground: str = "", reason: str = "") -> None:
    duty.answer, duty.decline_ground, duty.answer_reason, duty.answered_at = answer, ground, reason, at
    duty.save(update_fields=["answer", "decline_ground", "answer_reason", "answered_at"])


def _facts(duty: Duty) -> dict[str, object]:
    return {"member": duty.member_id, "role": duty.role, "part": duty.part, "room": duty.room_id}
