"""Limits of the public pages: so many complaints and so many wrong receipts an hour from one address.

The address is kept as a keyed hash in the cache for the hour, never with a complaint.
"""

from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.utils.translation import gettext as _

from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.refusal import Ground, Refused

HOUR = 3600


class TooMany(Refused):
    """The address tried too often; answered with 429."""

    status = 429


def count_complaint(address: str, at: datetime) -> None:
    """Count a complaint sent from the address.

    :raises TooMany: the hour's are used up.
    """
    if _count("complain", address, at) > settings.COMPLAINTS_AN_HOUR:
        raise TooMany(_("Send a complaint"), [_ground(_("Very many complaints come from your address."))])


def check_misses(address: str, at: datetime) -> None:
    """Refuse to look up a receipt for an address that guessed too often within the hour.

    :raises TooMany: so it did.
    """
    if cache.get(_key("receipt", address, at), 0) >= settings.RECEIPT_MISSES_AN_HOUR:
        raise TooMany(_("Look up a complaint"), [_ground(_("Your address asked in vain very often."))])


def count_miss(address: str, at: datetime) -> None:
    """Count a receipt that doesn't exist, or whose word is wrong."""
    _count("receipt", address, at)


def _ground(why: str) -> Ground:
    return Ground(why, _("Come back within the next hour."), code="too-many")


def _count(what: str, address: str, at: datetime) -> int:
    key = _key(what, address, at)
    try:
        return int(cache.incr(key))
    except ValueError:
        cache.add(key, 1, HOUR)
        return 1


def _key(what: str, address: str, at: datetime) -> str:
    return f"{what}:{blind_index(f'address:{address}')[:32]}:{at:%Y%m%d%H}"
