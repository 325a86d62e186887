"""What a setting of a place is: its definition, and the kinds of value that it may have.

A kind's ``problem(value)`` is '' for a value that may be, else what may be.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number within bounds, both allowed."""

    least: int
    most: int

    def problem(self, value: Any) -> str:
        if isinstance(value, bool) or not isinstance(value, int) or not self.least <= value <= self.most:
            return f"{self.least} – {self.most}"
        return ""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words; their labels are for people."""

    options: Mapping[str, str | Promise]

    def problem(self, value: Any) -> str:
        return "" if value in self.options else " / ".join(self.options)


@dataclass(frozen=True, slots=True)
class Several:
    """Some of several words, in an order that matters; their labels are for people."""

    options: Mapping[str, str | Promise]

    def problem(self, value: Any) -> str:
        known = isinstance(value, list) and value and all(each in self.options for each in value)
        return "" if known and len(set(value)) == len(value) else ", ".join(self.options)


@dataclass(frozen=True, slots=True)
class Text:
    """A text of a form."""

    pattern: str
    example: str

    def problem(self, value: Any) -> str:
        return "" if isinstance(value, str) and re.fullmatch(self.pattern, value) else self.example


@dataclass(frozen=True, slots=True)
class Fields:
    """Several named values that belong together."""

    parts: Mapping[str, "Whole | Choice | Text"]

    def problem(self, value: Any) -> str:
        if not isinstance(value, dict) or set(value) != set(self.parts):
            return ", ".join(self.parts)
        found = {name: part.problem(value[name]) for name, part in self.parts.items()}
        return "; ".join(f"{name}: {why}" for name, why in found.items() if why)


Kind = Whole | Choice | Several | Text | Fields


@dataclass(frozen=True, slots=True)
class Definition:
    """One setting: its name, what it means, its unit, what it may be, the default and where that comes from."""

    name: str
    label: str | Promise
    about: str | Promise
    kind: Kind
    default: Any
    source: str
    unit: str | Promise = ""
