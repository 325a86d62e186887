"""What waits because of the register: reports to hand in or to accept, rules and fees to publish."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies import published, queries
from gongjiang.bodies.models import PeriodicReport
from gongjiang.bodies.owed import outstanding
from gongjiang.bodies.states import AUTHORITY, ReportState
from gongjiang.kernel import queue
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.law.model import Citation

AHEAD = timedelta(days=45)


def register() -> None:
    """Have the queue ask these sources."""
    queue.register(("body_manager",), of_the_body)
    queue.register(AUTHORITY, of_the_authority)


def of_the_body(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield what the body still has to publish, and the reports that are due soon or late."""
    body = queries.own_body(actor)
    if body is None or queries.standing(body, today) in {"expired", "terminated"}:
        return
    for ground in published.publication_grounds(body, today):
        yield QueueItem(
            what=ground.why,
            sub=body.name,
            subject=_("Rules and fees"),
            url=reverse("body-published", args=[body.pk]),
            action_label=_("Publish"),
            cites=ground.cites,
            key=f"body-{body.pk}-{ground.code}",
        )
    for _body, owed, state in outstanding([body], today):
        if owed.due_on > today + AHEAD:
            continue
        yield QueueItem(
            what=_("%(report)s is to be handed in") % {"report": owed.label},
            sub=_("returned for correction") if state == ReportState.RETURNED else body.name,
            subject=_("Reports to the authority"),
            url=reverse("body-report", args=[body.pk, owed.kind, owed.period]),
            action_label=_("Write"),
            deadline=owed.due_on,
            cites=owed.cites,
            key=f"report-{body.pk}-{owed.kind}-{owed.period}",
        )


def of_the_authority(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the reports that were handed in to the actor's own authority and wait for a look."""
    waiting = PeriodicReport.objects.for_actor(actor).filter(state=ReportState.SUBMITTED)
    for report in waiting.filter(queries.of_own_authority(actor)).select_related("body")[:50]:
        yield QueueItem(
            what=_("%(report)s was handed in") % {"report": f"{report.get_kind_display()} {report.period}"},
            sub=report.body.name,
            subject=_("Reports of bodies"),
            url=reverse("periodic-report", args=[report.pk]),
            action_label=_("Look through"),
            cites=tuple(Citation.parse(key) for key in report.cites),
            key=f"periodic-report-{report.pk}",
        )
