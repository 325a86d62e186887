"""Pages of an import: upload, progress, every problem of every row, taking over."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.enrolment import actions, exports, panels, queries, tables
from gongjiang.enrolment.forms import UploadForm
from gongjiang.enrolment.models import ImportRow, ImportRun, ImportState
from gongjiang.enrolment.permissions import ENROLLERS
from gongjiang.enrolment.rules import tell
from gongjiang.enrolment.rules.problems import what_is_called
from gongjiang.enrolment.views import own_batch
from gongjiang.kernel.parts import Act, Choice

PAGE = 30


@require_http_methods(["GET", "POST"])
@requires(*ENROLLERS)
def upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Upload a sheet of candidates, with photos if at hand; nobody is enrolled by it yet."""
    batch = own_batch(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        sheet, photos = form.cleaned_data["sheet"], form.cleaned_data["photos"]
        run = actions.upload_sheet(
            actor=request.actor,
            at=request.now,
            batch=batch,
            content=sheet.read(),
            file_name=sheet.name,
            photos=photos.read() if photos else None,
            key=form.cleaned_data["key"],
        )
        return redirect("import", pk=run.pk)
    context = {
        "batch": batch,
        "crumbs": panels.crumbs(batch, (_("Import"), "")),
        "form": form,
        "grounds": queries.window_grounds(batch, request.now),
        "open_run": queries.open_import(batch),
        "template_url": reverse("enrolment-template", args=[pk]),
    }
    return render(request, "enrolment/upload.html", context)


@require_GET
@requires(*ENROLLERS)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet to fill in."""
    batch = own_batch(request, pk)
    return exports.workbook_response(exports.template_of(batch), f"candidates-{batch.number}.xlsx")


@require_GET
@requires(*ENROLLERS)
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """An import: being read, checked with all its problems, taken over, stopped, or not readable."""
    found = _run(request, pk)
    context = {
        "run": found,
        "crumbs": panels.crumbs(found.batch, (_("Import"), "")),
        "position": _position(found),
        "acts": _acts(found),
        "left": found.rows_read - found.rows_good,
        "notes": [tell(each) for each in found.file_problems],
        "figures": _figures(found),
        "progress": _progress(found),
    }
    if found.state in {ImportState.CHECKED, ImportState.CONFIRMED}:
        context |= _problems(request, found)
    return render(request, "enrolment/import.html", context)


@require_GET
@requires(*ENROLLERS)
def progress(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the reading is; once it has ended the page is asked to load itself anew."""
    found = _run(request, pk)
    if found.state != ImportState.READING:
        response = HttpResponse(status=204)
        response["HX-Refresh"] = "true"
        return response
    return render(request, "enrolment/progress.html", {"progress": _progress(found)})


@require_GET
@requires(*ENROLLERS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows with problems, marked, to be mended and sent in again."""
    found = _run(request, pk)
    data = exports.problem_report(found)
    actions.record_export(actor=request.actor, at=request.now, run=found)
    return exports.workbook_response(data, f"problems-{found.batch.number}-{found.pk}.xlsx")


@require_POST
@requires(*ENROLLERS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over all rows, or by choice the good ones only; choosing to mend saves nothing."""
    found = _run(request, pk)
    if request.POST.get("choice") == "mend":
        messages.info(request, _("Nothing was saved. Mend the marked sheet and upload it anew."))
        return redirect("import", pk=pk)
    taken = actions.confirm_import(
        actor=request.actor, at=request.now, run=found, good_rows_only=request.POST.get("choice") == "good"
    )
    messages.success(
        request, ngettext("%(n)s candidate is enrolled.", "%(n)s candidates are enrolled.", taken) % {"n": taken}
    )
    return redirect("import", pk=pk)


@require_POST
@requires(*ENROLLERS)
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a reading, or discard a sheet that was read."""
    actions.cancel_import(actor=request.actor, at=request.now, run=_run(request, pk))
    messages.info(request, _("The import is cancelled; nobody was enrolled."))
    return redirect("import", pk=pk)


@require_POST
@requires(*ENROLLERS)
def resume(request: HttpRequest, pk: int) -> HttpResponse:
    """Read on where a reading was stopped."""
    actions.resume_import(actor=request.actor, at=request.now, run=_run(request, pk))
    return redirect("import", pk=pk)


def _run(request: HttpRequest, pk: int) -> ImportRun:
    try:
        return queries.import_for(request.actor, pk)
    except ImportRun.DoesNotExist:
        raise Http404(pk) from None


def _position(run: ImportRun) -> str:
    left = run.rows_read - run.rows_good
    words = {
        ImportState.READING: _("%(read)s rows read, nobody enrolled yet"),
        ImportState.CHECKED: _("%(left)s of %(read)s rows have problems, nothing is saved yet")
        if left
        else _("All %(read)s rows are good, nothing is saved yet"),
        ImportState.CONFIRMED: _("%(taken)s candidates are enrolled, %(left)s rows left"),
        ImportState.CANCELLED: _("Cancelled; nobody was enrolled"),
        ImportState.FAILED: _("The sheet can't be read; nothing is saved"),
    }
    return words[ImportState(run.state)] % {"read": run.rows_read, "left": left, "taken": run.rows_taken}


def _acts(run: ImportRun) -> list[Act]:
    again = Act(_("Another file"), reverse("enrolment-import", args=[run.batch_id]), icon="up")
    stop = Act(_("Cancel"), reverse("import-cancel", args=[run.pk]), "post", icon="x")
    marked = Act(_("Download the marked sheet"), reverse("import-report", args=[run.pk]), icon="down")
    has_marks = [marked] if run.rows_read > run.rows_good else []
    if run.state == ImportState.READING:
        return [stop]
    if run.state == ImportState.CHECKED:
        return [*has_marks, stop]
    if run.state == ImportState.CANCELLED and run.sheet_id:
        resume_act = Act(_("Read on"), reverse("import-resume", args=[run.pk]), "post", "primary", "arrow")
        return [resume_act, again]
    if run.state == ImportState.CONFIRMED:
        listed = Act(_("Candidates"), reverse("batch-enrolments", args=[run.batch_id]), look="primary", icon="users")
        return [*has_marks, listed]
    return [again]


def _figures(run: ImportRun) -> list[tuple[str, int, str]]:
    return [
        (_("Read"), run.rows_read, _("rows")),
        (_("Good"), run.rows_good, _("rows")),
        (_("With problems"), run.rows_read - run.rows_good, _("rows")),
        (_("Saved"), run.rows_taken, _("rows")),
    ]


def _progress(run: ImportRun) -> dict[str, Any]:
    """Return done, total, and rate with the time left in words."""
    job = run.job
    done, total = (job.done, max(job.total, 1)) if job else (run.rows_read, max(run.rows_total, 1))
    note = ""
    if job and job.started_at and job.beat_at and (seconds := (job.beat_at - job.started_at).total_seconds()) > 0:
        rate = done / seconds
        left = round(max(0, total - done) / rate) if rate else 0
        note = _("%(rate)s a second, about %(left)s s left") % {"rate": round(rate), "left": left}
    url = reverse("import-progress", args=[run.pk])
    return {"done": min(done, total - 1), "total": total, "note": note, "url": url}


def _problems(request: HttpRequest, run: ImportRun) -> dict[str, Any]:
    """Return the rows to show: those with problems, of one kind if asked, or the good ones."""
    kinds, kind = queries.problem_kinds(run), request.GET.get("kind", "")
    show = request.GET.get("show", "bad")
    rows = ImportRow.objects.filter(run=run).order_by("number")
    bad = list(rows.filter(is_good=False).values_list("number", flat=True))
    if show == "good":
        rows = rows.filter(is_good=True)
    elif show != "all":
        rows = rows.filter(pk__in=queries.rows_with(run, kind)) if kind in kinds else rows.filter(is_good=False)
    page = Paginator(rows, PAGE).get_page(request.GET.get("page"))
    columns = tables.grid_columns(page)
    first = rows.model.objects.filter(run=run).order_by("number").values_list("number", flat=True).first() or 2
    total = sum(kinds.values())
    most = max(kinds.values(), default=1)
    return {
        "page": page,
        "bad": bad[:2000],
        "first": first,
        "grid": tables.bad_rows(page, columns),
        "columns": [tables.label(column) for column in columns],
        "total_problems": total,
        "kinds": [(code, what_is_called(code), count, count * 100 // most) for code, count in kinds.items()],
        "kind": kind,
        "choices": [
            Choice(_("With problems"), "?show=bad", show == "bad", run.rows_read - run.rows_good),
            Choice(_("All"), "?show=all", show == "all", run.rows_read),
            Choice(_("Good"), "?show=good", show == "good", run.rows_good),
        ],
    }
