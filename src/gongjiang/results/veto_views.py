"""Pages of ethics vetoes: those of a batch, one with its reason, and the acts of the two persons."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.accounts.queries import names_of
from gongjiang.planning.models import Batch
from gongjiang.results import actions, permissions, queries, rules_veto, tables_veto
from gongjiang.results.forms import DecisionForm, VetoForm, new_key
from gongjiang.results.models import EthicsVeto
from gongjiang.results.score_views import batch_of


@require_GET
@requires(*permissions.READ)
def vetoes(request: HttpRequest, pk: int) -> HttpResponse:
    """The vetoes of a batch, and the form to propose one."""
    batch = batch_of(request, pk)
    form = VetoForm(queries.examinees(batch), initial={"key": new_key("veto")})
    return _list(request, batch, form)


@require_POST
@requires(*permissions.PROPOSE_VETO)
def propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose that a candidate isn't passed for want of ethics."""
    batch = batch_of(request, pk)
    form = VetoForm(queries.examinees(batch), request.POST)
    if not form.is_valid():
        return _list(request, batch, form, status=400)
    data = form.cleaned_data
    veto = actions.propose_veto(
        actor=request.actor, at=request.now, enrolment=data["enrolment"], reason=data["reason"], key=data["key"]
    )
    messages.success(request, _("The veto is proposed; another person decides on it."))
    return redirect("veto", pk=veto.pk)


@require_GET
@requires(*permissions.READ)
def veto(request: HttpRequest, pk: int) -> HttpResponse:
    """A veto: its reason, who proposed and decided it, whether it stands."""
    return _page(request, _veto(request, pk), DecisionForm())


@require_POST
@requires(*permissions.DECIDE_VETO)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline a veto that somebody else proposed."""
    found = _veto(request, pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=400)
    data = form.cleaned_data
    actions.decide_veto(actor=request.actor, at=request.now, veto=found, upheld=data["upheld"], reason=data["reason"])
    messages.success(request, _("The veto is confirmed.") if data["upheld"] else _("The veto is declined."))
    return redirect("veto", pk=pk)


def _list(request: HttpRequest, batch: Batch, form: VetoForm, *, status: int = 200) -> HttpResponse:
    found = list(queries.vetoes_for(request.actor).filter(enrolment__batch=batch))
    standing = sum(each.in_force for each in found)
    proposes = request.actor.has(*permissions.PROPOSE_VETO)
    context = {
        "batch": batch,
        "crumbs": _crumbs(batch, (_("Ethics vetoes"), "")),
        "position": ngettext("%(n)s veto is in force", "%(n)s vetoes are in force", standing) % {"n": standing},
        "cites": rules_veto.ethics_cites(batch),
        "table": tables_veto.vetoes_table(found),
        "proposes": proposes and batch.state in rules_veto.OPEN_IN,
        "grounds": list(rules_veto.against_vetoes(batch)),
        "form": form,
    }
    return render(request, "results/vetoes.html", context, status=status)


def _page(request: HttpRequest, found: EthicsVeto, form: DecisionForm, *, status: int = 200) -> HttpResponse:
    batch = found.enrolment.batch
    names = names_of({user for user in (found.proposed_by_id, found.decided_by_id) if user})
    decides = found.is_open and request.actor.has(*permissions.DECIDE_VETO) and batch.state in rules_veto.OPEN_IN
    facts: list[tuple[Any, ...]] = [
        (_("What happened"), found.reason),
        (_("Proposed by"), names.get(found.proposed_by_id, ""), f"{found.proposed_at:%Y-%m-%d}"),
    ]
    if found.decided_at:
        facts.append((_("Second person"), names.get(found.decided_by_id or 0, ""), f"{found.decided_at:%Y-%m-%d}"))
        facts.append((_("Reason"), found.decision))
    if found.lifted_at:
        facts.append((_("Lifted"), f"{found.lifted_at:%Y-%m-%d}", _("by an upheld objection")))
    vetoes_of = reverse("batch-vetoes", args=[batch.pk])
    context = {
        "veto": found,
        "batch": batch,
        "crumbs": _crumbs(batch, (_("Ethics vetoes"), vetoes_of), (found.enrolment.name, "")),
        "standing": tables_veto.standing_of(found),
        "facts": facts,
        "decides": decides,
        "grounds": list(rules_veto.against_deciding(found, request.actor)) if decides else [],
        "form": form,
    }
    return render(request, "results/veto.html", context, status=status)


def _veto(request: HttpRequest, pk: int) -> EthicsVeto:
    try:
        return queries.veto_for(request.actor, pk)
    except EthicsVeto.DoesNotExist:
        raise Http404(pk) from None


def _crumbs(batch: Batch, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Batches"), reverse("batch-list")), (batch.number, reverse("batch", args=[batch.pk])), *more]
