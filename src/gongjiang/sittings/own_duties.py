"""What somebody on a staff list is named for, for the person's own page; secret until it is released."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.parts import Cell
from gongjiang.sittings.models import Duty, DutyAnswer
from gongjiang.sittings.queries_dispatch import DISPATCHED, released
from gongjiang.sittings.staffing_words import role_name
from gongjiang.standards.models import PartKind
from gongjiang.workforce.duties import Task
from gongjiang.workforce.models import StaffMember


def own_duties(entries: Sequence[StaffMember], today: date) -> Iterator[Task]:
    """Yield the duties of one person from the day on, of batches whose arrangement is released (JL-2024-5§31)."""
    found = Duty.objects.filter(
        member__in=entries, ended_at=None, batch__exam_until__gte=today, batch__in=released().values("batch")
    )
    for duty in found.select_related("batch__site", "room"):
        where = " ".join(filter(None, (duty.batch.site.name, duty.room.name if duty.room else "")))
        url = reverse("own-duty", args=[duty.pk])
        yield Task(task_name(duty), duty.batch.title, duty.batch.exam_from, where, url, answer_badge(duty))


def task_name(duty: Duty) -> str:
    """Return the role with the part in which it is done."""
    return f"{role_name(duty.role)} · {PartKind(duty.part).label}" if duty.part else role_name(duty.role)


def answer_badge(duty: Duty) -> Cell | None:
    """Return what the holder said, None where nothing is asked."""
    if duty.role not in DISPATCHED:
        return None
    if duty.answer == DutyAnswer.ACCEPTED:
        return Cell(_("Duty accepted"), state="ok")
    if duty.answer == DutyAnswer.DECLINED:
        return Cell(_("Duty declined"), state="no")
    return Cell(_("Not answered yet"), state="wait")


def presence_badge(duty: Duty) -> Cell | None:
    """Return whether the holder came, None while nobody has recorded it."""
    if duty.present is None:
        return None
    return Cell(_("present"), state="ok") if duty.present else Cell(_("absent"), state="no")
