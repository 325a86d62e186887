"""What waits for officers, approvers and the centre; and the undertaking that waits for the applicant."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.filing import flow, queries, queries_officer
from gongjiang.filing.acts_officer import next_acts, waits_for
from gongjiang.filing.due import Days, due_of
from gongjiang.filing.models import Application
from gongjiang.filing.rules_notice import against_replier
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.queue import QueueItem

S = ApplicationState


def for_officers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield each application on which the actor can act now, and each objection that the actor may answer."""
    days, at = Days(today), datetime.combine(today, time(23, 59), tzinfo=SHANGHAI)
    for application in queries_officer.in_reach(actor, today):
        act = waits_for(next_acts(application, actor, at))
        if act is not None:
            due = due_of(application, today, days)
            yield QueueItem(
                what=act.label,
                sub=f"{application.get_kind_display()} · {application.authority.name}",
                subject=application.applicant.name,
                url=reverse("application", args=[application.pk]),
                action_label=_("Open"),
                deadline=due.last_day if due else None,
                provisional=bool(due and due.provisional),
                key=f"filing:{act.kind.act}:{application.pk}",
            )
        if application.state == S.ON_NOTICE and not against_replier(application, actor, today):
            yield from _objections(application)


def _objections(application: Application) -> Iterator[QueueItem]:
    for objection in notices.pending(application):
        yield QueueItem(
            what=_("Reply to an objection"),
            sub=application.number,
            subject=application.applicant.name,
            url=reverse("application-objection", args=[application.pk, objection.pk]),
            action_label=_("Reply"),
            deadline=objection.reply_last_day,
            provisional=objection.reply_provisional,
            cites=notices.cites_of(objection.reply_cites),
            key=f"filing:reply:{objection.pk}",
        )


def for_applicants(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the undertaking that the actor's unit has to sign before its letter."""
    ready = queries.applications_for(actor).filter(
        applicant__organisation_id=actor.organisation_id or 0,
        state__in=[S.DELIBERATED, S.ON_NOTICE, S.CLEARED],
        favourable=True,
        undertaking_at=None,
    )
    for application in ready:
        if flow.asks(application, "undertaking", today):
            yield QueueItem(
                what=_("Sign the undertaking"),
                sub=_("before the filing letter"),
                subject=application.number,
                url=reverse("own-application-undertaking", args=[application.pk]),
                action_label=_("Sign"),
                cites=flow.cites_of(application, "undertaking", today),
                key=f"filing:undertaking:{application.pk}",
            )
