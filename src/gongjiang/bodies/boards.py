"""The boards of an officer: panels that each app adds, in order; portal links to the page (/boards/).

    boards.register(50, "filing/_board.html", panel)

``panel(actor, today)`` returns the template's context, or None where there is nothing for this actor.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjiang.kernel.actor import Actor

Panel = Callable[[Actor, date], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class Shown:
    """A panel as the page includes it."""

    template: str
    context: dict[str, Any]


_panels: dict[str, tuple[int, Panel]] = {}


def register(order: int, template: str, panel: Panel) -> None:
    """Show the panel on the boards page, by ascending order. Called from apps' ready()."""
    _panels[template] = (order, panel)


def panels_for(actor: Actor, today: date) -> list[Shown]:
    """Return the panels that have something for the actor."""
    found = []
    for template, (_order, panel) in sorted(_panels.items(), key=lambda each: (each[1][0], each[0])):
        context = panel(actor, today)
        if context is not None:
            found.append(Shown(template, context))
    return found
