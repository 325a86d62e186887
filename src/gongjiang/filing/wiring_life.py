"""What the life of a filing tells the kernel of, once at the start."""

from django.utils.translation import gettext_lazy as _


def connect() -> None:
    """Register the names of acts, the daily work and what waits for whom."""
    from gongjiang.filing import tasks
    from gongjiang.kernel import audit_labels, daily

    audit_labels.register(
        {
            "filing.remind": _("reminded of the renewal"),
            "filing.keep_work": _("kept the past work as it stands"),
        }
    )
    daily.register(tasks.REMIND_JOB)
