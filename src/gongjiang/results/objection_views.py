"""Pages of objections: who replies until when, the reply, and the score put right."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_POST

from gongjiang.accounts.models import User
from gongjiang.accounts.permissions import requires
from gongjiang.accounts.queries import colleagues_of, names_of
from gongjiang.kernel import notices
from gongjiang.kernel.middleware import record_refusal
from gongjiang.kernel.models import Objection
from gongjiang.kernel.parts import Choice
from gongjiang.results import actions, contents, permissions, queries, rules_notice, shown, tables
from gongjiang.results.forms import AssignForm, ReplyForm
from gongjiang.results.models import Result

PAGE = 30


@require_GET
@requires(*permissions.READ)
def objections(request: HttpRequest) -> HttpResponse:
    """The objections about results in the actor's part of the tree, the open ones first."""
    found = queries.objections_for(request.actor)
    every = request.GET.get("show") == "all"
    chosen = found if every else found.filter(replied_at=None)
    page = Paginator(chosen.order_by("reply_last_day", "pk"), PAGE).get_page(request.GET.get("page"))
    keys = [int(each.about_id) for each in page]
    known = {each.pk: each for each in queries.results_for(request.actor).filter(pk__in=keys)}
    names = names_of({each.assigned_to_id for each in page if each.assigned_to_id})
    late = sum(notices.is_overdue(each, request.now) for each in found.filter(replied_at=None))
    waiting = found.filter(replied_at=None).count()
    position = ngettext("%(n)s objection awaits a reply", "%(n)s objections await a reply", waiting) % {"n": waiting}
    if late:
        position += _(", %(n)s overdue") % {"n": late}
    context = {
        "position": position,
        "table": tables.objections_table(page, known, names, request.today),
        "choices": [Choice(_("Open"), "?", not every), Choice(_("All"), "?show=all", every)],
        "page": page,
    }
    return render(request, "results/objections.html", context)


@require_GET
@requires(*permissions.READ)
def objection(request: HttpRequest, pk: int) -> HttpResponse:
    """An objection: what is said, the scores in question, who may reply and until when."""
    found = _objection(request, pk)
    result = queries.result_of(found)
    return _page(request, found, result, _form(result))


@require_POST
@requires(*permissions.CLERKS)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Assign the reply."""
    found = _objection(request, pk)
    form = AssignForm(_people(request, queries.result_of(found)), request.POST)
    if form.is_valid():
        user = form.cleaned_data["user"]
        actions.assign_reply(actor=request.actor, at=request.now, objection=found, user=user)
        messages.success(request, _("%(name)s replies.") % {"name": user})
    else:
        messages.error(request, _("Choose who replies."))
    return redirect("objection", pk=pk)


@require_POST
@requires(*permissions.REPLY)
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """Reply, with the scores put right where the objection is upheld."""
    found = _objection(request, pk)
    result = queries.result_of(found)
    form = _form(result, request.POST)
    if not form.is_valid():
        return _page(request, found, result, form, status=400)
    rows = [
        (part, actions.ScoreRow(result.enrolment, value, groups=groups))
        for part, (value, groups) in form.new_scores().items()
    ]
    try:
        actions.reply_to_objection(
            actor=request.actor,
            at=request.now,
            objection=found,
            text=form.cleaned_data["text"],
            upheld=form.cleaned_data["upheld"],
            new_scores=rows,
            lift_veto=form.cleaned_data.get("lift_veto", False),
        )
    except actions.ScoresRefused as refused:
        record_refusal(request, refused)
        for problem in refused.problems:
            form.add_error(None, f"{problem.what} {problem.mend}")
        return _page(request, found, result, form, status=409)
    if queries.notice_of(result) == found.notice:
        messages.success(request, _("The reply is given; the candidate is told."))
    else:
        messages.success(request, _("The reply is given and the changed result is posted anew for this candidate."))
    return redirect("objection", pk=pk)


def _page(
    request: HttpRequest, found: Objection, result: Result, form: ReplyForm, *, status: int = 200
) -> HttpResponse:
    actor, batch = request.actor, result.enrolment.batch
    behind = queries.people_behind(result)
    due = shown.reply_due(found, request.today)
    names = names_of({user for user in (found.assigned_to_id, found.replied_by_id, *behind) if user})
    is_open = found.replied_at is None
    replies = is_open and actor.has(*permissions.REPLY)
    context: dict[str, Any] = {
        "objection": found,
        "result": result,
        "batch": batch,
        "crumbs": [(_("Batches"), reverse("batch-list")), (batch.number, reverse("batch", args=[batch.pk])),
                   (_("Objections"), reverse("objection-list")), (result.enrolment.name, "")],
        "due": due,
        "overdue": notices.is_overdue(found, request.now),
        "parts": shown.part_lines(result.parts),
        "veto": result.veto,
        "behind": [names[user] for user in sorted(behind) if user in names],
        "assigned_to": names.get(found.assigned_to_id or 0, ""),
        "replied_by": names.get(found.replied_by_id or 0, ""),
        "grounds": list(rules_notice.against_replier(found, actor, behind)) if replies else [],
        "replies": replies,
        "form": form,
        "assign": AssignForm(_people(request, result)) if is_open and actor.has(*permissions.CLERKS) else None,
        "reopened": notices.newest_on(result.enrolment),
    }  # fmt: skip
    return render(request, "results/objection.html", context, status=status)


def _people(request: HttpRequest, result: Result) -> list[User]:
    behind = queries.people_behind(result)
    found = {
        user.pk: user
        for role in permissions.REPLY
        for user in colleagues_of(request.actor, role=role, on=request.today)
        if user.pk not in behind
    }
    return list(found.values())


def _form(result: Result, data: Any = None) -> ReplyForm:
    kinds, batch = [part["part"] for part in result.parts], result.enrolment.batch
    apart = [kind for kind in kinds if contents.asked(batch, kind)]
    return ReplyForm(kinds, data, apart=apart, vetoed=result.veto_id is not None)


def _objection(request: HttpRequest, pk: int) -> Objection:
    try:
        return queries.objection_for(request.actor, pk)
    except Objection.DoesNotExist:
        raise Http404(pk) from None
