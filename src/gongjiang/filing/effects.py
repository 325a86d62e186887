"""What a signed letter does, by the kind of application: each kind registers what it states and what it changes.

The letter is made before anything changes, inside the transaction that signs it.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models import AssessmentBody, Decision
from gongjiang.filing.models import Application
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import PublicNotice, StoredFile
from gongjiang.kernel.numbers import Block
from gongjiang.kernel.refusal import Ground
from gongjiang.law.model import Citation


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter of an application states, in Chinese, ready to print.

    ``since`` is the day from which it holds, ``until`` the first day on which it no longer does (None is open).
    ``facts`` are pairs of name and value, ``scope`` rows of occupation code, occupation, levels, sites. ``blocks`` are
    the counters from which it took numbers (a body's code), entered in the trail when it is signed.
    """

    title: str
    text: tuple[str, ...]
    since: date
    until: date | None = None
    cites: tuple[Citation, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    scope: tuple[tuple[str, str, str, str], ...] = ()
    code: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Signing:
    """One signature: who signs when for which authority, the letter with its number and its sealed PDF."""

    actor: Actor
    at: datetime
    application: Application
    authority: Organisation
    letter: Letter
    number: str
    document: StoredFile
    notice: PublicNotice | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of it: the body, and the decision published."""

    body: AssessmentBody
    decision: Decision | None


def _nothing(application: Application, at: datetime) -> Iterable[Ground]:
    return ()


@dataclass(frozen=True, slots=True)
class Effect:
    """What one kind of application comes to.

    ``letter`` says what the letter states (it may take numbers), ``carry_out`` changes the register through its
    actions, ``against`` says what stands in the way of signing now.
    """

    letter: Callable[[Application, datetime], Letter]
    carry_out: Callable[[Signing], Outcome]
    against: Callable[[Application, datetime], Iterable[Ground]] = field(default=_nothing)


_effects: dict[str, Effect] = {}


def register(kind: str, effect: Effect) -> None:
    """Say what an application of the kind comes to once its letter is signed. Called from an app's ready()."""
    _effects[str(kind)] = effect


def effect_of(application: Application) -> Effect:
    """Return what the application comes to.

    :raises KeyError: nobody registered the kind.
    """
    return _effects[application.kind]
