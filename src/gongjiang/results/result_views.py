"""Pages of results: the table, one candidate's result, review, posting, making final."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.accounts.queries import names_of
from gongjiang.kernel import calendars, notices
from gongjiang.kernel.parts import Choice, deadline
from gongjiang.law import questions as ask
from gongjiang.planning.queries import regime_of
from gongjiang.planning.states import BatchState
from gongjiang.results import actions, figures, permissions, queries, rules, rules_notice, shown, tables
from gongjiang.results.forms import ObjectionForm, ReasonForm, new_key
from gongjiang.results.models import Outcome, Result
from gongjiang.results.rules import method_cites
from gongjiang.results.score_views import batch_of

PAGE = 50


@require_GET
@requires(*permissions.READ)
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """A batch's results: rates and spread by line, then every candidate."""
    batch = batch_of(request, pk)
    found = queries.results_for(request.actor).filter(enrolment__batch=batch).order_by("enrolment_id")
    outcome = request.GET.get("outcome", "")
    chosen = found.filter(outcome=outcome) if outcome in Outcome.values else found
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    rates = figures.rates(batch)
    passed, sat = sum(rate.passed for rate in rates), sum(rate.sat for rate in rates)
    choices = [
        Choice(_("All"), "?", not outcome),
        *(Choice(str(each.label), f"?outcome={each.value}", outcome == each.value) for each in Outcome),
    ]
    context = {
        "batch": batch,
        "crumbs": _crumbs(batch, (_("Results"), "")),
        "position": _("%(passed)s of %(sat)s who sat have passed") % {"passed": passed, "sat": sat},
        "rates": rates,
        "table": tables.results_table(page, queries.part_kinds(batch)),
        "choices": choices,
        "page": page,
    }
    return render(request, "results/results.html", context)


@require_GET
@requires("candidate", *permissions.READ)
def result(request: HttpRequest, pk: int) -> HttpResponse:
    """One candidate's result: each part with its reason, the scores behind it, the notice, objections."""
    return _result_page(request, _result(request, pk), ObjectionForm(initial={"key": new_key("objection")}))


@require_POST
@requires("candidate", *permissions.CLERKS)
def object_(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise an objection to the own result, or as a clerk on the candidate's behalf."""
    found = _result(request, pk)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        return _result_page(request, found, form, status=400)
    objection = actions.object_to_result(
        actor=request.actor, at=request.now, result=found, text=form.cleaned_data["text"], key=form.cleaned_data["key"]
    )
    messages.success(request, _("The objection is raised; the reply is due through %(day)s.") % {
        "day": objection.reply_last_day
    })  # fmt: skip
    return redirect("result", pk=pk)


def _result_page(request: HttpRequest, found: Result, form: ObjectionForm, *, status: int = 200) -> HttpResponse:
    batch = found.enrolment.batch
    staff = request.actor.kind == "staff"
    notice = queries.notice_of(found)
    scores = list(found.enrolment.scores.select_related("sheet").order_by("part", "pk"))
    users = {user for each in scores for user in (each.sheet.entered_by_id, each.sheet.confirmed_by_id) if user}
    names = names_of(users) if staff else {}
    objections = queries.objections_for(request.actor).filter(about_id=str(found.pk))
    may = request.actor.has("candidate", *permissions.CLERKS)
    context = {
        "result": found,
        "batch": batch,
        "crumbs": _crumbs(batch, (_("Results"), reverse("batch-results", args=[batch.pk])), (found.enrolment.name, ""))
        if staff
        else [(_("Mine"), "/"), (_("Result"), "")],
        "parts": shown.part_lines(found.parts),
        "formula": shown.formula(found.parts),
        "formula_cites": method_cites(batch),
        "veto": found.veto,
        "look": shown.LOOK[found.outcome],
        "notice": notice,
        "due": shown.notice_due(notice, request.today) if notice else None,
        "objects": bool(may and notice and notices.running(notice, request.now)),
        "history": [_history(each, names) for each in scores] if staff else [],
        "objections": [(each, shown.reply_due(each, request.today)) for each in objections],
        "form": form,
        "staff": staff,
    }
    return render(request, "results/result.html", context, status=status)


def _history(score: Any, names: dict[int, str]) -> dict[str, Any]:
    return {
        "part": rules.part_label(score.part),
        "score": shown.score_text(score),
        "scorer": score.scorer,
        "superseded": score.superseded,
        "entered_by": names.get(score.sheet.entered_by_id, ""),
        "entered_at": score.sheet.entered_at,
        "confirmed_by": names.get(score.sheet.confirmed_by_id or 0, ""),
        "reason": score.sheet.reason,
    }


@require_http_methods(["GET", "POST"])
@requires(*permissions.CLERKS)
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Preview the notice with its days counted, then post it."""
    batch = batch_of(request, pk)
    if request.method == "POST":
        notice = actions.post_results(actor=request.actor, at=request.now, batch=batch)
        messages.success(request, _("The results are posted through %(day)s.") % {"day": notice.last_day})
        return redirect("batch", pk=pk)
    term = ask.RESULT_NOTICE_WORKING_DAYS.get(place=regime_of(batch), day=request.today)
    due = None
    if term:
        rule = _("Results are posted for at least %(n)s working days.") % {"n": term.value}
        due = deadline(request.today, term.value, request.today, calendars.current(), term.cites, rule=rule)
    rates = figures.rates(batch)
    context = {
        "batch": batch,
        "crumbs": _crumbs(batch, (_("Post the results for objection"), "")),
        "due": due,
        "grounds": rules_notice.against_posting(batch, request.now, thorough=False),
        "open": batch.state == BatchState.SCORED,
        "count": queries.results_in(batch).count(),
        "rates": rates,
    }
    return render(request, "results/post.html", context)


@require_POST
@requires(*permissions.CLERKS)
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the results final after the notice."""
    actions.confirm_results(actor=request.actor, at=request.now, batch=batch_of(request, pk))
    messages.success(request, _("The results are final; certificates may be issued."))
    return redirect("batch", pk=pk)


@require_POST
@requires(*permissions.CLERKS)
def submit(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit the results for review."""
    actions.submit_results(actor=request.actor, at=request.now, batch=batch_of(request, pk))
    messages.success(request, _("The results are with the centre for review."))
    return redirect("batch", pk=pk)


@require_POST
@requires(*permissions.REVIEW)
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve the results."""
    actions.approve_results(actor=request.actor, at=request.now, batch=batch_of(request, pk))
    messages.success(request, _("The results are approved; the body may post them."))
    return redirect("batch", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*permissions.REVIEW)
def return_(request: HttpRequest, pk: int) -> HttpResponse:
    """Return the results to marking with a reason."""
    batch = batch_of(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.return_results(actor=request.actor, at=request.now, batch=batch, reason=form.cleaned_data["reason"])
        messages.success(request, _("The results are returned to marking."))
        return redirect("batch", pk=pk)
    return render(request, "results/return.html", {"batch": batch, "form": form, "crumbs": _crumbs(batch)})


def _result(request: HttpRequest, pk: int) -> Result:
    try:
        return queries.result_for(request.actor, pk)
    except Result.DoesNotExist:
        raise Http404(pk) from None


def _crumbs(batch: Any, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Batches"), reverse("batch-list")), (batch.number, reverse("batch", args=[batch.pk])), *more]
