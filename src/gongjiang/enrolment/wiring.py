"""What enrolment tells the rows above and below when the app starts."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.enrolment import panels, queries
from gongjiang.enrolment.models import Candidate, ImportState
from gongjiang.enrolment.permissions import ENROLLERS, READERS
from gongjiang.kernel import identity
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem, register
from gongjiang.planning import acts
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState


def connect() -> None:
    """Register the review's arrow, the section of the batch's page, the queue, and the number that can be shown."""
    identity.register_revealable("enrolment.candidate", "identity", _candidates)
    acts.register(
        "complete_review", "enrolment-complete-review", check=lambda batch, actor, at: queries.review_grounds(batch)
    )
    acts.register_section(10, "enrolment/section.html", _section)
    register(["eligibility_reviewer"], _to_review)
    register(ENROLLERS, _to_take_over)


def _section(batch: Batch, actor: Actor, at: datetime) -> dict[str, object] | None:
    """Return the candidates' part of the batch's page: how many stand where, and what can be done."""
    if batch.announced_on is None or not actor.has(*READERS):
        return None
    counts = queries.counts_of(batch)
    return {
        "batch": batch,
        "position": panels.batch_position(counts),
        "chart": panels.chart(batch) if sum(counts.values()) else None,
        "acts": panels.section_acts(batch, actor, at),
    }


def _to_take_over(actor: Actor, today: date) -> Iterator[QueueItem]:
    waiting = queries.imports_for(actor).filter(state=ImportState.CHECKED, batch__state=BatchState.ANNOUNCED)
    for run in waiting.order_by("batch__enrolment_until"):
        yield QueueItem(
            what=_("Take over a checked sheet"),
            sub=run.file_name,
            subject=run.batch.title,
            url=reverse("import", args=[run.pk]),
            action_label=_("Open"),
            deadline=run.batch.enrolment_until,
            key=f"import:{run.pk}",
        )


def _candidates(actor: Actor):  # type: ignore[no-untyped-def]
    return Candidate.objects.filter(pk__in=queries.enrolments_for(actor).order_by().values("candidate_id"))


def _to_review(actor: Actor, today: date) -> Iterator[QueueItem]:
    for batch in Batch.objects.for_actor(actor).filter(state=BatchState.REVIEW):
        waiting = queries.undecided_of(batch)
        if waiting:
            yield QueueItem(
                what=_("Review %(count)s candidates") % {"count": waiting},
                sub=batch.title,
                subject=batch.number,
                url=reverse("batch-enrolments", args=[batch.pk]),
                action_label=_("Review"),
                cites=queries.eligibility_cites(batch),
                key=f"review:{batch.pk}",
            )
