"""Eligibility: a reviewer decides each candidate on what the clauses say; the decision is frozen with its grounds."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from gongjiang.enrolment.decisions import (
    against_deciding,
    clause_to_accept_by,
    locked_for_decision,
    move,
    new_decision,
    not_in_review,
    reason_grounds,
    require_second,
    tell_candidate,
)
from gongjiang.enrolment.models import EligibilityDecision, Enrolment
from gongjiang.enrolment.permissions import REVIEWERS, own_entry, require
from gongjiang.enrolment.queries import eligibility_cites, review_grounds, verdict_of
from gongjiang.enrolment.rules.context import counting_day
from gongjiang.enrolment.states import ENROLMENT, EnrolmentState
from gongjiang.kernel import audit, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.planning.models import Batch

CHUNK = 500


@transaction.atomic
def decide(
    *,
    actor: Actor,
    at: datetime,
    enrolment: Enrolment,
    eligible: bool,
    clause: str = "",
    reason: str = "",
    second_reviewer: Actor | None = None,
) -> EligibilityDecision:
    """Decide a candidate's eligibility (JL-2024-5§17), frozen with clauses, facts and verdict as they stand.

    Without ``clause`` an eligible candidate is accepted by the one claimed, if it is met, else by the first that is. To
    accept someone whom no clause admits takes a reason and a second reviewer (abuse case 6); to refuse takes a reason,
    and so does to accept at a level of the body's own ladder: by what its requirement is met.

    :raises Refused: those are missing, the clause isn't met, the actor entered the candidate, or the review is over.
    :raises NotAllowed: not a reviewer, or the second reviewer is the same person.
    """
    asked = _("Confirm as eligible") if eligible else _("Decide as not eligible")
    require(actor, REVIEWERS, asked, subject=enrolment)
    locked = locked_for_decision(enrolment)
    verdict = verdict_of(locked)
    chosen = clause or (clause_to_accept_by(locked, verdict) if eligible else "")
    overriding = eligible and chosen not in {each.id for each in verdict.met}
    refuse_if(asked, against_deciding(actor, locked, eligible=eligible, reason=reason), subject=enrolment)
    if overriding:
        require_second(asked, actor, locked, verdict, chosen, reason, second_reviewer)
    decision = new_decision(
        locked, verdict, eligible=eligible, clause=chosen, at=at, decided_by=actor.user_id or 0, reason=reason
    )
    decision.second_reviewer_id = second_reviewer.user_id if overriding and second_reviewer else None
    decision.save()
    move(locked, decision, actor=actor, at=at)
    enrolment.state = locked.state
    return decision


def decide_clear_cases(*, actor: Actor, at: datetime, batch: Batch) -> tuple[int, int]:
    """Accept, on the reviewer's confirmation, everyone still undecided for whom the clause claimed, or any, is met.

    Whoever claims a clause that isn't met while another is, whoever the reviewer entered, and who stands under an
    employer's own requirement is left for a look.
    Returns how many were accepted and how many are left. Done in chunks; asked again it goes on.

    :raises NotAllowed: not a reviewer.
    """
    require(actor, REVIEWERS, _("Confirm the clear cases"), subject=batch)
    refuse_if(_("Confirm the clear cases"), not_in_review(batch), subject=batch)
    accepted, last = 0, 0
    while True:
        count, last = _accept_chunk(actor=actor, at=at, batch=batch, after=last)
        accepted += count
        if not last:
            break
    left = Enrolment.everything.filter(batch=batch, state__in=[EnrolmentState.SUBMITTED, EnrolmentState.RETURNED])
    return accepted, left.count()


@transaction.atomic
def return_for_correction(*, actor: Actor, at: datetime, enrolment: Enrolment, reason: str) -> Enrolment:
    """Return an enrolment with what is to be mended, which the candidate is told.

    :raises Refused: nothing is said, or the review is over.
    """
    asked = _("Return for correction")
    refuse_if(asked, reason_grounds(reason) + not_in_review(enrolment.batch), subject=enrolment)
    cites = eligibility_cites(enrolment.batch)
    workflow.apply(
        enrolment, "return_for_correction", actor=actor, at=at, about=enrolment.batch, reason=reason, cites=cites
    )
    tell_candidate(enrolment, _("Your enrolment was returned"), reason, at)
    return enrolment


@transaction.atomic
def complete_review(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Complete the batch's eligibility review (JL-2024-5§17).

    :raises Refused: someone is undecided, or an override or an appeal is open.
    """
    refuse_if(_("Complete the eligibility review"), review_grounds(batch), subject=batch)
    locked = Batch.everything.select_for_update(of=("self",)).get(pk=batch.pk)
    locked.reviewed_on = batch.reviewed_on = at.date()
    locked.save(update_fields=["reviewed_on"])
    workflow.apply(batch, "complete_review", actor=actor, at=at, cites=eligibility_cites(batch))
    return batch


@transaction.atomic
def _accept_chunk(*, actor: Actor, at: datetime, batch: Batch, after: int) -> tuple[int, int]:
    """Accept the clear ones of the next chunk; return how many and where to go on, 0 at the end."""
    found = Enrolment.everything.select_for_update(of=("self",)).filter(
        batch=batch, state=EnrolmentState.SUBMITTED, pk__gt=after
    )
    rows = list(_whole(found).order_by("pk")[:CHUNK])
    if not rows:
        return 0, 0
    counted_on = counting_day(batch)
    decisions = []
    for enrolment in rows:
        enrolment.batch = batch
        if own_entry(actor, enrolment) or enrolment.line.own_level_id is not None:
            continue
        verdict = verdict_of(enrolment, counted_on=counted_on)
        met = {each.id for each in verdict.met}
        if not met or (enrolment.clause_claimed and enrolment.clause_claimed not in met):
            continue
        clause = clause_to_accept_by(enrolment, verdict)
        decisions.append(
            new_decision(
                enrolment, verdict, eligible=True, clause=clause, at=at, decided_by=actor.user_id or 0, reason=""
            )
        )
    _accept(decisions, actor=actor, at=at, batch=batch)
    return len(decisions), rows[-1].pk


def _whole(found: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    return found.select_related("candidate", "line__standard").prefetch_related("evidence__file")


def _accept(decisions: list[EligibilityDecision], *, actor: Actor, at: datetime, batch: Batch) -> None:
    cites = eligibility_cites(batch)
    EligibilityDecision.objects.bulk_create(decisions)
    acts = []
    for decision in decisions:
        enrolment = decision.enrolment
        ENROLMENT.check("accept", state=enrolment.state, roles=actor.roles)
        enrolment.state = EnrolmentState.ELIGIBLE
        facts = {
            "from": EnrolmentState.SUBMITTED.value,
            "to": enrolment.state.value,
            "clause": decision.clause,
            "digest": decision.digest,
        }
        acts.append(audit.Act("enrolment.accept", enrolment, facts, cites, about=batch))
    Enrolment.everything.filter(pk__in=[each.enrolment_id for each in decisions]).update(state=EnrolmentState.ELIGIBLE)
    audit.record_many(actor=actor, at=at, acts=acts)
