"""What becomes of a report that a body owes its authority (JL-2024-5§7(9), MOHRSS-2020-17§21)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask


class ReportState(models.TextChoices):
    DRAFT = "draft", _("In preparation")
    SUBMITTED = "submitted", _("Handed in")
    RETURNED = "returned", _("Returned for correction")
    ACCEPTED = "accepted", _("Accepted")


BODY = ("body_manager",)
AUTHORITY = ("provincial_officer", "centre_officer", "city_officer")
LAW = (ask.ANNUAL_REPORTS, ask.PERIODIC_STATISTICS)
S = ReportState
PERIODIC_REPORT = Workflow(
    "periodic_report",
    S.DRAFT,
    (
        arrow("submit", {S.DRAFT, S.RETURNED}, S.SUBMITTED, *BODY, rests_on=LAW, label=_("Hand in the report")),
        arrow("accept", S.SUBMITTED, S.ACCEPTED, *AUTHORITY, rests_on=LAW, label=_("Accept the report")),
        arrow("return", S.SUBMITTED, S.RETURNED, *AUTHORITY, rests_on=LAW, label=_("Return the report")),
    ),
)
