"""Reads about evaluations."""

from gongjiang.evaluation.queries.conclusion import against_concluding
from gongjiang.evaluation.queries.overview import Summary, summary
from gongjiang.evaluation.queries.pool import (
    agreed,
    coverage,
    expert_for,
    experts_for,
    in_force,
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
    "evaluation_for",
    "evaluations_for",
    "expert_for",
    "experts_for",
    "in_force",
    "newest_criteria",
    "open_evaluation_of",
    "pools_of",
    "public_draws",
    "ready",
    "standing_draw",
    "summary",
]
