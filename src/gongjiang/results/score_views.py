"""Pages of score entry: what is missing, entry by hand or by sheet, confirmation by a second person."""

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.accounts.queries import names_of
from gongjiang.kernel.middleware import record_refusal
from gongjiang.kernel.parts import Act, BadRow, CellProblem
from gongjiang.kernel.sheets.write import write_template
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batch_for
from gongjiang.planning.states import BatchState
from gongjiang.results import actions, contents, permissions, queries, rules, shown, tables
from gongjiang.results.columns import SCORE_COLUMNS
from gongjiang.results.contents import GROUPS
from gongjiang.results.exports import problem_report
from gongjiang.results.forms import ScoreUploadForm, new_key
from gongjiang.results.models import Score, ScoreSheet
from gongjiang.results.reading import read_scores
from gongjiang.results.rules_veto import ethics_cites

PAGE = 100
FIELDS = ("score", *GROUPS)
READERS = permissions.READ
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_GET
@requires(*READERS)
def overview(request: HttpRequest, pk: int) -> HttpResponse:
    """Each part's progress and every sheet: who entered it, who confirmed it."""
    batch = batch_of(request, pk)
    progress = queries.progress(batch)
    sheets = list(queries.sheets_for(request.actor).filter(batch=batch).annotate(standing=STANDING))
    names = names_of({user for sheet in sheets for user in (sheet.entered_by_id, sheet.confirmed_by_id) if user})
    marking = batch.state == BatchState.MARKING
    enters = marking and request.actor.has(*permissions.ENTER)
    confirms = marking and request.actor.has(*permissions.CONFIRM)
    left = sum(each.due - each.entered for each in progress)
    context = {
        "batch": batch,
        "crumbs": _crumbs(batch, (_("Scores"), "")),
        "position": ngettext("%(n)s score is still to be entered", "%(n)s scores are still to be entered", left)
        % {"n": left},
        "whole": all(each.is_whole for each in progress),
        "table": tables.progress_table(batch, progress, may_enter=enters),
        "sheets": tables.sheets_table(sheets, {sheet.pk: sheet.standing for sheet in sheets}, names),  # type: ignore[attr-defined]
        "grounds": rules.against_scores(batch, thorough=False) if confirms else [],
        "confirms": confirms,
        "acts": [
            *([Act(_("Import a score sheet"), reverse("score-import", args=[batch.pk]), icon="up")] if enters else []),
            *([Act(_("Ethics vetoes"), reverse("batch-vetoes", args=[batch.pk]))] if ethics_cites(batch) else []),
        ],
    }
    return render(request, "results/scores.html", context)


STANDING = Count("scores", filter=Q(scores__superseded=False))


