"""What can be done to a batch next, and what lacks: apps above planning register their acts and their page sections."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.urls import reverse

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BATCH

Check = Callable[[Batch, Actor, datetime], Iterable[Ground]]


@dataclass(frozen=True, slots=True)
class Act:
    """A registered way to take an arrow of the table: the page it is done on, and what must hold first."""

    url_name: str
    method: str = "post"
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class NextAct:
    """An arrow open from here to this actor. With grounds it can't be pressed yet, and they say why."""

    action: str
    label: str
    url: str
    method: str
    grounds: tuple[Ground, ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the batch's page that another app contributes."""

    order: int
    template: str
    context: Callable[[Batch, Actor, datetime], dict[str, Any] | None] = field(compare=False)


# Grounds by which the place doesn't ask for the act at all, or has had it: no button, no refusal.
NOT_ASKED = {"no-opening-here", "no-review-here", "approved"}

_acts: dict[str, Act] = {}
_sections: list[Section] = []


def register(action: str, url_name: str, *, method: str = "post", check: Check | None = None) -> None:
    """Say on which page (given the batch's pk) an arrow of the batch's table is taken."""
    if action not in BATCH.table:
        raise KeyError(action)
    _acts[action] = Act(url_name, method, check)


def register_section(
    order: int, template: str, context: Callable[[Batch, Actor, datetime], dict[str, Any] | None]
) -> None:
    """Add a section to the batch's page; a context of None leaves it out."""
    _sections.append(Section(order, template, context))
    _sections.sort(key=lambda section: section.order)


def next_acts(batch: Batch, actor: Actor, at: datetime) -> list[NextAct]:
    """Return the arrows that lead on from the batch's state for this actor, with what lacks for each."""
    found = []
    for transition in BATCH.open_actions(state=batch.state, roles=actor.roles):
        act = _acts.get(transition.action)
        if act is None:
            continue
        grounds = tuple(act.check(batch, actor, at)) if act.check else ()
        if any(ground.code in NOT_ASKED for ground in grounds):
            continue
        url = reverse(act.url_name, args=[batch.pk])
        found.append(NextAct(transition.action, str(transition.label), url, act.method, grounds))
    return found


def sections_of(batch: Batch, actor: Actor, at: datetime) -> list[tuple[str, dict[str, Any]]]:
    """Return template and context of every contributed section that has something to show."""
    pairs = [(section.template, section.context(batch, actor, at)) for section in _sections]
    return [(template, context) for template, context in pairs if context is not None]
