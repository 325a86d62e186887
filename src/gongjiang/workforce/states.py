"""The states of a training course."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.workflow import Workflow, arrow
from gongjiang.law import questions as ask


class CourseState(models.TextChoices):
    """Where a training course stands."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Held, to be examined")
    CLOSED = "closed", _("Closed")
    CANCELLED = "cancelled", _("Cancelled")


HOSTS = ("body_manager", "exam_clerk", "centre_officer", "system")
S = CourseState
COURSE = Workflow(
    "course",
    S.PLANNED,
    (
        arrow("hold", S.PLANNED, S.HELD, *HOSTS, rests_on=ask.ASSESSOR_STEPS, label=_("Record attendance")),
        arrow("close", S.HELD, S.CLOSED, *HOSTS, rests_on=ask.ASSESSOR_STEPS, label=_("Close the course")),
        arrow("cancel", S.PLANNED, S.CANCELLED, *HOSTS, label=_("Cancel the course")),
    ),
)
