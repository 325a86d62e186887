"""Certificates that candidates state they hold, looked up in the register, which a row above connects."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Registered:
    """What the register holds under a number: whether it stands, and whether level and holder agree with it."""

    stands: bool
    level: str
    same_holder: bool


LookUp = Callable[[str, str], Registered | None]
_look_ups: list[LookUp] = []


def register(look_up: LookUp) -> None:
    """Connect a register: a function of (certificate number, person key) that returns what it holds, or None."""
    if look_up not in _look_ups:
        _look_ups.append(look_up)


def look_up(number: str, person_key: str) -> Registered | None:
    """Return what the connected registers hold under the number; None where none knows it."""
    for each in _look_ups:
        found = each(number, person_key)
        if found is not None:
            return found
    return None
