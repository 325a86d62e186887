"""What workforce tells the rows below and above when the app starts."""

from collections.abc import Iterator
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel import identity
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem, register
from gongjiang.workforce import queries, queries_register
from gongjiang.workforce.models import ItemWriter, StaffImportState, StaffMember
from gongjiang.workforce.permissions import KEEPERS, READERS

SOON_DAYS = 30


def connect() -> None:
    """Register what can be shown in full, and what waits for who keeps a list."""
    identity.register_revealable("workforce.staffmember", "identity", _members)
    identity.register_revealable("workforce.itemwriter", "name", _writers)
    identity.register_revealable("workforce.itemwriter", "identity", _writers)
    register(KEEPERS, _to_take_over)
    register(KEEPERS, _ending)


def _members(actor: Actor) -> QuerySet[StaffMember]:
    return queries.staff_for(actor) if actor.has(*READERS) else StaffMember.everything.none()


def _writers(actor: Actor) -> QuerySet[ItemWriter]:
    """Who an item writer is, only the centre's officer learns, with a purpose that is recorded (JL-2024-5§33)."""
    found: QuerySet[ItemWriter] = ItemWriter.objects.for_actor(actor)
    return found if actor.has("centre_officer") else found.none()


def _to_take_over(actor: Actor, today: date) -> Iterator[QueueItem]:
    for run in queries_register.imports_for(actor).filter(state=StaffImportState.CHECKED)[:20]:
        yield QueueItem(
            what=_("Take over a checked sheet of staff"),
            sub=run.file_name,
            subject=run.home.name,
            url=reverse("staff-import-run", args=[run.pk]),
            action_label=_("Open"),
            key=f"staff-import:{run.pk}",
        )


def _ending(actor: Actor, today: date) -> Iterator[QueueItem]:
    """One item for all terms that end within a month: the forecast names them."""
    if actor.organisation_id is None:
        return
    terms = queries_register.terms_ending(actor, today, today + timedelta(days=SOON_DAYS))
    own = terms.filter(member__home_id=actor.organisation_id).order_by("until")
    first = own.first()
    if first is not None:
        yield QueueItem(
            what=_("Renew %(count)s terms that end within 30 days") % {"count": own.count()},
            sub=_("training and examination come first"),
            subject=first.member.home.name,
            url=reverse("staff-expiry"),
            action_label=_("Open"),
            deadline=first.until,
            key=f"staff-ending:{actor.organisation_id}",
        )
