"""Reports of bodies as the parts of a page show them."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, PeriodicReport, ReportKind
from gongjiang.bodies.owed import Owed
from gongjiang.bodies.states import ReportState
from gongjiang.kernel import calendars
from gongjiang.kernel.parts import Cell, Column, Row, Table, until

LOOK = {"draft": "go", "submitted": "wait", "returned": "no", "accepted": "ok"}


def title_of(kind: str, period: str) -> str:
    """Return what a report is called on pages."""
    return f"{ReportKind(kind).label} {period}"


def waiting_table(waiting: Iterable[tuple[AssessmentBody, Owed, str]], today: date, *, writes: bool) -> Table:
    """Return what is still to be handed in; ``writes`` leads to the form."""
    calendar = calendars.current()
    rows = []
    for body, owed, state in waiting:
        url = reverse("body-report", args=[body.pk, owed.kind, owed.period]) if writes else ""
        rows.append(
            Row(
                (
                    Cell(owed.label, url=url),
                    f"{owed.since} – {owed.until}",
                    Cell(due=until(owed.due_on, today, calendar, owed.cites)),
                    Cell(owed.source),
                    str(ReportState(state).label) if state else _("not begun"),
                )
            )
        )
    columns = (
        Column(_("Periodic report")),
        Column(_("Period")),
        Column(_("Due")),
        Column(_("Why that day")),
        Column(_("State")),
    )
    return Table(_("To be handed in"), columns, tuple(rows), empty=_("Nothing waits. The next report appears here."))


def reports_table(reports: Iterable[PeriodicReport]) -> Table:
    """Return the reports that were begun or handed in."""
    rows = [
        Row(
            (
                Cell(title_of(report.kind, report.period), url=reverse("periodic-report", args=[report.pk])),
                report.due_on,
                report.submitted_on or "—",
                Cell(report.get_state_display(), state=LOOK[report.state]),
            )
        )
        for report in reports
    ]
    columns = (Column(_("Periodic report")), Column(_("Due")), Column(_("Handed in")), Column(_("State")))
    return Table(_("Periodic reports"), columns, tuple(rows), empty=_("No report was written yet."))
