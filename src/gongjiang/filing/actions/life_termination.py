"""The end of a filing: winding up begins, what is open is settled, another person ends it; or the duties pass on."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.queries import organisation_of
from gongjiang.bodies import actions as register
from gongjiang.bodies.actions import Ruling
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import rules_life, winding_up
from gongjiang.filing.models import Application, ItemAnswer, Termination, TerminationKind
from gongjiang.filing.people import managers_of
from gongjiang.filing.states import TERMINATION, TerminationState
from gongjiang.kernel import audit, messages, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law.model import Citation


@transaction.atomic
def open_voluntary(*, actor: Actor, at: datetime, application: Application, ruling: Ruling) -> Termination:
    """Begin the winding-up that the body applied for (JL-2025-1§10); the filing ends once everything is settled.

    :raises Refused: it winds up already or has ended.
    """
    body = application.body
    assert body is not None
    return _opened(
        actor, at, body, ruling, kind=TerminationKind.VOLUNTARY, application=application, ground=application.summary
    )


@transaction.atomic
def open_ordered(
    *, actor: Actor, at: datetime, body: AssessmentBody, breach: str, text: str, evidence: str, decision: str
) -> Termination:
    """Order the end of a filing for a breach that the law names (JL-2025-1§11), by the authority that selected it.

    Nothing new begins from today on. ``breach`` is one of ask.TERMINATION_ORDERED_FOR, ``decision`` the number of the
    authority's decision. Somebody else ends the filing later.

    :raises NotAllowed: no officer of the authority that selected it.
    :raises Refused: no such breach in the law of the place, or ground, evidence or decision lacks.
    """
    on = at.astimezone(SHANGHAI).date()
    asked = _("Order the end of the filing of %(body)s") % {"body": body.name}
    rules_life.require_own_authority(asked, actor, body, rules_life.OPENERS, on)
    refuse_if(asked, rules_life.against_ordering(body, breach, text, evidence, decision, on), subject=body)
    ruling = Ruling(
        title=f"责令{body.name}终止备案（开始收尾）",
        decided_by=body.authority.name,
        since=on,
        cites=rules_life.breach_cites(body, on),
        letter_number=decision.strip(),
    )
    words = {"ground": f"{rules_life.breach_words(breach)}：{text.strip()}", "evidence": evidence.strip()}
    return _opened(actor, at, body, ruling, kind=TerminationKind.ORDERED, opened_by_id=actor.user_id, **words)


@transaction.atomic
def answer_item(*, actor: Actor, at: datetime, termination: Termination, item: str, text: str) -> ItemAnswer:
    """Say where the archives are and who keeps them; where the authority took over, how it settles an open item.

    :raises NotAllowed: neither the body's manager nor, after it took over, an officer of the authority.
    :raises Refused: the item isn't open to an answer, was answered, or nothing is said.
    """
    on = at.astimezone(SHANGHAI).date()
    asked = _("Answer an item of the winding-up")
    termination = _locked(termination)
    rules_life.require_bearer(asked, actor, termination)
    refuse_if(asked, rules_life.against_answering(termination, item, text, on), subject=termination)
    answer = ItemAnswer.objects.create(
        termination=termination, item=item, text=text.strip(), answered_by_id=actor.user_id, answered_at=at
    )
    audit.record(
        actor=actor,
        action="termination.answer",
        subject=termination,
        at=at,
        facts={"item": item},
        cites=_item_cites(termination, item, at),
        about=termination.body,
    )
    return answer


@transaction.atomic
def end(*, actor: Actor, at: datetime, termination: Termination, decision: str) -> Termination:
    """End the filing, once nothing of the winding-up is open; its duties go on (JL-2025-1§12).

    By another person than who ordered it. ``decision`` is the number of the authority's decision.

    :raises NotAllowed: wrong state or role, or another authority's.
    :raises Refused: an item is open, the actor opened it, or the decision's number lacks.
    """
    on = at.astimezone(SHANGHAI).date()
    termination = _locked(termination)
    asked = _("End the filing of %(body)s") % {"body": termination.body.name}
    TERMINATION.require("end", termination, actor=actor, on=on)
    rules_life.require_own_authority(asked, actor, termination.body, rules_life.SIGNERS, on)
    grounds = [*rules_life.against_signing(termination, actor, decision), *winding_up.against_ending(termination, on)]
    refuse_if(asked, grounds, subject=termination)
    _end(actor, at, termination, decision.strip())
    workflow.apply(termination, "end", actor=actor, at=at, cites=rules_life.ending_cites(termination, on))
    return termination


@transaction.atomic
def hand_over(*, actor: Actor, at: datetime, termination: Termination, evidence: str, decision: str) -> Termination:
    """Take the duties and archives over where the body is gone (JL-2025-1§12); what is open passes to the authority.

    A filing that still winds up ends with it. ``evidence`` says how it is known that the body is gone.

    :raises NotAllowed: wrong state or role, or another authority's.
    :raises Refused: evidence or decision lacks, or the actor opened it.
    """
    on = at.astimezone(SHANGHAI).date()
    termination = _locked(termination)
    body = termination.body
    asked = _("Take over the duties of %(body)s") % {"body": body.name}
    TERMINATION.require("hand_over", termination, actor=actor, on=on)
    rules_life.require_own_authority(asked, actor, body, rules_life.SIGNERS, on)
    grounds = [
        *rules_life.against_signing(termination, actor, decision),
        *rules_life.text_missing(evidence, "evidence-missing"),
    ]
    refuse_if(asked, grounds, subject=termination)
    if termination.state == TerminationState.WINDING_UP:
        _end(actor, at, termination, decision.strip())
    termination.body_is_gone = True
    termination.evidence = "；".join(part for part in (termination.evidence, evidence.strip()) if part)[:200]
    termination.save(update_fields=["body_is_gone", "evidence"])
    authority = organisation_of(actor)
    cites = rules_life.taking_over_cites(body, on)
    ruling = Ruling(f"承接{body.name}终止备案后的职责", authority.name, on, cites=cites, letter_number=decision.strip())
    register.hand_over(actor=actor, at=at, body=body, authority=authority, ruling=ruling)
    workflow.apply(termination, "hand_over", actor=actor, at=at, cites=cites)
    return termination


def _opened(
    actor: Actor, at: datetime, body: AssessmentBody, ruling: Ruling, *, kind: TerminationKind, **values: object
) -> Termination:
    decision = register.begin_winding_up(actor=actor, at=at, body=body, ruling=ruling)
    body = AssessmentBody.everything.get(pk=body.pk)
    termination = Termination.everything.create(body=body, kind=kind, opened_on=ruling.since, **values)
    audit.record(
        actor=actor,
        action=f"termination.open_{kind}",
        subject=termination,
        at=at,
        facts={"decision": decision.number, "opened_on": ruling.since},
        cites=ruling.cites,
        about=body,
    )
    for user in managers_of(body, ruling.since):
        messages.tell(
            key=f"winding-up:{termination.pk}:{user.pk}",
            subject=_("The filing winds up"),
            text=_("From %(day)s on nothing new begins. Settle what the page of the winding-up lists; then it ends.")
            % {"day": ruling.since},
            at=at,
            user=user,
            url=rules_life.url_of(termination),
            cites=ruling.cites,
        )
    return termination


def _locked(termination: Termination) -> Termination:
    found = Termination.everything.select_for_update().get(pk=termination.pk)
    found.body = AssessmentBody.everything.select_related("authority", "organisation").get(pk=found.body_id)
    return found


def _end(actor: Actor, at: datetime, termination: Termination, number: str) -> None:
    """Let the register end the filing and keep who ended it when."""
    on = at.astimezone(SHANGHAI).date()
    body, ordered = termination.body, termination.kind == TerminationKind.ORDERED
    ruling = Ruling(
        title=f"责令{body.name}终止备案" if ordered else f"{body.name}自愿终止备案",
        decided_by=body.authority.name,
        since=on,
        cites=rules_life.ending_cites(termination, on),
        letter_number=number,
    )
    decision = register.end_filing(
        actor=actor, at=at, body=body, kind="ordered" if ordered else "voluntary", ruling=ruling
    )
    termination.body = AssessmentBody.everything.select_related("authority", "organisation").get(pk=body.pk)
    termination.ended_on, termination.ended_by_id, termination.decision = on, actor.user_id, decision
    termination.save(update_fields=["ended_on", "ended_by", "decision"])


def _item_cites(termination: Termination, item: str, at: datetime) -> tuple[Citation, ...]:
    on = at.astimezone(SHANGHAI).date()
    return next((each.cites for each in winding_up.checklist(termination, on) if each.key == item), ())
