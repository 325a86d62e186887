"""Reads about sittings. Until its release an arrangement is its body's clerks' and manager's only (JL-2024-5§31)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gongjiang.bodies.models import ExamSite
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for, regime_of
from gongjiang.planning.states import BatchState
from gongjiang.sittings.models import Arrangement, Attendance, Duty, ExamRoom, Misconduct, Seat, Sitting
from gongjiang.sittings.rules_rooms import natural

ARRANGERS = ("exam_clerk", "body_manager")
ON_THE_DAY = (*ARRANGERS, "invigilator", "assessor", "internal_supervisor")
OPEN_STATES = (BatchState.READY, BatchState.ARRANGED, BatchState.EXAM)


def rooms_for(actor: Actor) -> QuerySet[ExamRoom]:
    """Return the rooms in the actor's part of the tree."""
    found: QuerySet[ExamRoom] = ExamRoom.objects.for_actor(actor)
    return found.select_related("site__body")


def rooms_of(actor: Actor, site: ExamSite) -> QuerySet[ExamRoom]:
    """Return the rooms of a site in the actor's part of the tree."""
    return rooms_for(actor).filter(site=site).order_by("kind", "name")


def sittings_for(actor: Actor) -> QuerySet[Sitting]:
    """Return the sittings in the actor's part of the tree; when and where is announced, so no secret."""
    found: QuerySet[Sitting] = Sitting.objects.for_actor(actor)
    return found.select_related("batch__site")


def batches_with_exams(actor: Actor) -> QuerySet[Batch]:
    """Return the actor's batches that are being arranged or examined, the next exam first."""
    return batches_for(actor).filter(state__in=OPEN_STATES).prefetch_related("sittings").order_by("exam_from", "pk")


def secrecy_cites(batch: Batch, at: datetime) -> tuple[Citation, ...]:
    """Return the articles that keep the arrangement secret before the exam."""
    rule = ask.ARRANGEMENT_SECRET_BEFORE_EXAM.get(place=regime_of(batch), day=at.date())
    return rule.cites if rule else ()


def is_released(arrangement: Arrangement | None, at: datetime) -> bool:
    """Say whether others than those who arrange may see it."""
    return arrangement is not None and arrangement.released_at is not None and arrangement.released_at <= at


def may_see(actor: Actor, batch: Batch, arrangement: Arrangement | None, at: datetime) -> bool:
    """Say whether the actor may see seats and staff: those who arrange always, other staff once released."""
    if not actor.sees(batch.body.organisation.path or ""):
        return False
    if actor.organisation_id == batch.body.organisation_id and actor.has(*ARRANGERS):
        return True
    return actor.kind in ("staff", "system") and (actor.kind == "system" or is_released(arrangement, at))


def current_of(batch: Batch) -> Arrangement | None:
    """Return the batch's current arrangement, whoever asks: for actions and checks that show nothing of it."""
    return Arrangement.everything.filter(batch=batch, superseded=False).select_related("batch__body").first()


def arrangement_for(actor: Actor, batch: Batch, at: datetime) -> Arrangement | None:
    """Return the current arrangement of a batch of the actor's, None if there is none yet.

    :raises NotAllowed: it is kept secret from the actor until its release (JL-2024-5§31).
    """
    arrangement = current_of(batch)
    if not may_see(actor, batch, arrangement, at):
        way = _("It can be seen once the body has released it before the exam.")
        why = _("Seats and staff are kept secret before the exam.")
        ground = Ground(why, way, secrecy_cites(batch, at), "secret")
        raise NotAllowed(_("See the arrangement"), [ground], subject=batch, action="arrangement.see")
    return arrangement


def versions_of(batch: Batch) -> QuerySet[Arrangement]:
    """Return every version, newest first; the caller has been let in by :func:`arrangement_for`."""
    return Arrangement.everything.filter(batch=batch).order_by("-version")


