"""The authority's pages of filing: the queue, the record of an application, and what is done with it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.filing import actions, flow, queries, queries_officer, shown_officer, tables_officer
from gongjiang.filing.actions import LackingItem, Written
from gongjiang.filing.forms_officer import (
    CorrectionForm,
    DeliberationForm,
    OpinionsForm,
    ReasonForm,
    RerouteForm,
)
from gongjiang.filing.models import Application
from gongjiang.filing.rules_handling import stands_in_the_way
from gongjiang.filing.states import DECIDERS, OFFICERS, SIGNERS
from gongjiang.kernel import files
from gongjiang.kernel.parts import Choice

PAGE = 20
READ = tuple(dict.fromkeys((*OFFICERS, *SIGNERS)))
EVERYBODY_INSIDE = (*READ, "body_manager")


@require_GET
@requires(*READ)
def queue(request: HttpRequest) -> HttpResponse:
    """The applications by deadline: those on which the own office acts, those under way, or all."""
    actor, today = request.actor, request.today
    show = request.GET.get("show", "mine")
    mine = list(queries_officer.in_reach(actor, today))
    open_ = queries_officer.under_way(actor)
    chosen: Any = {"open": open_, "all": queries.applications_for(actor).order_by("-pk")}.get(show)
    found = tables_officer.by_deadline(mine, today) if chosen is None else chosen.order_by("-pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    choices = (
        Choice(_("With us"), "?show=mine", chosen is None, len(mine)),
        Choice(_("Under way"), "?show=open", show == "open", open_.count()),
        Choice(_("All"), "?show=all", show == "all"),
    )
    empty = _("Applications appear here once they are handed in. Publish a call to begin.")
    late = tables_officer.late(mine, today)
    position = ngettext("%(n)s application is with us", "%(n)s applications are with us", len(mine)) % {"n": len(mine)}
    context = {
        "position": position + (_(", %(n)s late") % {"n": late} if late else ""),
        "table": tables_officer.queue_table(list(page), actor, request.now, choices, empty),
        "page": page,
        "chart": tables_officer.board(open_, today) if open_.exists() else None,
    }
    return render(request, "filing/officer/queue.html", context)


@require_GET
@requires(*READ)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One application: where it stands, what was found, what stands in the way of the next step."""
    context = shown_officer.record(_found(request, pk), request.actor, request.now)
    return render(request, "filing/officer/application.html", context)


@require_GET
@requires(*READ)
def paper(request: HttpRequest, pk: int, material: int) -> HttpResponse:
    """One paper of an application, also one that was replaced."""
    found = queries_officer.paper_of(_found(request, pk), material)
    if found is None or found.file is None:
        raise Http404(material)
    return files.serve(found.file, found.file_name or found.title, inline=True)


@require_GET
@requires(*EVERYBODY_INSIDE)
def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """The sealed letter of an application that was granted."""
    found = _found(request, pk)
    if found.letter is None:
        raise Http404(pk)
    return files.serve(found.letter, f"{found.number}.pdf", inline=True)


# Acts without a page of their own


def _act(name: str, *roles: str) -> Callable[..., HttpResponse]:
    """Return the view of an act that needs no words: one action, then back to the record."""
    action = getattr(actions, name)

    @require_POST
    @requires(*roles)
    def view(request: HttpRequest, pk: int) -> HttpResponse:
        action(actor=request.actor, at=request.now, application=_found(request, pk))
        messages.success(request, _("Done: %(state)s.") % {"state": _found(request, pk).get_state_display()})
        return redirect("application", pk=pk)

    return view


accept = _act("accept", *OFFICERS)
open_evaluation = _act("open_evaluation", *OFFICERS)
conclude = _act("conclude_evaluation", *OFFICERS)
post_notice = _act("post_notice", *OFFICERS)
clear = _act("clear", *OFFICERS)


@require_http_methods(["GET", "POST"])
@requires(*SIGNERS)
def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """The letter before it is signed, with what stands in the way; posting signs it."""
    found = _found(request, pk)
    if request.method == "POST":
        signed = actions.sign_letter(actor=request.actor, at=request.now, application=found)
        messages.success(request, _("Letter %(number)s is signed and in force.") % {"number": signed.letter_number})
        return redirect("application", pk=pk)
    context = _page(found, _("Sign the filing letter")) | {
        "grounds": stands_in_the_way(found, "sign_letter", request.actor, request.now),
        "scope": shown_officer.scope_lines(found),
        "people": queries_officer.people_of(found),
        "cites": flow.cites_of(found, "filing_letter", request.today),
    }
    return render(request, "filing/officer/sign.html", context)


