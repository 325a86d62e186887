"""Pages of the reports that a body owes: what is due, the form with its figures, and the authority's look."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.bodies import actions, prefill, queries, tables_reports
from gongjiang.bodies.forms import ReasonForm, ReportForm
from gongjiang.bodies.models import PeriodicReport
from gongjiang.bodies.owed import outstanding, owed_by
from gongjiang.bodies.states import AUTHORITY
from gongjiang.bodies.views_publish import body_of
from gongjiang.kernel import calendars
from gongjiang.kernel.parts import Act, Event, until
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for


@require_GET
@requires("body_manager", *AUTHORITY_ROLES)
def body_reports(request: HttpRequest, pk: int) -> HttpResponse:
    """What the body owes and what it has handed in."""
    body = body_of(request, pk)
    waiting = outstanding([body], request.today)
    late = sum(owed.due_on < request.today for _body, owed, _state in waiting)
    handed_in = PeriodicReport.objects.for_actor(request.actor).filter(body=body).order_by("-since", "kind")
    context = {
        "body": body,
        "crumbs": [(body.name, "")],
        "position": ngettext("%(n)s report is late", "%(n)s reports are late", late) % {"n": late}
        if late
        else _("No report is late"),
        "waiting": tables_reports.waiting_table(waiting, request.today, writes=request.actor.has("body_manager")),
        "reports": tables_reports.reports_table(handed_in),
    }
    return render(request, "bodies/reports.html", context)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def body_report(request: HttpRequest, pk: int, kind: str, period: str) -> HttpResponse:
    """Write a report: the platform's figures stand ready, the body adds its words, keeps or hands in."""
    body = body_of(request, pk)
    report = PeriodicReport.objects.for_actor(request.actor).filter(body=body, kind=kind, period=period).first()
    owed = next((o for o in owed_by(body, request.today) if (o.kind, o.period) == (kind, period)), None)
    if report is None and owed is None:
        raise Http404(period)
    form = ReportForm(request.POST or None, initial={"text": report.text if report else ""})
    if request.method == "POST" and form.is_valid():
        given = {"body": body, "kind": kind, "period": period, "text": form.cleaned_data["text"]}
        hands_in = "submit" in request.POST
        act = actions.submit_report if hands_in else actions.save_report
        act(actor=request.actor, at=request.now, **given)
        messages.success(request, _("The report is handed in.") if hands_in else _("The draft is kept."))
        return redirect("body-reports", pk=body.pk)
    asked = report or owed
    assert asked is not None
    context = {
        "body": body,
        "form": form,
        "title": tables_reports.title_of(kind, period),
        "due": until(asked.due_on, request.today, calendars.current(), asked.cites),
        "figures": prefill.labelled(prefill.figures(body, kind, asked.since, asked.until)),
        "answer": report.answer if report and report.state == "returned" else "",
    }
    return render(request, "bodies/report_form.html", context)


@require_GET
@requires("body_manager", *AUTHORITY_ROLES)
def periodic_report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it was handed in, with what the authority may do."""
    report = _report(request, pk)
    waits = report.state == "submitted" and request.actor.has(*AUTHORITY)
    mine = waits and queries.answers_to(report.body, request.actor)
    acts = [
        Act(_("Accept"), reverse("periodic-report-accept", args=[report.pk]), method="post", look="primary"),
        Act(_("Return for correction"), reverse("periodic-report-return", args=[report.pk])),
    ]
    events = [Event(i.at, i.what, i.who, i.why, i.cites, i.kind) for i in timeline_for(report)]
    context = {
        "report": report,
        "body": report.body,
        "crumbs": [(report.body.name, reverse("body-reports", args=[report.body.pk]))],
        "title": tables_reports.title_of(report.kind, report.period),
        "figures": prefill.labelled(report.data),
        "acts": acts if mine else [],
        "events": events,
    }
    return render(request, "bodies/report.html", context)


@require_POST
@requires(*AUTHORITY)
def accept_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept the report."""
    actions.accept_report(actor=request.actor, at=request.now, report=_report(request, pk))
    messages.success(request, _("The report is accepted."))
    return redirect("periodic-report", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*AUTHORITY)
def return_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the report with what is to be corrected."""
    report = _report(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_report(actor=request.actor, at=request.now, report=report, **form.cleaned_data)
        messages.success(request, _("The report is returned."))
        return redirect("periodic-report", pk=pk)
    title = tables_reports.title_of(report.kind, report.period)
    return render(request, "bodies/report_return.html", {"report": report, "form": form, "title": title})


def _report(request: HttpRequest, pk: int) -> PeriodicReport:
    try:
        return PeriodicReport.objects.for_actor(request.actor).select_related("body__authority").get(pk=pk)
    except PeriodicReport.DoesNotExist:
        raise Http404(pk) from None
