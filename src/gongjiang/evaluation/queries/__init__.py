"""Reads about evaluations."""

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
    "active_panel",
    "evaluation_for",
    "evaluations_for",
    "newest_criteria",
    "open_evaluation_of",
    "public_draws",
    "standing_draw",
]
