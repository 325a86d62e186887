"""What waits because of supervision: to rectify, to re-check, to take up, to answer."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.queries import of_own_authority
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.law.model import Citation
from gongjiang.supervision import queries
from gongjiang.supervision.models import Complaint, Finding
from gongjiang.supervision.states import ComplaintState, FindingState

MOST = 50


def for_bodies(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the findings that the body has to rectify."""
    own = queries.findings_for(actor).filter(body__organisation_id=actor.organisation_id or 0, state=FindingState.OPEN)
    for finding in own.order_by("due_on")[:MOST]:
        yield _finding(finding, _("Rectify what was found"), finding.get_subject_display(), _("Report it"))


def findings_for_authority(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield what the actor's own authority has to re-check, and what its bodies are late with."""
    own = queries.findings_for(actor).filter(of_own_authority(actor))
    for finding in own.filter(state=FindingState.RECTIFIED)[:MOST]:
        yield _finding(finding, _("Re-check a rectification"), finding.body.name, _("Open"), dated=False)
    for finding in own.filter(queries.overdue(today)).order_by("due_on")[:MOST]:
        yield _finding(finding, _("A rectification is overdue"), finding.body.name, _("Open"))


def complaints_for_authority(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the complaints that nobody of the actor's own authority has taken up, and those that the actor handles."""
    own = queries.complaints_for(actor).defer("text", "name", "contact", "answer").order_by("due_on")
    for complaint in own.filter(authority_id=queries.acting_for(actor) or 0, state=ComplaintState.RECEIVED)[:MOST]:
        yield _complaint(complaint, _("Take up a complaint"))
    mine = own.filter(handled_by_id=actor.user_id or 0, state=ComplaintState.INQUIRY)
    for complaint in mine[:MOST]:
        yield _complaint(complaint, _("Answer a complaint"))


def _finding(finding: Finding, what: str, sub: str, action: str, *, dated: bool = True) -> QueueItem:
    return QueueItem(
        what=what,
        sub=sub,
        subject=finding.number,
        url=reverse("finding", args=[finding.pk]),
        action_label=action,
        deadline=finding.due_on if dated else None,
        cites=tuple(Citation.parse(key) for key in finding.cites),
        key=f"finding:{finding.state}:{finding.pk}",
    )


def _complaint(complaint: Complaint, what: str) -> QueueItem:
    return QueueItem(
        what=what,
        sub=f"{complaint.body.name} · {complaint.get_subject_display()}",
        subject=complaint.number,
        url=reverse("complaint", args=[complaint.pk]),
        action_label=_("Open"),
        deadline=complaint.due_on,
        cites=tuple(Citation.parse(key) for key in complaint.cites),
        key=f"complaint:{complaint.state}:{complaint.pk}",
    )
