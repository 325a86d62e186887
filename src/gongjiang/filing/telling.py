"""Telling the applicant's managers what happened to the application."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.filing.models import Application
from gongjiang.filing.people import MANAGERS, people_of
from gongjiang.kernel import messages
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.law.model import Citation


def tell_applicant(
    application: Application, key: str, text: str, at: datetime, *, cites: Iterable[Citation] = ()
) -> None:
    """Tell everybody who manages the applicant's account, once under the key."""
    on = at.astimezone(SHANGHAI).date()
    for user in people_of([application.applicant.organisation_id], MANAGERS, on):
        messages.tell(
            key=f"filing:{key}:{user.pk}",
            subject=_("Application %(number)s") % {"number": application.number},
            text=text,
            at=at,
            user=user,
            url=reverse("own-application", args=[application.pk]),
            cites=cites,
        )
