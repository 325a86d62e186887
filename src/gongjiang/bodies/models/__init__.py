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
from gongjiang.bodies.models.published import FeeItem, FeePart, FeeSchedule, PublishedRule, RuleKind
from gongjiang.bodies.models.reports import PeriodicReport, ReportKind

__all__ = [
    "Affiliation",
    "AssessmentBody",
    "BodyKind",
    "ContinuingDuty",
    "Decision",
    "DecisionKind",
    "DutyKind",
    "ExamSite",
    "FeeItem",
    "FeePart",
    "FeeSchedule",
    "FilingTerm",
    "PeriodicReport",
    "PublishedRule",
    "ReportKind",
    "RuleKind",
    "ScopeItem",
    "Subsidiary",
    "Suspension",
    "Undertaking",
]
