"""The states of an assessment specification, from draft to the ministry's file, and who takes it on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask


class SpecificationState(models.TextChoices):
    DRAFT = "draft", _("Being written")
    SUBMITTED = "submitted", _("Submitted")
    UNDER_REVIEW = "under_review", _("Under review by the province")
    RETURNED = "returned", _("Returned for correction")
    FILED = "filed", _("Filed with the ministry")
    REFUSED = "refused", _("Not filed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = SpecificationState

SPECIFICATION = Workflow(
    "specification",
    S.DRAFT,
    (
        arrow(
            "submit",
            (S.DRAFT, S.RETURNED),
            S.SUBMITTED,
            "body_manager",
            rests_on=ask.SPECIFICATION_FILED_FIRST,
            label=_("Submit the specification"),
        ),
        arrow(
            "accept",
            S.SUBMITTED,
            S.UNDER_REVIEW,
            "provincial_officer",
            rests_on=ask.SPECIFICATION_FILED_FIRST,
            label=_("Take it under review"),
        ),
        arrow(
            "return_for_correction",
            S.UNDER_REVIEW,
            S.RETURNED,
            "provincial_officer",
            rests_on=ask.SPECIFICATION_FILED_FIRST,
            label=_("Return it for correction"),
        ),
        arrow(
            "refuse",
            S.UNDER_REVIEW,
            S.REFUSED,
            "provincial_officer",
            "provincial_approver",
            rests_on=ask.SPECIFICATION_FILED_FIRST,
            label=_("Refuse it"),
        ),
        arrow(
            "file",
            S.UNDER_REVIEW,
            S.FILED,
            "provincial_officer",
            "provincial_approver",
            rests_on=ask.SPECIFICATION_FILED_FIRST,
            label=_("Enter the ministry's filing"),
        ),
        arrow(
            "withdraw",
            (S.DRAFT, S.SUBMITTED, S.RETURNED, S.FILED),
            S.WITHDRAWN,
            "body_manager",
            label=_("Withdraw it"),
        ),
    ),
)
