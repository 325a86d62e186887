"""Calls for applicants: public pages, and the officer's form."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.models import Organisation
from gongjiang.accounts.permissions import requires
from gongjiang.bodies.models import BodyKind
from gongjiang.filing import actions, queries
from gongjiang.filing.actions.calls import CALLERS
from gongjiang.filing.forms_calls import CallForm
from gongjiang.filing.models import Call
from gongjiang.filing.rules_scope import occupations_of
from gongjiang.kernel import calendars, files
from gongjiang.kernel.parts import Deadline, until
from gongjiang.law.places import place as place_of

PAGE = 20


@require_GET
def calls(request: HttpRequest) -> HttpResponse:
    """All published calls, newest first (MOHRSS-2020-17§11)."""
    found = queries.public_calls()
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [(each, _due(each, request)) for each in page]
    open_now = found.filter(opens_on__lte=request.today, closes_on__gte=request.today).count()
    may_call = request.actor.has(*CALLERS)
    context = {"page": page, "rows": rows, "open_now": open_now, "may_call": may_call}
    return render(request, "filing/calls.html", context)


@require_GET
def call(request: HttpRequest, number: str) -> HttpResponse:
    """One call: its window, whom and what it is for, by whose rules, and how to answer it."""
    found = _call(number)
    names = occupations_of(found.occupation_codes)
    context = {
        "call": found,
        "due": _due(found, request),
        "open": queries.is_open(found, request.today),
        "before": request.today < found.opens_on,
        "kinds": [BodyKind(kind).label for kind in found.body_kinds],
        "occupations": [(code, names[code].name if code in names else "") for code in found.occupation_codes],
        "place": place_of(found.regime),
        "crumbs": [(_("Calls"), reverse("calls")), (found.number, "")],
    }
    return render(request, "filing/call.html", context)


@require_GET
def call_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The call as it was published."""
    found = _call(number)
    if found.document is None:
        raise Http404(number)
    return files.serve(found.document, f"{found.number}.pdf", inline=True)


@require_http_methods(["GET", "POST"])
@requires(*CALLERS)
def call_new(request: HttpRequest) -> HttpResponse:
    """Write and publish a call."""
    authority = Organisation.objects.get(pk=request.actor.organisation_id)
    form = CallForm(authority, request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = actions.publish_call(actor=request.actor, at=request.now, authority=authority, spec=form.spec())
        messages.success(request, _("Call %(number)s is public.") % {"number": made.number})
        return redirect("call", number=made.number)
    context: dict[str, Any] = {"form": form, "crumbs": [(_("Calls"), reverse("calls")), (_("New call"), "")]}
    return render(request, "filing/call_new.html", context)


def _call(number: str) -> Call:
    try:
        return queries.public_call(number)
    except Call.DoesNotExist:
        raise Http404(number) from None


def _due(found: Call, request: HttpRequest) -> Deadline:
    last, today = found.closes_on, request.today
    return until(last, today, calendars.current(), found.cites, done_on=last if today > last else None)
