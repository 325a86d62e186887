"""Pages of a sheet of staff: upload, progress, every problem of every row, taking over."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act
from gongjiang.workforce import actions, exports, queries_register, tables_training
from gongjiang.workforce.forms import SheetForm
from gongjiang.workforce.models import StaffImport, StaffImportRow, StaffImportState
from gongjiang.workforce.permissions import KEEPERS

PAGE = 30
MARKS = 2_000


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def upload(request: HttpRequest) -> HttpResponse:
    """Upload a sheet of staff; nobody is entered by it yet."""
    home = queries_register.own_home(request.actor)
    if home is None:
        raise Http404("no list")
    form = SheetForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet = form.cleaned_data["sheet"]
        run = actions.upload_staff(
            actor=request.actor,
            at=request.now,
            home=home,
            content=sheet.read(),
            file_name=sheet.name,
            key=form.cleaned_data["key"],
            language=get_language() or "",
        )
        return redirect("staff-import-run", pk=run.pk)
    runs = queries_register.imports_for(request.actor)[:5]
    context = {"form": form, "home": home, "runs": runs, "template_url": reverse("staff-import-template")}
    return render(request, "workforce/upload.html", context)


@require_GET
@requires(*KEEPERS)
def template(request: HttpRequest) -> HttpResponse:
    """The sheet to fill in."""
    return exports.download(exports.template(), "staff.xlsx")


@require_GET
@requires(*KEEPERS)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """An import: being read, checked with all its problems, taken over, discarded, or not readable."""
    found = _run(request, pk)
    context: dict[str, Any] = {
        "run": found,
        "crumbs": [(_("Staff"), reverse("workforce")), (_("Import"), "")],
        "position": _position(found),
        "acts": _acts(found),
        "left": found.rows_read - found.rows_good,
        "figures": _figures(found),
        "progress": _progress(found),
    }
    if found.state in {StaffImportState.CHECKED, StaffImportState.CONFIRMED}:
        context |= _problems(request, found)
    return render(request, "workforce/import.html", context)


@require_GET
@requires(*KEEPERS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; once it has ended the page is asked to load itself anew."""
    found = _run(request, pk)
    if found.state != StaffImportState.READING:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "workforce/progress.html", {"progress": _progress(found)})


@require_GET
@requires(*KEEPERS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with problems, marked, to be mended and sent in again."""
    found = _run(request, pk)
    data = exports.problem_report(found)
    left = found.rows_read - found.rows_good
    actions.record_export(actor=request.actor, at=request.now, subject=found, what="problems", rows=left)
    return exports.download(data, f"staff-problems-{found.pk}.xlsx")


@require_POST
@requires(*KEEPERS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over all rows, or by choice the good ones only; choosing to mend saves nothing."""
    found = _run(request, pk)
    if request.POST.get("choice") == "mend":
        messages.info(request, _("Nothing was saved. Mend the marked sheet and upload it anew."))
        return redirect("staff-import-run", pk=pk)
    done = actions.confirm_staff_import(
        actor=request.actor, at=request.now, run=found, good_rows_only=request.POST.get("choice") == "good"
    )
    words = ngettext("%(n)s appointment is entered.", "%(n)s appointments are entered.", done.appointments)
    messages.success(request, words % {"n": done.appointments})
    return redirect("staff-import-run", pk=pk)


@require_POST
@requires(*KEEPERS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Discard a sheet."""
    actions.cancel_staff_import(actor=request.actor, at=request.now, run=_run(request, pk))
    messages.info(request, _("The import is cancelled; nobody was entered."))
    return redirect("staff-import-run", pk=pk)


def _run(request: HttpRequest, pk: int) -> StaffImport:
    found = queries_register.imports_for(request.actor).filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found


def _position(run: StaffImport) -> str:
    left = run.rows_read - run.rows_good
    words = {
        StaffImportState.READING: _("%(read)s rows read, nobody entered yet"),
        StaffImportState.CHECKED: _("%(left)s of %(read)s rows have problems, nothing is saved yet")
        if left
        else _("All %(read)s rows are good, nothing is saved yet"),
        StaffImportState.CONFIRMED: _("%(taken)s rows are entered, %(left)s rows left"),
        StaffImportState.CANCELLED: _("Cancelled; nobody was entered"),
        StaffImportState.FAILED: _("The staff sheet can't be read; nothing is saved"),
    }
    return words[StaffImportState(run.state)] % {"read": run.rows_read, "left": left, "taken": run.rows_taken}


def _acts(run: StaffImport) -> list[Act]:
    again = Act(_("Another file"), reverse("staff-import"), icon="up")
    stop = Act(_("Cancel"), reverse("staff-import-cancel", args=[run.pk]), "post", icon="x")
    marked = Act(_("Download the marked sheet"), reverse("staff-import-report", args=[run.pk]), icon="down")
    has_marks = [marked] if run.rows_read > run.rows_good else []
    if run.state == StaffImportState.READING:
        return [stop]
    if run.state == StaffImportState.CHECKED:
        return [*has_marks, stop]
    return [again]


def _figures(run: StaffImport) -> list[tuple[str, int, str]]:
    return [
        (_("Read"), run.rows_read, _("rows")),
        (_("Good"), run.rows_good, _("rows")),
        (_("With problems"), run.rows_read - run.rows_good, _("rows")),
        (_("Saved"), run.rows_taken, _("rows")),
    ]


def _progress(run: StaffImport) -> dict[str, Any]:
    total = max(run.rows_total, 1)
    url = reverse("staff-import-progress", args=[run.pk])
    return {"done": min(run.rows_read, total - 1), "total": total, "url": url}


def _problems(request: HttpRequest, run: StaffImport) -> dict[str, Any]:
    rows = StaffImportRow.objects.filter(run=run, is_good=False).order_by("number")
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    columns, grid = tables_training.bad_rows(page)
    first = StaffImportRow.objects.filter(run=run).order_by("number").values_list("number", flat=True).first() or 2
    bad = list(rows.values_list("number", flat=True)[:MARKS])
    return {"page": page, "columns": columns, "grid": grid, "bad": bad, "first": first}
