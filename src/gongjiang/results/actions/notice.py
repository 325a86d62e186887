"""Posting results for objection, and making them final once the notice is over."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit, notices, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import PublicNotice
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.results import queries, rules, rules_notice, writing
from gongjiang.results.models import Result


@transaction.atomic
def post_results(*, actor: Actor, at: datetime, batch: Batch) -> PublicNotice:
    """Post the batch's results for objection (JL-2024-5§25), names and identity numbers masked.

    The notice runs for the working days that the law of the batch's place asks for on this day. Its document is made
    from the frozen lines afterwards.

    :raises NotAllowed: wrong state or role.
    :raises Refused: no rule for the term, results not reviewed where that is asked for, or a row edited.
    """
    current = writing.lock(batch)
    refuse_if(_("Post the results for objection"), rules_notice.against_posting(current, at), subject=batch)
    term = ask.RESULT_NOTICE_WORKING_DAYS.at(place=regime_of(batch), day=at.date())
    notice = notices.open_notice(
        kind="result",
        subject=batch,
        title=f"{batch.title}　成绩公示",
        place=regime_of(batch),
        on=at.date(),
        working_days=term.value,
        cites=term.cites,
    )
    results = list(queries.results_in(current).order_by("enrolment__line_id", "enrolment_id"))
    writing.post_lines(notice, results)
    batch.noticed_on = at.date()
    batch.save(update_fields=["noticed_on"])
    facts = {
        "notice": notice.pk,
        "results": len(results),
        "working_days": notice.working_days,
        "last_day": notice.last_day,
        "provisional": notice.provisional,
    }
    workflow.apply(batch, "post_results", actor=actor, at=at, cites=term.cites, facts=facts)
    return notice


@transaction.atomic
def confirm_results(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Make the results final: refused through the notice's last day 23:59, open from the next day 00:00.

    :raises NotAllowed: wrong state or role.
    :raises Refused: a notice runs or its term is an estimate, an objection is open, a score has no second person, or a
        result differs from its marks; every reason at once.
    """
    current = writing.lock(batch)
    # An objection at the last minute waits for this lock, or this waits for it.
    list(queries.notices_in(current).select_for_update().order_by("pk"))
    refuse_if(_("Confirm the results"), rules_notice.against_confirming(current, at), subject=batch)
    results = list(queries.results_in(current))
    for result in results:
        result.confirmed_on = at.date()
    Result.everything.bulk_update(results, ["confirmed_on"], batch_size=writing.ROWS)
    batch.confirmed_on = at.date()
    batch.save(update_fields=["confirmed_on"])
    passed = sum(result.outcome == "passed" for result in results)
    workflow.apply(batch, "confirm_results", actor=actor, at=at, facts={"results": len(results), "passed": passed})
    marked_by = rules.marking_cites(batch)
    acts = [audit.Act("result.confirm", result, {"outcome": result.outcome}, marked_by) for result in results]
    audit.record_many(actor=actor, at=at, acts=acts)
    return batch
