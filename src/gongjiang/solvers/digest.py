"""One fingerprint for an input and what came of it."""

import json
from hashlib import sha256


def digest(content: object) -> str:
    """SHA-256 (hex) over canonical JSON of plain data; keys are sorted, lists keep their order."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()
