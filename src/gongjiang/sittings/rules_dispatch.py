"""When somebody may answer a dispatch, and what a record of who came needs, as grounds of a refusal."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.sittings.models import DeclineGround, Duty
from gongjiang.sittings.queries_dispatch import DISPATCHED, begins
from gongjiang.sittings.rules_roster import already_ended


def dispatch_cites(duty: Duty) -> tuple[Citation, ...]:
    """Return by which article who holds the duty accepts being sent; none for roles that the law doesn't name."""
    rule = ask.DISPATCH_ACCEPTED_BY.get(place=regime_of(duty.batch), day=duty.batch.exam_from)
    return rule.cites if rule and duty.role in rule.value else ()


def wrong_with_answer(duty: Duty, at: datetime) -> list[Ground]:
    """Return why the duty can't be accepted or declined: passed on, not a dispatch, or begun."""
    grounds = already_ended(duty)
    if duty.role not in DISPATCHED:
        way = _("Speak with the body's manager.")
        grounds.append(Ground(_("This duty is no dispatch, so it needs no answer."), way, code="no-dispatch"))
    start = begins(duty)
    if start is not None and at >= start:
        why = _("The duty began at %(when)s.") % {"when": f"{start.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"}
        grounds.append(Ground(why, _("Speak with the body's manager."), dispatch_cites(duty), "begun"))
    return grounds


def wrong_with_decline(ground: str, reason: str) -> list[Ground]:
    """Return what a refusal to come lacks: a ground of the list, a reason in words."""
    found = []
    if ground not in DeclineGround.values:
        found.append(Ground(_("No ground is chosen."), _("Choose one of the list."), code="no-ground"))
    if not reason.strip():
        way = _("Say why; the manager reads it who finds somebody else.")
        found.append(Ground(_("No reason is given."), way, code="reason-missing"))
    return found


def wrong_with_record(batch: Batch, present: Iterable[Duty], absent: Mapping[Duty, str]) -> list[Ground]:
    """Return what is wrong with a record of who came: another batch's duty, both at once, no reason."""
    came, found = set(present), []
    both = came & set(absent)
    strangers = [duty for duty in {*came, *absent} if duty.batch_id != batch.pk or duty.ended_at is not None]
    if strangers:
        why = _("Somebody marked has no duty here.")
        found.append(Ground(why, _("Open the page again."), code="no-duty"))
    if both:
        names = ", ".join(sorted(duty.member.name for duty in both))
        why = _("Marked as present and absent: %(names)s.") % {"names": names}
        found.append(Ground(why, _("Mark each person once."), code="both"))
    silent = sorted(duty.member.name for duty, reason in absent.items() if not reason.strip())
    if silent:
        why = _("No reason is given for the absence of %(names)s.") % {"names": ", ".join(silent)}
        found.append(Ground(why, _("Say why they didn't come."), code="reason-missing"))
    return found
