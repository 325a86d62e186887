"""A second look at eligibility: accepting against the clauses by two reviewers, and the candidate's appeal."""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment.decisions import (
    against_deciding,
    locked_for_decision,
    move,
    new_decision,
    not_in_review,
    reason_grounds,
    same_person,
    tell_candidate,
)
from gongjiang.enrolment.models import Appeal, Enrolment, Override
from gongjiang.enrolment.permissions import REVIEWERS, require
from gongjiang.enrolment.queries import eligibility_cites, verdict_of
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place


@transaction.atomic
def propose_override(*, actor: Actor, at: datetime, enrolment: Enrolment, clause: str, reason: str) -> Override:
    """Ask a second reviewer to accept someone whom no clause admits (abuse case 6).

    :raises Refused: a clause is met, the reason or the clause is missing, or a proposal is open.
    """
    asked = _("Propose to accept all the same")
    require(actor, REVIEWERS, asked, subject=enrolment)
    locked = locked_for_decision(enrolment)
    verdict = verdict_of(locked)
    grounds = against_deciding(actor, locked, eligible=True, reason=reason) + reason_grounds(reason)
    if clause in {each.id for each in verdict.met}:
        why = _("Clause %(clause)s is met.") % {"clause": clause}
        grounds.append(Ground(why, _("Accept by it; no second reviewer is needed."), code="met"))
    if clause not in {each.id for each in verdict.clauses}:
        why = _("The level has no clause “%(clause)s”.") % {"clause": clause}
        grounds.append(
            Ground(why, _("Choose one of the level's clauses."), eligibility_cites(locked.batch), "no-clause")
        )
    refuse_if(asked, grounds, subject=enrolment)
    try:
        with transaction.atomic():
            override = Override.objects.create(
                enrolment=locked, clause=clause, reason=reason, proposed_by_id=actor.user_id or 0, proposed_at=at
            )
    except IntegrityError as error:
        why, way = _("A proposal waits for its answer already."), _("Wait for the second reviewer.")
        raise Refused(asked, [Ground(why, way, code="override-open")], subject=enrolment) from error
    audit.record(
        actor=actor, action="override.propose", subject=locked, at=at, reason=reason, about=locked.batch,
        facts={"clause": clause},
    )  # fmt: skip
    return override


@transaction.atomic
def answer_override(*, actor: Actor, at: datetime, override: Override, approved: bool) -> Override:
    """Confirm or decline, as a second reviewer, that someone is accepted whom no clause admits.

    :raises NotAllowed: not a reviewer, or the same person as proposed it.
    :raises Refused: answered already.
    """
    asked = _("Answer the proposal")
    require(actor, REVIEWERS, asked, subject=override.enrolment)
    locked = Override.objects.select_for_update(of=("self",)).get(pk=override.pk)
    if locked.answered_at is not None:
        why = _("It was answered on %(day)s.") % {"day": locked.answered_at.date()}
        raise Refused(asked, [Ground(why, _("Look at the decision."), code="answered")], subject=override.enrolment)
    if locked.proposed_by_id == actor.user_id:
        raise same_person(asked, override.enrolment)
    enrolment = locked_for_decision(override.enrolment)
    refuse_if(
        asked, against_deciding(actor, enrolment, eligible=True, reason=locked.reason), subject=override.enrolment
    )
    locked.approved, locked.answered_by_id, locked.answered_at = approved, actor.user_id, at
    locked.save()
    if not approved:
        audit.record(actor=actor, action="override.decline", subject=enrolment, at=at, about=enrolment.batch)
        return locked
    decision = new_decision(
        enrolment,
        verdict_of(enrolment),
        eligible=True,
        clause=locked.clause,
        at=at,
        decided_by=locked.proposed_by_id,
        reason=locked.reason,
    )
    decision.second_reviewer_id = actor.user_id
    decision.save()
    move(enrolment, decision, actor=actor, at=at)
    return locked


@transaction.atomic
def appeal(*, actor: Actor, at: datetime, enrolment: Enrolment, text: str) -> Appeal:
    """Object, as the candidate, to the decision of not being eligible (JL-2024-5§7(11)).

    :raises Refused: another's enrolment, no such decision, nothing said, or an appeal is open.
    """
    asked = _("Appeal against the decision")
    grounds = reason_grounds(text)
    if actor.kind != "candidate" or actor.person_key != enrolment.candidate.person_key:
        way = _("The candidate appeals, signed in.")
        raise NotAllowed(asked, [Ground(_("The enrolment is another's."), way, code="not-yours")], subject=enrolment)
    if enrolment.state != EnrolmentState.INELIGIBLE:
        why = _("It stands at “%(state)s”.") % {"state": enrolment.get_state_display()}
        grounds.append(
            Ground(why, _("An appeal is made against a decision of not being eligible."), code="no-decision")
        )
    if enrolment.appeals.filter(replied_at=None).exists():
        grounds.append(Ground(_("Your appeal is being looked at."), _("Wait for its reply."), code="appeal-open"))
    grounds += not_in_review(enrolment.batch)
    refuse_if(asked, grounds, subject=enrolment)
    made = Appeal.objects.create(enrolment=enrolment, text=text.strip(), raised_at=at)
    cites = _dispute_cites(enrolment, at)
    audit.record(actor=actor, action="appeal.raise", subject=enrolment, at=at, about=enrolment.batch, cites=cites)
    return made


@transaction.atomic
def answer_appeal(*, actor: Actor, at: datetime, appeal: Appeal, reply: str, upheld: bool) -> Appeal:
    """Reply to an appeal, as a reviewer who didn't take the decision; one upheld is then decided anew.

    :raises Refused: no reply, replied already.
    :raises NotAllowed: not a reviewer, or the one who decided.
    """
    asked = _("Reply to the appeal")
    enrolment = appeal.enrolment
    require(actor, REVIEWERS, asked, subject=enrolment)
    locked = Appeal.objects.select_for_update(of=("self",)).get(pk=appeal.pk)
    grounds = reason_grounds(reply)
    if locked.replied_at is not None:
        grounds.append(Ground(_("It has its reply already."), _("Nothing is left to do."), code="answered"))
    refuse_if(asked, grounds, subject=enrolment)
    last = enrolment.decisions.first()
    if last and actor.user_id in {last.decided_by_id, last.second_reviewer_id}:
        raise same_person(asked, enrolment)
    locked.reply, locked.upheld, locked.replied_by_id, locked.replied_at = reply.strip(), upheld, actor.user_id, at
    locked.save()
    audit.record(
        actor=actor, action="appeal.reply", subject=enrolment, at=at, about=enrolment.batch, facts={"upheld": upheld},
        cites=_dispute_cites(enrolment, at),
    )  # fmt: skip
    tell_candidate(enrolment, _("Reply to your appeal"), reply, at)
    return locked


def _dispute_cites(enrolment: Enrolment, at: datetime) -> tuple[Citation, ...]:
    rule = ask.DISPUTES_HANDLED_BY_BODY.get(place=place(enrolment.regime), day=at.date())
    return rule.cites if rule else ()
