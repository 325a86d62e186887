"""The expert's own pages: on which panels, confirming, signing in, reading what was handed in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, materials, tables_panel
from gongjiang.evaluation.forms_panel import place_from
from gongjiang.evaluation.models import Panelist, Sheet
from gongjiang.evaluation.permissions import EXPERT
from gongjiang.evaluation.queries import summary
from gongjiang.evaluation.queries.panel import own_panels, own_place
from gongjiang.kernel import files


def place_or_404(request: HttpRequest, pk: int) -> Panelist:
    """Return the reader's own place on the panel of an evaluation."""
    try:
        return own_place(request.actor, pk)
    except Panelist.DoesNotExist as error:
        raise Http404("no place") from error


@require_GET
@requires(EXPERT)
def mine(request: HttpRequest) -> HttpResponse:
    """The panels on which the reader is, with what comes next on each."""
    places = list(own_panels(request.actor))
    context = {"n": len(places), "table": tables_panel.panels_table(places)}
    return render(request, "evaluation/mine.html", context)


@require_GET
@requires(EXPERT)
def place(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation as the reader sees it from the own place: what to do now, and after the opening what was found."""
    held = place_or_404(request, pk)
    told = summary(held.evaluation, on=request.now.date())
    work = tables_panel.work_of(held, told, request.now)
    context: dict[str, Any] = {
        "place": held,
        "evaluation": held.evaluation,
        "summary": told,
        "work": work,
        "forget": _sealed(held),
        "materials": materials.of_evaluation(held.evaluation),
        "events": tables_panel.events_of(held.evaluation),
        "crumbs": tables_panel.own_crumbs(held.evaluation),
        **tables_panel.panel_parts(request, held.evaluation, told, place=held),
    }
    return render(request, "evaluation/place.html", context)


def _sealed(held: Panelist) -> list[str]:
    """Return the names under which the reader's device may still keep drafts of what is sealed."""
    stages = Sheet.objects.filter(panelist=held, sealed_at__isnull=False).values_list("stage", flat=True)
    return [f"{held.expert.user_id}.{held.evaluation_id}.{stage}" for stage in stages]


@require_POST
@requires(EXPERT)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that one can come."""
    actions.confirm(actor=request.actor, at=request.now, panelist=place_or_404(request, pk))
    messages.success(request, _("Noted that you can come."))
    return redirect("evaluation-place", pk=pk)


@require_POST
@requires(EXPERT)
def arrive(request: HttpRequest, pk: int) -> HttpResponse:
    """Sign in at the site."""
    held = place_or_404(request, pk)
    actions.arrive(actor=request.actor, at=request.now, panelist=held, place=place_from(request.POST))
    messages.success(request, _("You are signed in at the site."))
    return redirect("evaluation-place", pk=pk)


@require_GET
@requires(EXPERT)
def material(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """A paper that the applicant handed in."""
    held = place_or_404(request, pk)
    found = next((each for each in materials.of_evaluation(held.evaluation) if each.key == key), None)
    if found is None:
        raise Http404("no such paper")
    return files.serve(found.file, found.label, inline=True)
