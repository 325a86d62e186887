"""What enrolment asks of the register of certificates: does the one that a candidate states stand, and is it theirs."""

from gongjiang.certificates.models import Certificate
from gongjiang.certificates.states import CertificateState
from gongjiang.enrolment.prior import Registered
from gongjiang.law.codes import parse_certificate_number

WHY = "a stated certificate may be any body's; only whether it agrees is told"


def registered(number: str, person_key: str) -> Registered | None:
    """Return whether the published certificate of this number stands, whose it is and its level; None if unknown."""
    wanted = parse_certificate_number(number).text
    published = Certificate.objects.unscoped(WHY).exclude(state=CertificateState.NUMBERED)
    found = published.filter(number=wanted).values_list("state", "level", "person_key").first()
    if found is None:
        return None
    state, level, holder = found
    return Registered(stands=state == CertificateState.VALID, level=level, same_holder=holder == person_key)
