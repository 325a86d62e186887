"""What the evaluation of applicants keeps."""

from gongjiang.evaluation.models.after import Consensus, Rectification
from gongjiang.evaluation.models.criteria import CriteriaVersion, Criterion
from gongjiang.evaluation.models.pool import Expert, ExpertField, Tie, TieKind
from gongjiang.evaluation.models.record import (
    Draw,
    Evaluation,
    Mark,
    Panelist,
    Photo,
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
