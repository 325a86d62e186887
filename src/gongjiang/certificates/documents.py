"""A certificate as it leaves the building: its signed token, its page, sealed. The bytes are stored by the caller."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from gongjiang.certificates import signing
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.seal import sign_pdf
from gongjiang.certificates.token import TokenFields, make_token, token_digest, token_url
from gongjiang.kernel import files
from gongjiang.kernel.documents.fonts import FontSet, missing_glyphs
from gongjiang.kernel.documents.papers import CertificatePaper, certificate_pdf
from gongjiang.kernel.settings_of_place import setting

IDENTITY_TYPES = {"resident": "居民身份证", "hmt": "港澳台居民居住证", "foreign": "外国人永久居留身份证"}
NOTES = {"issue": "", "reissue": "补发", "correction": "更正换发"}
SEAL_REASON = "颁发职业技能等级证书"


@dataclass(frozen=True, slots=True)
class Made:
    """A sealed PDF, its SHA-256, and the digest of the token that it carries."""

    pdf: bytes
    sha256: str
    token_digest: str


def fonts() -> FontSet:
    """Return the fonts of this installation: the operator's own first."""
    return FontSet(dirs=tuple(settings.FONT_DIRS))


def unprintable(certificate: Certificate) -> set[str]:
    """Return the characters of the certificate that no font at hand can print."""
    return missing_glyphs(printed_text(certificate), fonts())


def printed_text(certificate: Certificate) -> str:
    """Return everything printed on the certificate that isn't the same on all."""
    return "".join((certificate.holder_name, certificate.occupation_name, certificate.job_type, certificate.body_name))


def verify_address() -> str:
    """Return the address that the QR code opens; the token follows after ``#``."""
    return f"{settings.PUBLIC_URL}/v"


def token_fields(certificate: Certificate, generation: int | None = None) -> TokenFields:
    """Return what the token of the certificate's copy tells: as it stands in the register now."""
    photo = certificate.photo
    return TokenFields(
        number=certificate.number,
        name=certificate.holder_name,
        identity=certificate.identity_masked,
        occupation=certificate.occupation_name,
        job_type=certificate.job_type,
        level=certificate.level,
        body=certificate.body_name,
        issued_on=certificate.issued_on,
        generation=generation or certificate.generation,
        photo=bytes.fromhex(photo.sha256[:16]) if photo else b"",
    )


def sealed(certificate: Certificate, *, generation: int, cause: str, at: datetime) -> Made:
    """Return the sealed PDF of one generation; 样本 on it outside production.

    The slow part of issuing: no lock is held here.
    """
    token = make_token(token_fields(certificate, generation), signing.token_key())
    page = certificate_pdf(_paper(certificate, token, cause, at))
    pdf = sign_pdf(page, key=signing.seal_key(certificate.body_name), at=at, reason=SEAL_REASON)
    return Made(pdf, hashlib.sha256(pdf).hexdigest(), token_digest(token).hex())


def _paper(certificate: Certificate, token: str, cause: str, at: datetime) -> CertificatePaper:
    urls = setting("certificate.query_urls", place=certificate.batch.regime, day=certificate.issued_on).value
    return CertificatePaper(
        number=certificate.number,
        name=certificate.holder_name,
        identity_type=IDENTITY_TYPES[certificate.identity_kind],
        identity=certificate.identity,
        occupation=certificate.occupation_name,
        job_type=certificate.job_type,
        level=certificate.level,
        body=certificate.body_name,
        issued_on=certificate.issued_on,
        qr=token_url(verify_address(), token),
        token=token,
        at=at,
        photo=files.read(certificate.photo) if certificate.photo else b"",
        note=NOTES[cause],
        query_url=urls["certificate"],
        body_url=urls["body"],
        sample=not settings.PRODUCTION,
        fonts=fonts(),
    )
