"""Self-checks: what a body found when it looked at itself, published at once (MOHRSS-2020-17§24)."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.supervision.models import SelfCheck, Subject
from gongjiang.supervision.rules import LONGEST, cites_of
from gongjiang.supervision.states import SELF_CHECKERS


@transaction.atomic
def publish_self_check(
    *,
    actor: Actor,
    at: datetime,
    body: AssessmentBody,
    checked_on: date,
    items: Sequence[str],
    problems: str = "",
    measures: str = "",
) -> SelfCheck:
    """Publish a check that the body made of itself: the items looked at, the problems found and what is done.

    :raises NotAllowed: not by the body's manager or internal supervisor.
    :raises Refused: nothing was looked at, the day lies ahead or has a check, problems without measures, too long.
    """
    asked, problems, measures = _("Publish a self-check"), problems.strip(), measures.strip()
    if not actor.has(*SELF_CHECKERS) or actor.organisation_id != body.organisation_id:
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, sorted(SELF_CHECKERS)))}
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")], subject=body)
    body = AssessmentBody.everything.select_for_update().get(pk=body.pk)
    cites = cites_of(ask.SUPERVISION_SYSTEM, body, local(at))
    grounds = [*_wrong_day(body, checked_on, local(at)), *_wrong_words(items, problems, measures)]
    refuse_if(asked, grounds, subject=body)
    check = SelfCheck.everything.create(
        body=body,
        checked_on=checked_on,
        items=[each for each in Subject.values if each in items],
        in_order=not problems,
        problems=problems,
        measures=measures,
        published_by_id=actor.user_id,
        published_at=at,
    )
    facts = {"checked_on": checked_on, "items": check.items, "in_order": check.in_order}
    audit.record(actor=actor, action="self_check.publish", subject=check, at=at, facts=facts, cites=cites, about=body)
    return check


def _wrong_day(body: AssessmentBody, checked_on: date, today: date) -> list[Ground]:
    grounds = []
    if checked_on > today:
        grounds.append(Ground(_("That day hasn't come yet."), _("Give the day of the check."), code="checked-later"))
    if SelfCheck.everything.filter(body=body, checked_on=checked_on).exists():
        why = _("A self-check of that day is published.")
        grounds.append(Ground(why, _("A published one isn't changed; publish the next check."), code="checked-already"))
    return grounds


def _wrong_words(items: Sequence[str], problems: str, measures: str) -> list[Ground]:
    grounds = []
    if not set(items) & set(Subject.values):
        grounds.append(Ground(_("Nothing was looked at."), _("Choose what was checked."), code="no-items"))
    if problems and not measures:
        why = _("Problems are named, but nothing that is done about them.")
        grounds.append(Ground(why, _("Write what is done until when."), code="no-measures"))
    if max(len(problems), len(measures)) > LONGEST:
        why = _("It is longer than %(n)s characters.") % {"n": LONGEST}
        grounds.append(Ground(why, _("Shorten it."), code="too-long"))
    return grounds
