"""What the officer's side tells the kernel of, once at the start."""

from django.utils.translation import gettext_lazy as _

from gongjiang.filing import effects_change, effects_register, waiting_officer
from gongjiang.filing.settings_officer import DEFINITIONS
from gongjiang.filing.states import APPLICATION, OFFICERS, SIGNERS
from gongjiang.kernel import audit_labels, place_settings_registry, queue

LABELS = {
    "application.reroute": _("sent the application on to another authority"),
    "application.opinion": _("wrote an opinion on an item"),
    "application.open_evaluation": _("opened the panel's evaluation"),
    "application.sign_undertaking": _("signed the undertaking"),
    "application.reply": _("replied to an objection on the notice"),
}


def connect() -> None:
    """Name the authority's acts, add its settings of a place, and say what a signed letter does."""
    audit_labels.register({f"application.{each.action}": each.label for each in APPLICATION.arrows} | LABELS)
    place_settings_registry.register(*DEFINITIONS)
    effects_register.connect()
    effects_change.connect()
    queue.register({*OFFICERS, *SIGNERS}, waiting_officer.for_officers)
    queue.register(("body_manager",), waiting_officer.for_applicants)
