"""Limits against guessing numbers, by the client's address (kept as a keyed hash only).

What a person holds in hand is found at the first or second try; who guesses misses nearly always. So misses are counted
in the database, over all processes, and once they are too many the address gets no answer until the hour is over. The
count is read after each miss, never on the way to a hit: a hit costs one look-up by key.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from gongjiang.certificates.models import MissedLookUp
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.refusal import Ground, Refused

KEPT = timedelta(hours=25)
MINUTE = 60
LOOK_UP, FILE = "look-up", "file"


class TooMany(Refused):
    """The address asked too often; answered with 429."""

    status = 429


def require_room(address: str, at: datetime, kind: str = LOOK_UP) -> None:
    """Let an address ask, unless it missed too often this hour or asks too fast.

    :raises TooMany: with when to come back.
    """
    name = hashed(address)
    if cache.get(_blocked(name, at)):
        raise _too_many(_("Too many look-ups from your address found nothing."), _("Come back within the next hour."))
    limit = settings.VERIFY_FILES_A_MINUTE if kind == FILE else settings.VERIFY_LOOK_UPS_A_MINUTE
    key = f"{kind}:{name}:{at:%Y%m%d%H%M}"
    try:
        asked = cache.incr(key)
    except ValueError:
        asked = 1
        cache.add(key, asked, MINUTE)
    if asked > limit:
        raise _too_many(_("Your address asks very often."), _("Come back in a minute."))


def count_miss(address: str, at: datetime) -> None:
    """Count a miss; the next question is refused once there are too many within the hour."""
    name, hour = hashed(address), at.replace(minute=0, second=0, microsecond=0)
    with transaction.atomic():
        row, created = MissedLookUp.objects.get_or_create(address=name, hour=hour)
        MissedLookUp.objects.filter(pk=row.pk).update(count=F("count") + 1)
        if created:
            MissedLookUp.objects.filter(hour__lt=at - KEPT).delete()
    missed = MissedLookUp.objects.filter(pk=row.pk).values_list("count", flat=True).first() or 0
    if missed >= settings.VERIFY_MISSES_AN_HOUR:
        cache.set(_blocked(name, at), True, 60 * MINUTE)


def hashed(address: str) -> str:
    """Return the keyed hash under which an address is counted."""
    return blind_index(f"address:{address}")[:32]


def _blocked(name: str, at: datetime) -> str:
    return f"verify-blocked:{name}:{at:%Y%m%d%H}"


def _too_many(why: str, way_on: str) -> TooMany:
    return TooMany(_("Verify a certificate"), [Ground(why, way_on, code="too-many")])
