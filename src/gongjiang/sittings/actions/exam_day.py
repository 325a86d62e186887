"""Acts of an exam day: beginning, checking in at the door, misconduct, ending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import audit, idempotency, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BATCH, BatchState
from gongjiang.sittings import rules_door, rules_lock
from gongjiang.sittings.attendance_sheet import Arrival, read_attendance
from gongjiang.sittings.misconduct import CATALOGUE
from gongjiang.sittings.models import Attendance, Misconduct, Sitting
from gongjiang.sittings.permissions import AT_THE_DOOR, require_role, require_state

S = BatchState
HALL = (S.EXAM,)


@transaction.atomic
def start_exam(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Begin the exam: from here on candidates are checked in.

    :raises Refused: not released, no briefing (JL-2024-5§23), before the first sitting's day, or the body may no longer
        assess what the batch examines.
    """
    asked = str(BATCH.table["start_exam"].label)
    BATCH.require("start_exam", batch, actor=actor, on=at.date())
    refuse_if(asked, rules_lock.wrong_with_start(batch, at), subject=batch)
    workflow.apply(batch, "start_exam", actor=actor, at=at)
    return batch


@transaction.atomic
def check_in(
    *,
    actor: Actor,
    at: datetime,
    sitting: Sitting,
    enrolment: Enrolment,
    present: bool,
    key: str,
    papers_seen: bool = True,
) -> Attendance:
    """Record at the door that a candidate came, or is absent; the actor answers for having seen ticket and document.

    The same key again changes nothing. A second record corrects the first, and both stand in the trail.

    :param papers_seen: whether ticket and identity document were both shown (JL-2024-5§20).
    :raises Refused: not seated in this sitting, papers not seen, too late, or absent before the late limit is over.
    """
    asked = _("Check in")
    require_role(actor, AT_THE_DOOR, asked=asked, subject=sitting.batch)
    require_state(sitting.batch, HALL, asked=asked)
    grounds = rules_door.wrong_with_arrival(sitting, enrolment, present=present, papers_seen=papers_seen, at=at)
    request = {"sitting": sitting.pk, "enrolment": enrolment.pk, "present": present}
    refuse_if(asked, grounds, subject=sitting.batch)

    def record() -> int:
        row, changed = _record(actor, Arrival(sitting, enrolment, present, at))
        if changed:
            audit.record(
                actor=actor,
                action="attendance.record",
                subject=enrolment,
                at=at,
                facts={"sitting": sitting.pk, "present": present},
                cites=rules_door.papers_cites(sitting),
                about=sitting.batch,
            )
        return row.pk

    pk, _now = idempotency.once(key=key, action="attendance.record", request=request, at=at, do=record)
    return Attendance.objects.get(pk=pk)


@dataclass(frozen=True, slots=True)
class AttendanceRead:
    """How many were present and absent on a sheet, and how many records it changed."""

    present: int
    absent: int
    changed: int


@transaction.atomic
def import_attendance(*, actor: Actor, at: datetime, batch: Batch, content: bytes) -> AttendanceRead:
    """Record the sign-in sheet of a batch's sittings; all rows or none. The same sheet again changes nothing.

    :raises SheetRefused: with every problem of every row.
    """
    asked = _("Import attendance")
    require_role(actor, AT_THE_DOOR, asked=asked, subject=batch)
    require_state(batch, HALL, asked=asked)
    arrivals = read_attendance(content, batch=batch, at=at)
    changed = _record_many(actor, arrivals)
    acts = [
        audit.Act(
            "attendance.record",
            arrival.enrolment,
            {"sitting": arrival.sitting.pk, "present": arrival.present, "sheet": True},
            about=batch,
        )
        for arrival in changed
    ]
    audit.record_many(actor=actor, at=at, acts=acts)
    came = sum(arrival.present for arrival in arrivals)
    return AttendanceRead(came, len(arrivals) - came, len(changed))


