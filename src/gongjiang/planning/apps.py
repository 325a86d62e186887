from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PlanningConfig(AppConfig):
    name = "gongjiang.planning"
    label = "planning"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels, queue
        from gongjiang.planning import acts, report_figures, rules, waiting
        from gongjiang.planning.states import BATCH

        report_figures.connect()
        audit_labels.register({f"batch.{each.action}": each.label for each in BATCH.arrows})
        audit_labels.register({"batch.plan": _("planned the batch")})
        acts.register("apply_for_opening", "batch-apply-for-opening", check=waiting.not_applied_for)
        acts.register("approve_opening", "batch-approve-opening")
        acts.register("return_opening", "batch-return-opening", method="get")
        acts.register(
            "announce", "batch-announce", check=lambda batch, _actor, at: rules.wrong_with_announcement(batch, at)
        )
        acts.register(
            "close_enrolment",
            "batch-close-enrolment",
            check=lambda batch, _actor, at: rules.enrolment_still_open(batch, at),
        )
        acts.register("cancel", "batch-cancel", method="get")
        queue.register(("exam_clerk", "body_manager"), waiting.for_planners)
        queue.register(("centre_officer", "provincial_officer"), waiting.for_openers)
