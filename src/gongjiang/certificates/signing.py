"""The keys by which papers are made and believed: Ed25519 for tokens and status lists, P-256 for the PDF's seal."""

from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings

from gongjiang.certificates.seal import SealKey
from gongjiang.certificates.status_list import KeySet, keys_json, read_keys
from gongjiang.kernel import keys
from gongjiang.kernel.keys import SigningKey


def token_key() -> Ed25519PrivateKey:
    """Return the key that signs tokens and status lists now.

    :raises NoKey: in production, if none was made.
    """
    return _ed25519(keys.signing_key(keys.CREDENTIAL))


def seal_key() -> SealKey:
    """Return the key that seals PDFs now, with its certificate.

    :raises NoKey: in production, if none was made.
    """
    return _seal(keys.signing_key(keys.DOCUMENT))


def public_keys() -> str:
    """Return ``keys.json``: every public key by which a paper of this platform was ever signed or sealed."""
    public: list[Ed25519PublicKey] = [_ed25519(key).public_key() for key in keys.signing_keys(keys.CREDENTIAL)]
    roots = [_seal(key).root for key in keys.signing_keys(keys.DOCUMENT)]
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


@lru_cache(maxsize=8)
def _seal(key: SigningKey) -> SealKey:
    certificate = key.certificate().public_bytes(Encoding.PEM)
    return SealKey(key.private_pem(), certificate, certificate)
