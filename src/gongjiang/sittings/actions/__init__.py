"""The verbs of sittings: rooms and staff, arranging, the roster, locking and releasing, the exam day."""

from gongjiang.sittings.actions.arranging import arrange, move_seat, pin_seat, schedule_sittings
from gongjiang.sittings.actions.dispatch import accept_duty, decline_duty, record_staff
from gongjiang.sittings.actions.exam_day import (
    AttendanceRead,
    check_in,
    end_exam,
    import_attendance,
    record_misconduct,
    start_exam,
)
from gongjiang.sittings.actions.lock import hold_briefing, lock_arrangement, release, unlock_arrangement
from gongjiang.sittings.actions.rooms import RoomsEntered, add_rooms, import_rooms, import_staff
from gongjiang.sittings.actions.roster import assign_duty, end_duty, propose_roster, replace_duty
from gongjiang.sittings.rules_rooms import RoomSpec
from gongjiang.sittings.rules_schedule import SittingSpec
from gongjiang.sittings.seating import Pin

__all__ = [
    "AttendanceRead",
    "Pin",
    "RoomSpec",
    "RoomsEntered",
    "SittingSpec",
    "accept_duty",
    "add_rooms",
    "arrange",
    "assign_duty",
    "check_in",
    "decline_duty",
    "end_duty",
    "end_exam",
    "hold_briefing",
    "import_attendance",
    "import_rooms",
    "import_staff",
    "lock_arrangement",
    "move_seat",
    "pin_seat",
    "propose_roster",
    "record_misconduct",
    "record_staff",
    "release",
    "replace_duty",
    "schedule_sittings",
    "start_exam",
    "unlock_arrangement",
]
