"""Staffing a sitting: is the roster complete and clean, and a draw that makes one.

JL-2024-5 §21 names the roles that must be fixed in advance; ratios and counts come from standards and from settings of
the place. So roles, ratios and counts are all in `Requirement`, none is written here. Terms run from inclusive to
exclusive; None is open.

`check_roster` tells what's wrong with a roster, `propose_roster` draws one, `substitutes` names who could take a duty,
`obstacles` why somebody may not.
"""

from gongjiang.solvers.seating_model import Person
from gongjiang.solvers.staffing_check import check_roster, obstacles, substitutes
from gongjiang.solvers.staffing_draw import Roster, propose_roster
from gongjiang.solvers.staffing_model import (
    ASSESSOR,
    INVIGILATOR,
    Duty,
    Finding,
    Requirement,
    RoomLoad,
    StaffMember,
    Subject,
)

__all__ = [
    "ASSESSOR",
    "INVIGILATOR",
    "Duty",
    "Finding",
    "Person",
    "Requirement",
    "RoomLoad",
    "Roster",
    "StaffMember",
    "Subject",
    "check_roster",
    "obstacles",
    "propose_roster",
    "substitutes",
]
