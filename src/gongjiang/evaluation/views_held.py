"""An officer's pages of a panel's work: where it stands, the visit, the consolidated opinion and the papers."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, tables_panel
from gongjiang.evaluation.forms_panel import ConcludeForm, VisitForm
from gongjiang.evaluation.models import Evaluation
from gongjiang.evaluation.permissions import KEEPERS, READERS
from gongjiang.evaluation.queries import against_concluding, evaluation_for, summary
from gongjiang.evaluation.states import EVALUATION, EvaluationState
from gongjiang.kernel import files
from gongjiang.kernel.refusal import Refused

S = EvaluationState


def held_or_404(request: HttpRequest, pk: int) -> Evaluation:
    """Return an evaluation of the reader's own authority."""
    try:
        return evaluation_for(request.actor, pk)
    except Evaluation.DoesNotExist as error:
        raise Http404("no evaluation") from error


@require_GET
@requires(*READERS)
def panel(request: HttpRequest, pk: int) -> HttpResponse:
    """How far the panel is; what it found only once the sheets are opened."""
    evaluation = held_or_404(request, pk)
    told = summary(evaluation, on=request.now.date())
    keeper = request.actor.has(*KEEPERS)
    initial = {"day": evaluation.visit_on, "address": evaluation.visit_address}
    to_name = keeper and evaluation.site_visit and evaluation.state in (S.DRAWN, S.VISIT) and not told.arrived
    grounds = against_concluding(evaluation, request.now) if evaluation.state == S.OPENED else []
    context: dict[str, Any] = {
        "evaluation": evaluation,
        "summary": told,
        "keeper": keeper,
        "visit_form": VisitForm(initial=initial) if to_name else None,
        "grounds": grounds,
        "asked": str(EVALUATION.table["conclude"].label),
        "events": tables_panel.events_of(evaluation),
        "crumbs": [(evaluation.number, "")],
        **tables_panel.panel_parts(request, evaluation, told),
    }
    return render(request, "evaluation/panel.html", context)


@require_POST
@requires(*KEEPERS)
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """Name day and address of the visit."""
    evaluation = held_or_404(request, pk)
    form = VisitForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a day and an address."))
        return redirect("evaluation-panel", pk=pk)
    told = form.cleaned_data
    actions.schedule_visit(
        actor=request.actor, at=request.now, evaluation=evaluation, day=told["day"], address=told["address"]
    )
    messages.success(request, _("The visit is on %(day)s.") % {"day": told["day"]})
    return redirect("evaluation-panel", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def conclude(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the consolidated opinion; what stands in the way is shown before."""
    evaluation = held_or_404(request, pk)
    form = ConcludeForm(request.POST or None)
    refused = None
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        verdict = told["verdict"] == "yes"
        try:
            actions.conclude(
                actor=request.actor, at=request.now, evaluation=evaluation, verdict=verdict, opinion=told["opinion"]
            )
        except Refused as error:
            if error.status != Refused.status:
                raise
            refused = error
        else:
            messages.success(request, _("The opinion is given; file and opinion are kept as papers."))
            return redirect("evaluation-panel", pk=pk)
    context = {
        "evaluation": evaluation,
        "summary": summary(evaluation, on=request.now.date()),
        "form": form,
        "refused": refused,
        "against_yes": against_concluding(evaluation, request.now),
        "against_no": against_concluding(evaluation, request.now, verdict=False),
        "crumbs": [
            (evaluation.number, reverse("evaluation-panel", args=[pk])),
            (_("The panel's consolidated opinion"), ""),
        ],
    }
    return render(request, "evaluation/conclude.html", context, status=409 if refused else 200)


@require_GET
@requires(*READERS)
def dossier(request: HttpRequest, pk: int) -> HttpResponse:
    """The evaluation's file."""
    evaluation = held_or_404(request, pk)
    if evaluation.dossier is None:
        raise Http404("not concluded")
    return files.serve(evaluation.dossier, f"{evaluation.number} 评估卷宗.pdf", inline=True)
