"""The states of one candidate's enrolment in a batch."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow


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
            cite="JL-2024-5§17",
            label=_("Return for correction"),
        ),
        arrow(
            "resubmit",
            S.RETURNED,
            S.SUBMITTED,
            "exam_clerk",
            "candidate",
            cite="JL-2024-5§17",
            label=_("Submit again"),
        ),
        arrow(
            "accept",
            (S.SUBMITTED, S.INELIGIBLE),
            S.ELIGIBLE,
            "eligibility_reviewer",
            cite="JL-2024-5§17",
            label=_("Confirm as eligible"),
        ),
        arrow(
            "refuse",
            (S.SUBMITTED, S.ELIGIBLE),
            S.INELIGIBLE,
            "eligibility_reviewer",
            cite="JL-2024-5§17",
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
