"""Personal data at rest: AES-256-GCM ciphertext, a keyed blind index to find it by, and a mask to show."""

import hashlib
import hmac
import os
from typing import Any

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

VERSION = b"\x01"


def encrypt(text: str) -> bytes:
    """Return version byte, 12-byte nonce and ciphertext of the text under the field key."""
    nonce = os.urandom(12)
    return VERSION + nonce + AESGCM(bytes.fromhex(settings.FIELD_KEY)).encrypt(nonce, text.encode(), VERSION)


def decrypt(blob: bytes) -> str:
    """Return the text.

    :raises cryptography.exceptions.InvalidTag: if the bytes were changed or the key is another.
    """
    blob = bytes(blob)
    return AESGCM(bytes.fromhex(settings.FIELD_KEY)).decrypt(blob[1:13], blob[13:], blob[:1]).decode()


def blind_index(text: str) -> str:
    """Return the keyed hash (HMAC-SHA-256) under which an identity number can be found but not read."""
    return hmac.new(bytes.fromhex(settings.INDEX_KEY), text.encode(), hashlib.sha256).hexdigest()


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text that the database only ever sees encrypted. It can't be searched: keep a blind index beside it."""

    def from_db_value(self, value: bytes | None, expression: Any, connection: Any) -> str | None:
        return None if value is None else decrypt(value)

    def get_prep_value(self, value: str | None) -> bytes | None:
        return None if value is None else encrypt(value)

    def to_python(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if not prepared:
            value = self.get_prep_value(value)
        return None if value is None else connection.Database.Binary(value)

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError("encrypted fields are not serialised")
