"""Who of the panel may act, and what stands against confirming, visiting, beginning and signing in."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Evaluation, Panelist, Stage
from gongjiang.evaluation.permissions import EXPERT, KEEPERS, require
from gongjiang.evaluation.queries import active_panel, standing_draw
from gongjiang.evaluation.queries.panel import cites_of, stage_now
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed

AT_WORK = (EvaluationState.DRAWN, EvaluationState.VISIT)
SHORTEST_ADDRESS = 4


def is_own(actor: Actor, panelist: Panelist) -> bool:
    """Say whether the actor holds this place on the panel now."""
    mine = actor.user_id is not None and panelist.expert.user_id == actor.user_id
    return actor.has(EXPERT) and mine and panelist.replaced_at is None


def own_place_only(actor: Actor, panelist: Panelist, asked: str) -> None:
    """Let the expert pass whose place on the panel it is.

    :raises NotAllowed: anybody else, the officers too.
    """
    if not is_own(actor, panelist):
        why, way = _("This is another expert's place."), _("Each expert acts for himself or herself.")
        raise NotAllowed(asked, [Ground(why, way, code="not-own-place")], subject=panelist.evaluation)


def place_on_panel(actor: Actor, evaluation: Evaluation) -> Panelist | None:
    """Return the actor's own active place on the panel, if there is one."""
    if not actor.has(EXPERT) or actor.user_id is None:
        return None
    return active_panel(evaluation).filter(expert__user_id=actor.user_id).first()


def officer_or_panel(actor: Actor, evaluation: Evaluation, asked: str, *, lead_only: bool = False) -> None:
    """Let officers of the authority pass, and those on the panel (with ``lead_only`` who leads it).

    :raises NotAllowed: everybody else.
    """
    place = place_on_panel(actor, evaluation)
    if place is None or (lead_only and not place.is_lead):
        require(actor, *KEEPERS, asked=asked, path=evaluation.organisation.path, subject=evaluation)


def against_confirming(panelist: Panelist) -> Iterator[Ground]:
    """Yield what stands against confirming."""
    if panelist.evaluation.state not in AT_WORK:
        yield _wrong_state(panelist.evaluation, _("Experts confirm from the draw until the sheets are opened."))


def against_visit(evaluation: Evaluation, *, day: date, address: str, today: date) -> Iterator[Ground]:
    """Yield what stands against naming this day and address for the visit."""
    cites = cites_of(evaluation)
    if evaluation.state not in AT_WORK:
        yield _wrong_state(evaluation, _("The day is named once the panel is drawn."))
    if not evaluation.site_visit or Stage.TECHNICAL not in evaluation.stages:
        why = _("This evaluation has no site visit.")
        yield Ground(why, _("It is done on the materials handed in."), cites, "no-visit")
    if active_panel(evaluation).filter(arrived_at__isnull=False).exists():
        why = _("Somebody has already signed in at the site.")
        yield Ground(why, _("The day stays as it is."), cites, "visited")
    if day < today:
        why = _("%(day)s is past.") % {"day": day}
        yield Ground(why, _("Choose today or a later day."), cites, "past")
    if len(address.strip()) < SHORTEST_ADDRESS:
        yield Ground(_("The address is missing."), _("Write where the experts are to come."), cites, "address")


def against_beginning(evaluation: Evaluation) -> Iterator[Ground]:
    """Yield what stands against letting the experts begin."""
    panel, size = in_order(active_panel(evaluation)), standing_draw(evaluation).size
    if len(panel) < size:
        why = _("%(have)s of %(size)s experts are on the panel.") % {"have": len(panel), "size": size}
        yield Ground(why, _("Have a reserve come in first."), cites_of(evaluation), "panel-incomplete")
    silent = [each.letter for each in panel if each.confirmed_at is None]
    if silent:
        why = _("Not confirmed yet: %(letters)s.") % {"letters": "、".join(silent)}
        way = _("Each expert confirms, or declares a tie and is replaced.")
        yield Ground(why, way, cites_of(evaluation), "not-confirmed")


def against_arriving(panelist: Panelist, where: str, latitude: Decimal | None, today: date) -> Iterator[Ground]:
    """Yield what stands against signing in at the site."""
    evaluation = panelist.evaluation
    cites = cites_of(evaluation)
    if evaluation.state != EvaluationState.VISIT:
        yield _wrong_state(evaluation, _("Experts sign in while they are at work."))
    elif not evaluation.site_visit:
        yield Ground(_("This evaluation has no site visit."), _("Open the sheet."), cites, "no-visit")
    elif stage_now(evaluation) != Stage.TECHNICAL:
        why = _("The preliminary evaluation isn't over.")
        yield Ground(why, _("Everybody seals the sheet on the materials; then it is opened."), cites, "wrong-stage")
    if evaluation.visit_on is None or today < evaluation.visit_on:
        why = _("No visit is set for today.")
        if evaluation.visit_on:
            why = _("The visit is on %(day)s.") % {"day": evaluation.visit_on}
        yield Ground(why, _("Sign in on the day of the visit."), cites, "not-the-day")
    if latitude is None and not where.strip():
        why = _("No place is given.")
        yield Ground(why, _("Let the device tell the place, or write it."), cites, "place-missing")


def _wrong_state(evaluation: Evaluation, way: str) -> Ground:
    why = _("The evaluation stands at “%(state)s”.") % {"state": EvaluationState(evaluation.state).label}
    return Ground(why, way, cites_of(evaluation), "wrong-state")
