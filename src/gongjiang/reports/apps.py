from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "gongjiang.reports"
    label = "reports"

    def ready(self) -> None:
        from gongjiang.kernel import audit_labels, queue
        from gongjiang.planning import acts
        from gongjiang.reports import waiting
        from gongjiang.reports.rules import REPORTERS

        audit_labels.register(
            {
                "report.prepare": _("prepared the report"),
                "report.send": _("sent the report"),
                "report.receipt": _("read the receipt"),
                "report.fix_row": _("fixed a row that was sent back"),
            }
        )
        acts.register("report", "batch-report", method="get")
        acts.register_section(80, "reports/section.html", waiting.section)
        queue.register(REPORTERS, waiting.for_reporters)
        queue.register(("provincial_officer", "city_officer", "centre_officer"), waiting.for_authority)
