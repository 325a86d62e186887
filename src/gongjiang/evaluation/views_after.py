"""Acts that experts and officers share: beginning, opening the sheets, the panel's word, and what is to be mended."""

from datetime import datetime

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.evaluation import actions
from gongjiang.evaluation.access import APPLICANT_ROLES
from gongjiang.evaluation.forms_panel import OrderForm, moment
from gongjiang.evaluation.models import Consensus, Evaluation, Rectification
from gongjiang.evaluation.permissions import EXPERT, KEEPERS, READERS
from gongjiang.evaluation.queries import evaluation_for
from gongjiang.evaluation.queries.panel import own_evaluations, own_panels, photos_for
from gongjiang.evaluation.tables_panel import order_items
from gongjiang.evaluation.views_panel import place_or_404
from gongjiang.kernel import files

SHARED = (*KEEPERS, EXPERT)


def evaluation_or_404(request: HttpRequest, pk: int) -> Evaluation:
    """Return an evaluation of the reader's: on whose panel he or she is, or of the own authority."""
    place = own_panels(request.actor).filter(evaluation_id=pk).first()
    if place is not None:
        return place.evaluation
    if not request.actor.has(*READERS):
        raise Http404("not on the panel")
    try:
        return evaluation_for(request.actor, pk)
    except Evaluation.DoesNotExist as error:
        raise Http404("no evaluation") from error


def _back(request: HttpRequest, pk: int, part: str = "") -> HttpResponse:
    on_panel = own_panels(request.actor).filter(evaluation_id=pk).exists()
    answer = redirect("evaluation-place" if on_panel else "evaluation-panel", pk=pk)
    if part:
        answer["Location"] += f"#{part}"
    return answer


@require_POST
@requires(*SHARED)
def begin(request: HttpRequest, pk: int) -> HttpResponse:
    """Let the experts begin."""
    actions.begin(actor=request.actor, at=request.now, evaluation=evaluation_or_404(request, pk))
    messages.success(request, _("The experts can write their sheets."))
    return _back(request, pk)


@require_POST
@requires(*SHARED)
def open_sheets(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Open all sheets of a stage at once."""
    evaluation = evaluation_or_404(request, pk)
    if stage not in evaluation.stages:
        raise Http404("no such step")
    actions.open_sheets(actor=request.actor, at=request.now, evaluation=evaluation, stage=stage)
    messages.success(request, _("All sheets are opened; the fingerprints agree."))
    return _back(request, pk, "scores")


@require_POST
@requires(EXPERT)
def consensus(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Write the panel's word on a row that lies apart."""
    evaluation = place_or_404(request, pk).evaluation
    criterion = get_object_or_404(evaluation.criteria.criteria, code=code)
    text = request.POST.get("text", "")
    actions.write_consensus(actor=request.actor, at=request.now, evaluation=evaluation, criterion=criterion, text=text)
    messages.success(request, _("Written. Everybody on the panel signs it."))
    return _back(request, pk, "consensus")


@require_POST
@requires(EXPERT)
def sign(request: HttpRequest, pk: int, code: str) -> HttpResponse:
    """Sign the panel's word as it was read."""
    evaluation = place_or_404(request, pk).evaluation
    row = get_object_or_404(Consensus, evaluation=evaluation, criterion__code=code)
    read = moment(request.POST.get("written_at", "")) or datetime.min.replace(tzinfo=request.now.tzinfo)
    actions.sign_consensus(actor=request.actor, at=request.now, consensus=row, written_at=read)
    messages.success(request, _("Signed."))
    return _back(request, pk, "consensus")


@require_POST
@requires(*SHARED)
def rectify(request: HttpRequest, pk: int) -> HttpResponse:
    """Order something to be mended."""
    evaluation = evaluation_or_404(request, pk)
    items = {each.code: each for each in order_items(evaluation)}
    form = OrderForm(items.values(), request.POST)
    if not form.is_valid():
        messages.error(request, _("Write what is to be mended, and give a last day."))
        return _back(request, pk, "mending")
    told = form.cleaned_data
    before = request.POST.get("instead_of", "")
    again = get_object_or_404(evaluation.rectifications, pk=int(before)) if before.isdecimal() else None
    spec = actions.OrderSpec(told["what"], told["due_on"], items.get(told["criterion"]), again)
    actions.order_rectification(actor=request.actor, at=request.now, evaluation=evaluation, spec=spec)
    messages.success(request, _("Ordered. The applicant finds it under its evaluation."))
    return _back(request, pk, "mending")


@require_POST
@requires(EXPERT)
def recheck(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Say whether something is mended."""
    evaluation = place_or_404(request, pk).evaluation
    found = get_object_or_404(evaluation.rectifications, pk=row)
    met = {"yes": True, "no": False}.get(request.POST.get("met", ""))
    if met is None:
        raise Http404("neither mended nor not")
    note = request.POST.get("note", "")
    actions.recheck(actor=request.actor, at=request.now, rectification=found, met=met, note=note)
    messages.success(request, _("Noted."))
    return _back(request, pk, "mending")


@require_GET
@requires(*READERS, EXPERT)
def photo(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """A photo from the site: the own ones, and once the sheets are opened all."""
    evaluation = evaluation_or_404(request, pk)
    found = get_object_or_404(photos_for(request.actor, evaluation), pk=row)
    return files.serve(found.file, f"photo-{found.pk}", inline=True)


@require_GET
@requires(*READERS, EXPERT, *APPLICANT_ROLES)
def proof(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """The proof that the applicant handed in for something mended."""
    own = own_evaluations(request.actor).filter(pk=pk).first()
    evaluation = own or evaluation_or_404(request, pk)
    found: Rectification = get_object_or_404(evaluation.rectifications.exclude(proof=None), pk=row)
    assert found.proof is not None
    return files.serve(found.proof, f"proof-{found.pk}", inline=True)
