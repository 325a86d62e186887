"""The signed token of a certificate's QR code: COSE_Sign1 (RFC 9052) with Ed25519, after the ``#`` of an address.

What follows ``#`` stays in the reader's browser: no server, proxy or log on the way sees it. The payload holds what is
printed on the paper and nothing else; see docs/decisions/0011-qr-payload.md.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Literal

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

VERSION = 1
SIGN1, EDDSA, ALG, KID = 18, -8, 1, 4  # RFC 9052 and 9053: tag and header values
MAXIMUM = 1200  # characters of a token; longer ones aren't ours and aren't decoded
DAY_ZERO = date(2019, 1, 1)  # the pilot's first year; issue dates are counted from here

# The characters that a QR code packs two to eleven bits, less space, %, + and /, which addresses treat specially.
ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$*-.:"
BASE = len(ALPHABET)
_VALUES = {char: value for value, char in enumerate(ALPHABET)}

Fault = Literal["form", "version", "key", "signature"]


class BadToken(Exception):
    """Not a genuine token. ``fault``: not a token at all, another version, a key nobody told us, a wrong signature.

    ``fields`` are what the token claims where it can be read: to be shown as a claim, never as a fact.
    """

    def __init__(self, fault: Fault, fields: "TokenFields | None" = None) -> None:
        self.fault: Fault = fault
        self.fields = fields
        super().__init__(fault)


@dataclass(frozen=True, slots=True)
class TokenFields:
    """What the token tells, all of it printed on the paper.

    ``identity`` is masked with stars; ``job_type`` is empty where the paper says ``--``; ``generation`` counts the
    copies from 1; ``photo`` is the first 8 bytes of the photo file's SHA-256, or empty.
    """

    number: str
    name: str
    identity: str
    occupation: str
    job_type: str
    level: str
    body: str
    issued_on: date
    generation: int = 1
    photo: bytes = b""


def key_id(key: Ed25519PublicKey) -> bytes:
    """Return the key's name in tokens: 4 bytes of its SHA-256."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).digest()[:4]


def make_token(fields: TokenFields, key: Ed25519PrivateKey) -> str:
    """Return the token as text for the fragment of an address.

    :raises ValueError: an identity number that isn't masked.
    """
    if fields.identity and "*" not in fields.identity:
        raise ValueError("a token holds masked identity numbers only")
    protected = _dumps({ALG: EDDSA, KID: key_id(key.public_key())})
    payload = _dumps(_pack(fields))
    signature = key.sign(_to_be_signed(protected, payload))
    return encode(_dumps(cbor2.CBORTag(SIGN1, [protected, {}, payload, signature])))


def token_url(address: str, token: str) -> str:
    """Return the address that the QR code carries, e.g. ``https://host/v#TOKEN``."""
    return f"{address}#{token}"


def token_of(text: str) -> str:
    """Return the token in an address or a bare token, without white space around it."""
    return text.strip().rpartition("#")[2]


def token_digest(token: str) -> bytes:
    """Return the SHA-256 of the token's bytes, by which one copy is known in the register and in status lists.

    :raises BadToken: the text isn't a token's.
    """
    return hashlib.sha256(decode(token_of(token))).digest()


def read_token(text: str, keys: Mapping[bytes, Ed25519PublicKey]) -> TokenFields:
    """Return what a genuine token tells. Only the exact bytes that were issued pass: any other encoding is refused.

    :raises BadToken: with the fault.
    """
    raw = decode(token_of(text))
    protected, payload, signature = _parts(raw)
    try:
        fields = _unpack(cbor2.loads(payload))
        header = cbor2.loads(protected)
        kid = header[KID]
    except BadToken:
        raise
    except Exception as error:  # hostile bytes raise anything; all of it means 'not ours'
        raise BadToken("form") from error
    if header != {ALG: EDDSA, KID: kid}:
        raise BadToken("form", fields)
    if not isinstance(kid, bytes) or kid not in keys:
        raise BadToken("key", fields)
    try:
        keys[kid].verify(signature, _to_be_signed(protected, payload))
    except InvalidSignature as error:
        raise BadToken("signature", fields) from error
    if _dumps(cbor2.CBORTag(SIGN1, [protected, {}, payload, signature])) != raw:
        raise BadToken("form", fields)
    return fields


