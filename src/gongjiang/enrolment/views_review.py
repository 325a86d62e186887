"""Pages of the eligibility review: one candidate after the other, the clear ones together, and the second looks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.enrolment import actions, own_levels, panels, queries, tables
from gongjiang.enrolment.forms import EVIDENCE_LABELS, OverrideForm, ReasonForm
from gongjiang.enrolment.models import Appeal, Enrolment, Override
from gongjiang.enrolment.permissions import REVIEWERS, own_entry
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.enrolment.views import form_page, own_batch, own_enrolment
from gongjiang.kernel.parts import Act
from gongjiang.law.eligibility import Verdict


@require_GET
@requires(*REVIEWERS)
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate's facts and papers beside the clauses: what is met, what lacks, and the decision."""
    enrolment = own_enrolment(request, pk)
    verdict = queries.verdict_of(enrolment)
    before, after, place, total = queries.neighbours(enrolment)
    papers = [(each, EVIDENCE_LABELS.get(each.kind, each.kind)) for each in enrolment.evidence.select_related("file")]
    context = {
        "enrolment": enrolment,
        "crumbs": panels.crumbs(enrolment.batch, (_("Eligibility review"), "")),
        "applied": tables.applied_for(enrolment),
        "lead": panels.review_lead(enrolment, verdict),
        "place": place,
        "total": total,
        "before": before,
        "after": after,
        "facts": panels.person_facts(enrolment, reveal=True),
        "stated": panels.stated_facts(enrolment),
        "career": panels.career(enrolment, verdict.on),
        "verdict": verdict,
        "own": own_levels.requirement(enrolment),
        "set_name": panels.set_name(enrolment),
        "cites": queries.eligibility_cites(enrolment.batch),
        "clauses": panels.clauses(enrolment, verdict),
        "papers": papers,
        "shared": queries.shared_papers(enrolment),
        "issues": panels.issues(verdict),
        "note": _note(request, enrolment),
        "items": _decisions(enrolment, verdict, bool(own_entry(request.actor, enrolment))),
        "override": enrolment.overrides.filter(answered_at=None).first(),
        "appeal": enrolment.appeals.filter(replied_at=None).first(),
        "state": tables.state_cell(enrolment),
    }
    return render(request, "enrolment/review.html", context)


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm as eligible by the clause that is met; at an own level, say by what its requirement is; then the next."""

    def act(enrolment: Enrolment, reason: str) -> str:
        clause = request.POST.get("clause", "")
        actions.decide(
            actor=request.actor, at=request.now, enrolment=enrolment, eligible=True, clause=clause, reason=reason
        )
        return _("%(name)s is eligible.") % {"name": enrolment.name}

    enrolment = own_enrolment(request, pk)
    own = own_levels.requirement(enrolment)
    if own:
        return _with_reason(request, pk, _("Confirm as eligible"), act, quoted=own["requirement"])
    if request.method == "GET":
        return redirect("enrolment-review", pk=pk)
    messages.success(request, act(enrolment, ""))
    return _next(enrolment)


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Decide as not eligible, with the reason that the candidate reads."""

    def act(enrolment: Enrolment, reason: str) -> str:
        actions.decide(actor=request.actor, at=request.now, enrolment=enrolment, eligible=False, reason=reason)
        return _("The decision is frozen; the candidate is told.")

    return _with_reason(request, pk, _("Decide as not eligible"), act)


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def return_for_correction(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the enrolment with what is to be mended."""

    def act(enrolment: Enrolment, reason: str) -> str:
        actions.return_for_correction(actor=request.actor, at=request.now, enrolment=enrolment, reason=reason)
        return _("The enrolment is returned; the candidate is told.")

    return _with_reason(request, pk, _("Return for correction"), act)


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def override(request: HttpRequest, pk: int) -> HttpResponse:
    """Propose to accept someone whom no clause admits; a second reviewer answers."""
    enrolment = own_enrolment(request, pk)
    clauses = [each.id for each in queries.verdict_of(enrolment).clauses]
    form = OverrideForm(clauses, request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.propose_override(actor=request.actor, at=request.now, enrolment=enrolment, **form.cleaned_data)
        messages.success(request, _("A second reviewer is asked."))
        return redirect("enrolment-review", pk=pk)
    return form_page(request, enrolment, form, _("Propose to accept all the same"))


@require_POST
@requires(*REVIEWERS)
def answer_override(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm or decline a proposal, as the second reviewer."""
    found = Override.objects.filter(pk=pk, enrolment__in=queries.enrolments_for(request.actor)).first()
    if found is None:
        raise Http404(pk)
    approved = request.POST.get("answer") == "approve"
    actions.answer_override(actor=request.actor, at=request.now, override=found, approved=approved)
    messages.success(request, _("Confirmed by two reviewers.") if approved else _("The proposal is declined."))
    return redirect("enrolment-review", pk=found.enrolment_id)


@require_http_methods(["GET", "POST"])
@requires("candidate")
def appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Appeal, as the candidate, against the decision of not being eligible."""
    enrolment = own_enrolment(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.appeal(actor=request.actor, at=request.now, enrolment=enrolment, text=form.cleaned_data["reason"])
        messages.success(request, _("Your appeal is with another reviewer."))
        return redirect("enrolment", pk=pk)
    return form_page(request, enrolment, form, _("Appeal against the decision"))


@require_http_methods(["GET", "POST"])
@requires(*REVIEWERS)
def answer_appeal(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply to an appeal, as a reviewer who didn't take the decision."""
    found = Appeal.objects.filter(pk=pk, enrolment__in=queries.enrolments_for(request.actor)).first()
    if found is None:
        raise Http404(pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        upheld = request.POST.get("answer") == "uphold"
        actions.answer_appeal(
            actor=request.actor, at=request.now, appeal=found, reply=form.cleaned_data["reason"], upheld=upheld
        )
        messages.success(request, _("The reply is with the candidate."))
        return redirect("enrolment-review", pk=found.enrolment_id)
    enrolment = own_enrolment(request, found.enrolment_id)
    answers = [("uphold", _("Uphold; decide anew")), ("reject", _("Reject"))]
    return form_page(request, enrolment, form, _("Reply to the appeal"), quoted=found.text, answers=answers)


@require_POST
@requires(*REVIEWERS)
def clear_cases(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm everyone whose clause is plainly met."""
    accepted, left = actions.decide_clear_cases(actor=request.actor, at=request.now, batch=own_batch(request, pk))
    words = _("%(accepted)s are confirmed as eligible, %(left)s are left for a look.")
    messages.success(request, words % {"accepted": accepted, "left": left})
    return redirect("batch-enrolments", pk=pk)


@require_POST
@requires(*REVIEWERS, "body_manager")
def complete_review(request: HttpRequest, pk: int) -> HttpResponse:
    """Complete the batch's review."""
    actions.complete_review(actor=request.actor, at=request.now, batch=own_batch(request, pk))
    messages.success(request, _("The eligibility review is complete."))
    return redirect("batch", pk=pk)


def _with_reason(
    request: HttpRequest, pk: int, title: str, act: Callable[[Enrolment, str], str], quoted: str = ""
) -> HttpResponse:
    enrolment = own_enrolment(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        messages.success(request, act(enrolment, form.cleaned_data["reason"]))
        return _next(enrolment)
    return form_page(request, enrolment, form, title, quoted=quoted)


def _next(enrolment: Enrolment) -> HttpResponse:
    _before, after, _place, _total = queries.neighbours(enrolment)
    if after:
        return redirect("enrolment-review", pk=after)
    return redirect("batch-enrolments", pk=enrolment.batch_id)


def _note(request: HttpRequest, enrolment: Enrolment) -> str:
    grounds = own_entry(request.actor, enrolment)
    return str(grounds[0].why) if grounds else _("You didn't enter this candidate; you may decide.")


def _decisions(enrolment: Enrolment, verdict: Verdict, own: bool) -> list[Act]:
    if enrolment.state not in {EnrolmentState.SUBMITTED, EnrolmentState.ELIGIBLE, EnrolmentState.INELIGIBLE}:
        return []
    unless = _("Have another reviewer decide.") if own else ""
    acts = []
    if enrolment.state == EnrolmentState.SUBMITTED:
        acts.append(Act(_("Return for correction"), reverse("enrolment-return", args=[enrolment.pk]), unless=unless))
    if enrolment.state != EnrolmentState.INELIGIBLE:
        url = reverse("enrolment-refuse", args=[enrolment.pk])
        acts.append(Act(_("Not eligible"), url, look="stop", icon="x", unless=unless))
    if enrolment.state == EnrolmentState.ELIGIBLE:
        return acts
    met = [clause.id for clause in verdict.met]
    if not met:
        url = reverse("enrolment-override", args=[enrolment.pk])
        return [*acts, Act(_("Accept all the same"), url, unless=unless)]
    clause = enrolment.clause_claimed if enrolment.clause_claimed in met else met[0]
    label = _("Accept by %(clause)s") % {"clause": clause}
    url = reverse("enrolment-accept", args=[enrolment.pk])
    if enrolment.line.own_level_id:
        return [*acts, Act(_("Confirm as eligible"), url, look="primary", icon="check", unless=unless)]
    fields: Any = (("clause", clause),)
    return [*acts, Act(label, url, "post", "primary", "check", unless=unless, fields=fields)]
