"""Pages of a dispatch: the holder's own duty with its answer, and on the exam day who of the staff came."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.access import opened
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.parts import Act
from gongjiang.planning.models import Batch
from gongjiang.sittings import actions, queries_dispatch, rules_dispatch, staffing
from gongjiang.sittings.forms import DeclineForm
from gongjiang.sittings.models import Duty, DutyAnswer
from gongjiang.sittings.own_duties import answer_badge, presence_badge, task_name
from gongjiang.sittings.queries import ARRANGERS
from gongjiang.sittings.tables import address
from gongjiang.sittings.views_arrange import batch_or_404
from gongjiang.workforce.permissions import OWN


@require_GET
@requires(*OWN)
def own_duty(request: HttpRequest, pk: int) -> HttpResponse:
    """Where, when and as what I am sent, and my answer."""
    duty = _own(request, pk)
    grounds = rules_dispatch.wrong_with_answer(duty, request.now)
    context = {
        "duty": duty,
        "cites": rules_dispatch.dispatch_cites(duty),
        "title": f"{task_name(duty)}：{duty.batch.title}",
        "facts": _facts(request, duty),
        "acts": [] if grounds else _acts(duty),
        "grounds": grounds if duty.role in queries_dispatch.DISPATCHED else [],
        "asked": _("Accept or decline the duty"),
        "crumbs": [(_("My tasks"), reverse("workforce-me")), (task_name(duty), "")],
    }
    return render(request, "sittings/own_duty.html", context)


def _facts(request: HttpRequest, duty: Duty) -> list[tuple[str, Any]]:
    when = [
        f"{each.get_part_display()} {each.starts_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        f" – {each.ends_at.astimezone(SHANGHAI):%H:%M}"
        for each in queries_dispatch.sittings_of(duty)
    ]
    site = duty.batch.site
    found: list[tuple[str, Any]] = [
        (_("Sent by"), duty.batch.body.name),
        (_("When"), "；".join(when) or duty.batch.exam_from),
        (_("Where"), " ".join(filter(None, (site.name, site.address, duty.room.name if duty.room else "")))),
        (_("Answer"), answer_badge(duty)),
    ]
    if duty.answer == DutyAnswer.DECLINED:
        found.append((_("Ground"), f"{duty.get_decline_ground_display()}：{duty.answer_reason}"))
    if duty.present is not None:
        found.append((_("Attendance"), presence_badge(duty)))
    if duty.absence_reason:
        found.append((_("Reason of the absence"), duty.absence_reason))
    if duty.ended_at:
        found.append((_("Given to somebody else"), duty.ended_reason))
    return found


def _acts(duty: Duty) -> list[Act]:
    accept = Act(_("Accept the duty"), address("own-duty-accept", duty.pk), "post", "primary", icon="check")
    decline = Act(_("Decline the duty"), address("own-duty-decline", duty.pk))
    return [decline] if duty.answer == DutyAnswer.ACCEPTED else [accept, decline]


@require_POST
@requires(*OWN)
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Accept my duty."""
    actions.accept_duty(actor=request.actor, at=request.now, duty=_own(request, pk))
    messages.success(request, _("You have accepted the duty."))
    return redirect("own-duty", pk=pk)


@require_http_methods(["GET", "POST"])
@requires(*OWN)
def decline(request: HttpRequest, pk: int) -> HttpResponse:
    """Decline my duty, with a ground and a reason."""
    duty = _own(request, pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.decline_duty(actor=request.actor, at=request.now, duty=duty, **form.cleaned_data)
        messages.success(request, _("You have declined the duty; the body finds somebody else."))
        return redirect("own-duty", pk=pk)
    title = _("Decline: %(duty)s") % {"duty": task_name(duty)}
    context = {
        "duty": duty,
        "form": form,
        "title": title,
        "relation_url": opened(request.actor, "workforce-me-relation"),
        "crumbs": [(_("My tasks"), reverse("workforce-me")), (task_name(duty), address("own-duty", pk)), (title, "")],
    }
    return render(request, "sittings/decline.html", context)


@require_POST
@requires(*ARRANGERS)
def staff_here(request: HttpRequest, pk: int) -> HttpResponse:
    """Record who of the staff came: everybody marked at once, each absence with its reason."""
    batch = batch_or_404(request, pk)
    present, absent = [], {}
    for duty in staffing.duties_of(batch):
        told = request.POST.get(f"came-{duty.pk}", "")
        if told == "yes":
            present.append(duty)
        elif told == "no":
            absent[duty] = request.POST.get(f"why-{duty.pk}", "")[:500]
    changed = actions.record_staff(actor=request.actor, at=request.now, batch=batch, present=present, absent=absent)
    words = _("%(count)s records of staff are new.") if changed else _("Nothing has changed.")
    messages.success(request, words % {"count": len(changed)})
    return redirect(f"{address('exam-day', pk)}#staff")


def staff_lines(batch: Batch) -> list[tuple[Duty, str, bool]]:
    """Return the duties of the day with role and place, and whether each is marked as present to begin with."""
    return [
        (duty, " · ".join(filter(None, (task_name(duty), duty.room.name if duty.room else ""))), _expected(duty))
        for duty in staffing.duties_of(batch)
    ]


def _expected(duty: Duty) -> bool:
    return duty.answer != DutyAnswer.DECLINED if duty.present is None else duty.present


def _own(request: HttpRequest, pk: int) -> Duty:
    """Return a duty of the person's own; another's isn't there."""
    return get_object_or_404(queries_dispatch.own_duties(request.actor), pk=pk)
