"""Revoking a certificate: with reason and decision, told to the holder, public at once."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.models import DutyKind
from gongjiang.certificates import rules
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.permissions import not_the_bearer
from gongjiang.certificates.states import CERTIFICATE
from gongjiang.kernel import files, messages, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.planning.models import Batch

DECISION_KINDS = (files.PDF, files.JPEG, files.PNG)


@transaction.atomic
def revoke(
    *, actor: Actor, at: datetime, certificate: Certificate, reason: str, decision: str, paper: bytes | None = None
) -> Certificate:
    """Revoke a certificate by a decision (JL-2025-1§12 binds the body even after its filing ended, else the
    authority that took its duties over; the province's approver may at any time).

    Every copy shows as revoked from the same instant, in the status list too; the holder is told. ``decision`` is the
    decision's number, ``paper`` the decision itself as PDF or picture.

    :raises NotAllowed: wrong role, or the certificate isn't valid. :raises Refused: reason or decision is missing.
    """
    asked = _("Revoke the certificate")
    locked = Certificate.everything.select_for_update().get(pk=certificate.pk)
    CERTIFICATE.require("revoke", locked, actor=actor, on=at.date())
    if not actor.has("provincial_approver"):
        refuse_if(asked, not_the_bearer(actor, locked.body, DutyKind.REVOCATION), subject=locked)
    way = _("Write it; the holder reads it.")
    refuse_if(
        asked,
        [
            *rules.text_missing(reason, _("No reason is given."), way, "reason-missing"),
            *rules.text_missing(
                decision, _("No decision is named."), _("Give the decision's number or title."), "decision-missing"
            ),
        ],
        subject=locked,
    )
    locked.revoked_on = at.date()
    locked.revocation_reason, locked.revocation_decision = reason.strip(), decision.strip()
    locked.revocation_file = files.store(paper, at=at, allow=DECISION_KINDS) if paper else None
    locked.save(update_fields=["revoked_on", "revocation_reason", "revocation_decision", "revocation_file"])
    messages.tell(
        key=f"certificate:{locked.pk}:revoked",
        subject=_("Your certificate was revoked"),
        text=_("Decision: %(decision)s. Reason: %(reason)s. You may ask the body to review it.")
        % {"decision": locked.revocation_decision, "reason": locked.revocation_reason},
        person_key=locked.person_key,
        at=at,
    )
    batch = Batch.everything.get(pk=locked.batch_id)
    facts = {"decision": locked.revocation_decision}
    workflow.apply(locked, "revoke", actor=actor, at=at, facts=facts, reason=reason.strip(), about=batch)
    certificate.refresh_from_db()
    return certificate
