"""The portal's own acts: whom somebody acts for, and the demo's sign-in and clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.accounts.queries import organisations_of
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import DemoClock
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused
from gongjiang.portal.queries_clock import Target, target_of


@dataclass(frozen=True, slots=True)
class ClockMove:
    """Where the demo's clock stands now, and what that day is."""

    to: datetime
    target: Target


@transaction.atomic
def act_for(*, actor: Actor, at: datetime, user: User, organisation_id: int) -> Organisation:
    """Choose which of the user's organisations is acted for from now on; the caller keeps it in the session.

    :raises NotAllowed: the user holds no role there today.
    """
    held = {each.pk: each for each in organisations_of(user, on=at.date())}
    if organisation_id not in held:
        ground = Ground(
            _("You hold no role in this organisation today."),
            _("Choose one of your own, or ask its manager for a role."),
            code="no-role-there",
        )
        raise NotAllowed(_("Act for another organisation"), [ground], action="account.act_for")
    facts = {"from": actor.organisation_id, "to": organisation_id}
    audit.record(actor=actor, action="account.act_for", subject=held[organisation_id], at=at, facts=facts)
    return held[organisation_id]


@transaction.atomic
def enter_demo(*, actor: Actor, at: datetime, user: User) -> User:
    """Let a visitor in as one of the demo's people, without a password; in demo mode only.

    :raises NotAllowed: outside the demo, or for an account that isn't the demo's.
    """
    _require_demo(_("Sign in by one click"))
    if not (user.is_demo and user.is_active):
        ground = Ground(_("This account isn't one of the demo's."), _("Choose somebody listed."), code="not-demo")
        raise NotAllowed(_("Sign in by one click"), [ground], action="demo.sign_in")
    audit.record(actor=actor, action="demo.sign_in", subject=user, at=at)
    return user


@transaction.atomic
def move_demo_clock(*, actor: Actor, at: datetime, step: str) -> ClockMove:
    """Move the demo's clock on by a working day, a week, or to the next deadline that is open.

    :param at: where the clock stands now.
    :raises NotAllowed: outside the demo.
    :raises Refused: no such step, or no deadline is open.
    """
    _require_demo(_("Move the demo's clock"))
    target = target_of(step, at)
    if target is None:
        ground = Ground(
            _("No deadline lies ahead."), _("Move on by a day or a week, or begin something new."), code="no-deadline"
        )
        raise Refused(_("Move the demo's clock to the next deadline"), [ground], action="demo.clock")
    _shift(at, target.to)
    facts = {"step": step, "from": at, "to": target.to}
    audit.record(actor=actor, action="demo.clock", subject=None, at=target.to, facts=facts)
    return ClockMove(target.to, target)


@transaction.atomic
def set_demo_clock(*, actor: Actor, at: datetime, to: datetime) -> None:
    """Set the demo's clock, which stands at ``at``: when its data are loaded, and to go on where it was left.

    :raises NotAllowed: outside the demo, or by anybody but the platform itself.
    """
    asked = _("Set the demo's clock")
    _require_demo(asked)
    if not actor.has("system"):
        ground = Ground(_("Only the platform itself sets it."), _("Move it on instead."), code="wrong-role")
        raise NotAllowed(asked, [ground], action="demo.clock")
    _shift(at, to)
    audit.record(actor=actor, action="demo.clock", subject=None, at=to, facts={"step": "set", "to": to})


def _shift(now: datetime, to: datetime) -> None:
    DemoClock.objects.get_or_create(id=1)
    row = DemoClock.objects.select_for_update().get(id=1)
    row.shift_seconds += ceil((to - now) / timedelta(seconds=1))
    row.save(update_fields=["shift_seconds"])


def _require_demo(asked: str) -> None:
    if settings.DEMO or settings.TEST:
        return
    ground = Ground(_("This is no demo."), _("Start one with: gongjiang demo"), code="no-demo")
    raise NotAllowed(asked, [ground])
