"""Pages of a batch for those who plan it and those who answer for it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.queries import own_body
from gongjiang.kernel.parts import Act, Cell, Choice, Event
from gongjiang.kernel.roles import AUTHORITY_ROLES, BODY_ROLES
from gongjiang.kernel.timeline import timeline_for
from gongjiang.law.eligibility import clause_set
from gongjiang.law.places import place
from gongjiang.planning import actions, acts, composition, own_levels, queries, repeating, tables
from gongjiang.planning.forms import PlanForm, ReasonForm
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState

PAGE = 20
PLANNERS = ("exam_clerk", "body_manager")
OPENERS = ("centre_officer", "provincial_officer")
CURRENT = [state for state in BatchState if state not in {BatchState.REPORTED, BatchState.CANCELLED}]


@require_GET
@requires(*AUTHORITY_ROLES, *BODY_ROLES)
def batch_list(request: HttpRequest) -> HttpResponse:
    """The batches in the actor's part of the tree: those under way, or all."""
    found = queries.batches_for(request.actor).prefetch_related("lines__occupation")
    under_way = request.GET.get("show") != "all"
    shown = found.filter(state__in=CURRENT) if under_way else found
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    table = tables.batches_table(page, request.actor)
    choices = (
        Choice(_("Under way"), "?show=current", under_way),
        Choice(_("All"), "?show=all", not under_way),
    )
    can_plan = request.actor.has(*PLANNERS) and own_body(request.actor) is not None
    context = {
        "page": page,
        "position": tables.count_words(page.paginator.count),
        "table": table,
        "choices": choices,
        "acts": [Act(_("Plan a batch"), "new/", look="primary", icon="plus")] if can_plan else [],
    }
    return render(request, "planning/batch_list.html", context)


@require_http_methods(["GET", "POST"])
@requires(*PLANNERS)
def batch_new(request: HttpRequest) -> HttpResponse:
    """Plan a batch from the cells of the body's filed scope; ``?after=`` names a batch of its own to repeat."""
    body = own_body(request.actor)
    if body is None:
        raise Http404("no body")
    after = _batch(request, int(given)) if (given := request.GET.get("after", "")).isdecimal() else None
    begin = repeating.repeated(after, own_levels.cells_of(body), request.today) if after else {}
    form = PlanForm(body, request.today, request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        batch = actions.plan_batch(
            actor=request.actor, at=request.now, body=body, plan=form.plan(), key=form.cleaned_data["key"]
        )
        messages.success(request, _("Batch %(number)s is planned.") % {"number": batch.number})
        return redirect("batch", pk=batch.pk)
    rule = composition.methods_rule(place(body.regime), request.today)
    context = {"form": form, "body": body, "after": after, "methods_cites": rule.cites if rule else ()}
    return render(request, "planning/batch_new.html", context)


@require_GET
@requires(*AUTHORITY_ROLES, *BODY_ROLES)
def batch_record(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch: where it stands and until when, what can be done next, what was done."""
    batch = _batch(request, pk)
    open_acts = acts.next_acts(batch, request.actor, request.now)
    blocked = next((act for act in open_acts if act.grounds), None)
    announced = batch.announced_on or request.today
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(batch)]
    context = {
        "batch": batch,
        "crumbs": [(_("Batches"), "/batches/"), (batch.number, "")],
        "subjects": tables.subjects(batch),
        "steps": tables.steps(batch),
        "next": tables.next_acts(open_acts),
        "blocked": blocked,
        "sections": acts.sections_of(batch, request.actor, request.now),
        "facts": _facts(batch),
        "lines": [
            (line, composition.shown(composition.frozen(line), queries.regime_of(batch), announced))
            for line in batch.lines.all()
        ],
        "events": events,
        "repeat_url": f"{reverse('batch-new')}?after={pk}" if request.actor.has(*PLANNERS) else "",
    }
    return render(request, "planning/batch.html", context)


@require_POST
@requires(*PLANNERS)
def announce(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the announcement."""
    batch = _batch(request, pk)
    actions.announce(actor=request.actor, at=request.now, batch=batch)
    messages.success(
        request, _("The announcement is public; enrolment begins on %(day)s.") % {"day": batch.enrolment_from}
    )
    return redirect("batch", pk=pk)


@require_POST
@requires(*PLANNERS)
def apply_for_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Apply to the authority for opening the exam."""
    actions.apply_for_opening(actor=request.actor, at=request.now, batch=_batch(request, pk))
    messages.success(request, _("The application is with the centre."))
    return redirect("batch", pk=pk)


@require_POST
@requires(*OPENERS)
def approve_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the opening."""
    actions.approve_opening(actor=request.actor, at=request.now, batch=_batch(request, pk))
    messages.success(request, _("The opening is approved; the body may announce."))
    return redirect("batch", pk=pk)


@require_POST
@requires(*PLANNERS)
def close_enrolment(request: HttpRequest, pk: int) -> HttpResponse:
    """Close enrolment after its last day."""
    actions.close_enrolment(actor=request.actor, at=request.now, batch=_batch(request, pk))
    messages.success(request, _("Enrolment is closed; eligibility is under review."))
    return redirect("batch", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*OPENERS)
def return_opening(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the application for opening with a reason."""
    return _with_reason(
        request, pk, actions.return_opening, _("Return the application"), _("The application is returned.")
    )


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Cancel the batch with a reason."""
    return _with_reason(request, pk, actions.cancel, _("Cancel the batch"), _("The batch is cancelled."))


def _with_reason(request: HttpRequest, pk: int, action: Callable[..., Any], title: str, done: str) -> HttpResponse:
    batch = _batch(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        action(actor=request.actor, at=request.now, batch=batch, reason=form.cleaned_data["reason"])
        messages.success(request, done)
        return redirect("batch", pk=pk)
    return render(request, "planning/reason.html", {"batch": batch, "form": form, "title": title})


def _batch(request: HttpRequest, pk: int) -> Batch:
    try:
        return queries.batch_for(request.actor, pk)
    except Batch.DoesNotExist:
        raise Http404(pk) from None


def _facts(batch: Batch) -> list[tuple[Any, ...]]:
    standards = sorted({f"{line.standard.title} {line.standard.edition}" for line in batch.lines.all()})
    sets = sorted({clause_set(line.clause_set).name_zh for line in batch.lines.all()})
    fees = sorted({line.fee for line in batch.lines.all()})
    return [
        (_("Body"), batch.body.name, f"{batch.body.get_kind_display()} · {batch.body.code}"),
        (_("Standards"), "；".join(standards), "；".join(sets)),
        (_("Exam site"), batch.site.name, batch.site.address),
        (_("Enrolment"), f"{batch.enrolment_from} – {batch.enrolment_until}"),
        (
            _("Exam"),
            f"{batch.exam_from} – {batch.exam_until}" if batch.exam_until != batch.exam_from else batch.exam_from,
        ),
        (_("Fee"), " / ".join(f"{fee:.2f}" for fee in fees)),
        *_own_levels(batch),
    ]


def _own_levels(batch: Batch) -> Iterable[tuple[Any, ...]]:
    """Yield the requirement of each level of the body's own ladder, by which a person decides."""
    for line in batch.lines.select_related("own_level").exclude(own_level=None):
        if line.own_level is not None:
            words = Cell(line.own_level.requirement, cites=tuple(line.own_level.cites))
            yield _("Own requirement"), words, f"{line.occupation.name} {line.own_level.label}"
