"""The electronic seal of a certificate's PDF: a PAdES signature (ECDSA P-256) that permits no later change.

``check_pdf`` is stricter than PDF readers: it also refuses changed bytes that they overlook (padding and case of the
signature's hexadecimal text, unsigned parts of its container).
"""

import asyncio
import io
import logging
import re
from collections.abc import Coroutine, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, TypeVar

from asn1crypto import cms  # type: ignore[import-untyped]  # it ships no types
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.validation import SignatureCoverageLevel, async_validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

# What a check finds is its answer; pyHanko would also log a traceback for each paper of a stranger.
logging.getLogger("pyhanko.sign.validation").setLevel(logging.CRITICAL)

Result = TypeVar("Result")
FIELD = "GongjiangSeal"
RESERVED = 4096  # hexadecimal digits kept for the seal: about 1,700 are used, more for long names
TRIAL_YEARS = 20
LONGEST_NAME = 64  # bytes of a common name


@dataclass(frozen=True, slots=True)
class SealKey:
    """A signing key with its certificate and the root that issued it, all PEM. ``repr`` never shows the key."""

    key: bytes
    certificate: bytes
    root: bytes

    def __repr__(self) -> str:
        return "SealKey(…)"


@dataclass(frozen=True, slots=True)
class SealCheck:
    """What a check found. ``genuine`` is the only answer to rely on; ``reasons`` are codes.

    no_seal, several_seals, unreadable, broken, appended, not_covered, untrusted, container: see :func:`check_pdf`.
    """

    signed: bool
    intact: bool = False
    whole_file_covered: bool = False
    modified: bool = False
    trusted: bool = False
    signer: str = ""
    at: datetime | None = None
    reasons: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        """Tell whether these are exactly the bytes that a trusted key sealed."""
        return self.intact and self.whole_file_covered and self.trusted and not self.modified and not self.reasons


def make_key_pair(common_name: str, *, at: datetime, trial: bool = True) -> SealKey:
    """Return a new P-256 key, its certificate and a self-made root, valid from a day before ``at``.

    A trial pair says so in both names; production seals are asked of a licensed certificate authority.
    """
    mark = "TRIAL " if trial else ""
    root_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    root_name = holder(f"{mark}Gongjiang Root")
    root = _certificate(root_name, root_name, root_key.public_key(), root_key, at, authority=True)
    leaf = _certificate(holder(f"{mark}{common_name}"), root_name, key.public_key(), root_key, at, authority=False)
    pem = serialization.Encoding.PEM
    private = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return SealKey(private, leaf.public_bytes(pem), root.public_bytes(pem))


def holder(name: str) -> x509.Name:
    """Return whom a certificate names, cut to what a common name may hold.

    X.520 bounds it to 64; the library counts bytes of UTF-8, of which a Chinese character has three.
    """
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name.encode()[:LONGEST_NAME].decode(errors="ignore"))])


def _certificate(
    subject: x509.Name,
    issuer: x509.Name,
    public: ec.EllipticCurvePublicKey,
    by: ec.EllipticCurvePrivateKey,
    at: datetime,
    *,
    authority: bool,
) -> x509.Certificate:
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only"), False
    )
    signs = {"digital_signature": not authority, "content_commitment": not authority}
    builder = (
        x509.CertificateBuilder(subject_name=subject, issuer_name=issuer, public_key=public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - timedelta(days=1))
        .not_valid_after(at + timedelta(days=366 * TRIAL_YEARS))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=0 if authority else None), critical=True)
        .add_extension(x509.KeyUsage(**usage, **signs, key_cert_sign=authority, crl_sign=authority), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
    )
    return builder.sign(by, hashes.SHA256())


class _DatedSigner(PdfSigner):
    """pyHanko's signer with the instant passed in: no clock below the tasks."""

    at: datetime

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> Any:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session


def _loaded(pem: bytes) -> Any:
    return next(iter(load_certs_from_pemder_data(pem)))


@lru_cache(maxsize=8)
def _signer(key: SealKey) -> SimpleSigner:
    """Return the ready signer of a key; loading it costs as much as a signature."""
    return SimpleSigner(
        signing_cert=_loaded(key.certificate),
        signing_key=load_private_key_from_pemder_data(key.key, passphrase=None),
        cert_registry=SimpleCertificateStore(),  # type: ignore[no-untyped-call]  # untyped in the library
        embed_roots=False,
    )


