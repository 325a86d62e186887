"""Pages about bodies: the public directory, and the authority's own list with suspension."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.bodies import actions, queries, tables
from gongjiang.bodies.forms import DecisionForm, DirectoryForm, ReasonForm
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.parts import Act, Event
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for

PAGE = 30
MAY_SUSPEND = ("provincial_officer", "provincial_approver", "city_officer")


@require_GET
def directory(request: HttpRequest) -> HttpResponse:
    """The public directory with its filters (MOHRSS-2020-17§15, §22)."""
    form = DirectoryForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.directory(**asked).prefetch_related(*queries.STANDING)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    everywhere = queries.directory(**{**asked, "division": ""})
    tiles = tables.division_tiles(queries.counts_by_division(everywhere), asked.get("division", ""))
    count = page.paginator.count
    context = {
        "form": form,
        "page": page,
        "count": count,
        "position": ngettext("%(n)s body is found", "%(n)s bodies are found", count) % {"n": count},
        "table": tables.bodies_table(page, request.today, url_name="directory-body"),
        "tiles": tiles,
    }
    return render(request, "bodies/directory.html", context)


@require_GET
def directory_body(request: HttpRequest, code: str) -> HttpResponse:
    """A body's public page: who it is, under whom, its scope, its term and what was decided about it."""
    try:
        body = queries.directory_entry(code)
    except AssessmentBody.DoesNotExist:
        raise Http404(code) from None
    return render(request, "bodies/directory_body.html", _body_context(body, request))


@require_GET
@requires(*AUTHORITY_ROLES)
def body_list(request: HttpRequest) -> HttpResponse:
    """The bodies in the officer's part of the tree."""
    found = queries.bodies_for(request.actor).prefetch_related(*queries.STANDING)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    context = {
        "page": page,
        "position": ngettext("%(n)s body answers to you", "%(n)s bodies answer to you", count) % {"n": count},
        "table": tables.bodies_table(page, request.today, url_name="body"),
    }
    return render(request, "bodies/body_list.html", context)


@require_GET
@requires(*AUTHORITY_ROLES, "body_manager")
def body_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A body's record for the authority that answers for it, with everything that was done."""
    body = _body(request, pk)
    context = _body_context(body, request)
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(body)]
    context |= {"events": events, "next": _acts(request, body, str(context["state"]))}
    return render(request, "bodies/body.html", context)


@require_http_methods(["GET", "POST"])
@requires(*MAY_SUSPEND)
def suspend(request: HttpRequest, pk: int) -> HttpResponse:
    """Suspend a body, with the decision and the reason."""
    body = _body(request, pk)
    form = DecisionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.suspend(actor=request.actor, at=request.now, body=body, **form.cleaned_data)
        messages.success(request, _("%(body)s is suspended from today on.") % {"body": body.name})
        return redirect("body", pk=body.pk)
    return render(request, "bodies/decide.html", {"body": body, "form": form, "suspends": True})


@require_http_methods(["GET", "POST"])
@requires(*MAY_SUSPEND)
def lift(request: HttpRequest, pk: int) -> HttpResponse:
    """Lift a body's suspension."""
    body = _body(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.lift_suspension(actor=request.actor, at=request.now, body=body, **form.cleaned_data)
        messages.success(request, _("The suspension of %(body)s has ended.") % {"body": body.name})
        return redirect("body", pk=body.pk)
    return render(request, "bodies/decide.html", {"body": body, "form": form, "suspends": False})


def _body(request: HttpRequest, pk: int) -> AssessmentBody:
    try:
        return queries.body_for(request.actor, pk)
    except AssessmentBody.DoesNotExist:
        raise Http404(pk) from None


def _body_context(body: AssessmentBody, request: HttpRequest) -> dict[str, object]:
    state = queries.standing(body, request.today)
    scope = body.scope.select_related("occupation", "site").order_by("occupation__code", "site__name", "level")
    return {
        "body": body,
        "state": state,
        "state_label": queries.standing_label(state),
        "look": tables.LOOK[state],
        "place": tables.place_name(body.place_code),
        "facts": [
            (_("Kind"), body.get_kind_display()),
            (_("Body code"), body.code),
            (_("Address"), body.address),
            (_("Supervising authority"), body.authority.name),
            (_("Filing letter"), body.filing_letter),
            (_("Filed since"), body.filed_on),
            (_("Term ends"), body.filed_until, _("first day after the term")),
            (_("May serve others"), _("yes") if body.may_serve_others else _("no")),
        ],
        "table": tables.scope_table(scope),
        "suspensions": list(body.suspensions.all()),
    }


def _acts(request: HttpRequest, body: AssessmentBody, state: str) -> list[Act]:
    if not request.actor.has(*MAY_SUSPEND):
        return []
    if state == "suspended":
        return [Act(_("Lift the suspension"), reverse("body-lift", args=[body.pk]))]
    return [Act(_("Suspend"), reverse("body-suspend", args=[body.pk]), look="stop")]
