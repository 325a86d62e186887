"""Refunds of fees that were taken for an assessment not given (JL-2025-1§13): one by one, by batch, or from a sheet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.filing import rules_life, winding_up
from gongjiang.filing.models import Refund, Termination
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch


@dataclass(frozen=True, slots=True)
class RefundSpec:
    """One refund as it was made: of which enrolment, how much in yuan, on which day, under which reference."""

    enrolment: Enrolment
    amount: Decimal
    refunded_on: date
    reference: str


@transaction.atomic
def record_refunds(
    *, actor: Actor, at: datetime, termination: Termination, refunds: Sequence[RefundSpec]
) -> list[Refund]:
    """Keep refunds that were made; all of them or none.

    :raises NotAllowed: neither the body's manager nor, after it took over, an officer of the authority.
    :raises Refused: nothing is named; or for any of them: the fee isn't to be refunded or was, the amount isn't the
        fee, the day lies ahead or before the enrolment, the reference lacks.
    """
    on = at.astimezone(SHANGHAI).date()
    asked = _("Record refunds")
    termination = Termination.everything.select_for_update().select_related("body__duties_with").get(pk=termination.pk)
    rules_life.require_bearer(asked, actor, termination)
    due = {each.pk for each in winding_up.unrefunded(termination)}
    grounds = [ground for spec in refunds for ground in wrong_with(spec, due, on)]
    if not refunds:
        why = _("No refund is named.")
        grounds.append(Ground(why, _("Choose at least one."), code="no-refund"))
    if len({spec.enrolment.pk for spec in refunds}) < len(refunds):
        grounds.append(Ground(_("A refund stands twice."), _("Remove the second."), code="refund-twice"))
    refuse_if(asked, grounds, subject=termination)
    made = Refund.objects.bulk_create(
        Refund(
            termination=termination,
            enrolment_id=spec.enrolment.pk,
            amount=spec.amount,
            refunded_on=spec.refunded_on,
            reference=spec.reference.strip(),
            recorded_by_id=actor.user_id,
        )
        for spec in refunds
    )
    audit.record(
        actor=actor,
        action="termination.refund",
        subject=termination,
        at=at,
        facts={"count": len(made), "sum": sum((each.amount for each in made), Decimal(0))},
        cites=rules_life.cites_of(ask.UNSERVED_FEES_REFUNDED, termination.body, on),
        about=termination.body,
    )
    return made


@transaction.atomic
def refund_batch(
    *, actor: Actor, at: datetime, termination: Termination, batch: Batch, refunded_on: date, reference: str
) -> list[Refund]:
    """Keep that every fee of the batch which is still to be refunded was, on one day under one reference.

    :raises Refused: as for single refunds; nothing of the batch is to be refunded.
    """
    specs = [
        RefundSpec(enrolment, enrolment.line.fee, refunded_on, reference)
        for enrolment in winding_up.unrefunded(termination).filter(batch=batch)
    ]
    return record_refunds(actor=actor, at=at, termination=termination, refunds=specs)


def wrong_with(spec: RefundSpec, due: set[int], on: date) -> list[Ground]:
    """Return what is wrong with one refund; the number of the enrolment names it."""
    number, grounds = spec.enrolment.pk, rules_life.text_missing(spec.reference, "reference-missing")
    if number not in due:
        why = _("Nothing is to be refunded for enrolment %(number)s, or it was.") % {"number": number}
        grounds.append(Ground(why, _("Leave it out."), code="not-due"))
    elif spec.amount != spec.enrolment.line.fee:
        why = _("Enrolment %(number)s paid %(fee)s yuan, not %(amount)s.")
        why %= {"number": number, "fee": spec.enrolment.line.fee, "amount": spec.amount}
        grounds.append(Ground(why, _("Refund the whole fee."), code="amount-wrong"))
    if not spec.enrolment.enrolled_at.astimezone(SHANGHAI).date() <= spec.refunded_on <= on:
        why = _("%(day)s can't be the day of the refund of enrolment %(number)s.")
        why %= {"day": spec.refunded_on, "number": number}
        way = _("Give a day from the enrolment until today.")
        grounds.append(Ground(why, way, code="day-wrong"))
    return grounds
