"""The keys by which papers are made and believed: Ed25519 for tokens and status lists, P-256 for the PDF's seal."""

import hashlib
from functools import lru_cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from gongjiang.certificates.seal import SealKey, holder
from gongjiang.certificates.status_list import KeySet, keys_json, read_keys
from gongjiang.kernel import keys
from gongjiang.kernel.keys import SigningKey

TRIAL = "样本 "
SERIAL_BYTES = 16  # with some odd lengths asn1crypto copies the certificate anew for each seal: 8 ms more


def token_key() -> Ed25519PrivateKey:
    """Return the key that signs tokens and status lists now.

    :raises NoKey: in production, if none was made.
    """
    return _ed25519(keys.signing_key(keys.CREDENTIAL))


def seal_key(body: str) -> SealKey:
    """Return the key that seals PDFs now, with a certificate that names the body, issued by the platform's own.

    :raises NoKey: in production, if none was made.
    """
    return _seal(keys.signing_key(keys.DOCUMENT), body)


def public_keys() -> str:
    """Return ``keys.json``: every public key by which a paper of this platform was ever signed or sealed."""
    public: list[Ed25519PublicKey] = [_ed25519(key).public_key() for key in keys.signing_keys(keys.CREDENTIAL)]
    roots = [key.certificate().public_bytes(Encoding.PEM) for key in keys.signing_keys(keys.DOCUMENT)]
    return keys_json(tokens=public, lists=public, roots=roots, trial=not settings.PRODUCTION)


def key_set() -> KeySet:
    """Return the same keys, ready to verify with."""
    return _read(public_keys())


@lru_cache(maxsize=4)
def _read(text: str) -> KeySet:
    return read_keys(text)


def _ed25519(key: SigningKey) -> Ed25519PrivateKey:
    if not isinstance(key.private, Ed25519PrivateKey):
        raise keys.NoKey(f"{key.id} is not an Ed25519 key")
    return key.private


@lru_cache(maxsize=64)
def _seal(key: SigningKey, body: str) -> SealKey:
    root = key.certificate()
    mark = "" if settings.PRODUCTION else TRIAL
    subject = holder(f"{mark}{body}")
    serial = hashlib.sha256(f"{key.id} {body}".encode()).digest()[:SERIAL_BYTES]
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    leaf = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(root.subject)
        .public_key(root.public_key())
        .serial_number(int.from_bytes(serial) >> 1 | 1 << 126)
        .not_valid_before(root.not_valid_before_utc)
        .not_valid_after(root.not_valid_after_utc)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(_p256(key), hashes.SHA256())
    )
    pem = Encoding.PEM
    return SealKey(key.private_pem(), leaf.public_bytes(pem), root.public_bytes(pem))


def _p256(key: SigningKey) -> ec.EllipticCurvePrivateKey:
    if not isinstance(key.private, ec.EllipticCurvePrivateKey):
        raise keys.NoKey(f"{key.id} is not a P-256 key")
    return key.private
