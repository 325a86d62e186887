"""The end of a filing: winding up, the end itself, the duties that stay, and their passing to the authority."""

from datetime import date, datetime
from typing import Literal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.docket import Docket, Ruling, local, opened
from gongjiang.bodies.models import AssessmentBody, ContinuingDuty, Decision, DecisionKind, DutyKind
from gongjiang.bodies.rules import backdated, duty_cites, not_open
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if

End = Literal["voluntary", "ordered"]
KINDS: dict[str, DecisionKind] = {"voluntary": DecisionKind.TERMINATED, "ordered": DecisionKind.ORDERED}


@transaction.atomic
def begin_winding_up(*, actor: Actor, at: datetime, body: AssessmentBody, ruling: Ruling) -> Decision:
    """Let nothing new begin from ``ruling.since`` on; what was announced before is carried through (JL-2025-1§13).

    :raises Refused: it is winding up already or has ended, or the day lies in the past.
    """
    docket = opened(actor=actor, at=at, body=body)
    body = docket.body
    grounds = [*not_open(body), *backdated(ruling, at)]
    refuse_if(_("Begin winding up %(body)s") % {"body": body.name}, grounds, subject=body)
    body.winding_up_since = ruling.since
    body.save(update_fields=["winding_up_since"])
    return docket.publish(DecisionKind.WINDING_UP, ruling, action="body.wind_up")


@transaction.atomic
def end_filing(*, actor: Actor, at: datetime, body: AssessmentBody, kind: End, ruling: Ruling) -> Decision:
    """End the filing with ``ruling.since``: voluntarily (JL-2025-1§10) or by order (§11).

    The running term is cut, a term that hasn't begun falls, an open suspension closes, and every duty of §12 opens
    with the body as its bearer.

    :raises Refused: it has ended already, the day lies in the past, or before the winding up began.
    """
    docket = opened(actor=actor, at=at, body=body)
    body, day = docket.body, ruling.since
    grounds = backdated(ruling, at)
    if body.terminated_on:
        why = _("The filing ended on %(day)s.") % {"day": body.terminated_on}
        grounds.append(Ground(why, _("Its duties go on; nothing else is left to end."), code="terminated"))
    elif body.winding_up_since and day < body.winding_up_since:
        why = _("Winding up begins only on %(day)s.") % {"day": body.winding_up_since}
        grounds.append(Ground(why, _("End the filing on that day or later."), code="before-winding-up"))
    refuse_if(_("End the filing of %(body)s") % {"body": body.name}, grounds, subject=body)
    fallen = _cut_terms(docket, day)
    for suspension in body.suspensions.filter(until=None, since__lt=day):
        suspension.until = day
        suspension.save(update_fields=["until"])
    for earlier in body.decisions.filter(kind=DecisionKind.SUSPENDED, until=None, since__lt=day):
        docket.cut(earlier, day)
    body.winding_up_since = body.winding_up_since or day
    body.terminated_on = day
    body.save(update_fields=["winding_up_since", "terminated_on", "filed_on", "filed_until", "filing_letter"])
    cites = [cite.key for cite in duty_cites(body, day)]
    ContinuingDuty.objects.bulk_create(
        ContinuingDuty(body=body, kind=duty, since=day, holder=body.organisation, cites=cites)
        for duty in DutyKind.values
    )
    return docket.publish(
        KINDS[kind], ruling, action=f"body.end_{kind}", facts={"duties": list(DutyKind.values)}, replaces=fallen
    )


@transaction.atomic
def hand_over(*, actor: Actor, at: datetime, body: AssessmentBody, authority: Organisation, ruling: Ruling) -> Decision:
    """Pass the duties and archives of a body that is gone to the authority (JL-2025-1§12).

    :raises Refused: the filing hasn't ended, the duties passed already, or the taker isn't an authority.
    """
    docket = opened(actor=actor, at=at, body=body)
    body = docket.body
    grounds = []
    if body.terminated_on is None or body.terminated_on > local(at):
        grounds.append(Ground(_("The filing hasn't ended."), _("End it first."), code="not-terminated"))
    if body.duties_with_id:
        grounds.append(
            Ground(_("The duties have passed already."), _("See the decision that says so."), code="handed-over")
        )
    if authority.kind not in {OrganisationKind.PROVINCE, OrganisationKind.CITY, OrganisationKind.COUNTY}:
        why = _("%(name)s is no department of human resources.") % {"name": authority.name}
        grounds.append(Ground(why, _("Choose the authority that selected the body."), code="not-an-authority"))
    refuse_if(_("Take over the duties of %(body)s") % {"body": body.name}, grounds, subject=body)
    body.duties_with = authority
    body.save(update_fields=["duties_with"])
    body.duties.update(holder=authority)
    return docket.publish(
        DecisionKind.HANDED_OVER,
        ruling,
        action="body.hand_over",
        facts={"holder": authority.name},
        told={"holder": authority.pk},
    )


def _cut_terms(docket: Docket, day: date) -> Decision | None:
    """Cut the term that runs on the day, drop one that hasn't begun; return the decision of the dropped one."""
    fallen = None
    for term in docket.body.terms.select_related("decision").filter(until__gt=day):
        if term.since >= day:
            fallen = term.decision
            term.delete()
            continue
        term.until = day
        term.save(update_fields=["until"])
        if term.decision:
            docket.cut(term.decision, day)
    newest = docket.body.terms.order_by("since").last()
    if newest:
        body = docket.body
        body.filed_on, body.filed_until, body.filing_letter = newest.since, newest.until, newest.letter_number
    return fallen
