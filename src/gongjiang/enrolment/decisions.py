"""What the verbs of review share: what stands against deciding, and how a decision is frozen."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.enrolment import own_levels
from gongjiang.enrolment.models import EligibilityDecision, Enrolment
from gongjiang.enrolment.permissions import REVIEWERS, own_entry, require
from gongjiang.enrolment.queries import eligibility_cites
from gongjiang.enrolment.rules.claim import lacking
from gongjiang.kernel import canonical, messages, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.law.eligibility import Verdict
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState

SHORTEST_REASON = 2
REVIEWABLE = (BatchState.ANNOUNCED, BatchState.REVIEW)


def locked_for_decision(enrolment: Enrolment) -> Enrolment:
    """Return the enrolment locked, with what a decision reads."""
    found = Enrolment.everything.select_for_update(of=("self",))
    return found.select_related("candidate", "line__standard", "line__own_level", "batch__body").get(pk=enrolment.pk)


def clause_to_accept_by(enrolment: Enrolment, verdict: Verdict) -> str:
    """Return the clause claimed if it is met, else the first met, else the nearest."""
    met = [each.id for each in verdict.met]
    if enrolment.clause_claimed in met:
        return enrolment.clause_claimed
    return met[0] if met else enrolment.clause_claimed or (verdict.nearest.id if verdict.nearest else "")


def against_deciding(actor: Actor, enrolment: Enrolment, *, eligible: bool, reason: str) -> list[Ground]:
    """Return why the actor can't decide this now."""
    grounds = own_entry(actor, enrolment) + not_in_review(enrolment.batch)
    return grounds + (own_levels.unsaid(enrolment, reason) if eligible else reason_grounds(reason))


def reason_grounds(reason: str) -> list[Ground]:
    """Return the ground that nothing was said."""
    if len(reason.strip()) >= SHORTEST_REASON:
        return []
    why, way = _("No reason is given."), _("Say why; the candidate reads it.")
    return [Ground(why, way, code="reason-missing")]


def not_in_review(batch: Batch) -> list[Ground]:
    """Return the ground that the batch is before or after its review."""
    if batch.state in REVIEWABLE:
        return []
    why = _("The batch stands at “%(state)s”.") % {"state": batch.get_state_display()}
    way = _("Eligibility is decided between the announcement and the completion of the review.")
    return [Ground(why, way, eligibility_cites(batch), "not-in-review")]


def require_second(
    asked: str,
    actor: Actor,
    enrolment: Enrolment,
    verdict: Verdict,
    clause: str,
    reason: str,
    second: Actor | None,
) -> None:
    """Refuse to accept against the clauses unless a second reviewer and a reason are given."""
    grounds = reason_grounds(reason)
    if second is None:
        why = _("Clause %(clause)s isn't met: %(reason)s.") % {"clause": clause, "reason": lacking(verdict, clause)[0]}
        way = _("Correct the facts if they are otherwise; or have a second reviewer confirm it, with a reason.")
        grounds.append(Ground(why, way, eligibility_cites(enrolment.batch), "second-reviewer"))
    refuse_if(asked, grounds, subject=enrolment)
    if second is not None:
        require(second, REVIEWERS, asked, subject=enrolment)
        if second.user_id == actor.user_id:
            raise same_person(asked, enrolment)


def same_person(asked: str, enrolment: Enrolment) -> NotAllowed:
    """Return the refusal of doing as two what one did."""
    why, way = _("It takes a second person."), _("Ask another reviewer.")
    return NotAllowed(asked, [Ground(why, way, code="same-person")], subject=enrolment)


def new_decision(
    enrolment: Enrolment, verdict: Verdict, *, eligible: bool, clause: str, at: datetime, decided_by: int, reason: str
) -> EligibilityDecision:
    """Return the decision, unsaved, with the digest over clauses, facts, evidence and verdict as they stand."""
    evidence = sorted((each.kind, each.file.sha256) for each in enrolment.evidence.all())
    facts = {**enrolment.facts, "birth_date": enrolment.candidate.born_on.isoformat()}
    frozen: dict[str, Any] = verdict.as_dict()
    if own := own_levels.requirement(enrolment):
        frozen["own_requirement"] = own
    return EligibilityDecision(
        enrolment=enrolment,
        eligible=eligible,
        clause_set=verdict.clause_set,
        clause=clause,
        counted_on=verdict.on,
        facts=facts,
        verdict=frozen,
        digest=_digest(enrolment, eligible, clause, verdict.on, facts, frozen, evidence),
        reason=reason,
        decided_by_id=decided_by,
        decided_at=at,
    )


def _digest(
    enrolment: Enrolment,
    eligible: bool,
    clause: str,
    on: date,
    facts: dict[str, Any],
    verdict: dict[str, Any],
    evidence: Sequence[Sequence[str]],
) -> str:
    return canonical.digest([enrolment.salt, eligible, clause, on, facts, verdict, [list(each) for each in evidence]])


def move(enrolment: Enrolment, decision: EligibilityDecision, *, actor: Actor, at: datetime) -> None:
    """Take the enrolment to its decided state and tell a candidate who was refused."""
    workflow.apply(
        enrolment,
        "accept" if decision.eligible else "refuse",
        actor=actor,
        at=at,
        about=enrolment.batch,
        reason=decision.reason,
        cites=(*eligibility_cites(enrolment.batch), *own_levels.cites_of(enrolment)),
        facts={"clause": decision.clause, "digest": decision.digest, "second": decision.second_reviewer_id},
    )
    if not decision.eligible:
        tell_candidate(enrolment, _("You were found not eligible"), decision.reason, at)


def tell_candidate(enrolment: Enrolment, subject: str, text: str, at: datetime) -> None:
    """Tell the candidate, in the app."""
    messages.tell(
        person_key=enrolment.candidate.person_key,
        key=f"enrolment:{enrolment.pk}:{at.isoformat()}",
        subject=subject,
        text=text,
        at=at,
    )
