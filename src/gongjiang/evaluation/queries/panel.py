"""Reads of the panel's work. What an expert found is read here by that expert alone, until all sheets are opened."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import QuerySet

from gongjiang.evaluation import access
from gongjiang.evaluation.models import (
    CriteriaVersion,
    Criterion,
    Evaluation,
    Mark,
    Panelist,
    Photo,
    Rectification,
    Sheet,
    Stage,
)
from gongjiang.evaluation.permissions import EXPERT
from gongjiang.evaluation.queries.record import active_panel
from gongjiang.evaluation.sealing import Finding, Head, content_of
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.actor import Actor
from gongjiang.law.model import BadCitation, Citation

BEFORE_THE_PANEL = (EvaluationState.OPEN,)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the criteria's first level with the items that bear its points (itself, where nothing stands below)."""

    criterion: Criterion
    items: tuple[Criterion, ...]

    @property
    def full(self) -> Decimal:
        return sum((each.points for each in self.items), Decimal(0))


@dataclass(frozen=True, slots=True)
class Tree:
    """A version's criteria in order: rows with points, and the veto items."""

    rows: tuple[Row, ...]
    vetoes: tuple[Criterion, ...]

    @property
    def items(self) -> tuple[Criterion, ...]:
        return tuple(item for row in self.rows for item in row.items)

    @property
    def full(self) -> Decimal:
        return sum((row.full for row in self.rows), Decimal(0))

    def of_stage(self, stage: str) -> tuple[Criterion, ...]:
        """Return what an expert judges in a stage: on the materials the items, at the site also the veto items."""
        return self.items if stage == Stage.PRELIMINARY else (*self.items, *self.vetoes)


def tree_of(version: CriteriaVersion) -> Tree:
    """Return the version's criteria as rows, items and veto items, with one query."""
    found = list(version.criteria.order_by("order", "code"))
    below: dict[int | None, list[Criterion]] = {}
    for each in found:
        below.setdefault(each.parent_id, []).append(each)
    rows = [Row(each, tuple(_leaves(each, below))) for each in below.get(None, []) if not each.is_veto]
    return Tree(tuple(row for row in rows if row.items), tuple(each for each in found if each.is_veto))


def _leaves(top: Criterion, below: dict[int | None, list[Criterion]]) -> Iterable[Criterion]:
    children = below.get(top.pk, [])
    if not children and not top.is_veto and top.points:
        yield top
    for child in children:
        yield from _leaves(child, below)


def own_panels(actor: Actor) -> QuerySet[Panelist]:
    """Return the places on panels that the actor, an expert, holds now; newest evaluation first."""
    if not actor.has(EXPERT) or actor.user_id is None:
        return Panelist.objects.none()
    held = Panelist.objects.filter(expert__user_id=actor.user_id, replaced_at=None)
    related = ("evaluation__organisation", "evaluation__criteria", "expert")
    return held.exclude(evaluation__state__in=BEFORE_THE_PANEL).select_related(*related).order_by("-evaluation_id")


def own_place(actor: Actor, evaluation_pk: int) -> Panelist:
    """Return the actor's own place on the panel of an evaluation.

    :raises Panelist.DoesNotExist: the actor isn't on it now.
    """
    return own_panels(actor).get(evaluation_id=evaluation_pk)


def own_evaluations(actor: Actor) -> QuerySet[Evaluation]:
    """Return the evaluations of the applicants for whom the actor answers, once the sheets are opened."""
    shown = (EvaluationState.OPENED, EvaluationState.CONCLUDED)
    found: QuerySet[Evaluation] = Evaluation.objects.unscoped("the applicant sees its own, by its credit code")
    return found.filter(credit_code__in=access.credit_codes_of(actor), state__in=shown).select_related("organisation")


def stages_of(evaluation: Evaluation) -> list[Stage]:
    """Return the panel's stages in the order of their work."""
    return [stage for stage in Stage if stage in evaluation.stages]


def stage_now(evaluation: Evaluation) -> Stage | None:
    """Return the stage whose sheets aren't opened yet, the first one; None once all are."""
    opened = set(Sheet.objects.filter(panelist__evaluation=evaluation, opened_at__isnull=False).values_list("stage"))
    return next((stage for stage in stages_of(evaluation) if (stage.value,) not in opened), None)


def sheet_of(panelist: Panelist, stage: str) -> Sheet:
    """Return the panelist's own sheet of a stage; an unsaved empty one where nothing was written yet."""
    return Sheet.objects.filter(panelist=panelist, stage=stage).first() or Sheet(panelist=panelist, stage=stage)


def marks_of(sheet: Sheet) -> dict[str, Mark]:
    """Return the sheet's marks by the criterion's code; the caller holds the sheet rightfully."""
    if sheet.pk is None:
        return {}
    return {mark.criterion.code: mark for mark in sheet.marks.select_related("criterion")}


def content_to_seal(sheet: Sheet) -> dict[str, object]:
    """Return what the sheet's seal is taken over, as the rows stand now."""
    panelist = sheet.panelist
    head = Head(panelist.evaluation.number, sheet.stage, panelist.expert.public_id)
    marks = [Finding(m.criterion.code, m.points, m.met, m.reason) for m in sheet.marks.select_related("criterion")]
    photos = photos_of(panelist).values_list("file__sha256", flat=True) if sheet.stage == Stage.TECHNICAL else ()
    return content_of(head, sheet.opinion, marks, photos)


def sealed_now(evaluation: Evaluation, stage: str) -> tuple[int, int]:
    """Return how many of the panel have sealed the stage's sheet, and how many are on the panel."""
    panel = active_panel(evaluation)
    return panel.filter(sheets__stage=stage, sheets__sealed_at__isnull=False).count(), panel.count()


def photos_of(panelist: Panelist) -> QuerySet[Photo]:
    """Return the panelist's own photos."""
    return panelist.photos.select_related("file", "criterion")


def photos_for(actor: Actor, evaluation: Evaluation) -> QuerySet[Photo]:
    """Return the photos of an evaluation that the actor, who has reached it, may see: the own ones, and once the
    sheets are opened all of the panel's."""
    found = Photo.objects.filter(panelist__evaluation=evaluation).select_related("file", "criterion", "panelist")
    if evaluation.state in (EvaluationState.OPENED, EvaluationState.CONCLUDED):
        return found.filter(panelist__replaced_at=None)
    if not actor.has(EXPERT) or actor.user_id is None:
        return found.none()
    return found.filter(panelist__expert__user_id=actor.user_id)


def rectifications_of(evaluation: Evaluation) -> QuerySet[Rectification]:
    """Return what was ordered to be mended, in order of the last days; what was ordered anew stands with its order."""
    related = ("criterion", "proof", "rechecked_by", "followed_by")
    return evaluation.rectifications.select_related(*related).order_by("due_on", "pk")


def cites_of(evaluation: Evaluation) -> tuple[Citation, ...]:
    """Return the articles on which the evaluation rests; a document that the law no longer carries is left out."""
    found = []
    for key in evaluation.cites:
        try:
            found.append(Citation.parse(key))
        except BadCitation:
            continue
    return tuple(found)