def encode(raw: bytes) -> str:
    """Return bytes as text: two bytes in three characters, the last odd one in two."""
    text = []
    for at in range(0, len(raw) - 1, 2):
        value = raw[at] << 8 | raw[at + 1]
        text.append(ALPHABET[value // BASE // BASE] + ALPHABET[value // BASE % BASE] + ALPHABET[value % BASE])
    if len(raw) % 2:
        text.append(ALPHABET[raw[-1] // BASE] + ALPHABET[raw[-1] % BASE])
    return "".join(text)


def decode(text: str) -> bytes:
    """Return the bytes of an encoded text; each text stands for one value and each value for one text.

    :raises BadToken: characters outside the alphabet, a group beyond its range, a broken length, or too long.
    """
    if not text or len(text) > MAXIMUM or len(text) % 3 == 1 or any(char not in _VALUES for char in text):
        raise BadToken("form")
    raw = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        value = 0
        for char in group:
            value = value * BASE + _VALUES[char]
        width = len(group) - 1
        if value >> (8 * width):
            raise BadToken("form")
        raw += value.to_bytes(width, "big")
    return bytes(raw)


def _dumps(value: Any) -> bytes:
    return bytes(cbor2.dumps(value, canonical=True))


def _to_be_signed(protected: bytes, payload: bytes) -> bytes:
    return _dumps(["Signature1", protected, b"", payload])


def _parts(raw: bytes) -> tuple[bytes, bytes, bytes]:
    try:
        tag = cbor2.loads(raw)
        protected, unprotected, payload, signature = tag.value
    except Exception as error:  # hostile bytes raise anything; all of it means 'not ours'
        raise BadToken("form") from error
    held = (protected, payload, signature)
    if tag.tag != SIGN1 or unprotected != {} or not all(isinstance(part, bytes) for part in held):
        raise BadToken("form")
    return protected, payload, signature


def _pack(fields: TokenFields) -> list[Any]:
    """Return the payload; a number of the national form is packed as its letter and its 21 digits."""
    number: Any = fields.number
    if re.fullmatch(r"[A-Z][0-9]{21}", fields.number):
        number = [ord(fields.number[0]), int(fields.number[1:]).to_bytes(9, "big")]
    head, stars, tail = re.fullmatch(r"([^*]*)(\**)(.*)", fields.identity, re.DOTALL).groups()  # type: ignore[union-attr]
    return [
        VERSION,
        number,
        fields.name,
        [head, len(stars), tail],
        fields.occupation,
        fields.job_type,
        fields.level,
        fields.body,
        (fields.issued_on - DAY_ZERO).days,
        fields.generation,
        fields.photo,
    ]


def _unpack(payload: Any) -> TokenFields:
    if not isinstance(payload, list) or not payload:
        raise BadToken("form")
    if payload[0] != VERSION:
        raise BadToken("version")
    _, number, name, (head, stars, tail), occupation, job_type, level, body, day, generation, photo = payload
    if isinstance(number, list):
        number = f"{chr(number[0])}{int.from_bytes(number[1], 'big'):021d}"
    texts = (number, name, head, tail, occupation, job_type, level, body)
    if not all(isinstance(text, str) for text in texts) or not isinstance(photo, bytes) or not 0 <= stars <= 40:
        raise BadToken("form")
    return TokenFields(
        number=number,
        name=name,
        identity=f"{head}{'*' * stars}{tail}",
        occupation=occupation,
        job_type=job_type,
        level=level,
        body=body,
        issued_on=DAY_ZERO + timedelta(days=day),
        generation=generation,
        photo=photo,
    )
