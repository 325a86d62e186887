from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkforceConfig(AppConfig):
    name = "gongjiang.workforce"
    label = "workforce"

    def ready(self) -> None:
        """Register the job, the names of acts, and what can be revealed to whom."""
        from gongjiang.kernel import audit_labels
        from gongjiang.workforce import tasks, wiring  # noqa: F401

        audit_labels.register(
            {
                "course.add": _("put people into a course"),
                "course.cancel": _("cancelled a course"),
                "course.close": _("closed a course with its examination"),
                "course.hold": _("recorded attendance of a course"),
                "course.plan": _("planned a course"),
                "relation.declare": _("declared a relation"),
                "relation.end": _("ended a relation"),
                "staff.assess": _("assessed a year's work"),
                "staff.discard": _("discarded a sheet of staff"),
                "staff.end": _("ended an appointment early"),
                "staff.export": _("downloaded a list of staff"),
                "staff.import": _("took over a sheet of staff"),
                "staff.link": _("joined an account to a person"),
                "staff.read": _("checked a sheet of staff"),
                "staff.upload": _("uploaded a sheet of staff"),
                "training.plan": _("published a training plan"),
                "writer.done": _("noted an item writer's task as done"),
                "writer.ethics": _("recorded training in ethics"),
                "writer.register": _("registered an item writer"),
                "writer.sign": _("entered a non-disclosure agreement"),
                "writer.task": _("gave an item writer a task"),
            }
        )
        wiring.connect()
