"""What the filing of assessment bodies keeps."""

from gongjiang.filing.models.application import (
    Application,
    ApplicationKind,
    ConditionAnswer,
    GivenUpScope,
    Material,
    RequestedChange,
    RequestedScope,
    RequestedSite,
    RequestedSubsidiary,
    Snapshot,
)
from gongjiang.filing.models.calls import Applicant, Call
from gongjiang.filing.models.handling import (
    Correction,
    Objector,
    Opinion,
    Refund,
    Routing,
    Termination,
    TerminationKind,
)
from gongjiang.filing.models.life import ChangeReport, EarlierFiling, ItemAnswer, WorkRecord

__all__ = [
    "Applicant",
    "Application",
    "ApplicationKind",
    "Call",
    "ChangeReport",
    "ConditionAnswer",
    "Correction",
    "EarlierFiling",
    "GivenUpScope",
    "ItemAnswer",
    "Material",
    "Objector",
    "Opinion",
    "Refund",
    "RequestedChange",
    "RequestedScope",
    "RequestedSite",
    "RequestedSubsidiary",
    "Routing",
    "Snapshot",
    "Termination",
    "TerminationKind",
    "WorkRecord",
]
