"""What can be certified, and by what: occupations by edition, standards and specifications, the levels."""

from gongjiang.standards.models.level import FURTHER, EmployerLevel, Level, LevelPermit
from gongjiang.standards.models.occupation import (
    AccessQualification,
    CatalogueEdition,
    JobType,
    NewOccupation,
    Occupation,
    OccupationAlias,
    RetiredCode,
    SpecialisedProject,
)
from gongjiang.standards.models.specification import AssessmentSpecification
from gongjiang.standards.models.standard import (
    BasisKind,
    ContentGroup,
    Method,
    NationalStandard,
    PartKind,
    StandardLevel,
    StandardPart,
    StandardWeight,
    UnjoinedStandard,
)

__all__ = [
    "FURTHER",
    "AccessQualification",
    "AssessmentSpecification",
    "BasisKind",
    "CatalogueEdition",
    "ContentGroup",
    "EmployerLevel",
    "JobType",
    "Level",
    "LevelPermit",
    "Method",
    "NationalStandard",
    "NewOccupation",
    "Occupation",
    "OccupationAlias",
    "PartKind",
    "RetiredCode",
    "SpecialisedProject",
    "StandardLevel",
    "StandardPart",
    "StandardWeight",
    "UnjoinedStandard",
]