def _finish(work: Coroutine[Any, Any, Result]) -> Result:
    """Run the library's coroutine to its end, also where this thread already runs an event loop of somebody else's."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(max_workers=1) as apart:
        return apart.submit(asyncio.run, work).result()


def sign_pdf(pdf: bytes, *, key: SealKey, at: datetime, reason: str, certification: bool = True) -> bytes:
    """Return the PDF sealed at the instant; a certification seal permits no change afterwards (DocMDP 1).

    :raises ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("the instant of a seal needs its time zone")
    wishes = PdfSignatureMetadata(
        field_name=FIELD,
        reason=reason,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        certify=certification,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    signer = _DatedSigner(wishes, signer=_signer(key))
    signer.at = at
    out = io.BytesIO()
    writer = IncrementalPdfFileWriter(io.BytesIO(pdf))
    _finish(signer.async_sign_pdf(writer, bytes_reserved=RESERVED, output=out))
    return out.getvalue()


def check_pdf(pdf: bytes, trusted: Sequence[bytes]) -> SealCheck:
    """Check the file's seal against the trusted roots (PEM).

    Reasons: ``unreadable`` no PDF; ``no_seal``; ``several_seals``; ``broken`` sealed bytes changed; ``appended``
    something was added after the seal; ``not_covered`` the seal leaves bytes out; ``container`` the seal's own bytes
    aren't as a signer writes them; ``untrusted`` the key isn't of a trusted root, or wasn't valid at the time.
    Nothing is fetched from a network. Never raises on hostile bytes.
    """
    if not pdf.startswith(b"%PDF-"):
        return SealCheck(signed=False, reasons=("unreadable",))
    try:
        seals = PdfFileReader(io.BytesIO(pdf), strict=False).embedded_regular_signatures
    except Exception:  # hostile bytes raise anything
        marked = b"/ByteRange" in pdf
        return SealCheck(signed=marked, modified=marked, reasons=("broken",) if marked else ("unreadable",))
    if len(seals) != 1:
        marked = bool(seals) or b"/ByteRange" in pdf
        reason = "several_seals" if seals else "broken" if marked else "no_seal"
        return SealCheck(signed=marked, modified=marked, reasons=(reason,))
    try:
        return _judge(pdf, seals[0], trusted)
    except Exception:  # hostile bytes raise anything
        return SealCheck(signed=True, modified=True, reasons=("broken",))


def _judge(pdf: bytes, seal: Any, trusted: Sequence[bytes]) -> SealCheck:
    seal.compute_integrity_info()
    claimed = seal.self_reported_timestamp
    context = ValidationContext(
        trust_roots=[_loaded(root) for root in trusted],
        allow_fetching=False,
        moment=claimed,
        best_signature_time=claimed,
    )
    status = _finish(async_validate_pdf_signature(seal, signer_validation_context=context, skip_diff=True))
    intact = bool(status.intact and status.valid)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    found = (
        ("broken", not intact),
        ("appended", intact and not whole and status.coverage == SignatureCoverageLevel.ENTIRE_REVISION),
        ("not_covered", not whole and status.coverage != SignatureCoverageLevel.ENTIRE_REVISION),
        ("container", not _as_written(pdf, seal)),
        ("untrusted", not status.trusted),
    )
    reasons = tuple(code for code, holds in found if holds)
    changed = bool(set(reasons) - {"untrusted"})
    signer = seal.signer_cert.subject.native.get("common_name", "")
    return SealCheck(True, intact, whole, changed, bool(status.trusted), signer, claimed, reasons)


def _as_written(pdf: bytes, seal: Any) -> bool:
    """Tell whether the signature's text and container are byte for byte what a signer writes for these values."""
    start, length, resume, _ = (int(value) for value in seal.byte_range)
    written = pdf[start + length : resume]
    if start or not re.fullmatch(rb"<[0-9A-F]+>", written):
        return False
    raw = bytes.fromhex(written[1:-1].decode())
    info = cms.ContentInfo.load(raw)
    der = info.dump()
    return bool(raw == der + bytes(len(raw) - len(der)) and _rebuilt(info["content"]) == der)


def _rebuilt(held: Any) -> bytes:
    """Return the container made anew from the signed values alone, so that nothing unsigned can differ."""
    one = held["signer_infos"][0]
    certificate = held["certificates"][0].chosen
    signer = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier(
                {
                    "issuer_and_serial_number": cms.IssuerAndSerialNumber(
                        {"issuer": certificate.issuer, "serial_number": certificate.serial_number}
                    )
                }
            ),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": one["signed_attrs"],
            "signature_algorithm": {"algorithm": "sha256_ecdsa"},
            "signature": one["signature"],
        }
    )
    data = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [signer],
        }
    )
    return bytes(cms.ContentInfo({"content_type": "signed_data", "content": data}).dump())
