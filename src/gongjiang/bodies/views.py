"""Pages about bodies for the authority that answers for them: the list, the record, suspension, the boards."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.bodies import actions, boards, queries, sections, tables
from gongjiang.bodies.forms import DecisionForm, ReasonForm
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.views_public import body_context
from gongjiang.kernel.parts import Act, Event
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for

PAGE = 30
MAY_SUSPEND = ("provincial_officer", "provincial_approver", "city_officer", "city_approver")


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
    context = body_context(body, request)
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(body)]
    context |= {"events": events, "next": _acts(request, body, str(context["state"]))}
    return render(request, "bodies/body.html", context)


@require_GET
@requires("body_manager")
def own_body(request: HttpRequest) -> HttpResponse:
    """Lead a manager to the record of the own body; before there is one, to the applications for one."""
    body = queries.own_body(request.actor)
    return redirect("body", pk=body.pk) if body else redirect("filing")


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


def _acts(request: HttpRequest, body: AssessmentBody, state: str) -> list[Act]:
    acts = [Act(_("Reports to the authority"), reverse("body-reports", args=[body.pk]))]
    if request.actor.has("body_manager"):
        acts.insert(0, Act(_("Rules and fees"), reverse("body-published", args=[body.pk])))
    if request.actor.has(*MAY_SUSPEND) and state != "terminated":
        acts.append(_suspension_act(request, body, state))
    return [*acts, *sections.acts_of(body, request.actor)]


def _suspension_act(request: HttpRequest, body: AssessmentBody, state: str) -> Act:
    own = queries.answers_to(body, request.actor)
    unless = "" if own else _("Only %(authority)s, which selected the body.") % {"authority": body.authority.name}
    if state == "suspended":
        return Act(_("Lift the suspension"), reverse("body-lift", args=[body.pk]), unless=unless)
    return Act(_("Suspend"), reverse("body-suspend", args=[body.pk]), look="stop", unless=unless)


@require_GET
@requires(*AUTHORITY_ROLES)
def boards_page(request: HttpRequest) -> HttpResponse:
    """The registers at a glance: each app's panels for the officer's area."""
    return render(request, "bodies/boards.html", {"panels": boards.panels_for(request.actor, request.today)})
