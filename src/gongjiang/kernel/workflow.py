"""A state machine is a table of transitions, held as data and applied in one place."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.law.model import Citation, Place, Question
from gongjiang.law.places import place as place_of

if TYPE_CHECKING:
    from gongjiang.kernel.models import AuditEntry


@dataclass(frozen=True, slots=True)
class Transition:
    """One arrow: the action, where it may start, where it leads, who may take it, and on what it rests.

    ``rests_on`` are questions of the law, the nearest to the matter first: the article is that of the first one which
    the law of the record's place answers on the day. No place is written into a table.
    """

    action: str
    source: frozenset[str]
    target: str
    roles: frozenset[str]
    rests_on: tuple[Question[Any], ...] = ()
    label: str | Promise = ""

    def cites_at(self, place: Place | None, day: date | None) -> tuple[Citation, ...]:
        """Return the articles on which the arrow rests at the place on the day; none where its law is silent."""
        if place is None or day is None:
            return ()
        answers = (question.get(place=place, day=day) for question in self.rests_on)
        return next((answer.cites for answer in answers if answer), ())


def arrow(
    action: str,
    source: Iterable[str] | str,
    target: str,
    *roles: str,
    rests_on: Iterable[Question[Any]] | Question[Any] = (),
    label: str | Promise = "",
) -> Transition:
    """Write one row of a state table."""
    sources = {source} if isinstance(source, str) else set(source)
    questions = (rests_on,) if isinstance(rests_on, Question) else tuple(rests_on)
    return Transition(action, frozenset(map(str, sources)), str(target), frozenset(roles), questions, label)


def governing(record: models.Model) -> Place | None:
    """Return the place whose law governs the record: that of its ``regime``; None for a record without one."""
    regime = getattr(record, "regime", "")
    return place_of(regime) if regime else None


@dataclass(frozen=True)
class Workflow:
    """The table of one kind of record."""

    name: str
    initial: StrEnum
    arrows: tuple[Transition, ...]
    table: Mapping[str, Transition] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", {t.action: t for t in self.arrows})
        if len(self.table) != len(self.arrows):
            raise ValueError(f"{self.name}: an action stands twice")

    def check(
        self,
        action: str,
        *,
        state: str,
        roles: frozenset[str],
        place: Place | None = None,
        day: date | None = None,
    ) -> Transition:
        """Return the transition that the action takes; a refusal cites the law of the place on the day.

        :raises NotAllowed: if the action is not open to this state or these roles.
        """
        transition = self.table[action]
        cites = transition.cites_at(place, day)
        grounds = []
        if state not in transition.source:
            grounds.append(
                Ground(
                    why=_("It stands at “%(state)s”.") % {"state": self.state_label(state)},
                    way_on=_("This is open from: %(states)s.")
                    % {"states": ", ".join(self.state_label(s) for s in sorted(transition.source))},
                    cites=cites,
                    code="wrong-state",
                )
            )
        if roles.isdisjoint(transition.roles):
            grounds.append(
                Ground(
                    why=_("Your role doesn't include this."),
                    way_on=_("Ask someone who is: %(roles)s.")
                    % {"roles": ", ".join(map(role_label, sorted(transition.roles)))},
                    cites=cites,
                    code="wrong-role",
                )
            )
        if grounds:
            raise NotAllowed(str(transition.label or action), grounds)
        return transition

    def require(self, action: str, record: models.Model, *, actor: Actor, on: date) -> Transition:
        """Return the transition that the action takes from the record as it stands, before anything is prepared.

        :raises NotAllowed: as ``check``.
        """
        state = str(record.state)  # type: ignore[attr-defined]
        return self.check(action, state=state, roles=actor.roles, place=governing(record), day=on)

    def open_actions(self, *, state: str, roles: frozenset[str]) -> list[Transition]:
        """Return the transitions a button may be drawn for."""
        return [t for t in self.arrows if state in t.source and not roles.isdisjoint(t.roles)]

    def state_label(self, state: str) -> str:
        """Return the state's name in the reader's language."""
        enum = type(self.initial)
        member = enum(state)
        return str(getattr(member, "label", member.value))

    def to_mermaid(self) -> str:
        """Return the table as a Mermaid state diagram, for the docs."""
        rows = [f"    {s} --> {t.target}: {t.action}" for t in self.arrows for s in sorted(t.source)]
        return "\n".join(["stateDiagram-v2", f"    [*] --> {self.initial}", *rows])


def role_label(role: str) -> str:
    """Return a role's name in the reader's language."""
    from gongjiang.kernel.roles import ROLES

    return str(ROLES[role])


@transaction.atomic
def apply(
    record: models.Model,
    action: str,
    *,
    actor: Actor,
    at: datetime,
    cites: Iterable[Citation] = (),
    reason: str = "",
    facts: Mapping[str, Any] | None = None,
    about: models.Model | None = None,
) -> "AuditEntry":
    """Take the record through one transition: lock, check state and role, write the state and the audit entry.

    The audit chain's head is locked last, so callers do their other writes first. The entry's state hash is taken over
    the locked row, not over what the caller's copy holds unsaved.

    :raises NotAllowed: wrong state or role; nothing is written.
    """
    from gongjiang.kernel import audit

    workflow: Workflow = record.workflow  # type: ignore[attr-defined]
    locked = type(record)._base_manager.select_for_update().get(pk=record.pk)
    before = str(locked.state)  # type: ignore[attr-defined]
    place, day = governing(locked), at.astimezone(SHANGHAI).date()
    try:
        transition = workflow.check(action, state=before, roles=actor.roles, place=place, day=day)
    except NotAllowed as refused:
        refused.subject, refused.action = record, f"{workflow.name}.{action}"
        raise
    record.state = locked.state = transition.target  # type: ignore[attr-defined]
    locked.save(update_fields=["state"])
    return audit.record(
        actor=actor,
        action=f"{workflow.name}.{action}",
        subject=locked,
        at=at,
        facts={"from": before, "to": transition.target, **(facts or {})},
        cites=tuple(cites) or transition.cites_at(place, day),
        reason=reason,
        about=about,
    )
