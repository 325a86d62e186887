"""Pages of an exam day, made for a tablet at the door: find a candidate, record them, note a breach, end the exam."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BATCH, BatchState
from gongjiang.sittings import actions, queries, rules_lock
from gongjiang.sittings.forms import MisconductForm, SheetForm
from gongjiang.sittings.misconduct import CATALOGUE
from gongjiang.sittings.models import Attendance, Seat, Sitting
from gongjiang.sittings.queries import ARRANGERS, ON_THE_DAY, late_limit
from gongjiang.sittings.tables import address
from gongjiang.sittings.views_arrange import batch_or_404, crumbs
from gongjiang.sittings.views_dispatch import staff_lines
from gongjiang.sittings.views_stock import refused_sheet

AT_DOOR = (*ARRANGERS, "invigilator", "assessor")


@dataclass(frozen=True, slots=True)
class Line:
    """One candidate at the door."""

    seat: Seat
    attendance: Attendance | None
    breaches: tuple[str, ...]
    key: str


@require_http_methods(["GET", "POST"])
@requires(*ON_THE_DAY)
def exam_day(request: HttpRequest, pk: int) -> HttpResponse:
    """Who is expected in a room of a sitting. A search is posted: no name and no number stands in an address."""
    batch = batch_or_404(request, pk)
    current = queries.arrangement_for(request.actor, batch, request.now)
    seats = list(queries.seats_of(current)) if current else []
    sittings = list({seat.sitting_id: seat.sitting for seat in seats}.values())
    sitting = _chosen(sittings, request.GET.get("sitting", ""), request)
    mine = [seat for seat in seats if sitting and seat.sitting_id == sitting.pk]
    rooms = list({seat.room_id: seat.room for seat in mine}.values())
    room = next((each for each in rooms if str(each.pk) == request.GET.get("room", "")), None)
    text = " ".join(request.POST.get("q", "").split()) if request.method == "POST" else ""
    shown = [seat for seat in mine if (room is None or seat.room_id == room.pk) and _matches(seat, text)]
    told = queries.attendance_of(batch)
    here = [told.get((seat.sitting_id, seat.enrolment_id)) for seat in mine]
    context: dict[str, Any] = {
        "batch": batch,
        "sittings": sittings,
        "sitting": sitting,
        "rooms": rooms,
        "room": room,
        "q": text,
        "lines": _lines(batch, shown, told),
        "expected": len(mine),
        "present": sum(1 for row in here if row and row.present),
        "absent": sum(1 for row in here if row and not row.present),
        "limit": late_limit(sitting) if sitting else None,
        "under_way": batch.state == BatchState.EXAM,
        "may": request.actor.has(*AT_DOOR),
        "staff": staff_lines(batch) if _marks_staff(request, batch) else [],
        "form": SheetForm(),
        "crumbs": crumbs(batch, _("At the door")),
    }
    context |= _next(request, batch)
    return render(request, "sittings/exam_day.html", context)


def _marks_staff(request: HttpRequest, batch: Batch) -> bool:
    return batch.state == BatchState.EXAM and request.actor.has(*ARRANGERS)


def _chosen(sittings: Sequence[Sitting], asked: str, request: HttpRequest) -> Sitting | None:
    """Return the sitting asked for, else the one that runs or comes next, else the last."""
    for sitting in sittings:
        if str(sitting.pk) == asked:
            return sitting
    coming = [sitting for sitting in sittings if sitting.ends_at >= request.now]
    return coming[0] if coming else (sittings[-1] if sittings else None)


def _matches(seat: Seat, text: str) -> bool:
    """Say whether a name, a ticket number or its end, or a seat's number was typed."""
    if not text:
        return True
    number = seat.enrolment.ticket_number or ""
    return text in seat.enrolment.name or (text.isdigit() and (number.endswith(text) or text == str(seat.number)))


def _lines(batch: Batch, seats: Sequence[Seat], told: dict[tuple[int, int], Attendance]) -> list[Line]:
    breaches: dict[tuple[int, int], list[str]] = {}
    for row in queries.misconduct_of(batch):
        label = str(CATALOGUE[row.code].label) if row.code in CATALOGUE else row.code
        breaches.setdefault((row.sitting_id, row.enrolment_id), []).append(label)
    return [
        Line(seat, told.get(spot), tuple(breaches.get(spot, ())), secrets.token_urlsafe(12))
        for seat in seats
        if (spot := (seat.sitting_id, seat.enrolment_id))
    ]


