"""The three kinds of supervision on a body's page: public findings, self-checks, complaints and what came of them."""

from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import calendars
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Cell, Column, Row, Table, until
from gongjiang.supervision import queries
from gongjiang.supervision.models import Finding, SelfCheck, Subject
from gongjiang.supervision.states import RECORDERS, ComplaintState, FindingState

LOOK = {FindingState.OPEN: "wait", FindingState.RECTIFIED: "go", FindingState.CLOSED: "ok"}
COMPLAINT_LOOK = {ComplaintState.RECEIVED: "wait", ComplaintState.INQUIRY: "go", ComplaintState.ANSWERED: "ok"}
SHOWN = 20


def findings(body: AssessmentBody, today: date) -> Table:
    """Return the body's public findings, newest first: what was found, until when, and how it stands."""
    columns = (Column(_("What was found")), Column(_("Found on")), Column(_("To be rectified by")), Column(_("State")))
    rows = tuple(
        Row((finding_cell(each, url=""), each.found_on, due_cell(each, today), state_cell(each, today)))
        for each in queries.public_findings(body)[:SHOWN]
    )
    return Table(_("Public findings"), columns, rows)


def self_checks(body: AssessmentBody, today: date) -> Table:
    """Return the body's self-checks, newest first."""
    columns = (Column(_("Checked on")), Column(_("What was checked")), Column(_("Result")), Column(_("Measures")))
    rows = tuple(
        Row(
            (
                each.checked_on,
                "、".join(str(Subject(item).label) for item in each.items),
                check_cell(each),
                each.measures or "—",
            )
        )
        for each in queries.public_self_checks(body)[:SHOWN]
    )
    return Table(_("Self-checks"), columns, rows)


def complaints(body: AssessmentBody, today: date) -> Table:
    """Return the complaints about the body, newest first: what they are about and what came of them, nobody's words."""
    columns = (Column(_("About")), Column(_("Came in on")), Column(_("State")), Column(_("Outcome")))
    rows = tuple(
        Row(
            (
                each.get_subject_display(),
                local(each.received_at),
                Cell(each.get_state_display(), state=COMPLAINT_LOOK[ComplaintState(each.state)]),
                Cell(each.get_outcome_display() or "—", sub=each.public_answer),
            )
        )
        for each in queries.public_complaints(body)[:SHOWN]
    )
    return Table(_("Complaints about the body"), columns, rows)


def finding_cell(finding: Finding, url: str) -> Cell:
    """Return the subject with its words."""
    return Cell(finding.get_subject_display(), sub=finding.text, url=url, cites=tuple(finding.cites))


def due_cell(finding: Finding, today: date) -> Cell:
    """Return the deadline of the rectification, done once it was reported."""
    done = finding.reported_on if finding.state != FindingState.OPEN else None
    return Cell(due=until(finding.due_on, today, calendars.current(), done_on=done))


def state_cell(finding: Finding, today: date) -> Cell:
    """Return how the finding stands; an overdue one is called so."""
    if finding.state == FindingState.OPEN and finding.due_on < today:
        return Cell(_("Overdue"), state="no")
    return Cell(finding.get_state_display(), state=LOOK[FindingState(finding.state)])


def check_cell(check: SelfCheck) -> Cell:
    """Return the result of a self-check."""
    if check.in_order:
        return Cell(_("In order"), state="ok")
    return Cell(_("Problems found"), sub=check.problems, state="wait")


def complain_link(body: AssessmentBody) -> tuple[str, str]:
    """Return where to complain about the body."""
    return _("Complain about this body"), reverse("complain", args=[body.code])


def record_act(body: AssessmentBody, actor: Actor) -> Act | None:
    """Return the button by which an officer records a finding; where another authority is competent, it says which."""
    if not actor.has(*RECORDERS):
        return None
    unless = "" if queries.supervises(body, actor) else _("Only %(authority)s, which selected the body.")
    return Act(
        _("Record a finding"),
        reverse("finding-new", args=[body.pk]),
        unless=unless % {"authority": body.authority.name} if unless else "",
    )
