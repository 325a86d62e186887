"""What somebody on a staff list is named for, for the person's own page; secret until it is released."""

from collections.abc import Iterator, Sequence
from datetime import date

from django.urls import reverse

from gongjiang.sittings.models import Arrangement, Duty
from gongjiang.sittings.staffing import role_name
from gongjiang.standards.models import PartKind
from gongjiang.workforce.duties import Task
from gongjiang.workforce.models import StaffMember


def own_duties(entries: Sequence[StaffMember], today: date) -> Iterator[Task]:
    """Yield the duties of one person from the day on, of batches whose arrangement is released (JL-2024-5§31)."""
    released = Arrangement.everything.filter(superseded=False, released_at__isnull=False)
    found = Duty.objects.filter(
        member__in=entries, ended_at=None, batch__exam_until__gte=today, batch__in=released.values("batch")
    )
    for duty in found.select_related("batch__site", "room"):
        part = f" · {PartKind(duty.part).label}" if duty.part else ""
        where = " ".join(filter(None, (duty.batch.site.name, duty.room.name if duty.room else "")))
        url = reverse("exam-day", args=[duty.batch_id])
        yield Task(f"{role_name(duty.role)}{part}", duty.batch.title, duty.batch.exam_from, where, url)
