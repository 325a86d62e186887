"""Findings: the authority's list, recording, the rectification, the re-check; and the body's own side."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import body_for, own_body
from gongjiang.kernel import calendars, files
from gongjiang.kernel.parts import Act, Choice, Event, until
from gongjiang.kernel.timeline import timeline_for
from gongjiang.law import questions as ask
from gongjiang.supervision import actions, permissions, published, queries, rules, tables
from gongjiang.supervision.actions import Found
from gongjiang.supervision.forms import FindingForm, RectificationForm, ReopenForm, SelfCheckForm
from gongjiang.supervision.models import Finding
from gongjiang.supervision.states import FindingState

PAGE = 30


@require_GET
@requires(*permissions.READ)
def supervision(request: HttpRequest) -> HttpResponse:
    """The findings in the officer's part of the tree, filtered by how they stand."""
    every = queries.findings_for(request.actor)
    late = every.filter(queries.overdue(request.today)).count()
    shown = request.GET.get("show", "")
    page = Paginator(_chosen(every, shown, request), PAGE).get_page(request.GET.get("page"))
    choices = (
        Choice(_("Not closed"), "?", shown not in ("overdue", "recheck", "all")),
        Choice(_("Overdue"), "?show=overdue", shown == "overdue", late),
        Choice(_("To be re-checked"), "?show=recheck", shown == "recheck"),
        Choice(_("All"), "?show=all", shown == "all"),
    )
    position = ngettext("%(n)s rectification is overdue", "%(n)s rectifications are overdue", late) % {"n": late}
    context = {
        "position": position if late else _("No rectification is overdue"),
        "acts": [Act(_("Complaints"), reverse("complaint-list"))] if request.actor.has(*permissions.HANDLERS) else [],
        "table": tables.findings_table(page, request.today, choices),
        "page": page,
    }
    return render(request, "supervision/list.html", context)


def _chosen(every: QuerySet[Finding], shown: str, request: HttpRequest) -> QuerySet[Finding]:
    if shown == "overdue":
        return every.filter(queries.overdue(request.today)).order_by("due_on", "pk")
    if shown == "recheck":
        return every.filter(state=FindingState.RECTIFIED)
    return every if shown == "all" else every.exclude(state=FindingState.CLOSED).order_by("due_on", "pk")


@require_http_methods(["GET", "POST"])
@requires(*permissions.RECORDERS)
def finding_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a finding at a body."""
    body = _body(request, pk)
    form = FindingForm(body, request.POST or None, request.FILES or None, initial={"found_on": request.today})
    if request.method == "POST" and form.is_valid():
        evidence = form.cleaned_data.pop("evidence")
        found = Found(**form.cleaned_data)
        made = actions.record_finding(
            actor=request.actor, at=request.now, body=body, found=found, evidence=evidence.file if evidence else None
        )
        messages.success(request, _("The finding is recorded; the body sees it among its tasks."))
        return redirect("finding", pk=made.pk)
    context = {
        "form": form,
        "title": _("Record a finding"),
        "lead": body.name,
        "cites": rules.competence(body, request.today),
        "grounds": list(rules.not_competent(body, request.actor, request.today)),
        "button": _("Record"),
        "back": reverse("body", args=[pk]),
    }
    return render(request, "supervision/form.html", context, status=400 if form.is_bound else 200)


@require_GET
@requires(*permissions.READ_FINDING)
def finding(request: HttpRequest, pk: int) -> HttpResponse:
    """A finding: what was found, what the body did, what the re-check found."""
    found = _finding(request, pk)
    back = reverse("supervision") if request.actor.has(*permissions.READ) else reverse("own-supervision")
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(found)]
    done = found.reported_on if found.state != FindingState.OPEN else None
    context = {
        "finding": found,
        "crumbs": [(_("Supervision"), back), (found.number, "")],
        "state": published.state_cell(found, request.today),
        "due": until(found.due_on, request.today, calendars.current(), tuple(found.cites), done_on=done),
        "facts": [
            (_("Body"), found.body.name),
            (_("Selected by"), found.body.authority.name),
            (_("What was looked at"), found.get_subject_display()),
            (_("Found on"), found.found_on),
            (_("Batch"), found.batch.number if found.batch else "—"),
            (_("Made public"), _("yes") if found.is_public else _("no")),
        ],
        "acts": _finding_acts(request, found),
        "events": events,
    }
    return render(request, "supervision/finding.html", context)


def _finding_acts(request: HttpRequest, found: Finding) -> list[Act]:
    actor, pk = request.actor, found.pk
    if found.state == FindingState.OPEN and actor.has(*permissions.RECTIFIES):
        return [Act(_("Report what was done"), reverse("finding-report", args=[pk]), look="primary")]
    if found.state != FindingState.RECTIFIED or not actor.has(*permissions.RECORDERS):
        return []
    unless = "" if queries.supervises(found.body, actor) else _("Only %(authority)s, which selected the body.")
    unless = unless % {"authority": found.body.authority.name} if unless else ""
    return [
        Act(_("Close the finding"), reverse("finding-close", args=[pk]), method="post", look="primary", unless=unless),
        Act(_("Open it again"), reverse("finding-reopen", args=[pk]), unless=unless),
    ]


@require_GET
@requires(*permissions.READ_FINDING)
def finding_file(request: HttpRequest, pk: int, which: str) -> HttpResponse:
    """The evidence of a finding, or the proof of its rectification."""
    found = _finding(request, pk)
    stored = {"evidence": found.evidence, "report": found.report_file}.get(which)
    if stored is None:
        raise Http404(which)
    return files.serve(stored, f"{found.number}-{which}", inline=True)


@require_http_methods(["GET", "POST"])
@requires(*permissions.RECTIFIES)
def finding_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Report what the body did about a finding."""
    found = _finding(request, pk)
    form = RectificationForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        proof = form.cleaned_data["file"]
        actions.report_rectification(
            actor=request.actor,
            at=request.now,
            finding=found,
            text=form.cleaned_data["text"],
            file=proof.file if proof else None,
        )
        messages.success(request, _("It is reported; the authority re-checks it."))
        return redirect("finding", pk=pk)
    return _form(request, form, found, _("Report what was done"), _("Report it"))


