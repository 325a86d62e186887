"""Acts on the workforce: appointing, training, assessing, shielding item writers, taking in sheets."""

from gongjiang.workforce.actions.appointing import Appointed, appoint, appoint_external, end_appointment, link_account
from gongjiang.workforce.actions.assessing import assess_year, declare_relation, end_relation
from gongjiang.workforce.actions.courses import (
    CourseSpec,
    PlanLine,
    PlanSpec,
    Score,
    add_trainees,
    cancel_course,
    close_course,
    plan_course,
    plan_year,
    record_hours,
)
from gongjiang.workforce.actions.exporting import record_export
from gongjiang.workforce.actions.importing import (
    cancel_staff_import,
    confirm_staff_import,
    read_staff_import,
    upload_staff,
)
from gongjiang.workforce.actions.writers import (
    WriterSpec,
    give_task,
    record_ethics,
    register_writer,
    settle_task,
    sign_agreement,
)

__all__ = [
    "Appointed",
    "CourseSpec",
    "PlanLine",
    "PlanSpec",
    "Score",
    "WriterSpec",
    "add_trainees",
    "appoint",
    "appoint_external",
    "assess_year",
    "cancel_course",
    "cancel_staff_import",
    "close_course",
    "confirm_staff_import",
    "declare_relation",
    "end_appointment",
    "end_relation",
    "give_task",
    "link_account",
    "plan_course",
    "plan_year",
    "read_staff_import",
    "record_ethics",
    "record_export",
    "record_hours",
    "register_writer",
    "settle_task",
    "sign_agreement",
    "upload_staff",
]