# Acts with a form


@require_http_methods(["GET", "POST"])
@requires(*OFFICERS)
def return_for_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the application, naming what lacks."""
    found = _found(request, pk)
    form = CorrectionForm(["scope", "sites", *_items(found, request)], request.POST or None)
    if request.method == "POST" and form.is_valid():
        items: list[LackingItem] = form.lacking()
        correction = actions.return_for_correction(actor=request.actor, at=request.now, application=found, items=items)
        messages.success(request, _("Returned; the applicant has until %(day)s.") % {"day": correction.due_on})
        return redirect("application", pk=pk)
    context = _page(found, _("Return for correction")) | {"form": form, "rows": form.rows()}
    return render(request, "filing/officer/correction.html", context)


@require_http_methods(["GET", "POST"])
@requires(*OFFICERS)
def opinions(request: HttpRequest, pk: int) -> HttpResponse:
    """Write the opinion on each item."""
    found = _found(request, pk)
    items = flow.items_of(found, request.today)
    form = OpinionsForm(items, found.opinions.all(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        written: list[Written] = form.opinions()
        actions.write_opinions(actor=request.actor, at=request.now, application=found, written=written)
        messages.success(request, _("%(n)s opinions are written.") % {"n": len(written)})
        return redirect("application", pk=pk)
    rows = [(*row[:3], items[row[3]]) for row in form.rows()]
    context = _page(found, _("Write opinions")) | {"form": form, "rows": rows}
    return render(request, "filing/officer/opinions.html", context)


@require_http_methods(["GET", "POST"])
@requires(*OFFICERS)
def reroute(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the application on to the authority that it belongs to."""
    found = _found(request, pk)
    form = RerouteForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        routed = actions.reroute(actor=request.actor, at=request.now, application=found, **form.cleaned_data)
        messages.success(request, _("Sent on to %(name)s.") % {"name": routed.to.name})
        return redirect("filing-queue")
    return _form(request, found, form, _("Send the application on"), "reroute")


@require_http_methods(["GET", "POST"])
@requires(*DECIDERS)
def deliberate(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the deliberation."""
    return _decided(request, pk, DeliberationForm, actions.deliberate, _("Record the deliberation"), "deliberate")


@require_http_methods(["GET", "POST"])
@requires(*DECIDERS)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Refuse the application with a reason."""
    return _decided(request, pk, ReasonForm, actions.refuse, _("Refuse the application"), "refuse")


def _decided(
    request: HttpRequest, pk: int, form_class: type[Form], action: Callable[..., Any], title: str, act: str
) -> HttpResponse:
    found = _found(request, pk)
    form = form_class(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action(actor=request.actor, at=request.now, application=found, **form.cleaned_data)
        messages.success(request, _("Done: %(state)s.") % {"state": _found(request, pk).get_state_display()})
        return redirect("application", pk=pk)
    return _form(request, found, form, title, act)


def _form(request: HttpRequest, found: Application, form: Form, title: str, act: str) -> HttpResponse:
    grounds = stands_in_the_way(found, act, request.actor, request.now)
    context = _page(found, title) | {"form": form, "grounds": grounds}
    return render(request, "filing/officer/act.html", context, status=400 if form.is_bound else 200)


def _page(found: Application, title: str) -> dict[str, Any]:
    url = reverse("application", args=[found.pk])
    crumbs = [(_("Filing"), reverse("filing-queue")), (found.number, url), (title, "")]
    return {"application": found, "title": title, "crumbs": crumbs, "back": url}


def _items(found: Application, request: HttpRequest) -> Iterable[str]:
    papers = [item.key for item in queries.items(found, request.today) if item.section == "materials"]
    return list(dict.fromkeys([*flow.items_of(found, request.today), *papers]))


def _found(request: HttpRequest, pk: int) -> Application:
    try:
        return queries.application_for(request.actor, pk)
    except Application.DoesNotExist:
        raise Http404(pk) from None
