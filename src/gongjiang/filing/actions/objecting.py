"""Objections on the public notice of an application, and their replies by somebody who had no part in it."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.filing.models import Application, Objector
from gongjiang.filing.rules_handling import local, locked
from gongjiang.filing.rules_notice import against_objector, against_replier, people_behind
from gongjiang.kernel import audit, notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.refusal import refuse_if


@dataclass(frozen=True, slots=True)
class Objecting:
    """What somebody objects, and how to reach them: name and contact are never shown in public."""

    name: str
    contact: str
    text: str


@transaction.atomic
def object_to_filing(*, actor: Actor, at: datetime, notice: PublicNotice, objecting: Objecting, key: str) -> Objection:
    """Raise an objection within the notice of an application; the same form sent twice is one objection.

    :raises Refused: the notice isn't running, the text is empty, no name or contact is given, or too many from one.
    """
    application = locked(Application.everything.get(pk=notice.subject_id))
    person = blind_index(f"objector:{objecting.contact.strip()}")
    refuse_if(_("Raise an objection"), against_objector(notice, objecting.name, objecting.contact, person, key))
    objection = notices.raise_objection(
        notice=notice, about=application, person_key=person, text=objecting.text, actor=actor, at=at, key=key
    )
    Objector.objects.get_or_create(
        objection=objection,
        defaults={"application": application, "name": objecting.name.strip(), "contact": objecting.contact.strip()},
    )
    return objection


@transaction.atomic
def reply_to_objection(*, actor: Actor, at: datetime, objection: Objection, text: str, upheld: bool) -> Objection:
    """Reply to an objection, by an officer who neither accepted nor deliberated the application.

    :raises NotAllowed: the actor isn't signed in as staff.
    :raises Refused: the actor had a part in it, another authority's, the reply is empty, or it has one.
    """
    application = locked(Application.everything.get(pk=objection.about_id))
    grounds = against_replier(application, actor, local(at))
    refuse_if(_("Reply to the objection"), grounds, subject=application)
    replied = notices.reply_objection(
        objection=objection, actor=actor, text=text, upheld=upheld, at=at, not_by=people_behind(application)
    )
    facts = {"objection": objection.pk, "upheld": upheld}
    audit.record(actor=actor, action="application.reply", subject=application, at=at, facts=facts)
    return replied
