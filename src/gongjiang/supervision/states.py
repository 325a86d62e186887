"""The states of a finding and of a complaint, and who takes them where (JL-2024-5§41–43, MOHRSS-2020-17§25)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask


class FindingState(models.TextChoices):
    OPEN = "open", _("To be rectified")
    RECTIFIED = "rectified", _("Rectification reported")
    CLOSED = "closed", _("Re-checked and closed")


class ComplaintState(models.TextChoices):
    RECEIVED = "received", _("Complaint received")
    INQUIRY = "inquiry", _("Under inquiry")
    ANSWERED = "answered", _("Complaint answered")


RECORDERS = ("provincial_officer", "centre_officer", "city_officer", "supervisor")
HANDLERS = ("provincial_officer", "centre_officer", "city_officer")
RECTIFIES = ("body_manager",)
SELF_CHECKERS = ("body_manager", "internal_supervisor")

F, C = FindingState, ComplaintState
INSPECTED = ask.BODIES_INSPECTED
FINDING = Workflow(
    "finding",
    F.OPEN,
    (
        arrow("report", F.OPEN, F.RECTIFIED, *RECTIFIES, rests_on=INSPECTED, label=_("Report what was done")),
        arrow("close", F.RECTIFIED, F.CLOSED, *RECORDERS, rests_on=INSPECTED, label=_("Close the finding")),
        arrow("reopen", F.RECTIFIED, F.OPEN, *RECORDERS, rests_on=INSPECTED, label=_("Open it again")),
    ),
)
LAW = ask.COMPLAINTS_INVESTIGATED
COMPLAINT = Workflow(
    "complaint",
    C.RECEIVED,
    (
        arrow("take_up", C.RECEIVED, C.INQUIRY, *HANDLERS, rests_on=LAW, label=_("Take up the complaint")),
        arrow("answer", C.INQUIRY, C.ANSWERED, *HANDLERS, rests_on=LAW, label=_("Answer the complaint")),
        arrow("send_on", (C.RECEIVED, C.INQUIRY), C.RECEIVED, *HANDLERS, rests_on=LAW, label=_("Send it on")),
    ),
)
