"""Refunds of fees that were taken for an assessment not given (JL-2025-1§13): one by one, by batch, or from a sheet."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.filing import rules_life, winding_up
from gongjiang.filing.models import Refund, Termination
from gongjiang.filing.refunds import RefundSpec, wrong_with
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch


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
    termination = (
        Termination.everything.select_for_update(of=("self",))
        .select_related("body__duties_with")
        .get(pk=termination.pk)
    )
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
