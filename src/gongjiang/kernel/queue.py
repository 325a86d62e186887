"""The work queue: what waits for whom until when. Each app registers what it knows; portal shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from gongjiang.kernel.actor import Actor
from gongjiang.law.model import Citation


@dataclass(frozen=True, slots=True)
class QueueItem:
    """One thing to do: what and on what, where to do it, and until when (the last day, if one counts)."""

    what: str
    sub: str
    subject: str
    url: str
    action_label: str
    deadline: date | None = None
    provisional: bool = False
    cites: tuple[Citation, ...] = ()
    key: str = ""


Source = Callable[[Actor, date], Iterable[QueueItem]]
_sources: list[tuple[frozenset[str], Source]] = []


def register(roles: Iterable[str], source: Source) -> None:
    """Ask ``source`` for items whenever an actor with one of the roles looks. Called from apps' ready()."""
    _sources.append((frozenset(roles), source))


def items_for(actor: Actor, today: date) -> list[QueueItem]:
    """Return everything that waits for the actor, soonest deadline first, things without one last."""
    found = [item for roles, source in _sources if not roles.isdisjoint(actor.roles) for item in source(actor, today)]
    return sorted(found, key=lambda item: (item.deadline is None, item.deadline or today, item.subject, item.what))
