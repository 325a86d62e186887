"""Who may object on the notice of an application, and who may reply."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.filing.models import Application
from gongjiang.filing.who import against_hand
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.refusal import Ground

MOST_OF_ONE = 5  # objections of one contact within one notice: more is noise, not voice
LONGEST_NAME = 60


def people_behind(application: Application) -> set[int]:
    """Return the users who accepted or deliberated the application."""
    return {pk for pk in (application.accepted_by_id, application.deliberated_by_id) if pk is not None}


def against_objector(notice: PublicNotice, name: str, contact: str, person: str, key: str) -> Iterable[Ground]:
    """Yield why an objection isn't taken: nobody to ask back, or too many from one."""
    if not name.strip() or not contact.strip():
        why = _("A name and a contact are needed, so that you can be asked back; neither is published.")
        yield Ground(why, _("Give both."), code="no-contact")
    if len(name.strip()) > LONGEST_NAME or len(contact.strip()) > LONGEST_NAME:
        yield Ground(_("Name or contact is too long."), _("Shorten it."), code="too-long")
    others = Objection.objects.filter(notice=notice, person_key=person).exclude(key=key)
    if others.count() >= MOST_OF_ONE:
        why = _("%(n)s objections came from this contact already.") % {"n": MOST_OF_ONE}
        yield Ground(why, _("Wait for the replies."), code="too-many")


def against_replier(application: Application, actor: Actor, day: date) -> list[Ground]:
    """Return why the actor doesn't reply: another authority's, or a part in the acceptance or the deliberation."""
    grounds = list(against_hand(application, "reply", actor, day))
    if actor.user_id in people_behind(application):
        why = _("You accepted or deliberated this application.")
        grounds.append(Ground(why, _("Somebody who had no part in it replies."), code="same-person"))
    return grounds