@require_http_methods(["GET", "POST"])
@requires(*permissions.ENTER)
def entry(request: HttpRequest, pk: int, part: str) -> HttpResponse:
    """The entry sheet of a part: one field a candidate, absent and void filled in by the exam day's record."""
    batch = batch_of(request, pk)
    if part not in queries.part_kinds(batch):
        raise Http404(part)
    lines = [line for line, parts in queries.required_parts(batch).items() if any(p.kind == part for p in parts)]
    found = queries.examinees(batch).filter(line__in=lines).order_by("ticket_number", "line_id", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    if request.method == "POST":
        return _entered(request, batch, part, page)
    return _entry_page(request, batch, part, page, {}, {})


def _entered(request: HttpRequest, batch: Batch, part: str, page: Any) -> HttpResponse:
    scores = queries.current_scores(batch)
    sent = {each.pk: [request.POST.get(f"{name}-{each.pk}", "").strip() for name in FIELDS] for each in page}
    scorer = request.POST.get("scorer", "").strip()[:60]
    rows = [
        shown.typed(each, sent[each.pk][0], scorer, sent[each.pk][1:])
        for each in page
        if any(sent[each.pk]) and sent[each.pk] != _fields(scores.get((each.pk, part)))
    ]
    try:
        sheet = actions.enter_scores(
            actor=request.actor,
            at=request.now,
            batch=batch,
            part=part,
            scores=rows,
            key=request.POST.get("key", ""),
            reason=request.POST.get("reason", ""),
        )
    except actions.ScoresRefused as refused:
        record_refusal(request, refused)
        problems: dict[int, list[Any]] = {}
        for each in refused.problems:
            problems.setdefault(each.row or 0, []).append(each)
        return _entry_page(request, batch, part, page, sent, problems, status=409)
    count = sheet.scores.count()
    done = ngettext("%(n)s score is on record; another person confirms it.",
                    "%(n)s scores are on record; another person confirms them.", count)  # fmt: skip
    messages.success(request, done % {"n": count})
    return redirect("batch-scores", pk=batch.pk)


def _fields(score: Score | None) -> list[str]:
    return [shown.score_text(score), *shown.group_texts(score)]


def _entry_page(
    request: HttpRequest,
    batch: Batch,
    part: str,
    page: Any,
    sent: dict[int, list[str]],
    problems: dict[int, list[Any]],
    *,
    status: int = 200,
) -> HttpResponse:
    scores, void, came = queries.current_scores(batch), queries.void_parts(batch), queries.attendance(batch)
    apart, labels, rows = contents.asked(batch, part), [contents.group_label(group) for group in GROUPS], []
    for each in page:
        key = (each.pk, part)
        standing = scores.get(key)
        fixed = _("void by misconduct") if key in void else _("absent") if came.get(key) is False else ""
        value, *marks = sent.get(each.pk, _fields(standing))
        named = list(zip(GROUPS, labels, marks, strict=True)) if apart else []
        rows.append({"enrolment": each, "value": value, "marks": named, "standing": standing, "fixed": fixed,
                     "problems": problems.get(each.pk, [])})  # fmt: skip
    left = sum(1 for row in rows if not (row["standing"] or row["fixed"]))
    label = rules.part_label(part)
    context = {
        "batch": batch,
        "part": label,
        "crumbs": _crumbs(batch, (_("Scores"), reverse("batch-scores", args=[batch.pk])), (label, "")),
        "rows": rows,
        "apart": labels if apart else [],
        "apart_cites": apart.cites if apart else (),
        "page": page,
        "left": left,
        "key": request.POST.get("key") or new_key("scores"),
        "reason": request.POST.get("reason", ""),
        "scorer": request.POST.get("scorer", ""),
        "bad": sum(map(len, problems.values())),
        "others": [
            (rules.part_label(kind), reverse("score-entry", args=[batch.pk, kind]), kind == part)
            for kind in queries.part_kinds(batch)
        ],
    }
    return render(request, "results/entry.html", context, status=status)


@require_http_methods(["GET", "POST"])
@requires(*permissions.ENTER)
def import_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over a sheet of scores, or show every problem of every row; nothing half."""
    batch = batch_of(request, pk)
    form = ScoreUploadForm(request.POST or None, request.FILES or None, initial={"key": new_key("import")})
    context: dict[str, Any] = {"batch": batch, "form": form, "crumbs": _crumbs(batch, (_("Import scores"), ""))}
    if request.method != "POST" or not form.is_valid():
        return render(request, "results/import.html", context)
    content, reason = form.cleaned_data["file"].read(), form.cleaned_data["reason"]
    try:
        sheets = actions.import_scores(
            actor=request.actor,
            at=request.now,
            batch=batch,
            content=content,
            key=form.cleaned_data["key"],
            reason=reason,
        )
    except actions.ScoresRefused as refused:
        record_refusal(request, refused)
        reading = read_scores(content, batch, today=request.today)
        if "report" in request.POST:
            return _file(problem_report(reading, refused.problems), "scores-problems.xlsx")
        context |= _problem_context(refused, reading.shown, reading.total)
        return render(request, "results/import.html", context, status=409)
    count = sum(sheet.scores.count() for sheet in sheets)
    messages.success(request, _("%(n)s scores were taken over; another person confirms them.") % {"n": count})
    return redirect("batch-scores", pk=batch.pk)


def _problem_context(refused: actions.ScoresRefused, rows: dict[int, dict[str, str]], total: int) -> dict[str, Any]:
    headers = {column.key: column.header_zh for column in SCORE_COLUMNS}
    by_row: dict[int, list[CellProblem]] = {}
    whole = []
    for each in refused.problems:
        if each.row is None:
            whole.append(each)
            continue
        column = headers.get(each.column, headers["identity"])
        value = rows.get(each.row, {}).get(each.column, "")
        by_row.setdefault(each.row, []).append(CellProblem(column, value, f"{each.what} {each.why}".strip(), each.mend))
    bad = [
        BadRow(number, {headers[key]: text for key, text in rows.get(number, {}).items()}, tuple(found))
        for number, found in sorted(by_row.items())
    ]
    return {"bad": bad, "columns": list(headers.values()), "whole": whole, "total": total,
            "bad_numbers": sorted(by_row), "count": len(refused.problems)}  # fmt: skip


@require_GET
@requires(*permissions.ENTER)
def template(request: HttpRequest, pk: int) -> HttpResponse:
    """The empty sheet to fill in."""
    batch_of(request, pk)
    out = io.BytesIO()
    write_template(out, SCORE_COLUMNS, title="成绩")
    return _file(out.getvalue(), "scores.xlsx")


@require_GET
@requires(*READERS)
def sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    """A sheet: what was entered by whom, beside what it superseded, for the second person to compare."""
    sheet = _sheet(request, pk)
    scores = list(
        sheet.scores.select_related("enrolment__candidate", "enrolment__line__occupation").order_by("enrolment_id")
    )
    earlier = Score.objects.filter(
        enrolment_id__in=[score.enrolment_id for score in scores], part=sheet.part, sheet__lt=sheet.pk
    ).order_by("pk")
    names = names_of({user for user in (sheet.entered_by_id, sheet.confirmed_by_id) if user})
    confirms = request.actor.has(*permissions.CONFIRM) and sheet.batch.state in (
        BatchState.MARKING,
        BatchState.ON_NOTICE,
    )
    label = rules.part_label(sheet.part)
    context = {
        "sheet": sheet,
        "batch": sheet.batch,
        "part": label,
        "crumbs": _crumbs(sheet.batch, (_("Scores"), reverse("batch-scores", args=[sheet.batch_id])), (label, "")),
        "count": len(scores),
        "table": tables.scores_table(scores, {score.enrolment_id: score for score in earlier}),
        "entered_by": names.get(sheet.entered_by_id, ""),
        "confirmed_by": names.get(sheet.confirmed_by_id or 0, ""),
        "grounds": list(rules.against_sheet(sheet, request.actor)) if confirms and not sheet.confirmed_at else [],
        "confirms": confirms and not sheet.confirmed_at,
    }
    return render(request, "results/sheet.html", context)


@require_POST
@requires(*permissions.CONFIRM)
def sheet_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm a sheet that another person entered."""
    sheet = actions.confirm_sheet(actor=request.actor, at=request.now, sheet=_sheet(request, pk))
    messages.success(request, _("The sheet is confirmed."))
    return redirect("batch-scores", pk=sheet.batch_id)


@require_POST
@requires(*permissions.CONFIRM)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the marking and make the results."""
    batch = actions.confirm_scores(actor=request.actor, at=request.now, batch=batch_of(request, pk))
    messages.success(request, _("The scores are confirmed and the results are made."))
    return redirect("batch-results", pk=batch.pk)


def batch_of(request: HttpRequest, pk: int) -> Batch:
    """Return the actor's batch.

    :raises Http404: it isn't there, or is another's.
    """
    try:
        return batch_for(request.actor, pk)
    except Batch.DoesNotExist:
        raise Http404(pk) from None


def _sheet(request: HttpRequest, pk: int) -> ScoreSheet:
    try:
        return queries.sheet_for(request.actor, pk)
    except ScoreSheet.DoesNotExist:
        raise Http404(pk) from None


def _crumbs(batch: Batch, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Batches"), reverse("batch-list")), (batch.number, reverse("batch", args=[batch.pk])), *more]


def _file(content: bytes, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
