"""What a person's work came to, told by the rows above: workforce itself knows no batch and no score.

    profile.register(source)

``source(entries, today)`` gets entries of one person and returns a Panel, or None where nothing is recorded. A panel is
shown to the person, to the own body and to the authorities above it, to nobody else.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.kernel.parts import Table
from gongjiang.workforce.models import StaffMember


@dataclass(frozen=True, slots=True)
class Panel:
    """One part of a profile: a table under a heading, with what its figures mean."""

    title: str
    table: Table
    note: str = ""


Source = Callable[[Sequence[StaffMember], date], Panel | None]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Have the source's panel stand on a person's page. Called from apps' ready()."""
    if source not in _sources:
        _sources.append(source)


def of(entries: Sequence[StaffMember], today: date) -> list[Panel]:
    """Return the panels of one person's entries."""
    if not entries:
        return []
    return [panel for source in _sources if (panel := source(entries, today)) is not None]
