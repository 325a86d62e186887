"""Ethics vetoes: proposed by one person with a reason, confirmed or declined by another."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import audit, idempotency, messages
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.planning.states import BatchState
from gongjiang.results import permissions, queries, rules, rules_veto, writing
from gongjiang.results.models import EthicsVeto


@transaction.atomic
def propose_veto(*, actor: Actor, at: datetime, enrolment: Enrolment, reason: str, key: str) -> EthicsVeto:
    """Propose that a candidate isn't passed for want of ethics, whatever the marks (JL-2019-133§4(1)3).

    Nothing changes until another person confirms it. The same key and words give the same veto.

    :raises NotAllowed: wrong role, or the results are final.
    :raises Refused: the place's law doesn't assess ethics, no reason is given, or a veto stands already.
    """
    asked = _("Propose a veto")
    rules.require_role(actor, permissions.PROPOSE_VETO, asked, enrolment)
    batch = writing.lock(enrolment.batch)

    def propose() -> int:
        rules.require_state(batch, asked, *rules_veto.OPEN_IN)
        grounds = [*rules_veto.against_proposing(batch, enrolment), *rules.reason_missing(reason)]
        refuse_if(asked, grounds, subject=enrolment)
        assert actor.user_id is not None  # only staff hold the role
        cites = rules_veto.ethics_cites(batch)
        veto = EthicsVeto.everything.create(
            enrolment=enrolment,
            key=key,
            reason=reason.strip(),
            cites=[cite.key for cite in cites],
            proposed_by_id=actor.user_id,
            proposed_at=at,
        )
        audit.record(actor=actor, action="veto.propose", subject=veto, at=at, cites=cites, reason=reason, about=batch)
        return veto.pk

    request = {"enrolment": enrolment.pk, "reason": reason}
    pk, _now = idempotency.once(key=key, action="veto.propose", request=request, at=at, do=propose)
    return EthicsVeto.everything.get(pk=pk)


@transaction.atomic
def decide_veto(*, actor: Actor, at: datetime, veto: EthicsVeto, upheld: bool, reason: str) -> EthicsVeto:
    """Confirm or decline a veto that somebody else proposed.

    A result made already is made anew as not passed; where it is on notice it is posted anew and the candidate told.

    :raises NotAllowed: wrong role, or the results are final.
    :raises Refused: by who proposed it, decided already, or without a reason.
    """
    asked = _("Decide on the veto")
    rules.require_role(actor, permissions.DECIDE_VETO, asked, veto)
    batch = writing.lock(veto.enrolment.batch)
    rules.require_state(batch, asked, *rules_veto.OPEN_IN)
    veto = EthicsVeto.everything.select_for_update(of=("self",)).select_related("enrolment__batch").get(pk=veto.pk)
    grounds = [*rules_veto.against_deciding(veto, actor), *rules.reason_missing(reason)]
    refuse_if(asked, [*grounds, *rules.edited_vetoes(batch)], subject=veto)
    veto.upheld, veto.decided_by_id, veto.decided_at, veto.decision = upheld, actor.user_id, at, reason.strip()
    veto.save(update_fields=["upheld", "decided_by_id", "decided_at", "decision"])
    cites = rules_veto.ethics_cites(batch)
    facts = {"upheld": upheld}
    acts = [audit.Act("veto.decide", veto, facts, cites, reason, about=batch)]
    made = queries.results_in(batch).filter(enrolment=veto.enrolment).first()
    if upheld and made is not None and batch.state != BatchState.MARKING:
        again = writing.compute(batch, [made.enrolment], at)[0]
        told: dict[str, object] = {"outcome": again.outcome, "veto": veto.pk}
        if batch.state == BatchState.ON_NOTICE:
            notice = writing.post_anew(batch, again, at)
            told |= {"notice": notice.pk, "last_day": notice.last_day}
            _tell(veto, again.pk, at)
        acts.append(audit.Act("result.reopen", again, told, cites, reason, about=batch))
    audit.record_many(actor=actor, at=at, acts=acts)
    return veto


def _tell(veto: EthicsVeto, result: int, at: datetime) -> None:
    messages.tell(
        key=f"veto:{veto.pk}",
        person_key=veto.enrolment.candidate.person_key,
        subject=_("Your result changed"),
        text=_("It stands with its reason on your result's page; you may object while it is posted."),
        at=at,
        url=f"/results/{result}/",
        cites=rules_veto.ethics_cites(veto.enrolment.batch),
    )
