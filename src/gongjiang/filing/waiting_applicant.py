"""What waits for an applicant: to finish what it began, and to correct what was returned."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.filing.flow import cites_of
from gongjiang.filing.models import Application
from gongjiang.filing.queries import applications_for
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem


def for_applicants(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the own applications that are being written, and those returned for correction."""
    found = applications_for(actor).filter(
        applicant__organisation_id=actor.organisation_id,
        state__in=[ApplicationState.DRAFT, ApplicationState.RETURNED],
    )
    for application in found.prefetch_related("corrections").order_by("created_at"):
        if application.state == ApplicationState.RETURNED:
            yield _returned(application, today)
        else:
            last = application.call.closes_on if application.call else None
            sub = _("The call closes then") if last else application.get_kind_display()
            yield _item(application, _("Finish and submit the application"), sub, last, today)


def _returned(application: Application, today: date) -> QueueItem:
    correction = max(application.corrections.all(), key=lambda each: each.round, default=None)
    number = len(correction.items) if correction else 0
    sub = _("%(n)s items named by the authority") % {"n": number}
    due_on = correction.due_on if correction else None
    return _item(application, _("Correct and submit again"), sub, due_on, today)


def _item(application: Application, what: str, sub: str, deadline: date | None, today: date) -> QueueItem:
    return QueueItem(
        what=what,
        sub=sub,
        subject=f"{application.get_kind_display()} {application.number}",
        url=reverse("own-application", args=[application.pk]),
        action_label=_("Open"),
        deadline=deadline,
        cites=cites_of(application, "application", today),
        key=f"own-application:{application.pk}",
    )
