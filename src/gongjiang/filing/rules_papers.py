"""Which papers an application takes, and when an online check replaces one."""

from datetime import date, datetime

from django.utils.translation import gettext as _

from gongjiang.filing.conditions import (
    EVIDENCE,
    conditions_of,
    may_be_verified_online,
    needs_subsidiaries,
    papers_of,
)
from gongjiang.filing.models import Application, Material
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground

SUBSIDIARY_PROOF = "subsidiary_proof"


def round_of(application: Application) -> int:
    """Return the round that is being written: one more than were submitted."""
    return application.snapshots.count() + 1


def not_asked_for(application: Application, kind: str, condition: str, on: date) -> list[Ground]:
    """Return the ground that the application asks for no such paper."""
    if kind == EVIDENCE:
        known = condition in {each.key for each in conditions_of(application, on)}
    elif kind == SUBSIDIARY_PROOF:
        known = bool(needs_subsidiaries(application, on))
    else:
        known = not condition and kind in {each.key for each in papers_of(application, on)}
    if known:
        return []
    why = _("This application asks for no such paper.")
    return [Ground(why, _("Hand in what stands in the list of papers and conditions."), code="paper-unknown")]


def wrong_check(application: Application, source: str, checked_at: datetime, at: datetime) -> list[Ground]:
    """Return why an online check can't be noted so."""
    grounds = []
    day = at.astimezone(SHANGHAI).date()
    if not may_be_verified_online(application, day):
        why = _("The law of the place doesn't let an online check replace a paper.")
        grounds.append(Ground(why, _("Hand in a file."), code="paper-needed"))
    if not source.strip():
        why = _("The source of the check is missing.")
        grounds.append(Ground(why, _("Name the site or register where it was looked up."), code="no-source"))
    if checked_at > at:
        why = _("The time of the check lies in the future.")
        grounds.append(Ground(why, _("Give the time at which it was looked up."), code="check-future"))
    return grounds


def not_in_hand(application: Application, material: Material) -> list[Ground]:
    """Return the ground that the paper isn't in this application, or was replaced before."""
    if material.application_id == application.pk and material.replaced_round is None:
        return []
    why = _("The paper isn't in this application any more.")
    return [Ground(why, _("Open the page again."), code="not-in-hand")]
