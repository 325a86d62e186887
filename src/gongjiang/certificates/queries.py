"""Reads about certificates: whose they are, what the public may learn, what has become of a copy."""

import hmac
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet

from gongjiang.certificates.documents import token_fields
from gongjiang.certificates.models import Certificate, CertificateCopy, CertificateRequest
from gongjiang.certificates.offline import Registered
from gongjiang.certificates.states import CertificateState, RequestState
from gongjiang.certificates.status_list import Ended
from gongjiang.certificates.token import BadToken, TokenFields, token_digest
from gongjiang.enrolment.models import Candidate
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.fields import blind_index
from gongjiang.law.codes import mask_identity, parse_certificate_number
from gongjiang.planning.models import Batch

S = CertificateState
PUBLIC = "the register of certificates is open to whoever knows number and name, or holds the paper"
OF_BATCH = "the batch was reached within scope"
NOBODY = "\N{REPLACEMENT CHARACTER}"
PRINTED = (
    "number",
    "state",
    "holder_name",
    "identity_kind",
    "identity_masked",
    "occupation_name",
    "job_type",
    "level",
    "body_name",
    "issued_on",
    "generation",
    "revoked_on",
)
ON_PAGE = (
    "occupation__code",
    "result__parts",
    "batch__regime",
    "batch__reported_on",
    "photo__sha256",
    "photo__media_type",
)
CHANGEABLE = (
    "holder_name",
    "identity_kind",
    "identity",
    "identity_masked",
    "person_key",
    "candidate_id",
    "generation",
)


def certificates_for(actor: Actor) -> QuerySet[Certificate]:
    """Return the certificates in the actor's part of the tree; for a candidate the own ones, once published."""
    if actor.kind == "candidate":
        own = Certificate.objects.unscoped("a candidate's own certificates").exclude(state=S.NUMBERED)
        found = own.filter(person_key=actor.person_key) if actor.person_key else own.none()
    else:
        found = Certificate.objects.for_actor(actor)
    return found.select_related("batch__body__organisation", "occupation", "photo")


def certificate_for(actor: Actor, pk: int) -> Certificate:
    """Return one certificate of the actor's.

    :raises Certificate.DoesNotExist: also for another's.
    """
    return certificates_for(actor).get(pk=pk)


def requests_for(actor: Actor) -> QuerySet[CertificateRequest]:
    """Return the requests for new copies in the actor's part of the tree; for a candidate the own ones."""
    if actor.kind == "candidate":
        own = CertificateRequest.objects.unscoped("a candidate's own requests")
        found = own.filter(certificate__person_key=actor.person_key) if actor.person_key else own.none()
    else:
        found = CertificateRequest.objects.for_actor(actor)
    return found.select_related("certificate__batch__body", "certificate__occupation", "copy", "proof")


def request_for(actor: Actor, pk: int) -> CertificateRequest:
    """Return one request of the actor's.

    :raises CertificateRequest.DoesNotExist: also for another's.
    """
    return requests_for(actor).get(pk=pk)


def in_batch(batch: Batch) -> QuerySet[Certificate]:
    """Return the certificates of a batch that the caller reached within scope, in the order of their numbers."""
    return Certificate.objects.unscoped(OF_BATCH).filter(batch=batch).select_related("occupation", "photo")


def waiting_for_paper(batch: Batch) -> QuerySet[Certificate]:
    """Return the batch's certificates that are numbered and not yet rendered."""
    return in_batch(batch).filter(state=S.NUMBERED).select_related("batch", "photo")


def counts_of(batch: Batch) -> dict[str, int]:
    """Return how many of the batch's certificates stand in each state, every state named."""
    found = in_batch(batch).order_by().select_related(None).values("state").annotate(n=Count("pk"))
    return dict.fromkeys(S.values, 0) | {row["state"]: row["n"] for row in found}


def find(number: str, name: str, *, for_page: bool = False) -> Certificate | None:
    """Return the published certificate with this number and holder's name; None tells nothing of which was wrong.

    One look-up by key. Blanks, small letters and full-width forms are put right.
    """
    wanted = parse_certificate_number(number).text
    found = next(iter(_public(for_page=for_page).filter(number=wanted)), None)
    same = hmac.compare_digest(plain_name(found.holder_name if found else NOBODY).encode(), plain_name(name).encode())
    return found if found is not None and same else None


