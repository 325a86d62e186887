"""The quarterly report of amendments on its pages: what is owed, made, downloaded, sent."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.filing import change_reports
from gongjiang.filing.actions import life_reports as actions
from gongjiang.filing.change_reports import HEADINGS, Quarter
from gongjiang.filing.forms_life import SentForm
from gongjiang.filing.models import ChangeReport
from gongjiang.kernel import calendars, files
from gongjiang.kernel.parts import Act, Cell, Column, Event, Row, Table, until
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for

PAGE = 20


@require_GET
@requires(*AUTHORITY_ROLES)
def change_report_list(request: HttpRequest) -> HttpResponse:
    """Quarters to report, and the reports made."""
    authority = change_reports.authority_of(request.actor)
    owed = change_reports.owed(authority, request.today) if authority else []
    page = Paginator(change_reports.reports_for(request.actor), PAGE).get_page(request.GET.get("page"))
    rule = change_reports.rule_for(authority, request.today) if authority else None
    n = len(owed)
    context = {
        "page": page,
        "position": ngettext("%(n)s quarter is to be reported", "%(n)s quarters are to be reported", n) % {"n": n},
        "owed": _owed_table(request, owed) if owed else None,
        "table": _table(page),
        "cites": rule.cites if rule else (),
    }
    return render(request, "filing/change_reports.html", context)


@require_POST
@requires(*actions.REPORTERS)
def change_report_make(request: HttpRequest) -> HttpResponse:
    """Make the report of one quarter."""
    authority = change_reports.authority_of(request.actor)
    told = [request.POST.get(name, "") for name in ("year", "quarter")]
    if authority is None or not all(each.isdecimal() for each in told) or told[1] not in {"1", "2", "3", "4"}:
        why = _("No quarter is named.")
        raise Refused(_("Make the report"), [Ground(why, _("Choose one of the list."), code="no-quarter")])
    quarter = Quarter(int(told[0]), int(told[1]))
    report = actions.make_change_report(actor=request.actor, at=request.now, authority=authority, quarter=quarter)
    return redirect("change-report", pk=report.pk)


@require_GET
@requires(*AUTHORITY_ROLES)
def change_report(request: HttpRequest, pk: int) -> HttpResponse:
    """One quarter's report as it was frozen."""
    report = _own(request, pk)
    quarter = Quarter(report.year, report.quarter)
    columns = tuple(Column(heading) for heading in HEADINGS)
    own = change_reports.authority_of(request.actor)
    sends = report.sent_on is None and request.actor.has(*actions.REPORTERS) and own == report.authority
    context = {
        "report": report,
        "quarter": quarter,
        "crumbs": [(_("Reports of amendments"), reverse("change-report-list")), (quarter.label, "")],
        "due": until(report.due_on, request.today, calendars.current(), tuple(report.cites), done_on=report.sent_on),
        "table": Table(
            quarter.label,
            columns,
            tuple(Row(tuple(row)) for row in report.rows),
            empty=_("Nothing was amended in the quarter; that is reported, too."),
        ),
        "acts": [
            Act(_("Sheet"), reverse("change-report-file", args=[pk, "sheet"]), icon="down"),
            Act(_("On paper"), reverse("change-report-file", args=[pk, "paper"]), icon="file"),
        ],
        "form": SentForm() if sends else None,
        "events": [Event(e.at, e.what, e.who, e.why, e.cites, e.kind) for e in timeline_for(report)],
    }
    return render(request, "filing/change_report.html", context)


@require_GET
@requires(*AUTHORITY_ROLES)
def change_report_file(request: HttpRequest, pk: int, sheet: str) -> HttpResponse:
    """The report's sheet or paper, as it was frozen."""
    report = _own(request, pk)
    if sheet not in {"sheet", "paper"}:
        raise Http404(sheet)
    ending = "xlsx" if sheet == "sheet" else "pdf"
    return files.serve(getattr(report, sheet), f"changes-{report.year}-Q{report.quarter}.{ending}")


@require_POST
@requires(*actions.REPORTERS)
def change_report_sent(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark the report as sent."""
    report = _own(request, pk)
    actions.mark_sent(actor=request.actor, at=request.now, report=report, how=request.POST.get("how", ""))
    messages.success(request, _("Marked as sent."))
    return redirect("change-report", pk=pk)


def _own(request: HttpRequest, pk: int) -> ChangeReport:
    try:
        return change_reports.report_for(request.actor, pk)  # type: ignore[attr-defined]
    except ChangeReport.DoesNotExist:
        raise Http404(pk) from None


def _owed_table(request: HttpRequest, owed: list[Quarter]) -> Table:
    actor, today = request.actor, request.today  # type: ignore[attr-defined]
    authority = change_reports.authority_of(actor)
    assert authority is not None
    rows = []
    for quarter in owed:
        last = change_reports.due_on(authority, quarter)
        n = len(change_reports.rows_of(authority, quarter))
        fields = (("year", str(quarter.year)), ("quarter", str(quarter.number)))
        act = Act(_("Make the report"), reverse("change-report-make"), method="post", fields=fields)
        due = until(last, today, calendars.current())
        may = actor.has(*actions.REPORTERS)
        rows.append(Row((Cell(quarter.label), n, Cell("", due=due), Cell("", act=act) if may else Cell(""))))
    columns = (Column(_("Quarter")), Column(_("Amendments"), numeric=True), Column(_("Due")), Column(""))
    return Table(_("To be reported"), columns, tuple(rows))


def _table(page: object) -> Table:
    rows = tuple(
        Row(
            (
                Cell(Quarter(each.year, each.quarter).label, url=reverse("change-report", args=[each.pk])),
                each.authority.name,
                len(each.rows),
                each.due_on,
                Cell(_("sent %(day)s") % {"day": each.sent_on}, state="ok")
                if each.sent_on
                else Cell(_("made"), state="wait"),
            )
        )
        for each in page  # type: ignore[attr-defined]
    )
    columns = (
        Column(_("Quarter")),
        Column(_("Authority")),
        Column(_("Amendments"), numeric=True),
        Column(_("Due")),
        Column(_("State")),
    )
    return Table(
        _("Reports made"), columns, rows, empty=_("A report appears here once its quarter is over and it was made.")
    )
