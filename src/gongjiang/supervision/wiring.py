"""What supervision tells the rest of the platform of, once at the start."""

from django.utils.translation import gettext_lazy as _

from gongjiang.bodies import sections
from gongjiang.kernel import audit_labels, identity, place_settings_registry, queue
from gongjiang.supervision import published, queries, waiting
from gongjiang.supervision.settings_place import DEFINITIONS
from gongjiang.supervision.states import HANDLERS, RECORDERS, RECTIFIES

LABELS = {
    "finding.record": _("recorded a finding"),
    "finding.report": _("reported what was done about a finding"),
    "finding.close": _("closed a finding after the re-check"),
    "finding.reopen": _("opened a finding again"),
    "self_check.publish": _("published a self-check"),
    "complaint.file": _("sent a complaint"),
    "complaint.take_up": _("took up a complaint"),
    "complaint.answer": _("answered a complaint"),
    "complaint.send_on": _("sent a complaint on to another authority"),
}


def connect() -> None:
    """Name the acts; show the three kinds on a body's page; say what waits for whom; guard who complained."""
    audit_labels.register(LABELS)
    place_settings_registry.register(*DEFINITIONS)
    sections.register("findings", published.findings)
    sections.register("self_checks", published.self_checks)
    sections.register("complaints", published.complaints)
    sections.register_link("complaints", published.complain_link)
    sections.register_act(published.record_act)
    for field in ("name", "contact"):
        identity.register_revealable("supervision.complaint", field, queries.handled_by)
    queue.register(RECTIFIES, waiting.for_bodies)
    queue.register(RECORDERS, waiting.findings_for_authority)
    queue.register(HANDLERS, waiting.complaints_for_authority)
