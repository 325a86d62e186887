"""What the registers of the workforce keep."""

from gongjiang.workforce.models.imports import StaffImport, StaffImportRow, StaffImportState
from gongjiang.workforce.models.people import (
    HIGH_LEVELS,
    AnnualAssessment,
    Appointment,
    Basis,
    Grade,
    PersonalRelation,
    Rank,
    RelationKind,
    StaffMember,
    StaffRole,
)
from gongjiang.workforce.models.training import Trainee, TrainingCourse, TrainingPlan, TrainingPlanLine
from gongjiang.workforce.models.writers import ItemWriter, NondisclosureAgreement, WriterTask

__all__ = [
    "HIGH_LEVELS",
    "AnnualAssessment",
    "Appointment",
    "Basis",
    "Grade",
    "ItemWriter",
    "NondisclosureAgreement",
    "PersonalRelation",
    "Rank",
    "RelationKind",
    "StaffImport",
    "StaffImportRow",
    "StaffImportState",
    "StaffMember",
    "StaffRole",
    "Trainee",
    "TrainingCourse",
    "TrainingPlan",
    "TrainingPlanLine",
    "WriterTask",
]
