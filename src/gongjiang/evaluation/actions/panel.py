"""Before the experts judge: saying that one can come, naming the day of the visit, beginning, signing in."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.evaluation import rules_panel
from gongjiang.evaluation.models import Evaluation, Panelist
from gongjiang.evaluation.permissions import KEEPERS, require
from gongjiang.evaluation.queries.panel import cites_of
from gongjiang.evaluation.rules_panel import own_place_only
from gongjiang.evaluation.states import EVALUATION
from gongjiang.kernel import audit, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A place as a device said it, or as it was written by hand."""

    where: str = ""
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@transaction.atomic
def confirm(*, actor: Actor, at: datetime, panelist: Panelist) -> Panelist:
    """Have an expert say that he or she can come and isn't tied to the applicant; said once, it stays.

    :raises NotAllowed: it isn't the actor's own place.
    :raises Refused: somebody else came in, or the panel's work is over.
    """
    asked = _("Confirm that you can come")
    locked = _lock(panelist)
    own_place_only(actor, locked, asked)
    refuse_if(asked, rules_panel.against_confirming(locked), subject=locked.evaluation)
    if locked.confirmed_at is None:
        locked.confirmed_at = at
        locked.save(update_fields=["confirmed_at"])
        audit.record(actor=actor, action="panel.confirm", subject=locked, at=at, about=locked.evaluation)
    return locked


@transaction.atomic
def schedule_visit(*, actor: Actor, at: datetime, evaluation: Evaluation, day: date, address: str) -> Evaluation:
    """Name day and address of the site visit; until somebody has signed in it can be moved.

    :raises NotAllowed: the actor isn't an officer of the authority.
    :raises Refused: there is no visit, the panel isn't drawn or has been at the site, or the day is past.
    """
    asked = _("Name the day of the visit")
    locked = _lock_evaluation(evaluation)
    require(actor, *KEEPERS, asked=asked, path=locked.organisation.path, subject=locked)
    today = at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_panel.against_visit(locked, day=day, address=address, today=today), subject=locked)
    locked.visit_on, locked.visit_address = day, address.strip()
    locked.save(update_fields=["visit_on", "visit_address"])
    facts = {"day": day}
    audit.record(actor=actor, action="evaluation.schedule", subject=locked, at=at, facts=facts, cites=cites_of(locked))
    return locked


@transaction.atomic
def begin(*, actor: Actor, at: datetime, evaluation: Evaluation) -> Evaluation:
    """Let the experts begin: everybody on the panel has said that he or she can come.

    :raises NotAllowed: wrong state, or neither an officer of the authority nor on the panel.
    :raises Refused: somebody hasn't confirmed, can't sign in, or the panel isn't whole.
    """
    asked = str(EVALUATION.table["begin"].label)
    locked = _lock_evaluation(evaluation)
    rules_panel.officer_or_panel(actor, locked, asked)
    EVALUATION.require("begin", locked, actor=actor, on=at.astimezone(SHANGHAI).date())
    refuse_if(asked, rules_panel.against_beginning(locked), subject=locked)
    workflow.apply(locked, "begin", actor=actor, at=at, cites=cites_of(locked))
    return locked


@transaction.atomic
def arrive(*, actor: Actor, at: datetime, panelist: Panelist, place: Whereabouts) -> Panelist:
    """Sign in at the site, at our clock's time and the place that the device said; the first time stands.

    :raises NotAllowed: it isn't the actor's own place.
    :raises Refused: no visit that day, an earlier step isn't over, or no place is given.
    """
    asked = _("Sign in at the site")
    locked = _lock(panelist)
    own_place_only(actor, locked, asked)
    if locked.arrived_at is not None:
        return locked
    today = at.astimezone(SHANGHAI).date()
    refuse_if(
        asked, rules_panel.against_arriving(locked, place.where, place.latitude, today), subject=locked.evaluation
    )
    locked.arrived_at, locked.arrived_where = at, place.where.strip()
    locked.arrived_latitude, locked.arrived_longitude = place.latitude, place.longitude
    locked.save(update_fields=["arrived_at", "arrived_where", "arrived_latitude", "arrived_longitude"])
    cites = cites_of(locked.evaluation)
    audit.record(actor=actor, action="panel.arrive", subject=locked, at=at, about=locked.evaluation, cites=cites)
    return locked


def _lock(panelist: Panelist) -> Panelist:
    related = ("evaluation__organisation", "expert")
    return Panelist.objects.select_for_update(of=("self",)).select_related(*related).get(pk=panelist.pk)


def _lock_evaluation(evaluation: Evaluation) -> Evaluation:
    found = Evaluation.everything.select_for_update(of=("self",)).select_related("organisation", "criteria")
    return found.get(pk=evaluation.pk)
