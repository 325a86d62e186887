"""What time it is: read only by views, tasks and commands, and passed down. The demo has a clock of its own."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone

SHANGHAI = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """Return the platform's present instant, aware, in Asia/Shanghai; in demo mode shifted by the demo clock."""
    return timezone.now().astimezone(SHANGHAI) + _shift()


def today() -> date:
    """Return the platform's present day in Asia/Shanghai."""
    return now().date()


def _shift() -> timedelta:
    if not (settings.DEMO or settings.TEST):
        return timedelta(0)
    from gongjiang.kernel.models import DemoClock

    row = DemoClock.objects.first()
    return timedelta(seconds=row.shift_seconds) if row else timedelta(0)
