"""Pages of the roster: who does what, what lacks, who replaced whom; and the staff briefing."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.planning.states import BatchState
from gongjiang.sittings import actions, picture, queries, queries_dispatch, rules_lock, staffing, staffing_words
from gongjiang.sittings.forms import ReplaceForm
from gongjiang.sittings.models import Arrangement, Briefing, Duty, ExamRoom
from gongjiang.sittings.queries import ARRANGERS
from gongjiang.sittings.tables import address
from gongjiang.sittings.views_arrange import READERS, SEED_BELOW, batch_or_404, crumbs
from gongjiang.standards.models import PartKind
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.queries import staff_for


@require_GET
@requires(*READERS)
def roster(request: HttpRequest, pk: int) -> HttpResponse:
    """Who does what: named against needed, with what lacks, and every change after the lock."""
    batch = batch_or_404(request, pk)
    current = queries.arrangement_for(request.actor, batch, request.now)
    may = request.actor.has(*ARRANGERS) and batch.body.organisation_id == request.actor.organisation_id
    rows = staffing.duties_of(batch)
    lines = _lines(batch, current, rows)
    _roles, cites = staffing.role_rule(batch, batch.exam_from)
    is_open = batch.state == BatchState.READY
    context: dict[str, Any] = {
        "batch": batch,
        "lines": lines,
        "cites": cites,
        "met": sum(line.is_met for line in lines),
        "crumbs": crumbs(batch, _("Staff")),
        "grounds": rules_lock.wrong_with_roster(current) if current else [],
        "changes": list(queries.roster_changes(batch)),
        "may": may,
        "show_answers": queries.is_released(current, request.now),
        "dispatched": queries_dispatch.DISPATCHED,
        "may_name": may and is_open and current is not None,
        "may_replace": request.actor.has("body_manager") and may and not is_open,
        "members": list(staff_for(request.actor).filter(body=batch.body)) if may and is_open else [],
        "briefing": Briefing.objects.filter(batch=batch).prefetch_related("attended").first(),
    }
    context["acts"] = _acts(batch, current, may)
    return render(request, "sittings/roster.html", context)


def _lines(batch: Batch, current: Arrangement | None, rows: list[Duty]) -> list[picture.RoleLine]:
    if current is None:
        return []
    rooms = {str(room.pk): room for room in ExamRoom.everything.filter(site=batch.site)}
    return picture.role_lines(staffing.shows_of(current), rows, rooms)


def _acts(batch: Batch, current: Arrangement | None, may: bool) -> list[Act]:
    if not may:
        return []
    if batch.state == BatchState.READY:
        unless = "" if current else _("Arrange the seats first; the rooms used tell how many are needed.")
        return [Act(_("Draw who lacks"), address("roster-draw", batch.pk), "post", "primary", unless=unless)]
    if batch.state == BatchState.ARRANGED:
        return [Act(_("Record the briefing"), address("briefing", batch.pk), look="primary")]
    return []


@require_POST
@requires(*ARRANGERS)
def draw(request: HttpRequest, pk: int) -> HttpResponse:
    """Draw people for the duties that lack somebody."""
    seed = secrets.randbelow(SEED_BELOW)
    added = actions.propose_roster(actor=request.actor, at=request.now, batch=batch_or_404(request, pk), seed=seed)
    messages.success(request, _("%(count)s duties were given by lot.") % {"count": len(added)})
    return redirect("roster", pk=pk)


@require_POST
@requires(*ARRANGERS)
def assign(request: HttpRequest, pk: int) -> HttpResponse:
    """Name a person for a duty, given as ``role:part:room``."""
    batch = batch_or_404(request, pk)
    role, part, room = ([*request.POST.get("duty", "").split(":"), "", ""])[:3]
    if part and part not in PartKind.values:
        raise Http404(part)
    member = _member(request, batch)
    where = (
        get_object_or_404(ExamRoom.everything, pk=room, site=batch.site) if room.isdecimal() and room != "0" else None
    )
    actions.assign_duty(
        actor=request.actor, at=request.now, batch=batch, member=member, role=role, part=part, room=where
    )
    messages.success(request, _("%(name)s is named.") % {"name": member.name})
    return redirect("roster", pk=pk)


@require_POST
@requires(*ARRANGERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a person off a duty before the lock."""
    duty = _duty(batch_or_404(request, pk), request.POST.get("duty", ""))
    actions.end_duty(actor=request.actor, at=request.now, duty=duty)
    messages.success(request, _("%(name)s is off the roster for this duty.") % {"name": duty.member.name})
    return redirect("roster", pk=pk)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def replace(request: HttpRequest, pk: int, duty_pk: int) -> HttpResponse:
    """Give a duty to somebody else after the lock, with a reason."""
    batch = batch_or_404(request, pk)
    duty = _duty(batch, str(duty_pk))
    members = staff_for(request.actor).filter(body=batch.body, appointments__role=duty.role).distinct()
    form = ReplaceForm([(m.pk, m.name) for m in members if m.pk != duty.member_id], request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = get_object_or_404(members, pk=form.cleaned_data["member"])
        reason = form.cleaned_data["reason"]
        actions.replace_duty(actor=request.actor, at=request.now, duty=duty, member=member, reason=reason)
        messages.success(request, _("%(name)s takes over; the change stands in the trail.") % {"name": member.name})
        return redirect("roster", pk=pk)
    told = {"role": staffing_words.role_name(duty.role), "name": duty.member.name}
    title = _("Replace %(name)s as %(role)s") % told
    context = {"batch": batch, "form": form, "title": title, "crumbs": crumbs(batch, title)}
    return render(request, "sittings/form.html", context)


@require_http_methods(["GET", "POST"])
@requires(*ARRANGERS)
def briefing(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the staff briefing: who of those on duty attended."""
    batch = batch_or_404(request, pk)
    queries.arrangement_for(request.actor, batch, request.now)
    on_duty: dict[StaffMember, list[str]] = {}
    for duty in staffing.duties_of(batch):
        on_duty.setdefault(duty.member, []).append(staffing_words.role_name(duty.role))
    if request.method == "POST":
        chosen = set(request.POST.getlist("attended"))
        there = [member for member in on_duty if str(member.pk) in chosen]
        notes = request.POST.get("notes", "")[:2000]
        actions.hold_briefing(actor=request.actor, at=request.now, batch=batch, attended=there, notes=notes)
        messages.success(request, _("The briefing is recorded."))
        return redirect("roster", pk=pk)
    held = Briefing.objects.filter(batch=batch).first()
    there_already = set(held.attended.values_list("pk", flat=True)) if held else set()
    rule = ask.STAFF_BRIEFING_REQUIRED.get(place=regime_of(batch), day=request.today)
    context = {
        "batch": batch,
        "people": [
            (member, "、".join(dict.fromkeys(roles)), member.pk in there_already) for member, roles in on_duty.items()
        ],
        "held": held,
        "cites": rule.cites if rule else (),
        "crumbs": crumbs(batch, _("Staff briefing")),
    }
    return render(request, "sittings/briefing.html", context)


def _member(request: HttpRequest, batch: Batch) -> StaffMember:
    chosen = request.POST.get("member", "")
    if not chosen.isdecimal():
        raise Http404("nobody")
    found: StaffMember = get_object_or_404(staff_for(request.actor).filter(body=batch.body), pk=int(chosen))
    return found


def _duty(batch: Batch, pk: str) -> Duty:
    if not pk.isdecimal():
        raise Http404("no duty")
    return get_object_or_404(Duty.objects.filter(batch=batch).select_related("member", "room"), pk=int(pk))
