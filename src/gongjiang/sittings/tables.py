"""Rooms, staff, seats and rosters as the parts of a page show them."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.access import opened
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.files import PDF
from gongjiang.kernel.parts import BadRow, Cell, CellProblem, Column, Row, Table
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.law.codes import mask_identity
from gongjiang.law.places import place
from gongjiang.planning.models import Batch
from gongjiang.sittings.models import ExamRoom
from gongjiang.sittings.rules_rooms import largest_room, natural, wrong_with_use
from gongjiang.sittings.staffing_words import role_name
from gongjiang.standards.models import Level
from gongjiang.workforce.models import Appointment, StaffMember
from gongjiang.workforce.queries import is_in_force

MASKED = frozenset({"identity"})
SOON_DAYS = 90
SHOWN_ROWS = 200


def address(name: str, *args: Any) -> str:
    """Return the address of a page."""
    return reverse(name, args=args)


def download(data: bytes, name: str, media_type: str = PDF, *, inline: bool = False) -> HttpResponse:
    """Return bytes made for this request as a file that no browser runs or keeps."""
    response = HttpResponse(data, content_type=media_type)
    how = "inline" if inline else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def rooms_table(rooms: Sequence[ExamRoom], body: AssessmentBody, today: date) -> tuple[Table, int]:
    """Return the rooms, and how many may not be used today, with why."""
    where, rows, unusable = place(body.regime), [], 0
    most = largest_room(where, today)
    for room in sorted(rooms, key=lambda each: (each.site.name, each.kind, natural(each.name))):
        grounds = wrong_with_use(room, today, where, most)
        unusable += bool(grounds)
        state = Cell(_("Usable"), state="ok")
        if grounds:
            cites = tuple(dict.fromkeys(cite for ground in grounds for cite in ground.cites))
            state = Cell(_("Not usable"), sub=" ".join(str(ground.why) for ground in grounds), state="no", cites=cites)
        grid = f"{room.rows} × {room.columns}" if room.rows else ""
        rows.append(
            Row(
                (
                    Cell(room.name, sub=room.site.name),
                    room.get_kind_display(),
                    Cell(room.capacity or "", sub=grid),
                    _("yes") if room.is_accessible else _("no"),
                    room.cameras,
                    Cell(room.inspection_until.isoformat(), sub=room.inspected_on.isoformat()),
                    state,
                )
            )
        )
    columns = (
        Column(_("Room")),
        Column(_("Kind of room")),
        Column(_("Seats"), numeric=True),
        Column(_("Accessible")),
        Column(_("Cameras"), numeric=True),
        Column(_("Inspection holds until")),
        Column(_("State")),
    )
    empty = _("Rooms appear here once a sheet is imported.")
    return Table(_("Rooms"), columns, tuple(rows), empty=empty, filter_here=True), unusable


def staff_table(members: Iterable[StaffMember], today: date) -> tuple[Table, int]:
    """Return the staff with an appointment a row, and how many appointments are over or end soon."""
    rows, ending = [], 0
    for member in members:
        for appointment in member.appointments.all():
            cell, soon = _term(appointment, today)
            ending += soon
            rows.append(
                Row(
                    (
                        Cell(member.name, sub=member.employer),
                        role_name(appointment.role),
                        _scope(appointment),
                        Cell(appointment.since.isoformat()),
                        cell,
                        member.usual_room,
                    )
                )
            )
    columns = (
        Column(_("Name")),
        Column(_("Role")),
        Column(_("May assess")),
        Column(_("Appointed on")),
        Column(_("Term ends")),
        Column(_("Usual room")),
    )
    empty = _("Staff appear here once a sheet is imported.")
    return Table(_("Staff"), columns, tuple(rows), empty=empty, filter_here=True), ending


def _term(appointment: Appointment, today: date) -> tuple[Cell, bool]:
    if appointment.until is None:
        return Cell(_("open"), state="na"), False
    until, cites = appointment.until.isoformat(), tuple(appointment.cites)
    if not is_in_force(appointment, today):
        return Cell(until, sub=_("not in force"), state="no", cites=cites), True
    if (appointment.until - today).days < SOON_DAYS:
        return Cell(until, sub=_("ends soon"), state="wait", cites=cites), True
    return Cell(until, state="ok", cites=cites), False


def _scope(appointment: Appointment) -> str:
    if appointment.occupation is None:
        return ""
    level = Level(appointment.highest_level).label
    return _("%(occupation)s, up to %(level)s") % {"occupation": appointment.occupation.name, "level": level}


def exams_table(batches: Iterable[Batch], actor: Actor) -> Table:
    """Return batches with their sittings and what is to be done on each."""
    rows = []
    for batch in batches:
        times = "; ".join(
            f"{sitting.get_part_display()} {sitting.starts_at.astimezone():%m-%d %H:%M}"
            for sitting in batch.sittings.all()
        )
        rows.append(
            Row(
                (
                    Cell(batch.title, sub=batch.number, url=address("batch", batch.pk)),
                    Cell(f"{batch.exam_from:%Y-%m-%d}", sub=times or _("no sittings yet")),
                    Cell(batch.get_state_display(), state="go"),
                    Cell(_("Seats"), url=address("arrangement", batch.pk)),
                    Cell(_("Staff"), url=address("roster", batch.pk)),
                    Cell(_("At the door"), url=door) if (door := opened(actor, "exam-day", batch.pk)) else "",
                )
            )
        )
    columns = (
        Column(_("Batch")),
        Column(_("Exam")),
        Column(_("State")),
        Column(_("Seats")),
        Column(_("Staff")),
        Column(_("At the door")),
    )
    empty = _("Batches appear here once eligibility is decided.")
    return Table(_("Exams"), columns, tuple(rows), empty=empty)


def bad_rows(refused: SheetRefused) -> list[BadRow]:
    """Return the rows with problems as a page shows them: numbers of persons masked, at most 200."""
    by_row: dict[int, list[CellProblem]] = {}
    for each in refused.problems:
        if each.row is not None:
            heading = refused.headers.get(each.column, next(iter(refused.headers.values()), each.column))
            words = " ".join(part for part in (each.what, each.why) if part)
            by_row.setdefault(each.row, []).append(CellProblem(heading, "", words, each.mend))
    rows = {row.number: row for row in refused.rows}
    return [
        BadRow(
            number,
            {
                heading: mask_identity(rows[number].text(key)) if key in MASKED else rows[number].text(key)
                for key, heading in refused.headers.items()
            },
            tuple(problems),
        )
        for number, problems in sorted(by_row.items())[:SHOWN_ROWS]
        if number in rows
    ]
