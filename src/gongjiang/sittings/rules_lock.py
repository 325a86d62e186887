"""What must hold before an arrangement is locked, released, and an exam begins, each as grounds with its article."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.planning.rules import scope_grounds
from gongjiang.sittings import seating, staffing, staffing_words
from gongjiang.sittings.models import Arrangement, Attendance, Briefing, Duty, ExamRoom, Seat, Sitting
from gongjiang.sittings.queries import current_of, earliest_release, secrecy_cites
from gongjiang.sittings.rules_rooms import missing_beside, parts_by_line, wrong_with_use
from gongjiang.standards.models import PartKind


def wrong_with_lock(batch: Batch, at: datetime, *, accepted: str = "") -> list[Ground]:
    """Return everything that keeps rooms, seats and staff from being locked, the body's standing on the day included.

    ``accepted`` is the reason for which colleagues stay side by side although fewer conflicts may be possible.
    """
    arrangement = current_of(batch)
    if arrangement is None:
        way = _("Schedule the sittings and arrange the seats.")
        return [Ground(_("No seats are arranged yet."), way, code="no-arrangement")]
    grounds = [*unseated(arrangement), *wrong_rooms(arrangement), *double_booked(arrangement)]
    if not accepted.strip():
        grounds += side_by_side(arrangement)
    return [*grounds, *wrong_with_roster(arrangement), *scope_grounds(batch, batch.exam_from)]


def wrong_with_roster(arrangement: Arrangement) -> list[Ground]:
    """Return everything that is wrong with the roster (JL-2024-5§21)."""
    batch = arrangement.batch
    _roles, cites = staffing.role_rule(batch, batch.exam_from)
    names = staffing_words.names_for(batch, batch.exam_from)
    return list(dict.fromkeys(staffing_words.ground_of(each, names, cites) for each in staffing.check(arrangement)))


def unseated(arrangement: Arrangement) -> Iterable[Ground]:
    """Yield the grounds that the seats aren't those of the candidates decided as eligible, part by part."""
    by_line = parts_by_line(arrangement.batch)
    wanted = {(e.pk, part.kind) for e in seating.eligible_of(arrangement.batch) for part in by_line[e.line_id]}
    held = set(Seat.objects.filter(arrangement=arrangement).values_list("enrolment_id", "sitting__part"))
    lacking, extra = len(wanted - held), len(held - wanted)
    if lacking:
        why = _("%(count)s seats are lacking for candidates decided as eligible.") % {"count": lacking}
        yield Ground(why, _("Arrange the seats again."), code="unseated")
    if extra:
        why = _("%(count)s seats are held by candidates who aren't eligible any more.") % {"count": extra}
        yield Ground(why, _("Arrange the seats again."), code="seated-too-many")


def wrong_rooms(arrangement: Arrangement) -> Iterable[Ground]:
    """Yield what is wrong with the rooms used, on their days, and which rooms lack beside them (JL-2024-5§18, §19)."""
    where = regime_of(arrangement.batch)
    used = Seat.objects.filter(arrangement=arrangement).values_list("room_id", "sitting__starts_at").distinct()
    pairs = {(room, seating.day_of(start)) for room, start in used}
    rooms = ExamRoom.everything.in_bulk({room for room, _day in pairs})
    for pk, day in sorted(pairs):
        yield from wrong_with_use(rooms[pk], day, where)
    for day in sorted({day for _room, day in pairs}):
        yield from missing_beside(arrangement.batch, day)


def side_by_side(arrangement: Arrangement) -> Iterable[Ground]:
    """Yield the ground that people of one employer sit side by side although it could be avoided."""
    least = sum(each["lower_bound"] for each in arrangement.explanation)
    if len(arrangement.conflicts) > least:
        told = {"count": len(arrangement.conflicts), "least": least}
        why = _("%(count)s pairs of colleagues sit side by side; as few as %(least)s may be possible.") % told
        way = _("Move one of each pair, arrange again, or accept it with a reason.")
        rule = ask.TICKET_BY_ARRANGEMENT.get(place=regime_of(arrangement.batch), day=arrangement.batch.exam_from)
        yield Ground(why, way, rule.cites if rule else (), "side-by-side")


