"""The end of a filing on its pages: ordered, wound up item by item, ended by another person, or taken over."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import body_for
from gongjiang.filing import forms_life, rules_life, tables_life, winding_up
from gongjiang.filing.actions import life_termination as actions
from gongjiang.filing.models import Termination
from gongjiang.kernel.parts import Event
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for
from gongjiang.law import questions as ask
from gongjiang.law.places import place as place_of

PAGE = 30
VIEWERS = (*AUTHORITY_ROLES, "body_manager")
ANSWERERS = ("body_manager", *rules_life.TAKERS)


@require_GET
@requires(*AUTHORITY_ROLES)
def terminations(request: HttpRequest) -> HttpResponse:
    """The filings that wind up or ended, in the actor's part of the tree."""
    found = winding_up.terminations_for(request.actor).order_by("ended_on", "opened_on", "pk")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    open_ones = found.filter(state="winding_up").count()
    context = {
        "page": page,
        "position": ngettext("%(n)s filing winds up", "%(n)s filings wind up", open_ones) % {"n": open_ones},
        "table": tables_life.terminations_table(page),
    }
    return render(request, "filing/terminations.html", context)


@require_GET
@requires(*VIEWERS)
def termination(request: HttpRequest, pk: int) -> HttpResponse:
    """One winding-up: what is open, whose it is, what ends it."""
    found = own(request, pk)
    items = winding_up.checklist(found, request.today)
    events = [Event(e.at, e.what, e.who, e.why, e.cites, e.kind) for e in timeline_for(found)]
    context = {
        "termination": found,
        "body": found.body,
        "crumbs": tables_life.crumbs(found, request.actor),
        "steps": tables_life.steps(found, items),
        "items": items,
        "table": tables_life.checklist_table(found, items, request.actor),
        "open": sum(item.is_open for item in items),
        "facts": tables_life.facts(found),
        "duties": tables_life.duties_table(found),
        "cites": rules_life.ending_cites(found, request.today),
        "next": tables_life.next_acts(found, items, request.actor),
        "events": events,
    }
    return render(request, "filing/termination.html", context)


@require_http_methods(["GET", "POST"])
@requires(*rules_life.OPENERS)
def order(request: HttpRequest, pk: int) -> HttpResponse:
    """Order the end of a filing."""
    try:
        body = body_for(request.actor, pk)
    except AssessmentBody.DoesNotExist:
        raise Http404(pk) from None
    rule = ask.TERMINATION_ORDERED_FOR.get(place=place_of(body.regime), day=request.today)
    form = forms_life.OrderForm(rule.value if rule else (), request.POST or None)
    if request.method == "POST" and form.is_valid():
        opened = actions.open_ordered(actor=request.actor, at=request.now, body=body, **form.cleaned_data)
        messages.success(request, _("%(body)s winds up from today on.") % {"body": body.name})
        return redirect("termination", pk=opened.pk)
    context = {"body": body, "form": form, "cites": rule.cites if rule else ()}
    return render(request, "filing/order.html", context)


@require_http_methods(["GET", "POST"])
@requires(*rules_life.SIGNERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the filing once nothing is open."""
    found = own(request, pk)
    form = forms_life.EndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end(actor=request.actor, at=request.now, termination=found, **form.cleaned_data)
        messages.success(request, _("The filing of %(body)s has ended; its duties go on.") % {"body": found.body.name})
        return redirect("termination", pk=pk)
    context = {
        **_subject(request, found, form),
        "grounds": winding_up.against_ending(found, request.today),
        "takes_over": False,
    }
    return render(request, "filing/termination_sign.html", context)


@require_http_methods(["GET", "POST"])
@requires(*rules_life.SIGNERS)
def hand_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Take over the duties of a body that is gone."""
    found = own(request, pk)
    form = forms_life.HandOverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.hand_over(actor=request.actor, at=request.now, termination=found, **form.cleaned_data)
        messages.success(request, _("The duties of %(body)s are with you now.") % {"body": found.body.name})
        return redirect("termination", pk=pk)
    context = {**_subject(request, found, form), "grounds": (), "takes_over": True}
    return render(request, "filing/termination_sign.html", context)


@require_http_methods(["GET", "POST"])
@requires(*ANSWERERS)
def answer(request: HttpRequest, pk: int, item: str) -> HttpResponse:
    """Say where the archives are, or how the authority settles an item instead of a body that is gone."""
    found = own(request, pk)
    if item not in winding_up.ITEMS:
        raise Http404(item)
    form = forms_life.AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.answer_item(actor=request.actor, at=request.now, termination=found, item=item, **form.cleaned_data)
        messages.success(request, _("Kept."))
        return redirect("termination", pk=pk)
    asked = next(each for each in winding_up.checklist(found, request.today) if each.key == item)
    context = {**_subject(request, found, form), "item": asked}
    return render(request, "filing/termination_answer.html", context)


def own(request: HttpRequest, pk: int) -> Termination:
    """Return the termination in the actor's part of the tree; 404 for another's."""
    try:
        return winding_up.termination_for(request.actor, pk)  # type: ignore[attr-defined]
    except Termination.DoesNotExist:
        raise Http404(pk) from None


def _subject(request: HttpRequest, found: Termination, form: Any) -> dict[str, Any]:
    actor = request.actor  # type: ignore[attr-defined]
    return {
        "termination": found,
        "body": found.body,
        "form": form,
        "cites": rules_life.ending_cites(found, request.today),  # type: ignore[attr-defined]
        "crumbs": tables_life.crumbs(found, actor, deeper=True),
    }
