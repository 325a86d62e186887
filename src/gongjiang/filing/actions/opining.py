"""Opinions of the authority on the items of an application: conditions, papers, or the work done so far."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.filing import flow
from gongjiang.filing.models import Application, Opinion
from gongjiang.filing.rules_handling import against_words, item_label, local, locked, stands_in_the_way
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law.model import Citation

S = ApplicationState


@transaction.atomic
def write_opinion(
    *, actor: Actor, at: datetime, application: Application, item: str, met: bool, text: str = ""
) -> Opinion:
    """Write the opinion on one item, a condition or a paper, while the application is evaluated; a later one replaces.

    :raises Refused: it isn't under evaluation, another authority's, no such item, or not met without a reason.
    """
    (opinion,) = write_opinions(actor=actor, at=at, application=application, written=[Written(item, met, text)])
    return opinion


@dataclass(frozen=True, slots=True)
class Written:
    """The opinion on one item: met or not, and why."""

    item: str
    met: bool
    text: str = ""


@transaction.atomic
def write_opinions(
    *, actor: Actor, at: datetime, application: Application, written: Sequence[Written]
) -> list[Opinion]:
    """Write several opinions at once, or none: one that can't be written refuses them all.

    :raises Refused: as :func:`write_opinion`.
    """
    application = locked(application)
    day = local(at)
    grounds = stands_in_the_way(application, "opinion", actor, at)
    if application.state != S.ACCEPTED:
        why = _("Opinions are written while the application is under evaluation.")
        grounds.append(Ground(why, _("Accept it first; what was handed in stays."), code="wrong-state"))
    items = flow.items_of(application, day)
    for each in written:
        if each.item not in items:
            why = _("This item isn't asked of the application.")
            grounds.append(Ground(why, _("Choose one of the items asked for."), code="no-such-item"))
        elif not each.met and against_words(each.text):
            why = _("%(item)s: found not met, without a reason.") % {"item": item_label(each.item)}
            grounds.append(Ground(why, _("Write in a few words why."), items[each.item], "words-missing"))
    refuse_if(_("Write an opinion"), grounds, subject=application)
    return [_write(actor, at, application, each, items[each.item]) for each in written]


def _write(
    actor: Actor, at: datetime, application: Application, written: Written, cites: tuple[Citation, ...]
) -> Opinion:
    text, name = written.text.strip(), item_label(written.item)
    values = {"met": written.met, "text": text, "written_by_id": actor.user_id, "written_at": at}
    opinion, _made = Opinion.objects.update_or_create(application=application, item=written.item, defaults=values)
    audit.record(
        actor=actor,
        action="application.opinion",
        subject=application,
        at=at,
        facts={"item": written.item, "met": written.met},
        cites=cites,
        reason=f"{name}：{text}" if text else name,
    )
    return opinion
