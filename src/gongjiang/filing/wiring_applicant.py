"""What the applicant's side tells the kernel of, once at the start."""

from django.utils.translation import gettext_lazy as _

from gongjiang.evaluation import access, materials
from gongjiang.filing import evaluating, waiting_applicant
from gongjiang.filing.settings_applicant import DEFINITIONS
from gongjiang.kernel import audit_labels, place_settings_registry, queue

LABELS = {
    "call.draft": _("drafted the call"),
    "call.publish": _("published the call"),
    "applicant.register": _("registered as an applicant"),
    "application.begin": _("began the application"),
    "application.set_summary": _("wrote what it is about"),
    "application.set_sites": _("set the exam sites"),
    "application.set_scope": _("set the occupations and levels"),
    "application.give_up": _("set what is given up in exchange"),
    "application.set_changes": _("set what changes"),
    "application.set_subsidiaries": _("listed the subsidiaries"),
    "application.answer_condition": _("answered a condition"),
    "application.add_material": _("added a paper"),
    "application.note_online_check": _("noted an online check"),
    "application.drop_material": _("took a paper out"),
    "application.submit": _("submitted the application"),
    "application.withdraw": _("withdrew the application"),
}


def connect() -> None:
    """Tell the panel's app who answers and what was handed in; name the applicant's acts, add the lists of papers to
    the settings of a place."""
    access.register(evaluating.credit_codes_of)
    materials.register(evaluating.papers_of)
    audit_labels.register(LABELS)
    place_settings_registry.register(*DEFINITIONS)
    queue.register(("body_manager",), waiting_applicant.for_applicants)