def find_former(number: str, name: str) -> Certificate | None:
    """Return the published certificate that bore this name before a correction. Asked after every miss alike."""
    wanted, asked = parse_certificate_number(number).text, plain_name(name)
    made = CertificateRequest.objects.unscoped(PUBLIC).filter(certificate__number=wanted, copy__isnull=False)
    for request in made.select_related("certificate__occupation", "certificate__batch", "certificate__result"):
        former = request.changes.get("name", [NOBODY])[0]
        if hmac.compare_digest(plain_name(former).encode(), asked.encode()):
            found: Certificate = request.certificate
            return found
    return None


def _public(*, for_page: bool) -> QuerySet[Certificate]:
    """Return published certificates with the columns that an answer needs and no others: a look-up is one query."""
    published = Certificate.objects.unscoped(PUBLIC).exclude(state=S.NUMBERED)
    if not for_page:
        return published.select_related("photo").only(*PRINTED, "photo__sha256")
    return published.select_related("occupation", "result", "batch", "photo").only(*PRINTED, *ON_PAGE)


def plain_name(name: str) -> str:
    """Return a name as names are compared: one form of each character, no blanks, one kind of middle dot."""
    text = unicodedata.normalize("NFKC", name)
    for dot in "•‧∙・．":
        text = text.replace(dot, "·")
    return "".join(text.split()).casefold()


def public_status(certificate: Certificate, generation: int) -> tuple[str, date | None]:
    """Return ``valid``, ``superseded`` or ``revoked`` for one generation of a published certificate, and since when."""
    if certificate.state == S.REVOKED:
        return "revoked", certificate.revoked_on
    if generation < certificate.generation:
        copy = certificate.copies.filter(generation=generation).first()
        return "superseded", copy.superseded_on if copy else None
    return "valid", None


def copy_by_token(token: str) -> CertificateCopy | None:
    """Return the published copy that bears the token: one look-up by key."""
    try:
        digest = token_digest(token).hex()
    except BadToken:
        return None
    return (
        CertificateCopy.objects.filter(token_digest=digest)
        .exclude(certificate__state=S.NUMBERED)
        .select_related("certificate__occupation", "certificate__result", "certificate__batch", "certificate__photo")
        .first()
    )


def registered(copy: CertificateCopy, at: datetime) -> Registered:
    """Return what the register says of a copy at the instant, with the fields that hold now."""
    certificate = copy.certificate
    if certificate.state == S.REVOKED:
        return Registered("revoked", at, token_fields(certificate, copy.generation), certificate.revoked_on)
    if copy.superseded_on is not None:
        return Registered("superseded", at, token_fields(certificate), copy.superseded_on)
    return Registered("valid", at, token_fields(certificate, copy.generation))


class Register:
    """Looks a token's copy up once, and remembers it for the page."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.copy: CertificateCopy | None = None

    def __call__(self, fields: TokenFields, token: str) -> Registered | None:
        self.copy = copy_by_token(token)
        return registered(self.copy, self.at) if self.copy else None


def ended_copies() -> Iterator[tuple[bytes, Ended, date]]:
    """Yield token digest, status and day of every copy that isn't valid any more, for the signed status list."""
    ended = CertificateCopy.objects.filter(Q(superseded_on__isnull=False) | Q(certificate__state=S.REVOKED))
    rows = ended.values_list("token_digest", "superseded_on", "certificate__state", "certificate__revoked_on").order_by(
        "pk"
    )
    for digest, superseded, state, revoked in rows.iterator(chunk_size=2000):
        if state == S.REVOKED and revoked is not None:
            yield bytes.fromhex(digest), "revoked", revoked
        elif superseded is not None:
            yield bytes.fromhex(digest), "superseded", superseded


def with_changes(request: CertificateRequest) -> Certificate:
    """Return the certificate as its next copy will print it; nothing is saved."""
    certificate = Certificate.everything.select_related("batch__body", "photo").get(pk=request.certificate_id)
    certificate.generation += 1
    if "name" in request.changes:
        certificate.holder_name = request.changes["name"][1]
    if request.changes_identity:
        number = request.changes_identity
        candidate = Candidate.objects.get(person_key=blind_index(number))
        certificate.identity, certificate.identity_masked = number, mask_identity(number)
        certificate.identity_kind = candidate.identity_kind
        certificate.person_key, certificate.candidate_id = candidate.person_key, candidate.pk
    return certificate


def copies_to_make() -> QuerySet[CertificateRequest]:
    """Return the approved requests whose new copy isn't made, for jobs."""
    found = CertificateRequest.objects.unscoped("the making of copies")
    return found.filter(state=RequestState.APPROVED, copy=None).order_by("pk")