@require_POST
@requires(*permissions.RECORDERS)
def finding_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a finding after the re-check."""
    actions.close_finding(actor=request.actor, at=request.now, finding=_finding(request, pk))
    messages.success(request, _("The finding is closed."))
    return redirect("finding", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*permissions.RECORDERS)
def finding_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a finding again with what is still to be done."""
    found = _finding(request, pk)
    form = ReopenForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.reopen_finding(actor=request.actor, at=request.now, finding=found, **form.cleaned_data)
        messages.success(request, _("The finding is open again."))
        return redirect("finding", pk=pk)
    return _form(request, form, found, _("Open it again"), _("Open it again"))


def _form(request: HttpRequest, form: Any, found: Finding, title: str, button: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": f"{found.number} · {found.body.name}",
        "cites": found.cites,
        "button": button,
        "back": reverse("finding", args=[found.pk]),
    }
    return render(request, "supervision/form.html", context, status=400 if form.is_bound else 200)


@require_GET
@requires(*permissions.OWN)
def own_supervision(request: HttpRequest) -> HttpResponse:
    """The body's own findings and self-checks."""
    body = _own(request)
    found = queries.findings_for(request.actor).filter(body=body)
    waiting = found.filter(state=FindingState.OPEN).count()
    position = ngettext("%(n)s finding is to be rectified", "%(n)s findings are to be rectified", waiting)
    context = {
        "position": position % {"n": waiting} if waiting else _("Nothing is to be rectified"),
        "acts": [Act(_("Publish a self-check"), reverse("self-check-new"), look="primary")],
        "table": tables.findings_table(found, request.today),
        "checks": published.self_checks(body, request.today),
        "cites": rules.competence(body, request.today),
    }
    return render(request, "supervision/own.html", context)


@require_http_methods(["GET", "POST"])
@requires(*permissions.SELF_CHECKERS)
def self_check_new(request: HttpRequest) -> HttpResponse:
    """Publish a self-check of the own body."""
    body = _own(request)
    form = SelfCheckForm(request.POST or None, initial={"checked_on": request.today})
    if request.method == "POST" and form.is_valid():
        actions.publish_self_check(actor=request.actor, at=request.now, body=body, **form.cleaned_data)
        messages.success(request, _("The self-check stands on the body's page."))
        return redirect("own-supervision")
    context = {
        "form": form,
        "title": _("Publish a self-check"),
        "lead": _("It stands on the body's public page at once and isn't changed afterwards."),
        "cites": rules.cites_of(ask.SUPERVISION_SYSTEM, body, request.today),
        "button": _("Publish"),
        "back": reverse("own-supervision"),
    }
    return render(request, "supervision/form.html", context, status=400 if form.is_bound else 200)


def _own(request: HttpRequest) -> AssessmentBody:
    body = own_body(request.actor)
    if body is None:
        raise Http404("no body is on file for this organisation")
    return body


def _body(request: HttpRequest, pk: int) -> AssessmentBody:
    try:
        return body_for(request.actor, pk)
    except AssessmentBody.DoesNotExist:
        raise Http404(pk) from None


def _finding(request: HttpRequest, pk: int) -> Finding:
    try:
        return queries.findings_for(request.actor).get(pk=pk)
    except Finding.DoesNotExist:
        raise Http404(pk) from None
