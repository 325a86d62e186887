"""What enrolment tells the rows above and below when the app starts."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.enrolment import queries
from gongjiang.enrolment.models import Candidate
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
    register(["eligibility_reviewer"], _to_review)


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
                url=reverse("enrolment-list", args=[batch.pk]),
                action_label=_("Review"),
                cites=queries.eligibility_cites(batch),
                key=f"review:{batch.pk}",
            )
