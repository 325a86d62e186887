"""Reporting a batch, and the board that the authority watches."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel import files
from gongjiang.kernel.access import opened
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Choice, Event
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batch_for
from gongjiang.planning.tables import steps
from gongjiang.reports import actions, queries, tables
from gongjiang.reports.forms import FixForm, ReceiptForm
from gongjiang.reports.models import RejectedRow, ReportPackage
from gongjiang.reports.rows import without_photo
from gongjiang.reports.rules import REPORTERS, report_cites
from gongjiang.reports.waiting import due_chip

PAGE = 30
VIEWERS = (*AUTHORITY_ROLES, *REPORTERS)
SHEETS = {
    "data": ("data_sheet", "report.xlsx"),
    "results": ("result_sheet", "results.xlsx"),
    "confirmation": ("confirmation_sheet", "confirmation.pdf"),
}
State = ReportPackage.State


@require_GET
@requires(*VIEWERS)
def report_list(request: HttpRequest) -> HttpResponse:
    """The board: what is to be reported until when, and what is late."""
    reported = request.GET.get("show") == "reported"
    page = Paginator(queries.board_for(request.actor, reported=reported), PAGE).get_page(request.GET.get("page"))
    rows = queries.board_rows(page)
    late = len(queries.overdue_for(request.actor, request.today))
    context = {
        "page": page,
        "position": _position(page.paginator.count, late, reported),
        "late": late,
        "table": tables.board_table(rows, request.today),
        "choices": (
            Choice(_("To report"), "?", not reported),
            Choice(_("Reported"), "?show=reported", reported),
        ),
    }
    return render(request, "reports/list.html", context)


@require_GET
@requires(*VIEWERS)
def batch_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch's report: term, package, what came back, what to do next."""
    batch = _batch(request, pk)
    if batch.state not in queries.REPORTABLE:
        raise Http404(pk)
    packages = list(queries.packages_of(batch).select_related("resends").order_by("-pk"))
    newest = packages[0] if packages else None
    rejected = list(queries.rejected_of(newest)) if newest else []
    may_report = request.actor.has(*REPORTERS)
    context = {
        "batch": batch,
        "crumbs": [(_("Batches"), "/batches/"), (batch.number, reverse("batch", args=[pk])), (_("Report"), "")],
        "position": tables.state_cell(newest).text,
        "steps": steps(batch),
        "due": due_chip(batch, request.today),
        "cites": report_cites(batch),
        "newest": newest,
        "packages": tables.packages_table(packages),
        "rejected": tables.rejected_table(rejected),
        "fixes": [(row, FixForm(prefix=str(row.pk))) for row in rejected if row.fixed_on is None and may_report],
        "receipt_form": ReceiptForm() if newest and newest.state == State.SENDING and may_report else None,
        "no_photo": without_photo(queries.covered(newest)) if newest and newest.state == State.PREPARED else 0,
        "next": _acts(request.actor, batch, newest, rejected) if may_report else _files(request.actor, newest),
        "events": [
            Event(item.at, item.what, item.who, item.why, item.cites, item.kind)
            for item in (timeline_for(newest) if newest else ())
        ],
    }
    return render(request, "reports/report.html", context)


@require_POST
@requires(*REPORTERS)
def prepare(request: HttpRequest, pk: int) -> HttpResponse:
    """Prepare the package, or the one that resends what came back."""
    package = actions.prepare_report(actor=request.actor, at=request.now, batch=_batch(request, pk))
    messages.success(request, _("Package %(number)s is prepared.") % {"number": package.number})
    return redirect("batch-report", pk=pk)


