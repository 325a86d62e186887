"""Preparing a package: rows frozen, files made and stored, before anything is sent."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.certificates.models import Certificate
from gongjiang.kernel import audit, files
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BATCH
from gongjiang.reports import documents, queries, rules
from gongjiang.reports.models import ReportPackage
from gongjiang.reports.rows import DataRow, digest_of, rows_of

State = ReportPackage.State


@dataclass(frozen=True, slots=True)
class _Draft:
    """What a package will hold, made before any lock."""

    number: str
    certificates: list[Certificate]
    rows: list[DataRow]
    data: bytes
    results: bytes
    confirmation: bytes


def prepare_report(*, actor: Actor, at: datetime, batch: Batch) -> ReportPackage:
    """Prepare the report of an issued batch (JL-2024-5§28): the 11-column sheet, the results, the sheet to sign.

    The rows are checked as the receiving system checks them, and frozen. A package that is prepared or under way is
    returned as it is.

    :raises NotAllowed: wrong role, or the batch isn't issued.
    :raises Refused: a paper isn't made, or rows would be sent back, with every reason.
    """
    known = queries.newest_of(batch)
    if known is not None and known.state == State.REJECTED:
        return prepare_resend(actor=actor, at=at, package=known)
    if known is not None and not (known.state == State.PREPARED and _is_stale(known)):
        return known
    only = set(known.covers) if known and known.resends_id else None
    certificates = [each for each in queries.to_report(batch) if only is None or each.pk in only]
    return _prepare(actor, at, batch, certificates, known.resends if known else None)


def prepare_resend(*, actor: Actor, at: datetime, package: ReportPackage) -> ReportPackage:
    """Prepare a package with those rows only that were sent back and are fixed.

    :raises NotAllowed: wrong role. :raises Refused: a row isn't fixed, or nothing was sent back.
    """
    known = package.resent_as.first()
    if known is not None:
        return known
    asked = _("Prepare the report")
    refuse_if(asked, [*rules.wrong_state(package, State.REJECTED), *rules.unfixed(package)], subject=package)
    again = [row.certificate_id for row in queries.rejected_of(package)]
    certificates = [each for each in queries.to_report(package.batch) if each.pk in again]
    return _prepare(actor, at, package.batch, certificates, package)


def _prepare(
    actor: Actor, at: datetime, batch: Batch, certificates: list[Certificate], resends: ReportPackage | None
) -> ReportPackage:
    BATCH.check("report", state=batch.state, roles=actor.roles)
    rows = rows_of(batch, certificates)
    refuse_if(_("Prepare the report"), rules.against_preparing(batch, rows, certificates, at.date()), subject=batch)
    known = queries.packages_of(batch).filter(state=State.PREPARED).first()
    number = known.number if known else f"{batch.number}-R{queries.packages_of(batch).count() + 1}"
    draft = _Draft(
        number=number,
        certificates=certificates,
        rows=rows,
        data=documents.data_sheet(rows, at=at),
        results=documents.result_sheet(batch, at=at),
        confirmation=documents.confirmation_sheet(batch, rows, number=number, at=at, count=len(rows)),
    )
    return _write(actor, at, batch, draft, resends)


@transaction.atomic
def _write(actor: Actor, at: datetime, batch: Batch, draft: _Draft, resends: ReportPackage | None) -> ReportPackage:
    locked = Batch.everything.select_for_update().get(pk=batch.pk)
    BATCH.check("report", state=locked.state, roles=actor.roles)
    known = queries.packages_of(locked).select_for_update().filter(state__in=queries.LIVE).first()
    if known is not None and not (known.state == State.PREPARED and _is_stale(known)):
        return known
    package = known or ReportPackage(batch=batch, number=draft.number, resends=resends)
    for name, value in _frozen(batch, draft, at).items():
        setattr(package, name, value)
    package.save()
    audit.record(
        actor=actor,
        action="report.prepare",
        subject=package,
        at=at,
        facts={"number": package.number, "rows": package.row_count, "digest": package.rows_digest},
        cites=rules.report_cites(batch),
        about=batch,
    )
    return package


def _frozen(batch: Batch, draft: _Draft, at: datetime) -> dict[str, Any]:
    due = queries.due_of(batch)
    return {
        "covers": [each.pk for each in draft.certificates],
        "due_on": due.last_day if due else None,
        "due_provisional": due.provisional if due else False,
        "due_calendar_years": list(due.years) if due else [],
        "due_cites": due.rule.keys if due else [],
        "rows_digest": digest_of(draft.rows),
        "row_count": len(draft.rows),
        "data_sheet": files.store_made(draft.data, media_type=files.XLSX, at=at),
        "result_sheet": files.store_made(draft.results, media_type=files.XLSX, at=at),
        "confirmation_sheet": files.store_made(draft.confirmation, media_type=files.PDF, at=at),
        "prepared_at": at,
    }


def _is_stale(package: ReportPackage) -> bool:
    """Say whether a certificate changed since the rows were frozen; such a package is frozen anew under its number."""
    return digest_of(rows_of(package.batch, queries.in_force(package))) != package.rows_digest
