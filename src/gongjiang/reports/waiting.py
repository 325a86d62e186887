"""What waits for those who report, and for the authority that watches the term."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel import calendars, parts
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.law.calendar import Calendar
from gongjiang.planning.models import Batch
from gongjiang.reports import queries
from gongjiang.reports.models import ReportPackage
from gongjiang.reports.queries import BoardRow

State = ReportPackage.State


def due_chip(batch: Batch, today: date, calendar: Calendar | None = None) -> parts.Deadline | None:
    """Return the batch's reporting term as pages show it, counted day by day from the issue date."""
    rule = queries.term_rule(batch)
    if rule is None or batch.issued_on is None:
        return None
    words = _("Within %(n)s working days of the issue date") % {"n": rule.value}
    counted = calendar or calendars.current()
    return parts.deadline(
        batch.issued_on, rule.value, today, counted, rule.cites, rule=words, done_on=batch.reported_on
    )


def section(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return what the batch's page shows of its report; None before the issue."""
    if batch.state not in queries.REPORTABLE:
        return None
    return {
        "batch": batch,
        "due": due_chip(batch, at.date()),
        "package": queries.newest_of(batch),
        "url": reverse("batch-report", args=[batch.pk]),
    }


def for_reporters(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield batches to report, with their term."""
    for row in queries.board_rows(queries.board_for(actor)):
        yield _item(row, _what(row.package))


def for_authority(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the reports that are late."""
    for row in queries.overdue_for(actor, today):
        yield _item(row, _("Report overdue: remind the body"))


def _what(package: ReportPackage | None) -> str:
    if package is None:
        return _("Report scores and certificates")
    return {
        State.PREPARED.value: _("Send the report"),
        State.SENDING.value: _("Read the receipt"),
        State.REJECTED.value: _("Fix the rows that were sent back"),
    }.get(package.state, _("Report scores and certificates"))


def _item(row: BoardRow, what: str) -> QueueItem:
    return QueueItem(
        what=what,
        sub=row.batch.body.name,
        subject=row.batch.title,
        url=reverse("batch-report", args=[row.batch.pk]),
        action_label=_("Open"),
        deadline=row.due.last_day if row.due else None,
        provisional=row.due.provisional if row.due else False,
        cites=row.due.rule.cites if row.due else (),
        key=f"report:{row.batch.pk}",
    )
