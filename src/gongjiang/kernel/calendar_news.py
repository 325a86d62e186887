"""The candidate who raised an objection is told when a holiday notice moves or settles the reply's last day."""

from datetime import datetime

from django.db import models
from django.utils.translation import gettext as _

from gongjiang.kernel import messages
from gongjiang.kernel.calendars import Change
from gongjiang.kernel.models import Objection
from gongjiang.kernel.notices import cites_of


def tell_candidate(record: models.Model, change: Change, at: datetime) -> tuple[str, ...]:
    """Tell the candidate by person key, once per new last day; the staff are told by the portal's wiring."""
    if not isinstance(record, Objection):
        return ()
    words = {"title": change.title, "before": change.before, "after": change.after}
    if change.provisional:
        text = _("Its last day is now estimated as %(after)s (before: %(before)s).")
    else:
        text = _("Its last day is %(after)s (before: %(before)s); the year's holidays are known now.")
    messages.tell(
        person_key=record.person_key,
        key=f"term:{change.kind}:{change.record_id}:{change.after}:{change.provisional}:candidate",
        subject=_("The term of “%(title)s” was counted anew") % words,
        text=text % words,
        at=at,
        cites=cites_of(record.reply_cites),
    )
    return (_("the candidate"),)
