"""The states of an evaluation of an applicant, from the frozen pool to the consolidated opinion."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow


class EvaluationState(models.TextChoices):
    OPEN = "open", _("Panel to be drawn")
    DRAWN = "drawn", _("Panel drawn")
    VISIT = "visit", _("Experts at work")
    OPENED = "opened", _("Sheets opened")
    CONCLUDED = "concluded", _("Opinion given")
    STOPPED = "stopped", _("Stopped")


S = EvaluationState
OFFICERS = ("provincial_officer", "city_officer", "centre_officer")

EVALUATION = Workflow(
    "evaluation",
    S.OPEN,
    (
        arrow("draw", S.OPEN, S.DRAWN, *OFFICERS, label=_("Draw the panel")),
        arrow("redraw", S.DRAWN, S.OPEN, *OFFICERS, label=_("Draw anew, with a reason")),
        arrow("begin", S.DRAWN, S.VISIT, *OFFICERS, "expert", label=_("Let the experts begin")),
        arrow("open_sheets", S.VISIT, S.OPENED, *OFFICERS, "expert", "system", label=_("Open all sheets at once")),
        arrow("conclude", S.OPENED, S.CONCLUDED, *OFFICERS, label=_("Give the consolidated opinion")),
        arrow("stop", (S.OPEN, S.DRAWN, S.VISIT, S.OPENED), S.STOPPED, *OFFICERS, "system", label=_("Stop")),
    ),
)