def seats_of(arrangement: Arrangement) -> QuerySet[Seat]:
    """Return the seats with what pages and papers say of them; the caller has reached the arrangement."""
    return (
        Seat.objects.filter(arrangement=arrangement)
        .select_related(
            "sitting", "room__site", "enrolment__candidate", "enrolment__line__occupation", "enrolment__photo"
        )
        .order_by("sitting__starts_at", "room__name", "number")
    )


def in_order(seats: Iterable[Seat]) -> list[Seat]:
    """Return seats by time, room (2 before 10) and number; sitting and room are at hand."""
    return sorted(seats, key=lambda s: (s.sitting.starts_at, natural(s.room.name), s.room_id, s.number))


def own_seats(actor: Actor, at: datetime) -> QuerySet[Seat]:
    """Return a candidate's own seats in released arrangements, soonest first; nobody else's, nothing earlier."""
    if actor.kind != "candidate" or not actor.person_key:
        return Seat.objects.none()
    return (
        Seat.objects.filter(
            enrolment__candidate__person_key=actor.person_key,
            arrangement__superseded=False,
            arrangement__locked_at__isnull=False,
            arrangement__released_at__lte=at,
        )
        .select_related(
            "sitting",
            "room__site",
            "enrolment__line__occupation",
            "enrolment__batch__body",
            "enrolment__candidate",
            "enrolment__photo",
        )
        .order_by("sitting__starts_at")
    )


def earliest_release(batch: Batch) -> datetime | None:
    """Return the first instant at which the place lets the arrangement be released; None without a sitting.

    The place's setting counts back from the first sitting; the whole day that it falls on is open.
    """
    first = batch.sittings.order_by("starts_at").first()
    if first is None:
        return None
    start = first.starts_at.astimezone(SHANGHAI)
    hours = setting("sitting.release_hours", place=regime_of(batch), day=start.date()).value
    earliest: datetime = start - timedelta(hours=hours)
    return earliest.replace(hour=0, minute=0, second=0, microsecond=0)


def late_limit(sitting: Sitting) -> datetime:
    """Return the last instant at which a candidate is let in, by the place's setting."""
    start = sitting.starts_at.astimezone(SHANGHAI)
    minutes = setting("exam.late_limit_minutes", place=regime_of(sitting.batch), day=start.date()).value
    return start + timedelta(minutes=minutes)


def attendance_of(batch: Batch) -> dict[tuple[int, int], Attendance]:
    """Return what was recorded at the door, by sitting and enrolment."""
    found = Attendance.objects.filter(sitting__batch=batch)
    return {(row.sitting_id, row.enrolment_id): row for row in found}


def misconduct_of(batch: Batch) -> QuerySet[Misconduct]:
    """Return the batch's breaches of discipline, newest first."""
    found = Misconduct.objects.filter(sitting__batch=batch)
    return found.select_related("enrolment", "sitting").order_by("-at", "-pk")


def absent_in(batch: Batch, part: str) -> set[int]:
    """Return the enrolments recorded as absent from a part."""
    rows = Attendance.objects.filter(sitting__batch=batch, sitting__part=part, present=False)
    return set(rows.values_list("enrolment_id", flat=True))


def voided_in(batch: Batch, part: str) -> set[int]:
    """Return the enrolments whose score in a part is void: by a breach in it, or one that voids all parts."""
    rows = Misconduct.objects.filter(sitting__batch=batch)
    rows = rows.filter(Q(effect="all_void") | Q(effect="part_void", sitting__part=part))
    return set(rows.values_list("enrolment_id", flat=True))


def misconduct_of_person(person_key: str) -> QuerySet[Misconduct]:
    """Return a person's breaches in every batch, newest first: what a reviewer of a later enrolment is told."""
    found = Misconduct.objects.filter(enrolment__candidate__person_key=person_key)
    return found.select_related("sitting__batch").order_by("-at")


def roster_changes(batch: Batch) -> QuerySet[Duty]:
    """Return duties that were ended with a reason after the lock, newest first: what supervisors are shown."""
    found = Duty.objects.filter(batch=batch, ended_at__isnull=False)
    return found.select_related("member", "room").order_by("-ended_at")
