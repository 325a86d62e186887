"""The platform's clock: real in production, shifted in the demo by its one row."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from gongjiang.kernel import clock
from gongjiang.kernel.models import DemoClock


@pytest.fixture
def stopped(monkeypatch):
    instant = datetime(2026, 6, 14, 16, 30, tzinfo=UTC)
    monkeypatch.setattr(timezone, "now", lambda: instant)
    return instant


@pytest.mark.django_db
def test_now_is_in_shanghai_where_the_day_begins_earlier(stopped):
    assert clock.now() == stopped
    assert clock.now().isoformat() == "2026-06-15T00:30:00+08:00"
    assert clock.today() == date(2026, 6, 15)


@pytest.mark.django_db
def test_the_demo_clock_shifts_it_and_production_doesnt_look(stopped, settings):
    DemoClock.objects.create(shift_seconds=-3600)
    assert clock.now() == stopped - timedelta(hours=1)
    assert clock.today() == date(2026, 6, 14)
    settings.TEST = settings.DEMO = False
    assert clock.now() == stopped


@pytest.mark.django_db
def test_there_is_one_demo_clock_at_most():
    DemoClock.objects.create(shift_seconds=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        DemoClock.objects.create(id=2, shift_seconds=1)
