"""Tasks of people on staff lists, told by the rows above: workforce itself knows no batch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.kernel.parts import Cell
from gongjiang.workforce.models import StaffMember


@dataclass(frozen=True, slots=True)
class Task:
    """Something that somebody is named for: what, of which batch, on which day, where it is, and how it stands."""

    what: str
    subject: str
    day: date
    where: str = ""
    url: str = ""
    state: Cell | None = None


Source = Callable[[Sequence[StaffMember], date], Iterable[Task]]
_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask ``source`` for the tasks of some entries, all of one person, from a day on. Called from apps' ready()."""
    if source not in _sources:
        _sources.append(source)


def of(entries: Sequence[StaffMember], today: date) -> list[Task]:
    """Return the person's tasks from today on, soonest first."""
    if not entries:
        return []
    found = [task for source in _sources for task in source(entries, today)]
    return sorted(found, key=lambda task: (task.day, task.subject, task.what))
