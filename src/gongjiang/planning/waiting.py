"""What waits for planners and for those who approve openings."""

from collections.abc import Iterator
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.kernel.refusal import Ground
from gongjiang.planning import rules
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for, regime_of
from gongjiang.planning.states import BATCH, BatchState


def not_applied_for(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return why no opening is applied for here."""
    return rules.not_applied_for(batch, at.date())


def for_planners(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield drafts to announce before enrolment begins, and enrolments whose last day is over."""
    found = batches_for(actor).filter(state__in=[BatchState.DRAFT, BatchState.APPROVED, BatchState.ANNOUNCED])
    for batch in found.order_by("enrolment_from"):
        if batch.state == BatchState.ANNOUNCED:
            if today > batch.enrolment_until:
                yield _item(batch, today, "close_enrolment", _("Close enrolment"), _("Its last day is over"), None)
            continue
        yield _item(
            batch, today, "announce", _("Publish the announcement"), _("Enrolment begins then"), batch.enrolment_from
        )


def for_openers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield applications for opening."""
    for batch in batches_for(actor).filter(state=BatchState.AWAITING_OPENING):
        yield _item(batch, today, "approve_opening", _("Decide on the opening"), batch.body.name, batch.enrolment_from)


def _item(batch: Batch, today: date, action: str, what: str, sub: str, deadline: date | None) -> QueueItem:
    cites = BATCH.table[action].cites_at(regime_of(batch), today)
    return QueueItem(
        what=what,
        sub=sub,
        subject=batch.title,
        url=reverse("batch", args=[batch.pk]),
        action_label=_("Open"),
        deadline=deadline,
        cites=cites,
        key=f"{action}:{batch.pk}",
    )
