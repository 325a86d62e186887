"""What a telephone does with the secret of a second factor (RFC 6238: SHA-1, 30 seconds, six digits)."""

import base64
import hmac
import struct
import time


def code(secret: str, *, steps: int = 0) -> str:
    """Return the code that is shown now, or that many half-minutes later."""
    counter = struct.pack(">Q", int(time.time()) // 30 + steps)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
