"""Complaints: the public form and receipt, and the officer who handles one without the body ever seeing whose it is."""

import secrets
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.accounts.queries import names_of
from gongjiang.bodies.directory import directory_entry
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import calendars
from gongjiang.kernel.actor import PUBLIC
from gongjiang.kernel.http import client_address
from gongjiang.kernel.identity import reveal_url
from gongjiang.kernel.parts import Act, Choice, Event, until
from gongjiang.kernel.timeline import timeline_for
from gongjiang.supervision import actions, limits, permissions, published, queries, rules, tables
from gongjiang.supervision.actions import Complaining
from gongjiang.supervision.forms import AnswerForm, ComplaintForm, ReceiptForm, SendOnForm
from gongjiang.supervision.models import Complaint
from gongjiang.supervision.states import ComplaintState

PAGE = 30
C = ComplaintState


@never_cache
@require_http_methods(["GET", "POST"])
def complain(request: HttpRequest, code: str) -> HttpResponse:
    """Complain about a body; the answer to the form is the receipt, and the same form again gives the same one."""
    try:
        body = directory_entry(code)
    except AssessmentBody.DoesNotExist:
        raise Http404(code) from None
    form = ComplaintForm(body, request.POST or None, initial={"key": secrets.token_hex(16)})
    context: dict[str, Any] = {"body": body, "form": form, "cites": rules.competence(body, request.today)}
    if request.method == "POST" and form.is_valid():
        limits.count_complaint(client_address(request), request.now)
        key = form.cleaned_data.pop("key")
        context["receipt"] = actions.file_complaint(
            actor=PUBLIC, at=request.now, body=body, complaining=Complaining(**form.cleaned_data), key=key
        )
        return render(request, "supervision/receipt.html", context)
    return render(request, "supervision/complain.html", context, status=400 if form.is_bound else 200)


@never_cache
@require_http_methods(["GET", "POST"])
def complaint_status(request: HttpRequest) -> HttpResponse:
    """Where a complaint stands, for who brings number and word of its receipt; neither stands in the address."""
    form = ReceiptForm(request.POST or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        address = client_address(request)
        limits.check_misses(address, request.now)
        found = queries.by_receipt(form.cleaned_data["number"], form.cleaned_data["word"])
        if found is not None:
            due = until(found.due_on, request.today, calendars.current(), done_on=found.answered_on)
            context |= {"complaint": found, "due": due, "look": published.COMPLAINT_LOOK[C(found.state)]}
            return render(request, "supervision/status.html", context)
        limits.count_miss(address, request.now)
        form.add_error(None, _("No complaint has this number and word. Compare both with your receipt."))
    return render(request, "supervision/status.html", context, status=400 if form.is_bound else 200)


@require_GET
@requires(*permissions.HANDLERS)
def complaint_list(request: HttpRequest) -> HttpResponse:
    """The complaints with the authorities in the officer's part of the tree."""
    every = queries.complaints_for(request.actor).defer("text", "name", "contact", "answer")
    waiting = every.exclude(state=C.ANSWERED)
    shown = request.GET.get("show", "")
    chosen = every if shown == "all" else waiting.order_by("due_on", "pk")
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    choices = (
        Choice(_("Not answered"), "?", shown != "all", waiting.count()),
        Choice(_("All"), "?show=all", shown == "all"),
    )
    count = waiting.count()
    context = {
        "position": ngettext("%(n)s complaint awaits an answer", "%(n)s complaints await an answer", count)
        % {"n": count},
        "acts": [Act(_("Findings"), reverse("supervision"))],
        "table": tables.complaints_table(page, request.today, choices),
        "page": page,
    }
    return render(request, "supervision/list.html", context)


@never_cache
@require_GET
@requires(*permissions.HANDLERS)
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """A complaint: its words for the authority that it is with; whose it is, masked, for who handles it."""
    found = _complaint(request, pk)
    grounds = rules.against_handling(found, request.actor, request.today)
    may_reveal = found.state == C.INQUIRY and found.handled_by_id == request.actor.user_id
    names = names_of({found.handled_by_id}) if found.handled_by_id else {}
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(found)]
    context = {
        "complaint": found,
        "crumbs": [(_("Complaints"), reverse("complaint-list")), (found.number, "")],
        "due": until(found.due_on, request.today, calendars.current(), tuple(found.cites), done_on=found.answered_on),
        "handler": names.get(found.handled_by_id or 0, ""),
        "mine": not any(ground.code in ("not-its-authority", "of-the-body") for ground in grounds),
        "grounds": grounds if found.state != C.ANSWERED else [],
        "reveal_name": reveal_url(found, "name") if may_reveal and found.name else "",
        "reveal_contact": reveal_url(found, "contact") if may_reveal and found.contact else "",
        "acts": [] if grounds else _acts(found),
        "events": events,
    }
    return render(request, "supervision/complaint.html", context)


def _acts(found: Complaint) -> list[Act]:
    send_on = Act(_("Send it on"), reverse("complaint-send-on", args=[found.pk]))
    if found.state == C.RECEIVED:
        take_up = reverse("complaint-take-up", args=[found.pk])
        return [Act(_("Take up the complaint"), take_up, method="post", look="primary"), send_on]
    if found.state == C.INQUIRY:
        answer = reverse("complaint-answer", args=[found.pk])
        return [Act(_("Answer the complaint"), answer, look="primary"), send_on]
    return []


@require_POST
@requires(*permissions.HANDLERS)
def take_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the inquiry."""
    actions.take_up_complaint(actor=request.actor, at=request.now, complaint=_complaint(request, pk))
    messages.success(request, _("The inquiry is yours."))
    return redirect("complaint", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*permissions.HANDLERS)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a complaint."""
    found = _complaint(request, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_complaint(actor=request.actor, at=request.now, complaint=found, **form.cleaned_data)
        messages.success(request, _("The complaint is answered; its outcome stands on the body's page."))
        return redirect("complaint", pk=pk)
    return _form(request, form, found, _("Answer the complaint"))


@require_http_methods(["GET", "POST"])
@requires(*permissions.HANDLERS)
def send_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a complaint on that is about another body."""
    found = _complaint(request, pk)
    form = SendOnForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        to, reason = form.cleaned_data["code"], form.cleaned_data["reason"]
        actions.send_complaint_on(actor=request.actor, at=request.now, complaint=found, to=to, reason=reason)
        messages.success(request, _("It is with %(authority)s now.") % {"authority": to.authority.name})
        return redirect("complaint-list")
    return _form(request, form, found, _("Send it on"))


def _form(request: HttpRequest, form: Any, found: Complaint, title: str) -> HttpResponse:
    context = {
        "form": form,
        "title": title,
        "lead": f"{found.number} · {found.body.name}",
        "cites": found.cites,
        "grounds": rules.against_handling(found, request.actor, request.today),
        "button": title,
        "back": reverse("complaint", args=[found.pk]),
    }
    return render(request, "supervision/form.html", context, status=400 if form.is_bound else 200)


def _complaint(request: HttpRequest, pk: int) -> Complaint:
    try:
        return queries.complaints_for(request.actor).get(pk=pk)
    except Complaint.DoesNotExist:
        raise Http404(pk) from None
