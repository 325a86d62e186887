"""What an officer can do with an application next, and what lacks for it: the buttons of its page, and the queue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from gongjiang.evaluation.states import EvaluationState
from gongjiang.filing.models import Application
from gongjiang.filing.rules_handling import stands_in_the_way
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground

S = ApplicationState
# Grounds by which the act is another's or isn't asked for here: no button, no refusal.
NOT_OFFERED = {"another-authority", "wrong-role", "no-notice-here", "no-panel", "evaluation-open"}
# Somebody else in the same office does it: told in words, not as an error.
NOT_OURS = {"same-person"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One act: what it is called, its address, whether it needs a page of its own, and the states it is open in."""

    act: str
    label: str | Promise
    url_name: str
    states: tuple[str, ...]
    method: str = "post"
    leads: bool = False


@dataclass(frozen=True, slots=True)
class NextAct:
    """An act open to this actor. With grounds it can't be done yet, and they say why."""

    kind: Kind
    url: str
    grounds: tuple[Ground, ...] = ()

    @property
    def label(self) -> str:
        return str(self.kind.label)


DECIDED = (S.ACCEPTED, S.EVALUATED, S.DELIBERATED, S.ON_NOTICE, S.CLEARED)
KINDS = (
    Kind("accept", _("Accept the application"), "application-accept", (S.SUBMITTED,), leads=True),
    Kind("return_for_correction", _("Return for correction"), "application-return", (S.SUBMITTED,), "get"),
    Kind("reroute", _("Send on"), "application-reroute", (S.SUBMITTED,), "get"),
    Kind("opinion", _("Write opinions"), "application-opinions", (S.ACCEPTED,), "get"),
    Kind("open_evaluation", _("Call the panel"), "application-open-evaluation", (S.ACCEPTED,)),
    Kind("conclude_evaluation", _("Hand in for deliberation"), "application-conclude", (S.ACCEPTED,), leads=True),
    Kind("deliberate", _("Record the deliberation"), "application-deliberate", (S.EVALUATED,), "get", leads=True),
    Kind("post_notice", _("Post the public notice"), "application-post-notice", (S.DELIBERATED,), leads=True),
    Kind("clear", _("Hand up for the letter"), "application-clear", (S.DELIBERATED, S.ON_NOTICE), leads=True),
    Kind("sign_letter", _("Sign the filing letter"), "application-sign", (S.CLEARED,), "get", leads=True),
    Kind("refuse", _("Refuse"), "application-refuse", (S.SUBMITTED, *DECIDED), "get"),
)


def next_acts(application: Application, actor: Actor, at: datetime) -> list[NextAct]:
    """Return the acts open in the application's state to this actor, each with what lacks for it."""
    found = []
    for kind in KINDS:
        if application.state not in kind.states or _skips(application, kind):
            continue
        grounds = tuple(stands_in_the_way(application, kind.act, actor, at))
        if any(ground.code in NOT_OFFERED for ground in grounds):
            continue
        found.append(NextAct(kind, reverse(kind.url_name, args=[application.pk]), grounds))
    return found


def _skips(application: Application, kind: Kind) -> bool:
    """Say whether the act would leave out a step of this application's flow, or repeat one."""
    if kind.act == "clear" and application.state == S.DELIBERATED:
        return bool(application.asks_notice) or application.favourable is False
    if kind.act == "post_notice":
        return not application.asks_notice or application.favourable is False
    if kind.act == "open_evaluation":
        standing = application.evaluation
        return standing is not None and standing.state != EvaluationState.STOPPED
    return False


def leading(acts: Iterable[NextAct]) -> NextAct | None:
    """Return the act by which the application goes on, if it is the actor's to do now or later."""
    return next((act for act in acts if act.kind.leads), None)


# What to do first where the act that leads on is closed for one of these reasons.
FIRST = {"opinion-missing": "opinion", "no-panel-yet": "open_evaluation", "wrong-recipient": "reroute"}


def waits_for(acts: Iterable[NextAct]) -> NextAct | None:
    """Return what the actor should do now: the act that leads on, or what opens it; None where others are awaited."""
    found = {act.kind.act: act for act in acts}
    lead = leading(found.values())
    codes = [ground.code for ground in lead.grounds] if lead else []
    if lead is None or any(code in NOT_OURS for code in codes):
        return None
    if not codes:
        return lead
    before = (found.get(FIRST[code]) for code in codes if code in FIRST)
    return next((act for act in before if act is not None and not act.grounds), None)
