"""The reports that a body owes its authority: written, handed in, accepted or returned (JL-2024-5§7(9))."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies import prefill
from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody, PeriodicReport
from gongjiang.bodies.owed import owed_by
from gongjiang.bodies.states import ReportState
from gongjiang.kernel import audit, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if


@transaction.atomic
def save_report(
    *, actor: Actor, at: datetime, body: AssessmentBody, kind: str, period: str, text: str
) -> PeriodicReport:
    """Keep the draft of a report that the body owes.

    :raises Refused: it isn't owed, or was handed in.
    """
    body = AssessmentBody.everything.select_for_update().get(pk=body.pk)
    report = PeriodicReport.everything.filter(body=body, kind=kind, period=period).first()
    owed = next((each for each in owed_by(body, local(at)) if (each.kind, each.period) == (kind, period)), None)
    grounds = []
    if report is None and owed is None:
        why = _("Nothing of this kind is owed for %(period)s.") % {"period": period}
        grounds.append(Ground(why, _("Choose among the reports that wait."), code="not-owed"))
    if report and report.state not in {ReportState.DRAFT, ReportState.RETURNED}:
        why = _("The report was handed in.")
        grounds.append(Ground(why, _("If something is wrong, ask the authority to return it."), code="handed-in"))
    refuse_if(_("Write the report"), grounds, subject=body)
    if report is None:
        assert owed is not None
        report = PeriodicReport(
            body=body,
            kind=kind,
            period=period,
            since=owed.since,
            until=owed.until,
            due_on=owed.due_on,
            due_source=owed.source,
            cites=[cite.key for cite in owed.cites],
        )
    report.text = text.strip()
    report.save()
    audit.record(actor=actor, action="periodic_report.save", subject=report, at=at, about=body)
    return report


@transaction.atomic
def submit_report(
    *, actor: Actor, at: datetime, body: AssessmentBody, kind: str, period: str, text: str
) -> PeriodicReport:
    """Hand a report in, with the figures that the platform counts now; they stand as they were handed in.

    :raises Refused: it isn't owed, was handed in, or the body says nothing in it.
    """
    report = save_report(actor=actor, at=at, body=body, kind=kind, period=period, text=text)
    grounds = []
    if not report.text:
        grounds.append(Ground(_("The report is empty."), _("Write what the figures don't say."), code="report-empty"))
    refuse_if(_("Hand in the report"), grounds, subject=body)
    report.data = prefill.figures(report.body, report.kind, report.since, report.until)
    report.submitted_on = local(at)
    report.save(update_fields=["data", "submitted_on"])
    late = max((local(at) - report.due_on).days, 0)
    workflow.apply(report, "submit", actor=actor, at=at, facts={"late_days": late, **report.data}, about=report.body)
    return report


@transaction.atomic
def accept_report(*, actor: Actor, at: datetime, report: PeriodicReport) -> PeriodicReport:
    """Accept a report that was handed in."""
    workflow.apply(report, "accept", actor=actor, at=at, about=report.body)
    return report


@transaction.atomic
def return_report(*, actor: Actor, at: datetime, report: PeriodicReport, reason: str) -> PeriodicReport:
    """Return a report with what is to be corrected.

    :raises Refused: no reason is given.
    """
    grounds = []
    if not reason.strip():
        grounds.append(Ground(_("No reason is given."), _("Write what is to be corrected."), code="reason-missing"))
    refuse_if(_("Return the report"), grounds, subject=report)
    report.answer = reason.strip()
    report.save(update_fields=["answer"])
    workflow.apply(report, "return", actor=actor, at=at, reason=reason, about=report.body)
    return report
