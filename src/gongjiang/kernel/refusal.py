"""Refusals that a person can act on: what was asked, why not (with the article), what would make it possible."""

from collections.abc import Iterable
from dataclasses import dataclass

from gongjiang.law.model import Citation


@dataclass(frozen=True, slots=True)
class Ground:
    """One reason of a refusal. ``code`` names it for programs and tests; ``url`` leads on."""

    why: str
    way_on: str
    cites: tuple[Citation, ...] = ()
    code: str = ""
    url: str = ""


class Refused(Exception):
    """What was asked can't be done, for every ground given.

    The middleware shows it as a page with ``status`` and records it in the audit trail in a transaction of its own,
    under ``action`` (such as ``planning.batch.announce``) if given, else under the page's URL name. Only codes and
    citations are recorded: the words may name a person.
    """

    status = 409

    def __init__(
        self, asked: str, grounds: Iterable[Ground], *, subject: object | None = None, action: str = ""
    ) -> None:
        self.asked, self.grounds, self.subject = str(asked), tuple(grounds), subject
        self.action = action
        super().__init__(f"{self.asked}: " + "; ".join(str(ground.why) for ground in self.grounds))

    @property
    def codes(self) -> tuple[str, ...]:
        """Return the grounds' codes, in order."""
        return tuple(ground.code for ground in self.grounds)

    @property
    def cites(self) -> tuple[Citation, ...]:
        """Return every article the grounds rest on, once each, in order."""
        return tuple(dict.fromkeys(cite for ground in self.grounds for cite in ground.cites))


class NotAllowed(Refused):
    """The record is not in a state, or the actor not in a role, that permits the action."""

    status = 403


def refuse_if(asked: str, grounds: Iterable[Ground], *, subject: object | None = None) -> None:
    """Raise :class:`Refused` with all the grounds, if there are any."""
    found = tuple(grounds)
    if found:
        raise Refused(asked, found, subject=subject)
