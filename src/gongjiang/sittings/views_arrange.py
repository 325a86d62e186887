"""Pages of arranging: the room as a picture, its conflicts and pins, the sittings, the lock, the papers."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.bodies.queries import own_body
from gongjiang.kernel.access import opened
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act
from gongjiang.kernel.refusal import refuse_if
from gongjiang.kernel.roles import AUTHORITY_ROLES, BODY_ROLES
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batch_for
from gongjiang.planning.rules import reason_missing
from gongjiang.planning.states import BATCH, BatchState
from gongjiang.sittings import actions, documents, picture, queries, rules_lock, suggest
from gongjiang.sittings.forms import ReasonForm, ScheduleForm
from gongjiang.sittings.models import Arrangement, Seat
from gongjiang.sittings.queries import ARRANGERS
from gongjiang.sittings.rules_rooms import kinds_of_batch
from gongjiang.sittings.tables import address, download, exams_table

READERS = (*AUTHORITY_ROLES, *BODY_ROLES)
SEED_BELOW = 2**31


def batch_or_404(request: HttpRequest, pk: int) -> Batch:
    """Return a batch of the actor's; another's is not found."""
    try:
        return batch_for(request.actor, pk)  # type: ignore[attr-defined]
    except Batch.DoesNotExist as error:
        raise Http404 from error


def crumbs(batch: Batch, last: str) -> list[tuple[str, str]]:
    """Return the way from the list of exams to a page of the batch."""
    return [(_("Exams"), address("sitting-list")), (batch.title, address("batch", batch.pk)), (last, "")]


@require_GET
@requires(*READERS)
def sitting_list(request: HttpRequest) -> HttpResponse:
    """The batches that are being arranged or examined."""
    batches = list(queries.batches_with_exams(request.actor))
    may = request.actor.has(*ARRANGERS) and own_body(request.actor) is not None
    acts = [Act(_("Rooms"), address("room-list")), Act(_("Staff"), address("staff-list"))] if may else []
    context = {"table": exams_table(batches, request.actor), "count": len(batches), "acts": acts}
    return render(request, "sittings/list.html", context)


@require_GET
@requires(*READERS)
def arrangement(request: HttpRequest, pk: int) -> HttpResponse:
    """A room as a picture: who sits where, which colleagues sit side by side, what lacks before the lock."""
    batch = batch_or_404(request, pk)
    current = queries.arrangement_for(request.actor, batch, request.now)
    may = request.actor.has(*ARRANGERS) and batch.body.organisation_id == request.actor.organisation_id
    context: dict[str, Any] = {
        "batch": batch,
        "arrangement": current,
        "crumbs": crumbs(batch, _("Seats")),
        "sittings": list(batch.sittings.order_by("starts_at")),
        "may": may,
        "open": batch.state == BatchState.READY,
        "secrecy": queries.secrecy_cites(batch, request.now),
        "released": queries.is_released(current, request.now),
        "papers": [(address("exam-paper", batch.pk, kind), name) for kind, (_f, name) in documents.PAPERS.items()],
    }
    context["grounds"] = rules_lock.wrong_with_lock(batch, request.now) if may and context["open"] else []
    context["acts"] = _acts(request.actor, batch, current, context)
    if current is not None:
        context |= _room_context(request, current)
    return render(request, "sittings/arrangement.html", context)


def _room_context(request: HttpRequest, current: Arrangement) -> dict[str, Any]:
    seats = list(queries.seats_of(current))
    tabs = picture.tabs(seats, current, request.GET.get("sitting", ""), request.GET.get("room", ""))
    tab = next((each for each in tabs if each.current), None)
    versions = list(queries.versions_of(current.batch)[:2])
    older = versions[1] if len(versions) > 1 else None
    now, then = picture.places(current), picture.places(older)
    if tab is None:
        return {"tabs": tabs}
    mine = [s for s in seats if (s.sitting_id, s.room_id) == (tab.sitting.pk, tab.room.pk)]
    return {
        "tabs": tabs,
        "tab": tab,
        "plan": picture.plan(tab, seats, current, then),
        "mine": mine,
        "places": picture.free_places(tab, seats),
        "older": older,
        "comparison": picture.comparison(versions, now, then) if older else [],
        "swaps": suggest.swaps_for(current, seats)[:6] if current.conflicts else [],
    }


def _acts(actor: Actor, batch: Batch, current: Arrangement | None, context: dict[str, Any]) -> list[Act]:
    if not context["may"]:
        return []
    if batch.state == BatchState.READY:
        again = _("Arrange again") if current else _("Arrange the seats")
        make = Act(again, address("arrangement-make", batch.pk), "post", "plain" if current else "primary")
        label = str(BATCH.table["lock_arrangement"].label)
        unless = _("What lacks stands below.") if context["grounds"] else ""
        lock = Act(label, address("arrangement-lock", batch.pk), "post", "primary", "lock", unless=unless)
        return [Act(_("Sittings"), address("sitting-schedule", batch.pk)), make, *([lock] if current else [])]
    if batch.state == BatchState.ARRANGED:
        unless = _("Released already.") if context["released"] else ""
        release = Act(_("Release"), address("arrangement-release", batch.pk), "post", "primary", unless=unless)
        unlock = opened(actor, "arrangement-unlock", batch.pk)
        return [release, Act(_("Reopen"), unlock)] if unlock else [release]
    return []


@require_http_methods(["GET", "POST"])
@requires(*ARRANGERS)
def schedule(request: HttpRequest, pk: int) -> HttpResponse:
    """When each part is sat."""
    batch = batch_or_404(request, pk)
    form = ScheduleForm(kinds_of_batch(batch), list(batch.sittings.order_by("starts_at")), request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.schedule_sittings(actor=request.actor, at=request.now, batch=batch, specs=form.specs())
        messages.success(request, _("The sittings are scheduled."))
        return redirect("arrangement", pk=pk)
    context = {"batch": batch, "form": form, "crumbs": crumbs(batch, _("Sittings"))}
    return render(request, "sittings/schedule.html", context)


@require_POST
@requires(*ARRANGERS)
def make(request: HttpRequest, pk: int) -> HttpResponse:
    """Seat everybody, by a seed drawn now and recorded."""
    made = actions.arrange(
        actor=request.actor, at=request.now, batch=batch_or_404(request, pk), seed=secrets.randbelow(SEED_BELOW)
    )
    messages.success(request, _("Version %(version)s is arranged.") % {"version": made.version})
    return redirect("arrangement", pk=pk)


@require_POST
@requires(*ARRANGERS)
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Move or swap a candidate, to the place ``room:row:column``."""
    seat = _seat(request, pk)
    try:
        room, row, column = (int(part) for part in request.POST.get("to", "").split(":"))
    except ValueError as error:
        raise Http404("no such place") from error
    actions.move_seat(actor=request.actor, at=request.now, seat=seat, room=room, row=row, column=column)
    messages.success(request, _("Moved."))
    return _back(seat)