def _next(request: HttpRequest, batch: Batch) -> dict[str, Any]:
    """Return the act that comes next and what stands in its way."""
    for action, name, check in (
        ("start_exam", "exam-start", rules_lock.wrong_with_start),
        ("end_exam", "exam-end", rules_lock.wrong_with_end),
    ):
        arrow = BATCH.table[action]
        if batch.state in arrow.source and request.actor.has(*arrow.roles):
            grounds = check(batch, request.now)
            running = batch.state == BatchState.EXAM and any(g.code == "still-running" for g in grounds)
            unless = _("What lacks stands below.") if grounds else ""
            if running:  # no news while candidates sit: the reason stands beside the button
                unless, grounds = str(grounds[0].why), []
            act = Act(str(arrow.label), address(name, batch.pk), "post", "primary", unless=unless)
            return {"acts": [act], "grounds": grounds, "asked": str(arrow.label)}
    return {"acts": [], "grounds": [], "asked": ""}


@require_POST
@requires(*AT_DOOR)
def check_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Record a candidate as present, ticket and document seen, or as absent."""
    seat = _seat(request, pk, request.POST.get("seat", ""))
    how = request.POST.get("present", "")
    if how not in ("yes", "no"):
        raise Http404(how)
    actions.check_in(
        actor=request.actor,
        at=request.now,
        sitting=seat.sitting,
        enrolment=seat.enrolment,
        present=how == "yes",
        key=request.POST.get("key", ""),
        papers_seen="papers" in request.POST,
    )
    words = _("%(name)s is in.") if how == "yes" else _("%(name)s is recorded as absent.")
    messages.success(request, words % {"name": seat.enrolment.name})
    return _back(seat)


@require_http_methods(["GET", "POST"])
@requires(*AT_DOOR)
def misconduct(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """Record a breach of discipline of the candidate on a seat."""
    seat = _seat(request, pk, str(seat_pk))
    form = MisconductForm(request.POST or None, initial={"key": secrets.token_urlsafe(16)})
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        actions.record_misconduct(
            actor=request.actor,
            at=request.now,
            sitting=seat.sitting,
            enrolment=seat.enrolment,
            code=told["code"],
            facts=told["facts"],
            heard=told["heard"],
            key=told["key"],
        )
        messages.success(request, _("The breach is recorded."))
        return _back(seat)
    title = _("Breach of discipline: %(name)s, seat %(number)s") % {
        "name": seat.enrolment.name,
        "number": seat.number,
    }
    batch = seat.sitting.batch
    context = {"batch": batch, "form": form, "title": title, "crumbs": crumbs(batch, _("Breach of discipline"))}
    return render(request, "sittings/form.html", context)


@require_POST
@requires(*AT_DOOR)
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """Import the sign-in sheet."""
    batch = batch_or_404(request, pk)
    form = SheetForm(request.POST, request.FILES)
    if not form.is_valid():
        messages.error(request, _("Choose the spreadsheet first."))
        return redirect("exam-day", pk=pk)
    try:
        done = actions.import_attendance(actor=request.actor, at=request.now, batch=batch, content=form.content())
    except SheetRefused as refused:
        return refused_sheet(request, refused, "exam-day", pk)
    told = {"present": done.present, "absent": done.absent}
    messages.success(request, _("%(present)s present, %(absent)s absent.") % told)
    return redirect("exam-day", pk=pk)


@require_POST
@requires(*ARRANGERS, "invigilator")
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the exam."""
    actions.start_exam(actor=request.actor, at=request.now, batch=batch_or_404(request, pk))
    messages.success(request, _("The exam has begun; candidates can be checked in."))
    return redirect("exam-day", pk=pk)


@require_POST
@requires(*ARRANGERS)
def end(request: HttpRequest, pk: int) -> HttpResponse:
    """End the exam."""
    actions.end_exam(actor=request.actor, at=request.now, batch=batch_or_404(request, pk))
    messages.success(request, _("The exam is over; scores can be entered."))
    return redirect("batch", pk=pk)


@require_GET
@requires(*AT_DOOR)
def photo(request: HttpRequest, pk: int, seat_pk: int) -> HttpResponse:
    """The photo of the candidate on a seat, to compare at the door."""
    seat = _seat(request, pk, str(seat_pk))
    if seat.enrolment.photo is None:
        raise Http404("no photo")
    return files.serve(seat.enrolment.photo, "photo", inline=True)


def _seat(request: HttpRequest, pk: int, chosen: str) -> Seat:
    """Return a seat of the batch's current arrangement, to those who may see it."""
    batch = batch_or_404(request, pk)
    current = queries.arrangement_for(request.actor, batch, request.now)
    if current is None or not chosen.isdecimal():
        raise Http404("no seat")
    rows = queries.seats_of(current).select_related("sitting__batch")
    return get_object_or_404(rows, pk=int(chosen))


def _back(seat: Seat) -> HttpResponse:
    url = address("exam-day", seat.sitting.batch_id)
    return redirect(f"{url}?sitting={seat.sitting_id}&room={seat.room_id}")
