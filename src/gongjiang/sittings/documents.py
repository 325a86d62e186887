"""The papers of an exam, put together from a locked arrangement: tickets, door signs, labels, sign-in sheets, plans.

The caller has reached the arrangement through :func:`gongjiang.sittings.queries.arrangement_for`, or the own seats
through :func:`gongjiang.sittings.queries.own_seats`: nothing here asks who reads.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from itertools import groupby

from django.conf import settings
from django.utils.translation import gettext as _

from gongjiang.kernel import files
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents import exam_papers as papers
from gongjiang.kernel.documents.papers import NO_JOB_TYPE, Head, level_words
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.planning.models import Batch
from gongjiang.sittings.models import Arrangement, Seat, Sitting
from gongjiang.sittings.queries import in_order, seats_of
from gongjiang.sittings.seating import employer_of
from gongjiang.standards.models import PartKind

PART_NAMES = {PartKind.THEORY: "理论知识考试", PartKind.PRACTICAL: "操作技能考核", PartKind.PANEL: "综合评审"}
WEEKDAYS = "一二三四五六日"


def tickets(arrangement: Arrangement, at: datetime) -> bytes:
    """Return every candidate's admission ticket (准考证, JL-2024-5§20), in order of the numbers.

    :raises Refused: the arrangement isn't locked, so there are no numbers yet.
    """
    _require_lock(arrangement)
    seats = list(seats_of(arrangement))
    return papers.tickets_pdf(_head(arrangement.batch, "准考证", at), _tickets(seats))


def own_ticket(seats: Sequence[Seat], at: datetime) -> bytes:
    """Return the ticket of one candidate, given the own released seats."""
    return papers.tickets_pdf(_head(seats[0].enrolment.batch, "准考证", at), _tickets(seats))


def door_signs(arrangement: Arrangement, at: datetime) -> bytes:
    """Return a sign for each room and sitting (门贴)."""
    signs = []
    for sitting, seats in _rooms(arrangement):
        numbers = [seat.enrolment.ticket_number or "" for seat in seats]
        signs.append(
            papers.DoorSign(
                name=seats[0].room.name,
                site=arrangement.batch.site.name,
                part=part_name(sitting),
                time=time_words(sitting),
                occupations="、".join(dict.fromkeys(_subject(seat) for seat in seats)),
                count=len(seats),
                seats=f"{seats[0].number:02} – {seats[-1].number:02}",
                numbers=f"{min(numbers)} – {max(numbers)}",
            )
        )
    return papers.door_signs_pdf(_head(arrangement.batch, "考场门贴", at), signs)


def desk_labels(arrangement: Arrangement, at: datetime) -> bytes:
    """Return a label for each seat (桌贴), by room."""
    labels = [
        papers.DeskLabel(
            seat=f"{seat.number:02}",
            name=seat.enrolment.name,
            number=seat.enrolment.ticket_number or "",
            room=seat.room.name,
            time=time_words(sitting),
            occupation=seat.enrolment.line.occupation.name,
            level=seat.enrolment.line.level,
        )
        for sitting, seats in _rooms(arrangement)
        for seat in seats
    ]
    return papers.desk_labels_pdf(_head(arrangement.batch, "桌贴", at), labels)


def sign_in_sheets(arrangement: Arrangement, at: datetime) -> bytes:
    """Return a sign-in sheet for each room and sitting (签到表)."""
    rooms = [
        papers.SignInRoom(
            name=seats[0].room.name,
            site=arrangement.batch.site.name,
            part=part_name(sitting),
            time=time_words(sitting),
            rows=[
                papers.SignInRow(
                    f"{seat.number:02}",
                    seat.enrolment.name,
                    seat.enrolment.ticket_number or "",
                    seat.enrolment.line.occupation.name,
                    seat.enrolment.line.level,
                )
                for seat in seats
            ],
        )
        for sitting, seats in _rooms(arrangement)
    ]
    return papers.sign_in_sheet_pdf(_head(arrangement.batch, "考生签到表", at), rooms)


def seating_plan(arrangement: Arrangement, at: datetime) -> bytes:
    """Return each room of each sitting as a picture (座次表), employers by shade."""
    return papers.seating_plan_pdf(
        _head(arrangement.batch, "考场座次表", at),
        [_plan(arrangement, sitting, seats) for sitting, seats in _rooms(arrangement)],
    )


Paper = Callable[[Arrangement, datetime], bytes]
PAPERS: dict[str, tuple[Paper, str]] = {
    "tickets": (tickets, "准考证"),
    "door-signs": (door_signs, "门贴"),
    "desk-labels": (desk_labels, "桌贴"),
    "sign-in-sheets": (sign_in_sheets, "签到表"),
    "seating-plan": (seating_plan, "座次表"),
}


def part_name(sitting: Sitting) -> str:
    """Return the part as papers name it."""
    return PART_NAMES[PartKind(sitting.part)]


def time_words(sitting: Sitting) -> str:
    """Return day and hours as papers print them: 2026-05-30（周六）09:00–10:30."""
    start, end = sitting.starts_at.astimezone(SHANGHAI), sitting.ends_at.astimezone(SHANGHAI)
    return f"{start:%Y-%m-%d}（周{WEEKDAYS[start.weekday()]}）{start:%H:%M}–{end:%H:%M}"


def _head(batch: Batch, title: str, at: datetime) -> Head:
    when = at.astimezone(SHANGHAI)
    return Head(title=title, issuer=batch.body.name, at=when, number=batch.number, sample=not settings.PRODUCTION)


def _rooms(arrangement: Arrangement) -> Iterable[tuple[Sitting, list[Seat]]]:
    """Yield each sitting with the seats of one of its rooms, by number."""
    for _key, seats in groupby(in_order(seats_of(arrangement)), key=lambda seat: (seat.sitting_id, seat.room_id)):
        found = list(seats)
        yield found[0].sitting, found


def _tickets(seats: Sequence[Seat]) -> list[papers.Ticket]:
    by_person: dict[int, list[Seat]] = {}
    for seat in seats:
        by_person.setdefault(seat.enrolment_id, []).append(seat)
    ordered = sorted(by_person.values(), key=lambda mine: mine[0].enrolment.ticket_number or "")
    return [_ticket(mine) for mine in ordered]


def _ticket(seats: Sequence[Seat]) -> papers.Ticket:
    enrolment = seats[0].enrolment
    job_type = enrolment.line.job_type
    occupation = enrolment.line.occupation.name + (f"（{job_type}）" if job_type not in ("", NO_JOB_TYPE) else "")
    return papers.Ticket(
        number=enrolment.ticket_number or "",
        name=enrolment.name,
        identity=enrolment.candidate.identity_masked,
        occupation=occupation,
        level=enrolment.line.level,
        site=f"{seats[0].room.site.name}　{seats[0].room.site.address}",
        parts=[
            papers.TicketPart(part_name(seat.sitting), time_words(seat.sitting), seat.room.name, f"{seat.number:02}")
            for seat in sorted(seats, key=lambda each: each.sitting.starts_at)
        ],
        code=enrolment.ticket_number or "",
        photo=files.read(enrolment.photo) if enrolment.photo else b"",
    )


def _plan(arrangement: Arrangement, sitting: Sitting, seats: Sequence[Seat]) -> papers.SeatingPlan:
    names = {employer_of(seat.enrolment): seat.enrolment.employer for seat in seats}
    names |= {"": "个人报名"} if "" in names else {}
    groups = sorted(names)
    return papers.SeatingPlan(
        name=seats[0].room.name,
        site=arrangement.batch.site.name,
        part=part_name(sitting),
        time=time_words(sitting),
        rows=seats[0].room.rows,
        columns=seats[0].room.columns,
        seats=[
            papers.PlannedSeat(
                seat.row,
                seat.column,
                f"{seat.number:02}",
                seat.enrolment.name,
                seat.enrolment.ticket_number or "",
                shade=groups.index(employer_of(seat.enrolment)),
            )
            for seat in seats
        ],
        legend=[names[group] for group in groups],
    )


def _subject(seat: Seat) -> str:
    return f"{seat.enrolment.line.occupation.name} {level_words(seat.enrolment.line.level)}"


def _require_lock(arrangement: Arrangement) -> None:
    if arrangement.locked_at is None:
        why = _("The arrangement isn't locked, so there are no ticket numbers yet.")
        ground = Ground(why, _("Lock rooms, seats and staff first."), code="not-locked")
        raise Refused(_("Print the tickets"), [ground], subject=arrangement.batch)
