"""The states of one candidate's enrolment in a batch."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask


class EnrolmentState(models.TextChoices):
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned for correction")
    ELIGIBLE = "eligible", _("Eligible")
    INELIGIBLE = "ineligible", _("Not eligible")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = EnrolmentState

ENROLMENT = Workflow(
    "enrolment",
    S.SUBMITTED,
    (
        arrow(
            "return_for_correction",
            S.SUBMITTED,
            S.RETURNED,
            "eligibility_reviewer",
            rests_on=ask.EVIDENCE_RETAINED,
            label=_("Return for correction"),
        ),
        arrow(
            "resubmit",
            S.RETURNED,
            S.SUBMITTED,
            "exam_clerk",
            "candidate",
            rests_on=ask.EVIDENCE_RETAINED,
            label=_("Submit again"),
        ),
        arrow(
            "accept",
            (S.SUBMITTED, S.INELIGIBLE),
            S.ELIGIBLE,
            "eligibility_reviewer",
            rests_on=ask.ELIGIBILITY_BY_STANDARD,
            label=_("Confirm as eligible"),
        ),
        arrow(
            "refuse",
            (S.SUBMITTED, S.ELIGIBLE),
            S.INELIGIBLE,
            "eligibility_reviewer",
            rests_on=ask.ELIGIBILITY_BY_STANDARD,
            label=_("Decide as not eligible"),
        ),
        arrow(
            "withdraw",
            (S.SUBMITTED, S.RETURNED, S.ELIGIBLE, S.INELIGIBLE),
            S.WITHDRAWN,
            "exam_clerk",
            "candidate",
            label=_("Withdraw"),
        ),
    ),
)
