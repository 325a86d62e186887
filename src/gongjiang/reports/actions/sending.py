"""Sending a package, reading what came back, fixing rows. A batch is reported once every row was accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.certificates.models import Certificate
from gongjiang.kernel import audit, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.planning.models import Batch
from gongjiang.reports import queries, rules
from gongjiang.reports.models import RejectedRow, ReportPackage
from gongjiang.reports.rows import digest_of, rows_of

State = ReportPackage.State


@dataclass(frozen=True, slots=True)
class SentBack:
    """A row that came back: the certificate's number and the receiving system's words."""

    number: str
    message: str


@transaction.atomic
def send_report(*, actor: Actor, at: datetime, package: ReportPackage) -> ReportPackage:
    """Note that the package went out; from then it is under way until its receipt is read.

    Sending again changes nothing.

    :raises NotAllowed: wrong role. :raises Refused: the package is closed, or a certificate changed meanwhile.
    """
    asked = _("Send the report")
    rules.require_reporter(asked, actor, package)
    batch, locked = _locked(package)
    if locked.state == State.SENDING:
        return locked
    refuse_if(asked, [*rules.wrong_state(locked, State.PREPARED), *_changed(batch, locked)], subject=locked)
    locked.state, locked.sent_on = State.SENDING, at.date()
    locked.save(update_fields=["state", "sent_on"])
    facts = {"number": locked.number, "rows": locked.row_count}
    cites = rules.report_cites(batch)
    audit.record(actor=actor, action="report.send", subject=locked, at=at, facts=facts, cites=cites, about=batch)
    package.refresh_from_db()
    return package


@transaction.atomic
def read_receipt(
    *, actor: Actor, at: datetime, package: ReportPackage, receipt: str, rejected: Sequence[SentBack] = ()
) -> ReportPackage:
    """Read the receipt: all rows accepted, or some sent back. With the last row accepted the batch is reported.

    The same receipt again changes nothing.

    :raises NotAllowed: wrong role. :raises Refused: not under way, no receipt, or a row that the package doesn't hold.
    """
    asked = _("Read the receipt")
    rules.require_reporter(asked, actor, package)
    batch, locked = _locked(package)
    if locked.receipt and locked.receipt == receipt.strip():
        return locked
    known = {each.number: each for each in queries.covered(locked)}
    refuse_if(asked, _against_receipt(locked, receipt, rejected, known), subject=locked)
    locked.receipt, locked.receipt_on = receipt.strip(), at.date()
    locked.state = State.REJECTED if rejected else State.ACCEPTED
    locked.save(update_fields=["receipt", "receipt_on", "state"])
    RejectedRow.objects.bulk_create(
        RejectedRow(package=locked, certificate=known[each.number], message=each.message[:300]) for each in rejected
    )
    facts = {"receipt": locked.receipt, "rejected": len(rejected), "rows": locked.row_count}
    cites = rules.report_cites(batch)
    if not rejected:
        batch.reported_on = at.date()
        batch.save(update_fields=["reported_on"])
        workflow.apply(batch, "report", actor=actor, at=at, cites=cites, facts={"package": locked.number})
    audit.record(actor=actor, action="report.receipt", subject=locked, at=at, facts=facts, cites=cites, about=batch)
    package.refresh_from_db()
    return package


@transaction.atomic
def fix_row(*, actor: Actor, at: datetime, row: RejectedRow, fix: str, employer: str = "") -> RejectedRow:
    """Say what was done about a row that came back; the employer, which no certificate prints, may be set right here.

    What is printed is corrected through the certificate's own correction.

    :raises NotAllowed: wrong role. :raises Refused: nothing is said.
    """
    asked = _("Fix the row")
    rules.require_reporter(asked, actor, row.package)
    why, way = _("It isn't said what was done."), _("Say it in a few words; the timeline keeps it.")
    batch, package = _locked(row.package)
    grounds = [] if fix.strip() else [Ground(why, way, rules.report_cites(batch), "fix-missing")]
    refuse_if(asked, [*grounds, *rules.wrong_state(package, State.REJECTED)], subject=package)
    if employer.strip():
        certificate = Certificate.everything.select_for_update().get(pk=row.certificate_id)
        certificate.employer = employer.strip()
        certificate.save(update_fields=["employer"])
    row.fix, row.fixed_on = fix.strip()[:300], at.date()
    row.save(update_fields=["fix", "fixed_on"])
    audit.record(
        actor=actor,
        action="report.fix_row",
        subject=package,
        at=at,
        facts={"certificate": row.certificate_id, "employer": bool(employer.strip())},
        about=batch,
    )
    return row


def _locked(package: ReportPackage) -> tuple[Batch, ReportPackage]:
    batch = Batch.everything.select_for_update().get(pk=package.batch_id)
    return batch, ReportPackage.everything.select_for_update().get(pk=package.pk)


def _changed(batch: Batch, package: ReportPackage) -> list[Ground]:
    """Return the ground that a certificate isn't as the frozen rows have it: corrected or revoked in between."""
    if digest_of(rows_of(batch, queries.in_force(package))) == package.rows_digest:
        return []
    why = _("A certificate changed since the package was prepared.")
    return [Ground(why, _("Prepare the package anew."), rules.report_cites(batch), "rows-changed")]


def _against_receipt(
    package: ReportPackage, receipt: str, rejected: Sequence[SentBack], known: dict[str, Certificate]
) -> list[Ground]:
    grounds = rules.wrong_state(package, State.SENDING)
    if not receipt.strip():
        grounds.append(Ground(_("The receipt is missing."), _("Enter its number."), code="receipt-missing"))
    strangers = [each.number for each in rejected if each.number not in known]
    if strangers:
        why = _("The package doesn't hold: %(numbers)s.") % {"numbers": ", ".join(strangers)}
        grounds.append(Ground(why, _("Compare the numbers with the package."), code="row-unknown"))
    if len({each.number for each in rejected}) < len(rejected):
        why, way = _("A number stands twice among the rows sent back."), _("Remove the second.")
        grounds.append(Ground(why, way, code="row-twice"))
    return grounds
