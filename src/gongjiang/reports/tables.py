"""Reports as the parts of a page show them."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel import calendars
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.reports.models import RejectedRow, ReportPackage
from gongjiang.reports.queries import BoardRow
from gongjiang.reports.waiting import due_chip

State = ReportPackage.State
LOOK = {State.PREPARED: "go", State.SENDING: "wait", State.ACCEPTED: "ok", State.REJECTED: "no"}


def state_cell(package: ReportPackage | None) -> Cell:
    """Return the package's state as a badge; a batch without a package waits."""
    if package is None:
        return Cell(_("Not prepared"), state="wait")
    return Cell(package.get_state_display(), sub=package.number, state=LOOK[State(package.state)])


def board_table(rows: Iterable[BoardRow], today: date) -> Table:
    """Return the board: batch, body, issue date, term, state."""
    calendar = calendars.current()
    made = [
        Row(
            (
                Cell(row.batch.title, sub=row.batch.number, url=reverse("batch-report", args=[row.batch.pk])),
                row.batch.body.name,
                row.certificates,
                row.batch.issued_on,
                Cell(due=due_chip(row.batch, today, calendar)) if row.due else _("no term set"),
                state_cell(row.package),
            ),
            kind="over" if row.is_overdue(today) else "",
        )
        for row in rows
    ]
    columns = (
        Column(_("Batch")),
        Column(_("Body")),
        Column(_("Certificates"), numeric=True),
        Column(_("Issue date")),
        Column(_("Report by")),
        Column(_("State")),
    )
    empty = _("Batches appear here from their issue until their report is accepted.")
    return Table(_("Reports"), columns, tuple(made), empty=empty)


def packages_table(packages: Iterable[ReportPackage]) -> Table:
    """Return a batch's packages with their files."""
    rows = tuple(
        Row(
            (
                Cell(
                    each.number, sub=_("resends %(number)s") % {"number": each.resends.number} if each.resends else ""
                ),
                each.row_count,
                each.prepared_at.date(),
                each.sent_on or "--",
                Cell(each.receipt or "--", sub=each.receipt_on.isoformat() if each.receipt_on else ""),
                Cell(each.get_state_display(), state=LOOK[State(each.state)]),
            )
        )
        for each in packages
    )
    columns = (
        Column(_("Package")),
        Column(_("Rows"), numeric=True),
        Column(_("Prepared on")),
        Column(_("Sent on")),
        Column(_("Receipt")),
        Column(_("State")),
    )
    return Table(_("Packages"), columns, rows, empty=_("No package is prepared yet."))


def rejected_table(rows: Iterable[RejectedRow]) -> Table:
    """Return the rows that were sent back, with the receiving system's words and what was done."""
    made = tuple(
        Row(
            (
                Cell(row.certificate.number, sub=row.certificate.holder_name, url=f"#row-{row.pk}"),
                row.message,
                row.fix or "--",
                Cell(_("Fixed"), state="ok") if row.fixed_on else Cell(_("To fix"), state="no"),
            )
        )
        for row in rows
    )
    columns = (Column(_("Certificate number")), Column(_("Message")), Column(_("What was done")), Column(_("State")))
    return Table(_("Rows sent back"), columns, made)
