"""Suspending a body, and lifting the suspension: by the authority that selected it only."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import Ruling, local, opened
from gongjiang.bodies.models import AssessmentBody, DecisionKind, Suspension
from gongjiang.bodies.rules import not_its_authority, supervision_cites
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if


@transaction.atomic
def suspend(*, actor: Actor, at: datetime, body: AssessmentBody, reason: str, decision: str) -> Suspension:
    """Suspend a body from the day on; every workflow that asks ``may_assess`` stops at once.

    :raises Refused: it is suspended or ended already, the reason lacks, or another authority selected the body.
    """
    docket = opened(actor=actor, at=at, body=body)
    body, day = docket.body, local(at)
    grounds = []
    if body.suspensions.filter(until__isnull=True).exists():
        grounds.append(
            Ground(_("The body is suspended already."), _("Lift that suspension first."), code="already-suspended")
        )
    if body.terminated_on and body.terminated_on <= day:
        why = _("The filing ended on %(day)s.") % {"day": body.terminated_on}
        grounds.append(Ground(why, _("Nothing is left to suspend."), code="terminated"))
    if not reason.strip() or not decision.strip():
        grounds.append(
            Ground(_("A suspension needs a reason and a decision."), _("Write both."), code="reason-missing")
        )
    grounds += not_its_authority(body, actor, day)
    refuse_if(_("Suspend %(body)s") % {"body": body.name}, grounds, subject=body)
    suspension = Suspension.objects.create(body=body, since=day, reason=reason, decision=decision)
    ruling = Ruling(
        title=f"暂停{body.name}评价工作",
        decided_by=body.authority.name,
        since=day,
        cites=supervision_cites(body, day),
        letter_number=decision,
    )
    docket.publish(DecisionKind.SUSPENDED, ruling, action="body.suspend", facts={"reason": reason}, reason=reason)
    return suspension


@transaction.atomic
def lift_suspension(*, actor: Actor, at: datetime, body: AssessmentBody, reason: str) -> Suspension:
    """End the open suspension with the day.

    :raises Refused: none is open, it began today, or another authority selected the body.
    """
    docket = opened(actor=actor, at=at, body=body)
    body, day = docket.body, local(at)
    suspension = body.suspensions.select_for_update().filter(until__isnull=True).first()
    grounds = not_its_authority(body, actor, day)
    if suspension is None or suspension.since >= day:
        why = _("No suspension is open that began before today.")
        grounds.append(Ground(why, _("Look at the body's history."), code="not-suspended"))
    refuse_if(_("Lift the suspension of %(body)s") % {"body": body.name}, grounds, subject=body)
    assert suspension is not None
    suspension.until = day
    suspension.save(update_fields=["until"])
    for earlier in body.decisions.filter(kind=DecisionKind.SUSPENDED, until=None):
        docket.cut(earlier, day)
    ruling = Ruling(
        title=f"恢复{body.name}评价工作",
        decided_by=body.authority.name,
        since=day,
        cites=supervision_cites(body, day),
    )
    docket.publish(DecisionKind.RESUMED, ruling, action="body.lift_suspension", facts={"reason": reason}, reason=reason)
    return suspension
