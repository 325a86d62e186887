"""Reads about who was sent where, whether they accept, and whether they came."""

from datetime import datetime

from django.db.models import Count, Q, QuerySet

from gongjiang.kernel.actor import Actor
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.sittings.models import Arrangement, Duty, DutyAnswer, Sitting
from gongjiang.workforce.queries_register import own_entries

DISPATCHED = ("assessor", "invigilator", "internal_supervisor")
"""Who is sent by the body and says whether they come; the others run the exam for it."""


def released() -> QuerySet[Arrangement]:
    """Return the arrangements that aren't secret any more: nobody is told of a duty before (JL-2024-5§31)."""
    return Arrangement.everything.filter(superseded=False, released_at__isnull=False)


def own_duties(actor: Actor) -> QuerySet[Duty]:
    """Return the duties of the person behind the account, in every role and body, in released arrangements."""
    entries = own_entries(actor.user_id) if actor.user_id else []
    found = Duty.objects.filter(member__in=entries, batch__in=released().values("batch"))
    return found.select_related("batch__site", "batch__body", "member", "room")


def is_own(actor: Actor, duty: Duty) -> bool:
    """Say whether the duty is the actor's own and no secret to them."""
    return own_duties(actor).filter(pk=duty.pk).exists()


def waiting_for_answer(actor: Actor) -> QuerySet[Duty]:
    """Return the actor's own duties that wait for an answer, the soonest exam first."""
    found = own_duties(actor).filter(role__in=DISPATCHED, answer="", ended_at=None, batch__state=BatchState.ARRANGED)
    return found.order_by("batch__exam_from", "pk")


def declined_by_batch(batches: QuerySet[Batch]) -> dict[Batch, int]:
    """Return how many duties of each batch were declined and not yet given to somebody else."""
    declined = Q(duties__answer=DutyAnswer.DECLINED, duties__ended_at=None)
    found = batches.filter(state__in=(BatchState.ARRANGED, BatchState.EXAM)).annotate(
        n=Count("duties", filter=declined)
    )
    return {batch: batch.n for batch in found.filter(n__gt=0).order_by("exam_from", "pk")}


def sittings_of(duty: Duty) -> list[Sitting]:
    """Return when the duty is done: the sittings of its part, or all of the batch."""
    found = Sitting.everything.filter(batch=duty.batch_id).order_by("starts_at")
    return list(found.filter(part=duty.part) if duty.part else found)


def begins(duty: Duty) -> datetime | None:
    """Return the start of the first sitting of the duty."""
    sittings = sittings_of(duty)
    return sittings[0].starts_at if sittings else None
