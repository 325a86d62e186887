"""The states of a batch, from plan to report, and who takes it from one to the next on what article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask


class BatchState(models.TextChoices):
    DRAFT = "draft", _("Planned")
    AWAITING_OPENING = "awaiting_opening", _("Opening applied for")
    APPROVED = "approved", _("Opening approved")
    ANNOUNCED = "announced", _("Announced")
    REVIEW = "review", _("Eligibility under review")
    READY = "ready", _("Eligibility decided")
    ARRANGED = "arranged", _("Arranged")
    EXAM = "exam", _("Exam under way")
    MARKING = "marking", _("Scores being entered")
    SCORED = "scored", _("Scores confirmed")
    RESULT_REVIEW = "result_review", _("Results under review")
    ON_NOTICE = "on_notice", _("Results on public notice")
    CONFIRMED = "confirmed", _("Results confirmed")
    ISSUED = "issued", _("Certificates issued")
    REPORTED = "reported", _("Reported")
    CANCELLED = "cancelled", _("Cancelled")


S = BatchState

BATCH = Workflow(
    "batch",
    S.DRAFT,
    (
        arrow(
            "apply_for_opening",
            S.DRAFT,
            S.AWAITING_OPENING,
            "exam_clerk",
            "body_manager",
            rests_on=ask.OPENING_APPLIED_FOR,
            label=_("Apply for opening"),
        ),
        arrow(
            "approve_opening",
            S.AWAITING_OPENING,
            S.APPROVED,
            "centre_officer",
            "provincial_officer",
            rests_on=ask.OPENING_APPLIED_FOR,
            label=_("Approve the opening"),
        ),
        arrow(
            "return_opening",
            S.AWAITING_OPENING,
            S.DRAFT,
            "centre_officer",
            "provincial_officer",
            rests_on=ask.OPENING_APPLIED_FOR,
            label=_("Return the application"),
        ),
        arrow(
            "announce",
            (S.DRAFT, S.APPROVED),
            S.ANNOUNCED,
            "exam_clerk",
            "body_manager",
            rests_on=ask.ANNOUNCEMENT_ELEMENTS,
            label=_("Publish the announcement"),
        ),
        arrow(
            "close_enrolment",
            S.ANNOUNCED,
            S.REVIEW,
            "exam_clerk",
            "body_manager",
            "system",
            rests_on=ask.PLAN_WITHIN_SCOPE,
            label=_("Close enrolment"),
        ),
        arrow(
            "complete_review",
            S.REVIEW,
            S.READY,
            "eligibility_reviewer",
            "body_manager",
            rests_on=ask.ELIGIBILITY_BY_STANDARD,
            label=_("Complete the eligibility review"),
        ),
        arrow(
            "lock_arrangement",
            S.READY,
            S.ARRANGED,
            "exam_clerk",
            "body_manager",
            rests_on=(ask.ROSTER_FIXED, ask.STAFF_ROLES),
            label=_("Lock rooms, seats and staff"),
        ),
        arrow(
            "unlock_arrangement",
            S.ARRANGED,
            S.READY,
            "body_manager",
            rests_on=(ask.ROSTER_FIXED, ask.STAFF_ROLES),
            label=_("Reopen the arrangement, with a reason"),
        ),
        arrow(
            "start_exam",
            S.ARRANGED,
            S.EXAM,
            "exam_clerk",
            "body_manager",
            "invigilator",
            rests_on=ask.EXAM_ORDER_KEPT,
            label=_("Begin the exam"),
        ),
        arrow(
            "end_exam",
            S.EXAM,
            S.MARKING,
            "exam_clerk",
            "body_manager",
            rests_on=ask.EXAM_ORDER_KEPT,
            label=_("End the exam"),
        ),
        arrow(
            "confirm_scores",
            S.MARKING,
            S.SCORED,
            "scorer",
            "body_manager",
            rests_on=ask.RESULT_NOTICE_WORKING_DAYS,
            label=_("Confirm the scores"),
        ),
        arrow(
            "submit_results",
            S.SCORED,
            S.RESULT_REVIEW,
            "exam_clerk",
            "body_manager",
            rests_on=ask.RESULTS_REVIEWED,
            label=_("Submit the results for review"),
        ),
        arrow(
            "approve_results",
            S.RESULT_REVIEW,
            S.SCORED,
            "centre_officer",
            rests_on=ask.RESULTS_REVIEWED,
            label=_("Approve the results"),
        ),
        arrow(
            "return_results",
            S.RESULT_REVIEW,
            S.MARKING,
            "centre_officer",
            rests_on=ask.RESULTS_REVIEWED,
            label=_("Return the results"),
        ),
        arrow(
            "post_results",
            S.SCORED,
            S.ON_NOTICE,
            "exam_clerk",
            "body_manager",
            rests_on=ask.RESULT_NOTICE_WORKING_DAYS,
            label=_("Post the results for objection"),
        ),
        arrow(
            "confirm_results",
            S.ON_NOTICE,
            S.CONFIRMED,
            "body_manager",
            "exam_clerk",
            rests_on=ask.RESULT_NOTICE_WORKING_DAYS,
            label=_("Confirm the results"),
        ),
        arrow(
            "issue",
            S.CONFIRMED,
            S.ISSUED,
            "certificate_clerk",
            "body_manager",
            rests_on=ask.CERTIFICATE_REQUIRES_PASS,
            label=_("Issue the certificates"),
        ),
        arrow(
            "give_numbers",
            S.CONFIRMED,
            S.ISSUED,
            "centre_officer",
            rests_on=ask.NUMBERS_GIVEN_BY,
            label=_("Give certificate numbers"),
        ),
        arrow(
            "report",
            S.ISSUED,
            S.REPORTED,
            "certificate_clerk",
            "exam_clerk",
            "body_manager",
            rests_on=(ask.RESULT_REPORT_WORKING_DAYS, ask.CERTIFICATE_DATA_TO_CENTRE),
            label=_("Report scores and certificates"),
        ),
        arrow(
            "cancel",
            (S.DRAFT, S.AWAITING_OPENING, S.APPROVED, S.ANNOUNCED),
            S.CANCELLED,
            "body_manager",
            label=_("Cancel the batch"),
        ),
    ),
)
