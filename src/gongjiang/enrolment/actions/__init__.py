"""Verbs of enrolment: importing a group, enrolling one person, reviewing eligibility."""

from gongjiang.enrolment.actions.importing import (
    cancel_import,
    read_run,
    record_export,
    resume_import,
    upload_sheet,
)
from gongjiang.enrolment.actions.review import (
    complete_review,
    decide,
    decide_clear_cases,
    return_for_correction,
)
from gongjiang.enrolment.actions.second_look import answer_appeal, answer_override, appeal, propose_override
from gongjiang.enrolment.actions.single import add_evidence, enrol, resubmit, set_photo, withdraw
from gongjiang.enrolment.actions.takeover import confirm_import

__all__ = [
    "add_evidence",
    "answer_appeal",
    "answer_override",
    "appeal",
    "cancel_import",
    "complete_review",
    "confirm_import",
    "decide",
    "decide_clear_cases",
    "enrol",
    "propose_override",
    "read_run",
    "record_export",
    "resubmit",
    "resume_import",
    "return_for_correction",
    "set_photo",
    "upload_sheet",
    "withdraw",
]
