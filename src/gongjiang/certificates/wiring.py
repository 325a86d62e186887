"""What certificates add to the rest: names of acts, acts and sections of a batch, the queue, work in the background."""

from django.utils.translation import gettext_lazy as _


def connect() -> None:
    """Register everything, once, when the app starts."""
    from gongjiang.certificates import held, queries, report_figures, tasks, waiting  # noqa: F401 - tasks register themselves
    from gongjiang.certificates.states import CERTIFICATE, HEIRS, REQUEST
    from gongjiang.enrolment import prior
    from gongjiang.kernel import audit_labels, identity, queue
    from gongjiang.planning import acts

    report_figures.connect()
    for table in (CERTIFICATE, REQUEST):
        audit_labels.register({f"{table.name}.{each.action}": each.label for each in table.arrows})
    audit_labels.register(
        {
            "certificate.number": _("gave the certificate its number"),
            "certificate.apply_for_numbers": _("applied to the centre for certificate numbers"),
            "certificate.resume_papers": _("had the remaining papers made"),
            "certificate_counter.take": _("took certificate numbers"),
            "certificate_request.reissue": _("asked for a new copy"),
            "certificate_request.correction": _("asked for a correction"),
            "certificate_request.copy_made": _("made the new copy"),
            "certificate_request.report": _("reported the correction to the centre"),
        }
    )
    identity.register_revealable("certificates.certificate", "identity", queries.certificates_for)
    acts.register("issue", "batch-issue", check=waiting.against_issue)
    acts.register_section(70, "certificates/section.html", waiting.section)
    queue.register(("certificate_clerk", "body_manager"), waiting.for_clerks)
    queue.register(("centre_officer",), waiting.for_centre)
    queue.register(HEIRS, waiting.for_heirs)
    prior.register(held.registered)
