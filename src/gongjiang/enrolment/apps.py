from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EnrolmentConfig(AppConfig):
    name = "gongjiang.enrolment"
    label = "enrolment"

    def ready(self) -> None:
        """Register the job, the names of acts, what can be revealed, the review's arrow and the queue."""
        from gongjiang.enrolment import tasks, wiring  # noqa: F401
        from gongjiang.kernel import audit_labels

        audit_labels.register(
            {
                "import.upload": _("uploaded a sheet of candidates"),
                "import.read": _("checked a sheet of candidates"),
                "import.confirm": _("enrolled the candidates of a sheet"),
                "import.stop": _("stopped the reading of a sheet"),
                "import.resume": _("had a sheet read on"),
                "import.discard": _("discarded a sheet"),
                "import.export": _("downloaded the problems of a sheet"),
                "enrolment.enrol": _("enrolled a candidate"),
                "enrolment.accept": _("found a candidate eligible"),
                "enrolment.refuse": _("found a candidate not eligible"),
                "enrolment.return_for_correction": _("returned an enrolment for correction"),
                "enrolment.resubmit": _("submitted an enrolment again"),
                "enrolment.withdraw": _("withdrew an enrolment"),
                "enrolment.photo": _("set a candidate's photo"),
                "evidence.add": _("added a paper"),
                "override.propose": _("proposed to accept against the clauses"),
                "override.decline": _("declined to accept against the clauses"),
                "appeal.raise": _("appealed against a decision on eligibility"),
                "appeal.reply": _("replied to an appeal on eligibility"),
            }
        )
        wiring.connect()
