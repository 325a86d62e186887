"""The states of a certificate and of one printed or electronic copy of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask

# At the authority that took the duties of a body over that is gone.
HEIRS = ("provincial_officer", "city_officer", "provincial_approver", "city_approver")


class CertificateState(models.TextChoices):
    """``NUMBERED`` is inside the platform only: nobody outside sees it until its paper is stored and signed."""

    NUMBERED = "numbered", _("Numbered, paper not made yet")
    VALID = "valid", _("Valid")
    REVOKED = "revoked", _("Revoked")


S = CertificateState

CERTIFICATE = Workflow(
    "certificate",
    S.NUMBERED,
    (
        arrow(
            "publish",
            S.NUMBERED,
            S.VALID,
            "system",
            "certificate_clerk",
            "body_manager",
            rests_on=ask.CERTIFICATE_REQUIRES_PASS,
            label=_("Issue"),
        ),
        arrow(
            "reissue",
            S.VALID,
            S.VALID,
            "system",
            "certificate_clerk",
            "body_manager",
            rests_on=ask.REISSUE_ON_HOLDERS_APPLICATION,
            label=_("Reissue"),
        ),
        arrow(
            "correct",
            S.VALID,
            S.VALID,
            "system",
            "certificate_clerk",
            "body_manager",
            rests_on=ask.CORRECTION_MUST_KEEP_ELIGIBILITY,
            label=_("Correct"),
        ),
        arrow(
            "revoke",
            S.VALID,
            S.REVOKED,
            "body_manager",
            "provincial_approver",
            "city_approver",
            rests_on=(ask.TERMINATED_BODY_KEEPS_DUTIES, ask.BODY_ANSWERS_FOR_RESULTS),
            label=_("Revoke"),
        ),
    ),
)


class RequestState(models.TextChoices):
    """A holder's request for a new copy or a correction."""

    SUBMITTED = "submitted", _("Submitted")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Refused")


R = RequestState

REQUEST = Workflow(
    "certificate_request",
    R.SUBMITTED,
    (
        arrow(
            "approve",
            R.SUBMITTED,
            R.APPROVED,
            "certificate_clerk",
            "body_manager",
            *HEIRS,
            rests_on=ask.REISSUE_ON_HOLDERS_APPLICATION,
            label=_("Approve the request"),
        ),
        arrow(
            "refuse",
            R.SUBMITTED,
            R.REFUSED,
            "certificate_clerk",
            "body_manager",
            *HEIRS,
            rests_on=ask.CORRECTION_MUST_KEEP_ELIGIBILITY,
            label=_("Refuse the request"),
        ),
    ),
)