@require_POST
@requires(*REPORTERS)
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the package went out."""
    package = _package(request, pk)
    actions.send_report(actor=request.actor, at=request.now, package=package)
    messages.success(request, _("Noted as sent; read its receipt when it comes."))
    return redirect("batch-report", pk=package.batch_id)


@require_POST
@requires(*REPORTERS)
def receipt(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the receipt."""
    package = _package(request, pk)
    form = ReceiptForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(error for errors in form.errors.values() for error in errors))
        return redirect("batch-report", pk=package.batch_id)
    sent_back = form.cleaned_data["rejected"]
    actions.read_receipt(
        actor=request.actor,
        at=request.now,
        package=package,
        receipt=form.cleaned_data["receipt"],
        rejected=sent_back,
    )
    words = (
        ngettext("%(n)s row came back; fix it and send it again.", "%(n)s rows came back; fix and send them again.",
                 len(sent_back)) % {"n": len(sent_back)}
        if sent_back
        else _("Every row was accepted; the batch is reported.")
    )  # fmt: skip
    messages.success(request, words)
    return redirect("batch-report", pk=package.batch_id)


@require_POST
@requires(*REPORTERS)
def fix(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say what was done about a row that came back."""
    package = _package(request, pk)
    try:
        found = queries.rejected_of(package).select_related("package").get(pk=row)
    except RejectedRow.DoesNotExist:
        raise Http404(row) from None
    form = FixForm(request.POST, prefix=str(row))
    if form.is_valid():
        actions.fix_row(
            actor=request.actor,
            at=request.now,
            row=found,
            fix=form.cleaned_data["fix"],
            employer=form.cleaned_data["employer"],
        )
        messages.success(request, _("The row is fixed."))
    else:
        messages.error(request, _("It isn't said what was done."))
    return redirect("batch-report", pk=package.batch_id)


@require_GET
@requires(*REPORTERS, "centre_officer", "provincial_officer", "city_officer")
def download(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    """One of the package's files, as it was frozen."""
    package = _package(request, pk)
    if sheet not in SHEETS:
        raise Http404(sheet)
    field, name = SHEETS[sheet]
    stored = getattr(package, field)
    if stored is None:
        raise Http404(sheet)
    return files.serve(stored, f"{package.number}-{name}")


def _position(count: int, late: int, reported: bool) -> str:
    if reported:
        return ngettext("%(n)s batch reported", "%(n)s batches reported", count) % {"n": count}
    words = ngettext("%(n)s batch to report", "%(n)s batches to report", count) % {"n": count}
    return _("%(words)s, %(late)s overdue") % {"words": words, "late": late} if late else words


def _acts(actor: Actor, batch: Batch, package: ReportPackage | None, rejected: list[RejectedRow]) -> list[Act]:
    prepare_url = reverse("batch-report-prepare", args=[batch.pk])
    if package is None:
        return [Act(_("Prepare the report"), prepare_url, method="post", look="primary")]
    found = []
    if package.state == State.PREPARED:
        url = reverse("report-send", args=[package.pk])
        found.append(Act(_("It was sent"), url, method="post", look="primary"))
        found.append(Act(_("Freeze the rows anew"), prepare_url, method="post"))
    if package.state == State.REJECTED:
        left = sum(row.fixed_on is None for row in rejected)
        unless = _("Fix the %(n)s rows below first.") % {"n": left} if left else ""
        found.append(Act(_("Prepare the fixed rows"), prepare_url, method="post", look="primary", unless=unless))
    return found + _files(actor, package)


def _files(actor: Actor, package: ReportPackage | None) -> list[Act]:
    if package is None:
        return []
    labels: dict[str, Any] = {
        "data": _("Sheet of certificate data"),
        "results": _("Sheet of results"),
        "confirmation": _("Confirmation sheet to sign"),
    }
    found = [(label, opened(actor, "report-file", package.pk, name)) for name, label in labels.items()]
    return [Act(label, url, icon="down") for label, url in found if url]


def _batch(request: HttpRequest, pk: int) -> Batch:
    try:
        return batch_for(request.actor, pk)  # type: ignore[attr-defined]
    except Batch.DoesNotExist:
        raise Http404(pk) from None


def _package(request: HttpRequest, pk: int) -> ReportPackage:
    try:
        return queries.package_for(request.actor, pk)  # type: ignore[attr-defined]
    except ReportPackage.DoesNotExist:
        raise Http404(pk) from None
