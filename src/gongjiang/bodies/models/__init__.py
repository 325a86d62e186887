"""What the register of assessment bodies keeps."""

from gongjiang.bodies.models.body import Affiliation, AssessmentBody, BodyKind, ExamSite, ScopeItem, Suspension
from gongjiang.bodies.models.decisions import (
    ContinuingDuty,
    Decision,
    DecisionKind,
    DutyKind,
    FilingTerm,
    Subsidiary,
    Undertaking,
)

__all__ = [
    "Affiliation",
    "AssessmentBody",
    "BodyKind",
    "ContinuingDuty",
    "Decision",
    "DecisionKind",
    "DutyKind",
    "ExamSite",
    "FilingTerm",
    "ScopeItem",
    "Subsidiary",
    "Suspension",
    "Undertaking",
]
