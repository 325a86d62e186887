"""What the evaluation of applicants keeps."""

from gongjiang.evaluation.models.criteria import CriteriaVersion, Criterion
from gongjiang.evaluation.models.pool import Expert, ExpertField, Tie, TieKind
from gongjiang.evaluation.models.record import (
    Consensus,
    Draw,
    Evaluation,
    Mark,
    Panelist,
    Photo,
    Rectification,
    Sheet,
    Stage,
)

__all__ = [
    "Consensus",
    "CriteriaVersion",
    "Criterion",
    "Draw",
    "Evaluation",
    "Expert",
    "ExpertField",
    "Mark",
    "Panelist",
    "Photo",
    "Rectification",
    "Sheet",
    "Stage",
    "Tie",
    "TieKind",
]
