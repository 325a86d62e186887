"""The review of results by the centre, where the place asks for it (JL-2019-133§6)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import review_rule
from gongjiang.results import rules, rules_veto, writing
from gongjiang.results.figures import sample_of


@transaction.atomic
def submit_results(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Submit the results for review.

    :raises Refused: the place asks for no review, they were approved, or a row was edited.
    """
    current = writing.lock(batch)
    grounds = [*rules.against_submitting(current), *rules_veto.undecided(current), *rules.edited_results(current)]
    refuse_if(_("Submit the results for review"), grounds, subject=batch)
    workflow.apply(batch, "submit_results", actor=actor, at=at, cites=_cites(batch))
    return batch


@transaction.atomic
def approve_results(*, actor: Actor, at: datetime, batch: Batch, reason: str = "") -> Batch:
    """Approve the results; they may then be posted. The sample that was drawn for the review stands in the entry.

    :raises Refused: a row was edited since.
    """
    current = writing.lock(batch)
    refuse_if(_("Approve the results"), rules.edited_results(current), subject=batch)
    batch.results_approved_on = at.date()
    batch.save(update_fields=["results_approved_on"])
    facts = {"sample": [result.pk for result in sample_of(current, at.date())]}
    workflow.apply(batch, "approve_results", actor=actor, at=at, cites=_cites(batch), reason=reason, facts=facts)
    return batch


@transaction.atomic
def return_results(*, actor: Actor, at: datetime, batch: Batch, reason: str) -> Batch:
    """Return the results to marking with what is to be mended.

    :raises Refused: no reason is given.
    """
    writing.lock(batch)
    refuse_if(_("Return the results"), rules.reason_missing(reason), subject=batch)
    workflow.apply(batch, "return_results", actor=actor, at=at, cites=_cites(batch), reason=reason)
    return batch


def _cites(batch: Batch) -> tuple[Citation, ...]:
    rule = review_rule(batch)
    return rule.cites if rule else ()
