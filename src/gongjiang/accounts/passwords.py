"""Passwords that are handed over once."""

import secrets

# Without letters and digits that are mistaken for each other when read from paper: 16 of 29 are 77 bits.
ALPHABET = "abcdefghjkmnpqrstuvwxyz346789"


def one_time_password() -> str:
    """Return a random password that can be read out and typed."""
    letters = "".join(secrets.choice(ALPHABET) for _each in range(16))
    return "-".join(letters[n : n + 4] for n in range(0, 16, 4))
