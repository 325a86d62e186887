"""What the life of a filing tells the kernel of, once at the start."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "filing.remind": _("reminded of the renewal"),
    "filing.keep_work": _("kept the past work as it stands"),
    "termination.open_voluntary": _("began the winding-up that the body applied for"),
    "termination.open_ordered": _("ordered the end of the filing"),
    "termination.answer": _("answered an item of the winding-up"),
    "termination.refund": _("recorded refunds"),
}


def connect() -> None:
    """Register the names of acts, the daily work, and what letters of renewal and termination do."""
    from gongjiang.filing import effects_life, tasks
    from gongjiang.filing.states import TERMINATION
    from gongjiang.kernel import audit_labels, daily

    audit_labels.register({f"termination.{each.action}": each.label for each in TERMINATION.arrows} | LABELS)
    daily.register(tasks.REMIND_JOB)
    effects_life.connect()