@require_POST
@requires(*ARRANGERS)
def pin(request: HttpRequest, pk: int) -> HttpResponse:
    """Pin a seat, or release its pin."""
    seat = _seat(request, pk)
    actions.pin_seat(actor=request.actor, at=request.now, seat=seat, pinned=not seat.is_pinned)
    return _back(seat)


def _seat(request: HttpRequest, pk: int) -> Seat:
    batch = batch_or_404(request, pk)
    rows = Seat.objects.filter(arrangement__batch=batch, arrangement__superseded=False)
    chosen = request.POST.get("seat", "")
    if not chosen.isdecimal():
        raise Http404("no seat")
    return get_object_or_404(
        rows.select_related("arrangement", "room", "sitting__batch", "enrolment__line"), pk=int(chosen)
    )


def _back(seat: Seat) -> HttpResponse:
    seat.refresh_from_db()
    url = address("arrangement", seat.arrangement.batch_id)
    return redirect(f"{url}?sitting={seat.sitting_id}&room={seat.room_id}")


@require_POST
@requires(*ARRANGERS)
def lock(request: HttpRequest, pk: int) -> HttpResponse:
    """Lock rooms, seats and staff; ``accepted`` says why colleagues stay side by side."""
    batch = batch_or_404(request, pk)
    accepted = request.POST.get("accepted", "")[:500]
    actions.lock_arrangement(actor=request.actor, at=request.now, batch=batch, accepted=accepted)
    messages.success(request, _("Locked; the tickets have their numbers."))
    return redirect("arrangement", pk=pk)


@require_http_methods(["GET", "POST"])
@requires("body_manager")
def unlock(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a locked arrangement again, for a reason."""
    batch = batch_or_404(request, pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        refuse_if(_("Reopen"), reason_missing(reason))
        actions.unlock_arrangement(actor=request.actor, at=request.now, batch=batch, reason=reason)
        messages.success(request, _("Open again; it is secret until the next release."))
        return redirect("arrangement", pk=pk)
    title = str(BATCH.table["unlock_arrangement"].label)
    context = {"batch": batch, "form": form, "crumbs": crumbs(batch, title), "title": title}
    return render(request, "sittings/form.html", context)


@require_POST
@requires(*ARRANGERS)
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Show seats, staff and tickets to those who may see them before the exam."""
    actions.release(actor=request.actor, at=request.now, batch=batch_or_404(request, pk))
    messages.success(request, _("Released: staff see the arrangement, candidates their tickets."))
    return redirect("arrangement", pk=pk)


@require_GET
@requires(*READERS)
def paper(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A paper of the exam as PDF, to those who may see the arrangement."""
    batch = batch_or_404(request, pk)
    current = queries.arrangement_for(request.actor, batch, request.now)
    if kind not in documents.PAPERS or current is None:
        raise Http404(kind)
    make_paper, name = documents.PAPERS[kind]
    return download(make_paper(current, request.now), f"{batch.number} {name}.pdf")


@require_GET
@requires("candidate")
def own_ticket(request: HttpRequest, pk: int) -> HttpResponse:
    """A candidate's own admission ticket, by enrolment, once released; anybody else's is not found."""
    seats = list(queries.own_seats(request.actor, request.now).filter(enrolment_id=pk))
    if not seats:
        raise Http404("no released seat")
    return download(documents.own_ticket(seats, request.now), "准考证.pdf")
