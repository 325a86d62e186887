"""Acts on the catalogue, on standards and specifications, and on the ladder of levels."""

from gongjiang.standards.actions.importing import (
    import_access_types,
    import_edition,
    import_projects,
    import_standards,
    import_weights,
)
from gongjiang.standards.actions.joining import give_code, join_standard
from gongjiang.standards.actions.levels import add_level, end_level, end_permit, permit_level
from gongjiang.standards.actions.loading import load_catalogue, load_example_weights
from gongjiang.standards.actions.specification import (
    Document,
    accept,
    draft_specification,
    file,
    refuse,
    return_for_correction,
    revise_specification,
    submit,
    withdraw,
)
from gongjiang.standards.actions.standard import enter_standard
from gongjiang.standards.basis import Asker
from gongjiang.standards.specs import OwnLevel, PartSpec, SpecificationText, StandardSpec, WeightSpec

__all__ = [
    "Asker",
    "Document",
    "OwnLevel",
    "PartSpec",
    "SpecificationText",
    "StandardSpec",
    "WeightSpec",
    "accept",
    "add_level",
    "draft_specification",
    "end_level",
    "end_permit",
    "enter_standard",
    "file",
    "give_code",
    "import_access_types",
    "import_edition",
    "import_projects",
    "import_standards",
    "import_weights",
    "join_standard",
    "load_catalogue",
    "load_example_weights",
    "permit_level",
    "refuse",
    "return_for_correction",
    "revise_specification",
    "submit",
    "withdraw",
]
