"""What stands against saving, sealing and opening sheets, each as a ground with the way on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.evaluation.models import Criterion, Evaluation, Mark, Panelist, Sheet, Stage
from gongjiang.evaluation.queries import active_panel, standing_draw
from gongjiang.evaluation.queries.panel import cites_of, content_to_seal, marks_of, stage_now, tree_of
from gongjiang.evaluation.sealing import seal_of
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.refusal import Ground

LONGEST_REASON = 300
SHORTEST_OPINION = 2


@dataclass(frozen=True, slots=True)
class MarkSpec:
    """What an expert writes about one criterion: points of an item, or whether it is met; and why."""

    code: str
    points: Decimal | None = None
    met: bool | None = None
    reason: str = ""


def wrong_time(panelist: Panelist, stage: str) -> Iterator[Ground]:
    """Yield what stands against working on the sheet of a stage now."""
    evaluation = panelist.evaluation
    cites = cites_of(evaluation)
    if panelist.replaced_at is not None:
        why = _("Somebody else came in for you on this panel.")
        yield Ground(why, _("Ask the officer of the authority."), cites, "replaced")
    if evaluation.state != EvaluationState.VISIT:
        why = _("The evaluation stands at “%(state)s”.") % {"state": EvaluationState(evaluation.state).label}
        yield Ground(why, _("Sheets are written while the experts are at work."), cites, "wrong-state")
    elif stage_now(evaluation) != stage:
        why = _("The sheet of this step isn't open.")
        yield Ground(
            why, _("The panel goes through its steps in order; open the step that runs."), cites, "wrong-stage"
        )
    elif stage == Stage.TECHNICAL and evaluation.site_visit and panelist.arrived_at is None:
        why = _("You haven't signed in at the site.")
        yield Ground(why, _("Sign in when you arrive; then the sheet opens."), cites, "not-arrived")


def sealed(sheet: Sheet) -> Iterator[Ground]:
    """Yield that the sheet is sealed."""
    if sheet.sealed_at is not None:
        why = _("You have sealed this sheet; it stays as it is.")
        yield Ground(why, _("Wait until everybody has sealed; then all are opened at once."), code="sealed")


def wrong_marks(marks: Sequence[MarkSpec], criteria: Iterable[Criterion], stage: str) -> Iterator[Ground]:
    """Yield what no sheet may hold: a criterion that isn't judged here, points beyond 0 to full, overlong reasons."""
    known = {each.code: each for each in criteria}
    for mark in marks:
        criterion = known.get(mark.code)
        if criterion is None:
            why = _("%(code)s isn't an item of this sheet.") % {"code": mark.code}
            yield Ground(why, _("Open the sheet again."), code="unknown-item")
            continue
        yield from _wrong_points(mark, criterion, stage)
        if len(mark.reason) > LONGEST_REASON:
            why = _("%(item)s: the reason is longer than %(limit)s characters.")
            yield Ground(why % {"item": criterion, "limit": LONGEST_REASON}, _("Shorten it."), code="reason-long")


def _wrong_points(mark: MarkSpec, criterion: Criterion, stage: str) -> Iterator[Ground]:
    if mark.points is None:
        return
    named = {"item": criterion, "points": mark.points, "full": criterion.points.normalize() + 0}
    if stage == Stage.PRELIMINARY or criterion.is_veto:
        why = _("%(item)s bears no points here.") % named
        yield Ground(why, _("Say whether it is met."), code="no-points-here")
    elif not mark.points.is_finite():
        yield Ground(
            _("%(item)s: this isn't a number.") % named, _("Give 0 to %(full)s points.") % named, code="number"
        )
    elif not 0 <= mark.points <= criterion.points:
        why = _("%(item)s: %(points)s isn't between 0 and %(full)s.") % named
        yield Ground(why, _("Give 0 to %(full)s points.") % named, code="points")
    elif mark.points != round(mark.points, 1):
        why = _("%(item)s: %(points)s is finer than a tenth of a point.") % named
        yield Ground(why, _("Give whole points or tenths."), code="points-fine")


def lacking(sheet: Sheet) -> Iterator[Ground]:
    """Yield what a sheet lacks before it can be sealed, item by item."""
    held = marks_of(sheet)
    for criterion in tree_of(sheet.panelist.evaluation.criteria).of_stage(sheet.stage):
        yield from _lacking_mark(criterion, held.get(criterion.code), sheet.stage)
    if len(sheet.opinion.strip()) < SHORTEST_OPINION:
        yield Ground(_("Your opinion isn't written."), _("Write it in a few words."), code="opinion-missing")


def _lacking_mark(criterion: Criterion, mark: Mark | None, stage: str) -> Iterator[Ground]:
    scored = stage == Stage.TECHNICAL and not criterion.is_veto
    value = None if mark is None else (mark.points if scored else mark.met)
    if mark is None or value is None:
        why = _("%(item)s isn't judged.") % {"item": criterion}
        yield Ground(why, _("Give points.") if scored else _("Say whether it is met."), code="not-judged")
        return
    less = value < criterion.points if scored else value is criterion.is_veto
    if less and not mark.reason.strip():
        why = _("%(item)s: no reason is given.") % {"item": criterion}
        yield Ground(why, _("Write what you saw: the applicant has to understand it."), code="reason-missing")


def against_opening(evaluation: Evaluation, stage: str) -> Iterator[Ground]:
    """Yield what stands against opening all sheets of a stage at once, without a word of what they hold."""
    cites = cites_of(evaluation)
    if stage_now(evaluation) != stage:
        why = _("The sheets of this step aren't to be opened.")
        yield Ground(
            why, _("The panel goes through its steps in order; open the step that runs."), cites, "wrong-stage"
        )
        return
    panel, size = list(active_panel(evaluation)), standing_draw(evaluation).size
    if len(panel) < size:
        why = _("%(have)s of %(size)s experts are on the panel.") % {"have": len(panel), "size": size}
        yield Ground(why, _("Have a reserve come in first."), cites, "panel-incomplete")
    sheets = {each.panelist_id: each for each in _sealed_sheets(panel, stage)}
    waiting = [each.letter for each in panel if each.pk not in sheets]
    if waiting:
        why = _("Not sealed yet: %(letters)s.") % {"letters": "、".join(waiting)}
        yield Ground(why, _("Each expert seals the own sheet; then all are opened at once."), cites, "unsealed")
    for each in panel:
        if each.pk in sheets and not is_intact(sheets[each.pk]):
            why = _("The sheet of %(letter)s isn't what was sealed.") % {"letter": each.letter}
            way = _("Stop the evaluation and have the trail looked into; this sheet can't count.")
            yield Ground(why, way, cites, "seal-broken")


def is_intact(sheet: Sheet) -> bool:
    """Say whether the rows of a sealed sheet still give its seal."""
    return sheet.seal == seal_of(sheet.salt, content_to_seal(sheet))


def _sealed_sheets(panel: Sequence[Panelist], stage: str) -> Iterable[Sheet]:
    found = Sheet.objects.filter(panelist__in=panel, stage=stage, sealed_at__isnull=False)
    return found.select_related("panelist__evaluation", "panelist__expert")
