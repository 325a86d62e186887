"""The public key file and the signed status list, by which papers are judged without a network.

A list names only copies that aren't valid any more, each by a salted hash of its token. A token holds a signature of 64
bytes that can't be guessed, so the file can't be turned into a list of numbers: who has the paper can ask, nobody else.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from gongjiang.certificates.token import key_id, token_digest
from gongjiang.kernel.canonical import dumps

KEYS_FORMAT, STATUS_FORMAT = "gongjiang-keys/1", "gongjiang-status/1"
Ended = Literal["revoked", "superseded"]


class BadFile(Exception):
    """A key file or a status list that can't be used; the text says why."""


@dataclass(frozen=True, slots=True)
class KeySet:
    """The public keys by which papers are believed: of tokens, of status lists, and the roots of seals (PEM)."""

    tokens: Mapping[bytes, Ed25519PublicKey]
    lists: Mapping[bytes, Ed25519PublicKey]
    roots: tuple[bytes, ...] = ()
    trial: bool = False


def keys_json(
    *,
    tokens: Iterable[Ed25519PublicKey],
    lists: Iterable[Ed25519PublicKey],
    roots: Iterable[bytes],
    trial: bool,
) -> str:
    """Return ``keys.json``: format, trial, token_keys and status_keys ({id, public}, hexadecimal), seal_roots (PEM)."""

    def told(keys: Iterable[Ed25519PublicKey]) -> list[dict[str, str]]:
        return [
            {"id": key_id(key).hex(), "public": key.public_bytes(Encoding.Raw, PublicFormat.Raw).hex()} for key in keys
        ]

    held = {
        "format": KEYS_FORMAT,
        "trial": trial,
        "token_keys": told(tokens),
        "status_keys": told(lists),
        "seal_roots": [root.decode() for root in roots],
    }
    return json.dumps(held, ensure_ascii=False, indent=2) + "\n"


def read_keys(text: str | bytes) -> KeySet:
    """Return the keys of a ``keys.json``.

    :raises BadFile: another format, or a key whose id isn't its own.
    """
    held = _json(text, KEYS_FORMAT)
    try:
        return KeySet(
            tokens=_keys(held["token_keys"]),
            lists=_keys(held["status_keys"]),
            roots=tuple(root.encode() for root in held["seal_roots"]),
            trial=bool(held["trial"]),
        )
    except BadFile:
        raise
    except Exception as error:
        raise BadFile("not a key file") from error


def _keys(entries: list[dict[str, str]]) -> dict[bytes, Ed25519PublicKey]:
    keys = {}
    for entry in entries:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(entry["public"]))
        if key_id(key).hex() != entry["id"]:
            raise BadFile("a key's id isn't its own")
        keys[key_id(key)] = key
    return keys


@dataclass(frozen=True, slots=True)
class Ending:
    """Why a copy isn't valid any more, and since when."""

    status: Ended
    since: date


@dataclass(frozen=True, slots=True)
class StatusList:
    """Which copies had ended when the list was signed."""

    as_of: datetime
    salt: bytes
    entries: Mapping[str, Ending] = field(default_factory=dict)

    def ending(self, token: str) -> Ending | None:
        """Return why the token's copy had ended, or None where it hadn't.

        :raises BadToken: the text isn't a token's.
        """
        return self.entries.get(entry_name(self.salt, token_digest(token)))


def entry_name(salt: bytes, digest: bytes) -> str:
    """Return the name under which a copy stands in a list: 16 bytes of SHA-256 over salt and token digest."""
    return hashlib.sha256(salt + digest).hexdigest()[:32]


def status_json(
    ended: Iterable[tuple[bytes, Ended, date]], *, as_of: datetime, salt: bytes, key: Ed25519PrivateKey
) -> str:
    """Return ``status.json``, signed: for each copy that has ended its token digest, its status and since when.

    The salt is 16 fresh random bytes for each list, so that two lists can't be compared entry by entry.

    :raises ValueError: ``as_of`` without a time zone, or a salt of less than 16 bytes.
    """
    if as_of.tzinfo is None or len(salt) < 16:
        raise ValueError("a status list needs an instant with its time zone and a salt of 16 bytes")
    entries = {entry_name(salt, digest): [status, since.isoformat()] for digest, status, since in ended}
    held: dict[str, Any] = {
        "format": STATUS_FORMAT,
        "as_of": as_of.isoformat(),
        "key": key_id(key.public_key()).hex(),
        "salt": salt.hex(),
        "entries": dict(sorted(entries.items())),
    }
    held["signature"] = key.sign(dumps(held).encode()).hex()
    return json.dumps(held, ensure_ascii=False, indent=1) + "\n"


def read_status(text: str | bytes, keys: KeySet) -> StatusList:
    """Return the list, if one of the keys signed it.

    :raises BadFile: another format, an unknown key, or a wrong signature.
    """
    held = _json(text, STATUS_FORMAT)
    try:
        signature, signer = bytes.fromhex(held.pop("signature")), keys.lists.get(bytes.fromhex(held["key"]))
        if signer is None:
            raise BadFile("the list's key is unknown")
        signer.verify(signature, dumps(held).encode())
        entries = {name: Ending(status, date.fromisoformat(since)) for name, (status, since) in held["entries"].items()}
        return StatusList(datetime.fromisoformat(held["as_of"]), bytes.fromhex(held["salt"]), entries)
    except InvalidSignature as error:
        raise BadFile("the list's signature is wrong") from error
    except BadFile:
        raise
    except Exception as error:
        raise BadFile("not a status list") from error


def _json(text: str | bytes, form: str) -> dict[str, Any]:
    try:
        held = json.loads(text)
    except ValueError as error:
        raise BadFile("not JSON") from error
    if not isinstance(held, dict) or held.get("format") != form:
        raise BadFile(f"the format isn't {form}")
    return held
