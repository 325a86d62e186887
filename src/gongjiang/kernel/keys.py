"""Signing keys: Ed25519 for checkpoints and QR payloads, P-256 for PDFs.

Production's keys are files in ``KEYS_DIR/<purpose>/``, made by ``gongjiang keys init``, readable by the owner only. The
newest signs; older ones stay so that what they signed can still be checked. Demo and test keys come from a fixed seed
that everybody can read here: their ids begin with ``demo-`` and production refuses them.
"""

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.x509.oid import NameOID
from django.conf import settings

CHECKPOINT, CREDENTIAL, DOCUMENT = PURPOSES = ("checkpoint", "credential", "document")
DEMO = "demo-"
P256_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
CERTIFICATE_YEARS = 10
PrivateKey = Ed25519PrivateKey | ec.EllipticCurvePrivateKey


class NoKey(RuntimeError):
    """No signing key is there: ``gongjiang keys init`` makes them."""


@dataclass(frozen=True)
class SigningKey:
    """A private key under its public id. Checkpoint and credential keys are Ed25519, document keys P-256."""

    id: str
    purpose: str
    private: PrivateKey

    @property
    def is_demo(self) -> bool:
        return self.id.startswith(DEMO)

    @property
    def public_bytes(self) -> bytes:
        """Ed25519: the 32 bytes of RFC 8032. P-256: the uncompressed point, 65 bytes."""
        return public_bytes(self.private)

    def sign(self, message: bytes) -> bytes:
        """Return the signature: Ed25519's 64 bytes, or ECDSA with SHA-256 in DER."""
        if isinstance(self.private, Ed25519PrivateKey):
            return self.private.sign(message)
        return self.private.sign(message, ec.ECDSA(hashes.SHA256()))

    def private_pem(self) -> bytes:
        """Return the private key as unencrypted PKCS #8, for the signer of PDFs. It never leaves the process."""
        return self.private.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    def certificate(self, *, common_name: str = "Gongjiang") -> x509.Certificate:
        """Return the key's self-signed X.509 certificate, the same one each time it is asked for in a process."""
        return _certificate(self.id, common_name)


def signing_key(purpose: str) -> SigningKey:
    """Return the key that signs now.

    :raises NoKey: in production, if none was made.
    """
    if not settings.PRODUCTION:
        return _demo_key(purpose)
    found = _key_files(purpose)
    if not found:
        raise NoKey(f"no {purpose} key in {settings.KEYS_DIR}: run gongjiang keys init")
    return _load(str(found[-1]), purpose)


def signing_keys(purpose: str) -> list[SigningKey]:
    """Return every key that ever signed for the purpose, oldest first."""
    if not settings.PRODUCTION:
        return [_demo_key(purpose)]
    return [_load(str(path), purpose) for path in _key_files(purpose)]


def public_keys(purpose: str) -> dict[str, bytes]:
    """Return key id → public bytes of every key of the purpose: what a verifier needs."""
    return {key.id: key.public_bytes for key in signing_keys(purpose)}


def verify_ed25519(public: bytes, message: bytes, signature: bytes) -> bool:
    """Say whether the Ed25519 signature is the key's over the message."""
    from cryptography.exceptions import InvalidSignature

    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def init(*, at: datetime, rotate: bool = False) -> list[SigningKey]:
    """Make the keys that are missing, or with ``rotate`` a new one for each purpose; return those made."""
    wanted = [purpose for purpose in PURPOSES if rotate or not _key_files(purpose)]
    return [_make(purpose, at) for purpose in wanted]


def _make(purpose: str, at: datetime) -> SigningKey:
    private: PrivateKey
    private = ec.generate_private_key(ec.SECP256R1()) if purpose == DOCUMENT else Ed25519PrivateKey.generate()
    serial = len(_key_files(purpose)) + 1
    key = SigningKey(f"{purpose}-{at:%Y%m%d}-{serial:02d}-{_fingerprint(private)}", purpose, private)
    folder = _folder(purpose)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / f"{key.id}.pem", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(key.private_pem())
        out.flush()
        os.fsync(out.fileno())
    return key


def problems() -> list[tuple[str, str]]:
    """Return (what, how to mend it) for production's keys: none made, readable by others, or a demo's key."""
    found = []
    for purpose in PURPOSES:
        files = _key_files(purpose)
        if not files:
            found.append((f"there is no {purpose} key in {settings.KEYS_DIR}", "run: gongjiang keys init"))
        for path in files:
            if path.stat().st_mode & 0o077:
                found.append((f"{path.name} can be read by others", f"chmod 600 {path}"))
            if public_bytes(_load(str(path), purpose).private) == _demo_key(purpose).public_bytes:
                found.append((f"{path.name} is the demo's key", "delete it and run: gongjiang keys init"))
    return found


def public_bytes(private: PrivateKey) -> bytes:
    """Return the public key in its shortest usual form."""
    if isinstance(private, Ed25519PrivateKey):
        return private.public_key().public_bytes_raw()
    return private.public_key().public_bytes(serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint)


def _fingerprint(private: PrivateKey) -> str:
    return hashlib.sha256(public_bytes(private)).hexdigest()[:8]


def _folder(purpose: str) -> Path:
    return Path(settings.KEYS_DIR) / purpose


def _key_files(purpose: str) -> list[Path]:
    return sorted(_folder(purpose).glob("*.pem"), key=lambda path: path.name)


@lru_cache(maxsize=64)
def _load(path: str, purpose: str) -> SigningKey:
    private = serialization.load_pem_private_key(Path(path).read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey | ec.EllipticCurvePrivateKey):
        raise NoKey(f"{path} is neither Ed25519 nor P-256")
    return SigningKey(Path(path).stem, purpose, private)


@lru_cache(maxsize=8)
def _demo_key(purpose: str) -> SigningKey:
    seed = hashlib.sha256(f"gongjiang demo {purpose} key".encode()).digest()
    private: PrivateKey
    if purpose == DOCUMENT:
        private = ec.derive_private_key(int.from_bytes(seed) % (P256_ORDER - 1) + 1, ec.SECP256R1())
    else:
        private = Ed25519PrivateKey.from_private_bytes(seed)
    return SigningKey(f"{DEMO}{purpose}-{_fingerprint(private)}", purpose, private)


@lru_cache(maxsize=8)
def _certificate(key_id: str, common_name: str) -> x509.Certificate:
    key = next(key for purpose in PURPOSES for key in signing_keys(purpose) if key.id == key_id)
    if key.is_demo:
        begins = datetime(2020, 1, 1, tzinfo=UTC)
    else:
        begins = datetime.strptime(key_id.split("-")[1], "%Y%m%d").replace(tzinfo=UTC)
    title = "Gongjiang demo 样本" if key.is_demo else common_name
    name = x509.Name(
        [x509.NameAttribute(NameOID.COMMON_NAME, title), x509.NameAttribute(NameOID.SERIAL_NUMBER, key_id)]
    )
    usage = x509.KeyUsage(True, True, False, False, False, False, False, False, False)
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.private.public_key())
        .serial_number(int.from_bytes(hashlib.sha256(key.public_bytes).digest()[:15]) or 1)
        .not_valid_before(begins)
        .not_valid_after(begins + timedelta(days=366 * CERTIFICATE_YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(usage, critical=True)
        .sign(key.private, hashes.SHA256() if key.purpose == DOCUMENT else None)
    )
