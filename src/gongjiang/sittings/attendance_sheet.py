"""The sign-in sheet: who came to which part, and when."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import sheet_rows as sheets
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.sheets.model import Row
from gongjiang.law.codes import normalise
from gongjiang.planning.models import Batch
from gongjiang.sittings.columns import ATTENDANCE_COLUMNS
from gongjiang.sittings.models import Seat, Sitting
from gongjiang.sittings.queries import late_limit
from gongjiang.standards.models import PartKind

PART_WORDS = {"理论": PartKind.THEORY, "操作": PartKind.PRACTICAL, "综合评审": PartKind.PANEL}
PRESENCE_WORDS = {"到": True, "缺考": False}
TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}[ T])?(\d{1,2})[:：](\d{2})(?::\d{2})?")


@dataclass(frozen=True, slots=True)
class Arrival:
    """A candidate who came to a sitting at an instant, or didn't."""

    sitting: Sitting
    enrolment: Enrolment
    present: bool
    at: datetime


Seated = Mapping[tuple[str, str], tuple[Sitting, Enrolment]]


def read_attendance(content: bytes, *, batch: Batch, at: datetime) -> list[Arrival]:
    """Return the arrivals that the sheet states.

    :raises SheetRefused: with every problem of every row.
    """
    sheet = sheets.read(content, ATTENDANCE_COLUMNS, _("Import attendance"))
    seated = _seated(batch)
    limits: dict[int, datetime] = {}
    twice = sheets.first_twice(sheet.rows, lambda row: (normalise(row.text("identity")).text, row.text("part")))
    arrivals: list[Arrival] = []
    for row in sheet.rows:
        if row.number in twice:
            why = _("The same candidate and part stand in row %(row)s.") % {"row": twice[row.number]}
            sheet.wrong(row, "identity", why, _("Remove one of them."), "row-twice")
            continue
        arrival = _arrival(sheet, row, seated, at)
        if arrival is None:
            continue
        limit = limits.setdefault(arrival.sitting.pk, late_limit(arrival.sitting))
        _check_time(sheet, row, arrival, limit, at)
        arrivals.append(arrival)
    sheet.refuse_if_wrong()
    return arrivals


def _seated(batch: Batch) -> dict[tuple[str, str], tuple[Sitting, Enrolment]]:
    seats = Seat.objects.filter(arrangement__batch=batch, arrangement__superseded=False)
    rows = seats.select_related("sitting", "enrolment__candidate")
    return {(s.enrolment.candidate.person_key, s.sitting.part): (s.sitting, s.enrolment) for s in rows}


def _arrival(sheet: sheets.Sheet, row: Row, seated: Seated, at: datetime) -> Arrival | None:
    part = sheet.choice(row, "part", PART_WORDS)
    present = sheet.choice(row, "presence", PRESENCE_WORDS)
    identity = row["identity"]
    if part is None or present is None or identity.kind in ("empty", "number"):
        return None
    found = seated.get((blind_index(normalise(identity.value).text), part))
    if found is None:
        why = _("Nobody with this number has a seat in this part of the batch.")
        sheet.wrong(row, "identity", why, _("Compare the number with the sign-in sheet."), "not-seated")
        return None
    sitting, enrolment = found
    signed = _signed(sheet, row)
    instant = at
    if present and signed is not None:
        instant = datetime.combine(sitting.starts_at.astimezone(SHANGHAI).date(), signed, tzinfo=SHANGHAI)
    return Arrival(sitting, enrolment, present, instant)


def _signed(sheet: sheets.Sheet, row: Row) -> time | None:
    text = row.text("signed_at")
    if not text:
        return None
    found = TIME.fullmatch(text)
    if found and int(found.group(1)) < 24 and int(found.group(2)) < 60:
        return time(int(found.group(1)), int(found.group(2)))
    sheet.wrong(row, "signed_at", _("This isn't a time of day."), _("Write it as 08:41."), "time")
    return None


def _check_time(sheet: sheets.Sheet, row: Row, arrival: Arrival, limit: datetime, at: datetime) -> None:
    if at < arrival.sitting.starts_at:
        why = _("The sitting hasn't begun yet.")
        sheet.wrong(row, "part", why, _("Import its rows once it has begun."), "not-begun")
    elif arrival.present and TIME.fullmatch(row.text("signed_at")) and arrival.at > limit:
        why = _("Signed in after %(time)s, when nobody is let in any more.") % {"time": f"{limit:%H:%M}"}
        sheet.wrong(row, "signed_at", why, _("Record the candidate as absent, or correct the time."), "too-late")
    elif not arrival.present and at <= limit:
        why = _("Candidates may still come until %(time)s.") % {"time": f"{limit:%H:%M}"}
        sheet.wrong(row, "presence", why, _("Record who is absent after that."), "not-late-yet")
