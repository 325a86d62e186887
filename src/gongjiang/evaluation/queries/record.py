"""Reads of evaluations, each starting from the actor."""

from datetime import date

from django.db.models import Prefetch, QuerySet

from gongjiang.evaluation.models import CriteriaVersion, Draw, Evaluation, Panelist
from gongjiang.evaluation.permissions import EXPERT
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel.actor import Actor
from gongjiang.law.places import place as place_of


def evaluations_for(actor: Actor) -> QuerySet[Evaluation]:
    """Return the evaluations that the actor sees: an authority's own part of the tree; an expert's only those on whose
    panel he or she is."""
    if actor.roles == {EXPERT} and actor.user_id is not None:
        said: QuerySet[Evaluation] = Evaluation.objects.unscoped("an expert sees the own panels only")
        return said.filter(panel__expert__user_id=actor.user_id, panel__replaced_at=None).distinct()
    found: QuerySet[Evaluation] = Evaluation.objects.for_actor(actor)
    return found


def evaluation_for(actor: Actor, pk: int) -> Evaluation:
    """Return one evaluation of the actor's.

    :raises Evaluation.DoesNotExist: it isn't the actor's to see.
    """
    return evaluations_for(actor).select_related("organisation", "criteria").get(pk=pk)


def active_panel(evaluation: Evaluation) -> QuerySet[Panelist]:
    """Return who is on the panel now, by letter."""
    return evaluation.panel.filter(replaced_at=None).select_related("expert__user").order_by("letter")


def standing_draw(evaluation: Evaluation) -> Draw:
    """Return the draw that holds: with a seed committed, taken or not."""
    return evaluation.draws.get(set_aside_why="")


def open_evaluation_of(subject_kind: str, subject_id: str) -> Evaluation | None:
    """Return the evaluation of a subject that is under way; the caller has reached the subject within its scope."""
    over = (EvaluationState.CONCLUDED, EvaluationState.STOPPED)
    found = Evaluation.everything.filter(subject_kind=subject_kind, subject_id=subject_id).exclude(state__in=over)
    return found.first()


def newest_criteria(place_code: str, day: date) -> CriteriaVersion | None:
    """Return the version in force for a place on the day: published, of the nearest place that has one, the newest."""
    codes = [each.code for each in place_of(place_code).chain()]
    rows = CriteriaVersion.objects.filter(place_code__in=codes, published_at__isnull=False, since__lte=day)
    in_force = [each for each in rows if each.until is None or day < each.until]
    in_force.sort(key=lambda each: (codes.index(each.place_code), -each.since.toordinal(), -each.pk))
    return in_force[0] if in_force else None


def public_draws() -> QuerySet[Draw]:
    """Return every draw with what its public page shows; names of people are no part of a draw."""
    replaced = Prefetch("evaluation", Evaluation.everything.select_related("organisation"))
    return Draw.objects.prefetch_related(replaced).order_by("-committed_at")
