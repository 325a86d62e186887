"""The applicant's pages: what is to be mended, the answer, and the opinion. Experts stand by letters."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions, tables_panel
from gongjiang.evaluation.access import APPLICANT_ROLES
from gongjiang.evaluation.forms_panel import AnswerForm
from gongjiang.evaluation.models import Evaluation
from gongjiang.evaluation.permissions import READERS
from gongjiang.evaluation.queries import evaluation_for, summary
from gongjiang.evaluation.queries.panel import own_evaluations
from gongjiang.kernel import files
from gongjiang.kernel.parts import Cell, Column, Row, Table


@require_GET
@requires(*APPLICANT_ROLES)
def own_list(request: HttpRequest) -> HttpResponse:
    """The evaluations of the reader's own organisation, once the sheets are opened."""
    found = list(own_evaluations(request.actor))
    rows = tuple(
        Row(
            (Cell(each.number, url=reverse("evaluation-own", args=[each.pk])), each.get_state_display(), each.opened_on)
        )
        for each in found
    )
    heads = (_("Number"), _("State"), _("Begun on"))
    empty = _("Nothing is evaluated now. What is to be mended and the opinion appear here.")
    table = Table(_("Our evaluations"), tuple(Column(head) for head in heads), rows, empty=empty)
    return render(request, "evaluation/applicant_list.html", {"n": len(found), "table": table})


@require_GET
@requires(*APPLICANT_ROLES)
def own(request: HttpRequest, pk: int) -> HttpResponse:
    """One evaluation as its applicant sees it."""
    evaluation = _own_or_404(request, pk)
    told = summary(evaluation, on=request.now.date())
    context = {
        "evaluation": evaluation,
        "open": len(told.mendings_open),
        "orders": tables_panel.orders_of(told, request.now.date(), answers=True),
        "crumbs": [(_("Our evaluations"), reverse("evaluation-own-list")), (evaluation.number, "")],
    }
    return render(request, "evaluation/applicant.html", context)


@require_POST
@requires(*APPLICANT_ROLES)
def answer(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Hand in what was mended, with its proof."""
    found = get_object_or_404(_own_or_404(request, pk).rectifications, pk=row)
    form = AnswerForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Write what was done, and add a photo or a PDF that shows it."))
        return redirect("evaluation-own", pk=pk)
    told = form.cleaned_data
    actions.answer_rectification(
        actor=request.actor,
        at=request.now,
        rectification=found,
        answer=told["answer"],
        proof=form.content(),
        key=told["key"],
    )
    messages.success(request, _("Handed in. An expert who was there looks at it."))
    return redirect("evaluation-own", pk=pk)


@require_GET
@requires(*APPLICANT_ROLES, *READERS)
def opinion(request: HttpRequest, pk: int) -> HttpResponse:
    """The technical evaluation opinion as a paper."""
    found = own_evaluations(request.actor).filter(pk=pk).first()
    if found is None and request.actor.has(*READERS):
        found = _held(request, pk)
    if found is None or found.opinion_paper is None:
        raise Http404("no opinion")
    return files.serve(found.opinion_paper, f"{found.number} 技术评估意见.pdf", inline=True)


def _held(request: HttpRequest, pk: int) -> Evaluation | None:
    try:
        return evaluation_for(request.actor, pk)
    except Evaluation.DoesNotExist:
        return None


def _own_or_404(request: HttpRequest, pk: int) -> Evaluation:
    return get_object_or_404(own_evaluations(request.actor), pk=pk)