@transaction.atomic
def record_misconduct(
    *,
    actor: Actor,
    at: datetime,
    sitting: Sitting,
    enrolment: Enrolment,
    code: str,
    facts: str,
    heard: str = "",
    key: str,
) -> Misconduct:
    """Record a breach of discipline by the catalogue, what was seen, and what the candidate says (JL-2024-5§24).

    The catalogue decides the effect on the scores. The same key again changes nothing.

    :raises Refused: unknown breach, nothing written, the candidate not present, or a score voided without a hearing.
    """
    asked = _("Record a breach of discipline")
    require_role(actor, AT_THE_DOOR, asked=asked, subject=sitting.batch)
    require_state(sitting.batch, (S.EXAM, S.MARKING), asked=asked)
    grounds = rules_door.wrong_with_breach(sitting, enrolment, code, facts, heard)
    request = {"sitting": sitting.pk, "enrolment": enrolment.pk, "code": code}
    refuse_if(asked, grounds, subject=sitting.batch)

    def record() -> int:
        breach = CATALOGUE[code]
        row, created = Misconduct.objects.get_or_create(
            sitting=sitting,
            enrolment=enrolment,
            code=code,
            defaults={
                "effect": breach.effect,
                "facts": facts.strip(),
                "heard": heard.strip(),
                "at": at,
                "by_id": actor.user_id or 0,
            },
        )
        if created:
            audit.record(
                actor=actor,
                action="misconduct.record",
                subject=row,
                at=at,
                facts={**request, "effect": breach.effect},
                about=sitting.batch,
            )
        return row.pk

    pk, _now = idempotency.once(key=key, action="misconduct.record", request=request, at=at, do=record)
    return Misconduct.objects.get(pk=pk)


@transaction.atomic
def end_exam(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """End the exam once every sitting is over and everybody is recorded as present or absent.

    :raises Refused: a sitting still runs, or attendance lacks.
    """
    asked = str(BATCH.table["end_exam"].label)
    BATCH.require("end_exam", batch, actor=actor, on=at.date())
    refuse_if(asked, rules_lock.wrong_with_end(batch, at), subject=batch)
    rows = Attendance.objects.filter(sitting__batch=batch)
    facts = {
        "present": rows.filter(present=True).count(),
        "absent": rows.filter(present=False).count(),
        "misconduct": Misconduct.objects.filter(sitting__batch=batch).count(),
    }
    batch.examined_on = at.date()
    batch.save(update_fields=["examined_on"])
    workflow.apply(batch, "end_exam", actor=actor, at=at, facts=facts)
    return batch


def _record(actor: Actor, arrival: Arrival) -> tuple[Attendance, bool]:
    defaults = {"present": arrival.present, "at": arrival.at, "by_id": actor.user_id}
    row, created = Attendance.objects.select_for_update().get_or_create(
        sitting=arrival.sitting, enrolment=arrival.enrolment, defaults=defaults
    )
    if created or row.present == arrival.present:
        return row, created
    row.present, row.at, row.by_id = arrival.present, arrival.at, actor.user_id
    row.save(update_fields=["present", "at", "by_id"])
    return row, True


def _record_many(actor: Actor, arrivals: Sequence[Arrival]) -> list[Arrival]:
    """Write the arrivals with two statements; returns those that changed something."""
    known = {
        (row.sitting_id, row.enrolment_id): row
        for row in Attendance.objects.select_for_update().filter(sitting__in={arrival.sitting for arrival in arrivals})
    }
    new = [each for each in arrivals if (each.sitting.pk, each.enrolment.pk) not in known]
    other = [
        each
        for each in arrivals
        if (row := known.get((each.sitting.pk, each.enrolment.pk))) and row.present != each.present
    ]
    Attendance.objects.bulk_create(
        [
            Attendance(
                sitting=each.sitting, enrolment=each.enrolment, present=each.present, at=each.at, by_id=actor.user_id
            )
            for each in new
        ],
        batch_size=500,
    )
    for each in other:
        row = known[each.sitting.pk, each.enrolment.pk]
        row.present, row.at, row.by_id = each.present, each.at, actor.user_id
    Attendance.objects.bulk_update(
        [known[each.sitting.pk, each.enrolment.pk] for each in other], ["present", "at", "by_id"], batch_size=500
    )
    return [*new, *other]
