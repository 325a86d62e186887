"""The officer's pages of a draw: the pool before it, the panel after it; redraw, replacement, lead."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, queries, rules_draw, rules_pool, tables_draw
from gongjiang.evaluation.forms_pool import DrawForm, ReasonForm, ReplaceForm
from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Evaluation, Panelist
from gongjiang.evaluation.permissions import EXPERT, KEEPERS, READERS
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.parts import Act


@require_http_methods(["GET", "POST"])
@requires(*READERS)
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Before the draw: the commitment, the pool and what stands in the way. After it: the panel and the proof."""
    evaluation = _evaluation(request, pk)
    others = rules_pool.other_pools(evaluation.organisation)
    may = request.actor.has(*KEEPERS)
    form = DrawForm(others, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        actions.draw(actor=request.actor, at=request.now, evaluation=evaluation, spec=form.spec())
        messages.success(request, _("The panel is drawn; seed, pool and result are public."))
        return redirect("evaluation-draw", pk=pk)
    standing = queries.standing_draw(evaluation)
    context: dict[str, Any] = {
        "evaluation": evaluation,
        "draw": standing,
        "crumbs": [(_("Evaluation"), ""), (evaluation.number, "")],
        "occupations": "、".join(evaluation.occupations.values_list("name", flat=True)),
        "form": form,
        "may": may,
        "public_url": reverse("public-draw", args=[evaluation.number]),
    }
    if evaluation.state == EvaluationState.OPEN:
        context |= _before(request, evaluation, standing.size)
    else:
        context |= _after(request, evaluation, may=may)
    return render(request, "evaluation/draw.html", context)


def _before(request: HttpRequest, evaluation: Evaluation, size: int) -> dict[str, Any]:
    pool = rules_pool.pool_of(
        evaluation, rules_pool.own_pools(evaluation.organisation), day=request.today, visit_on=None
    )
    in_lot = len(pool.experts) - len(pool.exclusions)
    return {
        "open": True,
        "in_lot": in_lot,
        "grounds": rules_draw.lacking(evaluation, pool, size),
        "table": tables_draw.preview_table(pool),
    }


def _after(request: HttpRequest, evaluation: Evaluation, *, may: bool) -> dict[str, Any]:
    panel = in_order(queries.active_panel(evaluation))
    drawn = evaluation.state == EvaluationState.DRAWN
    replaceable = may and evaluation.state in rules_draw.REPLACEABLE
    acts = [Act(_("Draw anew"), reverse("evaluation-redraw", args=[evaluation.pk]))] if may and drawn else []
    return {"panel": panel, "table": tables_draw.panel_table(panel, may=replaceable), "acts": acts}


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS)
def redraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Set the draw aside, with a reason that is published beside it."""
    evaluation = _evaluation(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.redraw(actor=request.actor, at=request.now, evaluation=evaluation, **form.cleaned_data)
        messages.success(request, _("The draw is set aside and stays shown; a new seed is committed."))
        return redirect("evaluation-draw", pk=pk)
    context = {"form": form, "title": _("Draw anew"), "back": reverse("evaluation-draw", args=[pk])}
    context["lead"] = _("The draw so far stays on the public page, with this reason.")
    return render(request, "evaluation/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(*KEEPERS, EXPERT)
def replace(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that an expert is tied to the applicant or can't come; the next reserve comes in."""
    panelist = _panelist(request, pk)
    back = reverse("evaluation-draw", args=[panelist.evaluation_id])
    back = reverse("evaluation-mine") if request.actor.roles == {EXPERT} else back
    form = ReplaceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.replace(actor=request.actor, at=request.now, panelist=panelist, **form.cleaned_data)
        messages.success(request, _("The next reserve came in."))
        return redirect(back)
    own = panelist.expert.user_id == request.actor.user_id
    title = _("I can't be on the panel") if own else _("Replace %(name)s") % {"name": panelist.expert.name}
    lead = _("The kind of reason is published with the public ids, the words aren't.")
    return render(request, "evaluation/form.html", {"form": form, "title": title, "lead": lead, "back": back})


@require_POST
@requires(*KEEPERS)
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Name who leads the panel."""
    named = actions.name_lead(actor=request.actor, at=request.now, panelist=_panelist(request, pk))
    messages.success(request, _("%(letter)s leads the panel.") % {"letter": named.letter})
    return redirect("evaluation-draw", pk=named.evaluation_id)


def _evaluation(request: HttpRequest, pk: int) -> Evaluation:
    try:
        return queries.evaluation_for(request.actor, pk)
    except Evaluation.DoesNotExist:
        raise Http404(pk) from None


def _panelist(request: HttpRequest, pk: int) -> Panelist:
    found = Panelist.objects.filter(evaluation__in=queries.evaluations_for(request.actor), pk=pk)
    if request.actor.roles == {EXPERT}:
        found = found.filter(expert__user_id=request.actor.user_id)
    panelist = found.select_related("expert", "evaluation").first()
    if panelist is None:
        raise Http404(pk)
    return panelist
