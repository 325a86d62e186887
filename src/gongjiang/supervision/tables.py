"""The lists of supervision: findings and complaints for the authority, findings and self-checks for the body."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.kernel import calendars
from gongjiang.kernel.parts import Cell, Choice, Column, Row, Table, until
from gongjiang.supervision.models import Complaint, Finding
from gongjiang.supervision.published import COMPLAINT_LOOK, due_cell, state_cell
from gongjiang.supervision.states import ComplaintState, FindingState


def findings_table(found: Iterable[Finding], today: date, choices: tuple[Choice, ...] = ()) -> Table:
    """Return findings with body, deadline and state."""
    columns = (
        Column(_("Number and body")),
        Column(_("What was found")),
        Column(_("Found on")),
        Column(_("To be rectified by")),
        Column(_("State")),
        Column(_("Made public")),
    )
    rows = tuple(
        Row(
            (
                Cell(each.number, sub=each.body.name, url=reverse("finding", args=[each.pk])),
                Cell(each.get_subject_display(), sub=each.text[:60]),
                each.found_on,
                due_cell(each, today),
                state_cell(each, today),
                _("yes") if each.is_public else _("no"),
            ),
            kind="over" if each.state == FindingState.OPEN and each.due_on < today else "",
        )
        for each in found
    )
    empty = _("Findings will stand here. Record one on the page of a body.")
    return Table(_("Findings"), columns, rows, empty=empty, choices=choices)


def complaints_table(found: Iterable[Complaint], today: date, choices: tuple[Choice, ...] = ()) -> Table:
    """Return complaints with body, subject, deadline and state; nobody's words."""
    columns = (
        Column(_("Number")),
        Column(_("Body")),
        Column(_("About")),
        Column(_("Came in on")),
        Column(_("To be answered by")),
        Column(_("State")),
        Column(_("Outcome")),
    )
    calendar = calendars.current()
    rows = tuple(
        Row(
            (
                Cell(each.number, url=reverse("complaint", args=[each.pk])),
                Cell(each.body.name, sub=each.authority.name),
                each.get_subject_display(),
                local(each.received_at),
                Cell(due=until(each.due_on, today, calendar, done_on=each.answered_on)),
                Cell(each.get_state_display(), state=COMPLAINT_LOOK[ComplaintState(each.state)]),
                each.get_outcome_display() or "—",
            )
        )
        for each in found
    )
    empty = _("Complaints about the bodies that your authority selected will stand here.")
    return Table(_("Complaints"), columns, rows, empty=empty, choices=choices)
