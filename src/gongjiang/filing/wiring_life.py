"""What the life of a filing tells the kernel of, once at the start."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "filing.remind": _("reminded of the renewal"),
    "filing.keep_work": _("kept the past work as it stands"),
    "termination.open_voluntary": _("began the winding-up that the body applied for"),
    "termination.open_ordered": _("ordered the end of the filing"),
    "termination.answer": _("answered an item of the winding-up"),
    "termination.refund": _("recorded refunds"),
    "earlier_filing.enter": _("entered an earlier filing"),
    "earlier_filing.confirm": _("confirmed the earlier filing"),
    "earlier_filing.drop": _("dropped the entry of an earlier filing"),
    "change_report.make": _("made the report of amendments"),
    "change_report.send": _("sent the report of amendments"),
}


def connect() -> None:
    """Register names of acts, daily work, settings, what waits for whom, and what letters of renewal and end do."""
    from gongjiang.filing import effects_life, rules_earlier, rules_life, tasks, waiting_life
    from gongjiang.filing.actions.life_reports import REPORTERS
    from gongjiang.filing.settings_life import DEFINITIONS
    from gongjiang.filing.states import TERMINATION
    from gongjiang.kernel import audit_labels, daily, place_settings_registry, queue

    audit_labels.register({f"termination.{each.action}": each.label for each in TERMINATION.arrows} | LABELS)
    daily.register(tasks.REMIND_JOB)
    place_settings_registry.register(*DEFINITIONS)
    effects_life.connect()
    queue.register(("body_manager",), waiting_life.for_managers)
    queue.register(rules_earlier.OFFICERS, waiting_life.for_officers)
    queue.register(rules_life.SIGNERS, waiting_life.for_signers)
    queue.register(REPORTERS, waiting_life.for_reporters)
