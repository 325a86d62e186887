"""What the reports of a body say of its certificates: issued and revoked (FIL-14)."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongjiang.bodies import prefill
from gongjiang.bodies.models import AssessmentBody, ReportKind
from gongjiang.certificates.models import Certificate

DONE = (ReportKind.SUMMARY, ReportKind.STATISTICS)


def connect() -> None:
    """Have the figures stand in the reports."""
    prefill.register("certificates_issued", _("Number of certificates issued"), issued, kinds=DONE)
    prefill.register("certificates_revoked", _("Certificates revoked"), revoked, kinds=DONE)


def issued(body: AssessmentBody, since: date, until: date) -> int:
    """Count the certificates whose issue date lies in the period."""
    return Certificate.everything.filter(batch__body=body, issued_on__gte=since, issued_on__lt=until).count()


def revoked(body: AssessmentBody, since: date, until: date) -> int:
    """Count the certificates revoked in the period."""
    return Certificate.everything.filter(batch__body=body, revoked_on__gte=since, revoked_on__lt=until).count()
