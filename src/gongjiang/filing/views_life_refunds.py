"""Refunds of a winding-up: the list, ticked off by hand or by batch, and the sheet out and back."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.filing import forms_life, refund_sheet, rules_life, tables_life, winding_up
from gongjiang.filing.actions import life_refunds as actions
from gongjiang.filing.actions.life_refunds import RefundSpec
from gongjiang.filing.views_life_termination import ANSWERERS, VIEWERS, own
from gongjiang.kernel import files
from gongjiang.law import questions as ask

LARGEST = 10 * files.MEBIBYTE


@require_http_methods(["GET", "POST"])
@requires(*VIEWERS)
def refunds(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be refunded, by batch; those ticked are recorded as refunded on one day under one reference."""
    found = own(request, pk)
    due = list(winding_up.unrefunded(found))
    form = forms_life.RefundForm(request.POST or None, initial={"refunded_on": request.today})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        chosen = set(request.POST.getlist("chosen"))
        specs = [
            RefundSpec(each, each.line.fee, told["refunded_on"], told["reference"])
            for each in due
            if str(each.pk) in chosen or f"batch-{each.batch_id}" in chosen
        ]
        actions.record_refunds(actor=request.actor, at=request.now, termination=found, refunds=specs)
        n = len(specs)
        messages.success(request, ngettext("%(n)s refund is kept.", "%(n)s refunds are kept.", n) % {"n": n})
        return redirect("termination-refunds", pk=pk)
    context = {
        "termination": found,
        "body": found.body,
        "crumbs": tables_life.crumbs(found, request.actor, deeper=True),
        "form": form,
        "batches": tables_life.refund_groups(due),
        "made": tables_life.refunds_table(found),
        "left": len(due),
        "sum": sum(each.line.fee for each in due),
        "cites": rules_life.cites_of(ask.UNSERVED_FEES_REFUNDED, found.body, request.today),
        "may_record": rules_life.bears(request.actor, found),
        "sheet_form": forms_life.SheetForm(),
    }
    return render(request, "filing/refunds.html", context)


@require_GET
@requires(*VIEWERS)
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet of what is to be refunded, to be filled in."""
    found = own(request, pk)
    response = HttpResponse(refund_sheet.refund_sheet(winding_up.unrefunded(found)), content_type=files.XLSX)
    response["Content-Disposition"] = f'attachment; filename="refunds-{found.pk}.xlsx"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@requires(*ANSWERERS)
def read_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the refunds of a sheet, if every row is right; else show each problem and record nothing."""
    found = own(request, pk)
    rules_life.require_bearer(_("Record refunds"), request.actor, found)
    upload = request.FILES.get("sheet")
    content = upload.read(LARGEST + 1) if upload else b""
    read = refund_sheet.read_refunds(content, winding_up.unrefunded(found), request.today)
    if read.bad or read.of_the_file:
        context = {
            "termination": found,
            "body": found.body,
            "crumbs": tables_life.crumbs(found, request.actor, deeper=True),
            "read": read,
            "columns": refund_sheet.HEADINGS,
            "total": len(read.bad) + len(read.specs),
            "bad_numbers": [row.number for row in read.bad],
        }
        return render(request, "filing/refund_problems.html", context, status=422)
    made = actions.record_refunds(actor=request.actor, at=request.now, termination=found, refunds=read.specs)
    n = len(made)
    messages.success(request, ngettext("%(n)s refund is kept.", "%(n)s refunds are kept.", n) % {"n": n})
    return redirect("termination-refunds", pk=pk)
