"""The demo's data as the command sees them: are they there, are they alone, where does their clock go on."""

from collections.abc import Callable
from datetime import timedelta

from django.conf import settings

from gongjiang.accounts.models import User
from gongjiang.kernel import clock
from gongjiang.kernel.actor import system
from gongjiang.portal.actions import set_demo_clock
from gongjiang.portal.queries_clock import last_instant

MARK = settings.DATA_DIR / "loaded"
PAUSE = timedelta(hours=2)  # a longer silence means that the demo was off, not that a visitor read for a while


def is_loaded() -> bool:
    """Say whether the whole province is there."""
    return MARK.exists() and User.objects.filter(is_demo=True).exists()


def is_half_loaded() -> bool:
    """Say whether an earlier loading broke off."""
    return not MARK.exists() and User.objects.filter(is_demo=True).exists()


def is_foreign() -> bool:
    """Say whether the database holds people who aren't the demo's."""
    return User.objects.filter(is_demo=False, is_active=True).exists()


def load(say: Callable[[str], None]) -> None:
    """Load the province, saying how far it has come."""
    from gongjiang.portal import demo

    demo.load(say)
    MARK.write_text("loaded by gongjiang demo\n", encoding="utf-8")


def resume() -> None:
    """Set the clock back to where the demo was left, so that its stories don't rot while it is off."""
    now, left = clock.now(), last_instant()
    if left is not None and now - left > PAUSE:
        set_demo_clock(actor=system("demo"), at=now, to=left + timedelta(minutes=1))
