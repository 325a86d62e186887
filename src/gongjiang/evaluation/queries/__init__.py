"""Reads about evaluations."""

from gongjiang.evaluation.queries.conclusion import against_concluding
from gongjiang.evaluation.queries.criteria import criteria_for, criteria_version_for, places_to_set
from gongjiang.evaluation.queries.overview import Summary, summary
from gongjiang.evaluation.queries.pool import (
    agreed,
    coverage,
    expert_for,
    experts_for,
    in_force,
    matches,
    pools_of,
    ready,
)
from gongjiang.evaluation.queries.record import (
    active_panel,
    evaluation_for,
    evaluations_for,
    newest_criteria,
    open_evaluation_of,
    public_draws,
    standing_draw,
)

__all__ = [
    "Summary",
    "active_panel",
    "against_concluding",
    "agreed",
    "coverage",
    "criteria_for",
    "criteria_version_for",
    "evaluation_for",
    "evaluations_for",
    "expert_for",
    "experts_for",
    "in_force",
    "matches",
    "newest_criteria",
    "open_evaluation_of",
    "places_to_set",
    "pools_of",
    "public_draws",
    "ready",
    "standing_draw",
    "summary",
]
