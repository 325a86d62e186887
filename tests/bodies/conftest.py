from collections.abc import Callable

import pytest
from django.utils import timezone
from tests.factories import at

from gongjiang.kernel.models import DemoClock


@pytest.fixture
def set_clock(db) -> Callable[[str], None]:
    """Return a way to set the platform's clock to an instant such as ``2026-06-17 10:24``."""

    def set_to(text: str) -> None:
        DemoClock.objects.get_or_create(id=1)
        DemoClock.objects.update(shift_seconds=int((at(text) - timezone.now()).total_seconds()) + 1)

    return set_to
