"""The sheets by which lists come in: their columns, and what every row says."""

from gongjiang.standards.sheets.lists import ACCESS, EDITION, PROJECTS, read_access, read_edition, read_projects
from gongjiang.standards.sheets.texts import STANDARDS, WEIGHTS, read_standards, read_weights

COLUMNS = {"edition": EDITION, "access": ACCESS, "projects": PROJECTS, "standards": STANDARDS, "weights": WEIGHTS}

__all__ = [
    "ACCESS",
    "COLUMNS",
    "EDITION",
    "PROJECTS",
    "STANDARDS",
    "WEIGHTS",
    "read_access",
    "read_edition",
    "read_projects",
    "read_standards",
    "read_weights",
]
