"""What leaves the building is written down."""

from datetime import datetime

from django.db import models, transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.law import questions as ask
from gongjiang.workforce.permissions import READERS, require
from gongjiang.workforce.rules import nearest_place


@transaction.atomic
def record_export(*, actor: Actor, at: datetime, subject: models.Model | None, what: str, rows: int) -> None:
    """Record that a list of staff is downloaded: the register, the expiry forecast, a sheet's problems (JL-2024-5§31).

    :raises NotAllowed: the actor keeps and reads no list.
    """
    require(actor, READERS, _("Download a list of staff"), subject=subject)
    rule = ask.PERSONAL_DATA_SECRET.get(place=nearest_place(actor.place_code), day=at.date())
    facts = {"what": what, "rows": rows}
    cites = rule.cites if rule else ()
    audit.record(actor=actor, action="staff.export", subject=subject, at=at, facts=facts, cites=cites)
