"""Who may act once the sheets are opened, and what stands against each act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjiang.evaluation import access
from gongjiang.evaluation.models import Consensus, Criterion, Evaluation, Panelist, Rectification
from gongjiang.evaluation.permissions import EXPERT
from gongjiang.evaluation.queries.mending import mendings_of
from gongjiang.evaluation.queries.overview import summary
from gongjiang.evaluation.queries.panel import cites_of
from gongjiang.evaluation.rules_panel import place_on_panel
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.access import wrong_role
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed

SHORTEST_TEXT = 2


@dataclass(frozen=True, slots=True)
class OrderSpec:
    """What is to be mended until when; on which criterion; ``instead_of`` an order that was found unmended."""

    what: str
    due_on: date
    criterion: Criterion | None = None
    instead_of: Rectification | None = None


def on_panel_only(actor: Actor, evaluation: Evaluation, asked: str) -> Panelist:
    """Return the actor's place on the panel.

    :raises NotAllowed: the actor isn't on it.
    """
    place = place_on_panel(actor, evaluation)
    if place is None:
        raise NotAllowed(asked, [wrong_role((EXPERT,))], subject=evaluation)
    return place


def lead_only(actor: Actor, evaluation: Evaluation, asked: str) -> Panelist:
    """Return the place of who leads the panel, if that is the actor.

    :raises NotAllowed: the actor doesn't lead it.
    """
    place = on_panel_only(actor, evaluation, asked)
    if not place.is_lead:
        why, way = _("You don't lead this panel."), _("Who leads the panel does this.")
        raise NotAllowed(asked, [Ground(why, way, code="not-lead")], subject=evaluation)
    return place


def who_was_there(actor: Actor, evaluation: Evaluation, asked: str) -> Panelist:
    """Return the actor's place, if he or she was at the site (or there was no visit).

    :raises NotAllowed: the actor isn't on the panel, or wasn't there.
    """
    place = on_panel_only(actor, evaluation, asked)
    if evaluation.site_visit and place.arrived_at is None:
        why, way = _("You weren't at the site."), _("An expert who was there looks at it again.")
        raise NotAllowed(asked, [Ground(why, way, cites_of(evaluation), "not-there")], subject=evaluation)
    return place


def applicant_only(actor: Actor, evaluation: Evaluation, asked: str) -> None:
    """Let those pass who answer for the applicant.

    :raises NotAllowed: everybody else.
    """
    if evaluation.credit_code not in access.credit_codes_of(actor):
        raise NotAllowed(asked, [wrong_role(access.APPLICANT_ROLES)], subject=evaluation)


def against_consensus(evaluation: Evaluation, criterion: Criterion, text: str) -> Iterator[Ground]:
    """Yield what stands against writing a consensus on the row."""
    yield from _not_opened(evaluation)
    apart = {row.criterion.pk for row in summary(evaluation).apart}
    if criterion.pk not in apart:
        why = _("The marks on “%(item)s” don't lie apart.") % {"item": criterion.title}
        yield Ground(why, _("A consensus is written only where they do."), code="not-apart")
    yield from _too_short(text, _("Write what the panel agreed, and why."))


def against_signing(evaluation: Evaluation, row: Consensus, written_at: datetime) -> Iterator[Ground]:
    """Yield what stands against signing the text that was read."""
    yield from _not_opened(evaluation)
    if row.written_at != written_at:
        why = _("The text was changed since you read it.")
        yield Ground(why, _("Read it again, then sign."), code="text-changed")


def against_ordering(evaluation: Evaluation, spec: OrderSpec, today: date) -> Iterator[Ground]:
    """Yield what stands against the order."""
    yield from _not_opened(evaluation)
    yield from _too_short(spec.what, _("Write what is to be mended, so that the applicant can."))
    if spec.due_on <= today:
        why = _("%(day)s isn't a day to come.") % {"day": spec.due_on}
        yield Ground(why, _("Give a later day."), code="due-past")
    before = spec.instead_of
    unmet = evaluation.rectifications.filter(met=False, followed_by=None)
    if before is not None and not unmet.filter(pk=before.pk).exists():
        why = _("The earlier order wasn't found unmended.")
        yield Ground(why, _("What runs or is mended isn't ordered once more."), code="not-unmet")
    if spec.criterion is None:
        return
    if spec.criterion.version_id != evaluation.criteria_id:
        why = _("%(code)s isn't an item of this sheet.") % {"code": spec.criterion.code}
        yield Ground(why, _("Open the page again."), code="unknown-item")
    running = [each.row for each in mendings_of(evaluation) if each.is_open and each.row != before]
    if any(each.criterion_id == spec.criterion.pk for each in running):
        why = _("Something on “%(item)s” is being mended.") % {"item": spec.criterion.title}
        yield Ground(why, _("Wait until it was looked at again."), code="ordered-already")


def against_answering(evaluation: Evaluation, row: Rectification, answer: str, proof: bytes) -> Iterator[Ground]:
    """Yield what stands against the applicant's answer."""
    yield from _not_opened(evaluation)
    if row.rechecked_at is not None:
        why = _("It was looked at again on %(day)s.") % {"day": row.rechecked_at.astimezone(SHANGHAI).date()}
        yield Ground(why, _("If it is ordered once more, answer that order."), code="rechecked")
    yield from _too_short(answer, _("Write what was done."))
    if not proof:
        yield Ground(_("The proof is missing."), _("Add a photo or a PDF that shows it."), code="proof-missing")


def against_rechecking(evaluation: Evaluation, row: Rectification, note: str) -> Iterator[Ground]:
    """Yield what stands against looking at an answer again."""
    yield from _not_opened(evaluation)
    if row.answered_at is None:
        why = _("The applicant hasn't answered.")
        yield Ground(why, _("Wait for the answer with its proof."), code="not-answered")
    if row.rechecked_at is not None:
        why = _("It was looked at again on %(day)s.") % {"day": row.rechecked_at.astimezone(SHANGHAI).date()}
        yield Ground(why, _("Order it once more if it isn't mended."), code="rechecked")
    yield from _too_short(note, _("Write what you saw."))


def _not_opened(evaluation: Evaluation) -> Iterator[Ground]:
    if evaluation.state != EvaluationState.OPENED:
        why = _("The evaluation stands at “%(state)s”.") % {"state": EvaluationState(evaluation.state).label}
        way = _("This is open between the opening of the sheets and the opinion.")
        yield Ground(why, way, cites_of(evaluation), "wrong-state")


def _too_short(text: str, way: str) -> Iterator[Ground]:
    if len(text.strip()) < SHORTEST_TEXT:
        yield Ground(_("Nothing is written."), way, code="text-missing")
