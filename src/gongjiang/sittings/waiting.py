"""What waits for those who arrange and hold exams, and what an arrangement adds to a batch's page."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Question
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import batches_for, regime_of
from gongjiang.planning.states import BATCH, BatchState
from gongjiang.sittings import queries_dispatch, rules_dispatch, rules_lock
from gongjiang.sittings.models import Arrangement, Attendance, Seat
from gongjiang.sittings.queries import current_of, is_released, may_see
from gongjiang.sittings.staffing_words import role_name
from gongjiang.sittings.tables import address

S = BatchState
ROLES = ask.STAFF_ROLES


def lacking_for_lock(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return what keeps the arrangement from being locked."""
    return rules_lock.wrong_with_lock(batch, at)


def lacking_for_start(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return what keeps the exam from beginning."""
    return rules_lock.wrong_with_start(batch, at)


def lacking_for_end(batch: Batch, actor: Actor, at: datetime) -> list[Ground]:
    """Return what keeps the exam from being ended."""
    return rules_lock.wrong_with_end(batch, at)


def for_arrangers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield batches to arrange, to release, to brief, to begin and to end, by their exam's first day."""
    found = batches_for(actor).filter(state__in=(S.READY, S.ARRANGED, S.EXAM)).order_by("exam_from")
    released = set(
        Arrangement.everything.filter(batch__in=found, superseded=False, released_at__isnull=False).values_list(
            "batch_id", flat=True
        )
    )
    for batch in found:
        eve = batch.exam_from - timedelta(days=1)
        if batch.state == S.READY:
            what = _("Arrange seats and staff, then lock")
            yield _item(batch, today, "lock_arrangement", what, "arrangement", eve)
        elif batch.state == S.EXAM:
            what = _("Check in candidates, then end the exam")
            yield _item(batch, today, "end_exam", what, "exam-day", batch.exam_until)
        elif batch.pk not in released:
            what, rule = _("Release the arrangement"), ask.ARRANGEMENT_SECRET_BEFORE_EXAM
            yield _item(batch, today, "release", what, "arrangement", eve, rule)
        elif batch.briefed_on is None:
            what, rule = _("Hold the staff briefing"), ask.STAFF_BRIEFING_REQUIRED
            yield _item(batch, today, "briefing", what, "briefing", eve, rule)
        else:
            yield _item(batch, today, "start_exam", _("Begin the exam"), "exam-day", batch.exam_from)


def for_invigilators(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the exams under way today, for those at the door."""
    found = batches_for(actor).filter(state__in=(S.ARRANGED, S.EXAM), exam_from__lte=today)
    for batch in found.order_by("exam_from"):
        yield _item(batch, today, "start_exam", _("Check in candidates"), "exam-day", batch.exam_until)


def for_holders(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the duties to which the actor was sent and hasn't answered."""
    for duty in queries_dispatch.waiting_for_answer(actor):
        role = role_name(duty.role)
        yield QueueItem(
            what=_("Accept or decline: %(role)s") % {"role": role},
            sub=_("Exam on %(day)s") % {"day": duty.batch.exam_from},
            subject=duty.batch.title,
            url=address("own-duty", duty.pk),
            action_label=_("Open"),
            deadline=duty.batch.exam_from - timedelta(days=1),
            cites=rules_dispatch.dispatch_cites(duty),
            key=f"dispatch:{duty.pk}",
        )


def declined(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the batches of which somebody has declined a duty; the manager gives it to somebody else."""
    for batch, n in queries_dispatch.declined_by_batch(batches_for(actor)).items():
        what = ngettext("%(n)s duty was declined: find somebody else", "%(n)s duties were declined: find others", n)
        yield _item(batch, today, "declined", what % {"n": n}, "roster", batch.exam_from - timedelta(days=1), ROLES)


def section(batch: Batch, actor: Actor, at: datetime) -> dict[str, Any] | None:
    """Return what a batch's page says of its exam; nothing of seats and staff to whom they are secret."""
    sittings = list(batch.sittings.order_by("starts_at"))
    if not sittings:
        return None
    arrangement = current_of(batch)
    context: dict[str, Any] = {"batch": batch, "sittings": sittings, "is_released": is_released(arrangement, at)}
    if not may_see(actor, batch, arrangement, at):
        return context | {"secret": True}
    seats = Seat.objects.filter(arrangement=arrangement) if arrangement else Seat.objects.none()
    attendance = Attendance.objects.filter(sitting__batch=batch)
    return context | {
        "arrangement": arrangement,
        "seated": seats.values("enrolment").distinct().count(),
        "rooms": seats.values("room").distinct().count(),
        "duties": batch.duties.filter(ended_at=None).count(),
        "present": attendance.filter(present=True).count(),
        "absent": attendance.filter(present=False).count(),
    }


def _item(
    batch: Batch, today: date, key: str, what: str, page: str, deadline: date, question: Question[Any] | None = None
) -> QueueItem:
    if question is None:
        cites = BATCH.table[key].cites_at(regime_of(batch), today)
    else:
        rule = question.get(place=regime_of(batch), day=today)
        cites = rule.cites if rule else ()
    return QueueItem(
        what=what,
        sub=_("Exam on %(day)s") % {"day": batch.exam_from},
        subject=batch.title,
        url=address(page, batch.pk),
        action_label=_("Open"),
        deadline=deadline,
        cites=cites,
        key=f"{key}:{batch.pk}",
    )
