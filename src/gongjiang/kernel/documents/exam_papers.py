"""The papers of an exam: admission tickets, door signs, desk labels, sign-in sheets, seating plans."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from gongjiang.kernel.documents import qr
from gongjiang.kernel.documents.papers import Head, level_words
from gongjiang.kernel.documents.service import picture, render


@dataclass(frozen=True, slots=True)
class TicketPart:
    """When and where one part is sat."""

    name: str
    time: str
    room: str
    seat: str


@dataclass(frozen=True, slots=True)
class Ticket:
    """准考证. ``code`` is what the QR at the door says: the ticket's number or a check-in token, never a name."""

    number: str
    name: str
    identity: str
    occupation: str
    level: str
    site: str
    parts: Sequence[TicketPart]
    code: str
    photo: bytes = b""


TICKET_NOTES = (
    "凭本准考证和本人有效身份证件原件参加考试，两证缺一不得入场。",
    "请提前到达考点，对号入座，将证件放在桌面左上角。",
    "严禁携带通信工具和与考试无关的物品进入考场；违纪违规按规定处理。",
)


def tickets_pdf(head: Head, tickets: Sequence[Ticket], notes: Sequence[str] = TICKET_NOTES) -> bytes:
    """Return the tickets, two a page, with a line to cut along. Notes are the place's own where it sets them."""
    rows = [
        asdict(ticket)
        | {
            "level": level_words(ticket.level),
            "photo": picture(ticket.photo) if ticket.photo else "",
            "qr": qr.qr_svg(ticket.code),
            "exam": f"{head.issuer}　{head.title}",
        }
        for ticket in tickets
    ]
    return render("tickets", {"doc": head.data(), "tickets": rows, "notes": list(notes)}, at=head.at, fonts=head.fonts)


@dataclass(frozen=True, slots=True)
class DoorSign:
    """门贴 of one room in one sitting."""

    name: str
    site: str
    part: str
    time: str
    occupations: str
    count: int
    seats: str
    numbers: str


def door_signs_pdf(head: Head, rooms: Sequence[DoorSign], notes: Sequence[str] = ()) -> bytes:
    """Return one sign a page."""
    rows = [asdict(room) | {"count": f"{room.count} 人"} for room in rooms]
    return render("door_sign", {"doc": head.data(), "rooms": rows, "notes": list(notes)}, at=head.at, fonts=head.fonts)


@dataclass(frozen=True, slots=True)
class DeskLabel:
    """桌贴 of one seat."""

    seat: str
    name: str
    number: str
    room: str
    time: str
    occupation: str
    level: str


def desk_labels_pdf(head: Head, labels: Sequence[DeskLabel]) -> bytes:
    """Return the labels, fifteen a page, to cut out."""
    rows = [asdict(label) | {"level": level_words(label.level)} for label in labels]
    return render("desk_labels", {"doc": head.data(), "labels": rows}, at=head.at, fonts=head.fonts)


@dataclass(frozen=True, slots=True)
class SignInRow:
    """One candidate of a sign-in sheet."""

    seat: str
    name: str
    number: str
    occupation: str
    level: str


@dataclass(frozen=True, slots=True)
class SignInRoom:
    """签到表 of one room in one sitting."""

    name: str
    site: str
    part: str
    time: str
    rows: Sequence[SignInRow]


def sign_in_sheet_pdf(head: Head, rooms: Sequence[SignInRoom]) -> bytes:
    """Return the rooms' sheets, each from a new page."""
    held: list[dict[str, Any]] = []
    for room in rooms:
        rows = [asdict(row) | {"level": level_words(row.level)} for row in room.rows]
        held.append({"name": room.name, "site": room.site, "part": room.part, "time": room.time, "rows": rows})
    return render("sign_in_sheet", {"doc": head.data(), "rooms": held}, at=head.at, fonts=head.fonts)


@dataclass(frozen=True, slots=True)
class PlannedSeat:
    """A seat of the picture; rows and columns count from 1, row 1 next to the platform. ``shade`` numbers a group."""

    row: int
    column: int
    seat: str
    name: str
    number: str
    shade: int = 0


@dataclass(frozen=True, slots=True)
class SeatingPlan:
    """座次表 of one room in one sitting; ``legend`` names the shades in order."""

    name: str
    site: str
    part: str
    time: str
    rows: int
    columns: int
    seats: Sequence[PlannedSeat]
    legend: Sequence[str] = ()
    door: Literal["left", "right"] = "right"


def seating_plan_pdf(head: Head, rooms: Sequence[SeatingPlan]) -> bytes:
    """Return the rooms as pictures, one a page.

    :raises ValueError: a seat outside its room, or two people on one.
    """
    held = []
    for room in rooms:
        spots = {(seat.row, seat.column) for seat in room.seats}
        if len(spots) < len(room.seats):
            raise ValueError(f"two people on one seat in {room.name}")
        if any(not (1 <= row <= room.rows and 1 <= column <= room.columns) for row, column in spots):
            raise ValueError(f"a seat outside {room.name}")
        data = asdict(room) | {"grid": {"rows": room.rows, "columns": room.columns}}
        held.append(data | {"seats": [asdict(seat) for seat in room.seats], "legend": list(room.legend)})
    return render("seating_plan", {"doc": head.data(), "rooms": held}, at=head.at, fonts=head.fonts)
