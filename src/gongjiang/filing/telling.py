"""Telling the applicant's managers what happened to the application."""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.accounts.models import User
from gongjiang.filing.models import Application
from gongjiang.kernel import messages
from gongjiang.law.model import Citation


def tell_applicant(
    application: Application, key: str, text: str, at: datetime, *, cites: Iterable[Citation] = ()
) -> None:
    """Tell everybody who manages the applicant's account, once under the key."""
    managers = User.objects.filter(
        roles__organisation_id=application.applicant.organisation_id, roles__role="body_manager", is_active=True
    ).distinct()
    for user in managers:
        messages.tell(
            key=f"filing:{key}:{user.pk}",
            subject=_("Application %(number)s") % {"number": application.number},
            text=text,
            at=at,
            user=user,
            url="",
            cites=cites,
        )
