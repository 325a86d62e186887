"""Result notices as anyone may read them: names and identity numbers masked, every day counted."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongjiang.kernel import calendars
from gongjiang.kernel import notices as kernel_notices
from gongjiang.kernel.models import PublicNotice
from gongjiang.results import documents, queries, shown, tables
from gongjiang.results.models import Outcome
from gongjiang.standards.models import PartKind

PAGE, LINES = 20, 100


@require_GET
def notices(request: HttpRequest) -> HttpResponse:
    """All result notices, newest first (JL-2024-5§25)."""
    page = Paginator(queries.public_notices(), PAGE).get_page(request.GET.get("page"))
    batches = queries.batches_of(list(page))
    calendar = calendars.current()
    rows = [
        (notice, batches.get(notice.pk), shown.notice_due(notice, request.today, calendar), _is_shown(request, notice))
        for notice in page
    ]
    running = queries.running_notices(request.now).count()
    position = ngettext("%(n)s result notice is running", "%(n)s result notices are running", running) % {"n": running}
    return render(request, "results/notices.html", {"page": page, "rows": rows, "position": position})


@require_GET
def notice(request: HttpRequest, pk: int) -> HttpResponse:
    """One notice: its term counted day by day and, while it runs, its masked lines."""
    found = _notice(pk)
    batch = queries.batch_of(found)
    if batch is None:
        raise Http404(pk)
    open_ = _is_shown(request, found)
    lines = queries.posted_in(found)
    page = Paginator(lines, LINES).get_page(request.GET.get("page"))
    passed = lines.filter(outcome=Outcome.PASSED).count()
    kinds = _kinds(found)
    context = {
        "notice": found,
        "batch": batch,
        "due": shown.notice_due(found, request.today),
        "is_shown": open_,
        "count": page.paginator.count,
        "passed": passed,
        "table": tables.posted_table(page, kinds) if open_ else None,
        "page": page if open_ else None,
        "again": found.subject_kind == "enrolment.enrolment",
        "opens": _("results final"),
    }
    return render(request, "results/notice.html", context)


@require_GET
def notice_pdf(request: HttpRequest, pk: int) -> HttpResponse:
    """The notice as PDF while it runs; afterwards only for those who see the batch."""
    found = _notice(pk)
    batch = queries.batch_of(found)
    if batch is None or not (_is_shown(request, found) or request.actor.sees(batch.body.organisation.path or "-")):
        raise Http404(pk)
    response = HttpResponse(documents.notice_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="notice-{batch.number}-{found.pk}.pdf"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _is_shown(request: HttpRequest, found: PublicNotice) -> bool:
    """Say whether names still stand on the page: once the notice is over its purpose is met and they go."""
    return not kernel_notices.is_over(found, request.now)


def _kinds(found: PublicNotice) -> list[str]:
    first = {part["part"] for line in queries.posted_in(found)[:LINES] for part in line.parts}
    return [kind for kind in PartKind.values if kind in first]


def _notice(pk: int) -> PublicNotice:
    found = queries.public_notices().filter(pk=pk).first()
    if found is None:
        raise Http404(pk)
    return found
