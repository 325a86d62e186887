"""A limit against registering by machine: so many tries an hour from one address, kept as a keyed hash only."""

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


def count_try(address: str, at: datetime) -> None:
    """Count a try to register from the address.

    :raises TooMany: the hour's tries are used up.
    """
    key = f"register:{blind_index(f'address:{address}')[:32]}:{at:%Y%m%d%H}"
    try:
        tries = cache.incr(key)
    except ValueError:
        tries = 1
        cache.add(key, tries, HOUR)
    if tries > settings.REGISTRATIONS_AN_HOUR:
        why, way = _("Your address registers very often."), _("Come back within the next hour.")
        raise TooMany(_("Register as an applicant"), [Ground(why, way, code="too-many")])