def double_booked(arrangement: Arrangement) -> Iterable[Ground]:
    """Yield the ground that candidates, rooms or staff are taken by another batch at the same time."""
    batch = arrangement.batch
    mine = list(Sitting.everything.filter(seats__arrangement=arrangement).distinct())
    for sitting in mine:
        others = Seat.objects.filter(
            arrangement__superseded=False,
            arrangement__locked_at__isnull=False,
            sitting__starts_at__lt=sitting.ends_at,
            sitting__ends_at__gt=sitting.starts_at,
        ).exclude(sitting__batch=batch)
        seats = Seat.objects.filter(arrangement=arrangement, sitting=sitting)
        people = others.filter(enrolment__candidate__in=seats.values("enrolment__candidate"))
        count = people.values("enrolment__candidate").distinct().count()
        if count:
            told = {"count": count, "part": PartKind(sitting.part).label}
            why = _("%(part)s: %(count)s candidates sit another exam at the same time.") % told
            yield Ground(why, _("Move the sitting to another time."), code="two-exams")
        for name in sorted(set(others.filter(room__in=seats.values("room")).values_list("room__name", flat=True))):
            why = _("%(room)s is taken by another batch at the same time.") % {"room": name}
            yield Ground(why, _("Move the sitting to another time, or use another room."), code="room-taken")


def wrong_with_release(batch: Batch, at: datetime) -> list[Ground]:
    """Return why the arrangement can't be shown to others yet (JL-2024-5§31 and the place's setting)."""
    arrangement, earliest = current_of(batch), earliest_release(batch)
    if arrangement is None or arrangement.locked_at is None:
        way = _("Lock rooms, seats and staff first.")
        return [Ground(_("The arrangement isn't locked."), way, code="not-locked")]
    if earliest and at < earliest:
        why = _("Until %(when)s it is kept secret.") % {"when": f"{earliest:%Y-%m-%d %H:%M}"}
        way = _("Release it from then on; the place sets how long before the exam.")
        return [Ground(why, way, secrecy_cites(batch, at), "too-early")]
    return []


def wrong_with_start(batch: Batch, at: datetime) -> list[Ground]:
    """Return everything that keeps the exam from beginning: release, briefing, day, the body's standing."""
    grounds = list(scope_grounds(batch, at.date()))
    arrangement = current_of(batch)
    if arrangement is None or arrangement.released_at is None or arrangement.released_at > at:
        why = _("The arrangement isn't released, so nobody has a ticket.")
        grounds.append(Ground(why, _("Release it first."), code="not-released"))
    grounds += _no_briefing(batch, at)
    first = batch.sittings.order_by("starts_at").first()
    if first is None or at.date() < seating.day_of(first.starts_at):
        day = seating.day_of(first.starts_at) if first else batch.exam_from
        why = _("The first sitting is on %(day)s.") % {"day": day}
        grounds.append(Ground(why, _("Begin on that day."), code="too-early"))
    return grounds


def _no_briefing(batch: Batch, at: datetime) -> Iterable[Ground]:
    rule = ask.STAFF_BRIEFING_REQUIRED.get(place=regime_of(batch), day=at.date())
    if not (rule and rule.value):
        return
    briefing = Briefing.objects.filter(batch=batch, held_at__lte=at).first()
    if briefing is None:
        why = _("No staff briefing is recorded.")
        yield Ground(why, _("Hold it, and record who attended."), rule.cites, "no-briefing")
        return
    there = set(briefing.attended.values_list("pk", flat=True))
    duties = Duty.objects.filter(batch=batch, ended_at=None)
    roles: dict[str, bool] = {}
    for role, member in duties.values_list("role", "member_id"):
        roles[role] = roles.get(role, False) or member in there
    absent = sorted(role for role, present in roles.items() if not present)
    if absent:
        names = ", ".join(staffing_words.role_name(role) for role in absent)
        why = _("Nobody of these roles attended the briefing: %(roles)s.") % {"roles": names}
        yield Ground(why, _("Brief them, and record that they attended."), rule.cites, "briefing-incomplete")


def wrong_with_end(batch: Batch, at: datetime) -> list[Ground]:
    """Return what keeps the exam from being ended: a sitting that runs, or a candidate neither present nor absent."""
    grounds = []
    last = batch.sittings.order_by("-ends_at").first()
    if last and at < last.ends_at:
        why = _("The last sitting ends at %(when)s.") % {"when": f"{last.ends_at.astimezone(at.tzinfo):%m-%d %H:%M}"}
        grounds.append(Ground(why, _("End the exam after it."), code="still-running"))
    seats = Seat.objects.filter(arrangement__batch=batch, arrangement__superseded=False)
    seated = set(seats.values_list("sitting_id", "enrolment_id"))
    told = set(Attendance.objects.filter(sitting__batch=batch).values_list("sitting_id", "enrolment_id"))
    open_count = len(seated - told)
    if open_count:
        why = _("For %(count)s seats nobody recorded whether the candidate came.") % {"count": open_count}
        grounds.append(Ground(why, _("Record each as present or absent."), code="attendance-open"))
    return grounds
