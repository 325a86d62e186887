"""A body publishes its rules and its fees; a version once published stays as it is, and the next one ends it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody, FeeItem, FeePart, FeeSchedule, PublishedRule, RuleKind
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.places import place
from gongjiang.standards.models import FURTHER, Occupation
from gongjiang.standards.queries import own_levels_of


@dataclass(frozen=True, slots=True)
class FeeSpec:
    """One part of the fee of an occupation at a level, in yuan."""

    occupation: Occupation
    level: str
    part: str
    amount: Decimal


@transaction.atomic
def publish_rule(
    *,
    actor: Actor,
    at: datetime,
    body: AssessmentBody,
    kind: str,
    title: str,
    text: str = "",
    document: StoredFile | None = None,
    since: date,
) -> PublishedRule:
    """Publish the next version of the body's rules of a kind (MOHRSS-2020-17§19, XZ-2024-2§18).

    :raises Refused: the kind is unknown, title or words lack, or it would begin in the past or before the last one.
    """
    body = AssessmentBody.everything.select_for_update().get(pk=body.pk)
    versions = body.published_rules.filter(kind=kind)
    last = versions.filter(until=None).first()
    grounds = _wrong_day(since, at, last)
    if kind not in RuleKind.values or not title.strip() or not (text.strip() or document):
        why = _("Rules have a kind, a title, and words or a file.")
        grounds.append(Ground(why, _("Complete them."), code="rule-empty"))
    refuse_if(_("Publish the rules of %(body)s") % {"body": body.name}, grounds, subject=body)
    acts = _ended(last, since, body)
    rule = PublishedRule.objects.create(
        body=body,
        kind=kind,
        version=(versions.aggregate(n=Max("version"))["n"] or 0) + 1,
        title=title.strip(),
        text=text.strip(),
        document=document,
        published_at=at,
        since=since,
    )
    law = ask.PUBLISHED_RULES.get(place=place(body.regime), day=local(at))
    facts = {"kind": kind, "version": rule.version, "since": since}
    acts.append(audit.Act("body.publish_rule", rule, facts, law.cites if law else (), about=body))
    audit.record_many(actor=actor, at=at, acts=acts)
    return rule


@transaction.atomic
def publish_fees(
    *, actor: Actor, at: datetime, body: AssessmentBody, basis: str, items: Sequence[FeeSpec], since: date
) -> FeeSchedule:
    """Publish the body's next fee schedule as a whole (JL-2025-1§6(2), JL-2024-5§7(8)).

    :raises Refused: nothing in it, no cost basis, a part twice or negative, an occupation outside the filed scope, or
        it would begin in the past or before the last one.
    """
    body = AssessmentBody.everything.select_for_update().get(pk=body.pk)
    last = body.fee_schedules.filter(until=None).first()
    grounds = [*_wrong_day(since, at, last), *_wrong_fees(body, basis, items)]
    refuse_if(_("Publish the fees of %(body)s") % {"body": body.name}, grounds, subject=body)
    acts = _ended(last, since, body)
    schedule = FeeSchedule.objects.create(
        body=body,
        version=(body.fee_schedules.aggregate(n=Max("version"))["n"] or 0) + 1,
        basis=basis.strip(),
        published_at=at,
        since=since,
    )
    FeeItem.objects.bulk_create(
        FeeItem(schedule=schedule, occupation=spec.occupation, level=spec.level, part=spec.part, amount=spec.amount)
        for spec in items
    )
    law = ask.FEES_PUBLISHED.get(place=place(body.regime), day=local(at))
    facts = {
        "version": schedule.version,
        "since": since,
        "items": [[spec.occupation.code, spec.level, spec.part, format(spec.amount, "f")] for spec in items],
    }
    acts.append(audit.Act("body.publish_fees", schedule, facts, law.cites if law else (), about=body))
    audit.record_many(actor=actor, at=at, acts=acts)
    return schedule


def _ended(last: PublishedRule | FeeSchedule | None, since: date, body: AssessmentBody) -> list[audit.Act]:
    if last is None:
        return []
    last.until = since
    last.save(update_fields=["until"])
    return [audit.Act("body.version_ended", last, {"until": since}, about=body)]


def _wrong_day(since: date, at: datetime, last: PublishedRule | FeeSchedule | None) -> list[Ground]:
    grounds = []
    if since < local(at):
        why = _("It would take effect on %(day)s, in the past.") % {"day": since}
        grounds.append(Ground(why, _("Publish it from today or a later day on."), code="backdated"))
    if last and last.since >= since:
        why = _("Version %(version)s takes effect on %(day)s and stays as it was published.")
        why %= {"version": last.version, "day": last.since}
        grounds.append(Ground(why, _("Let the next version begin on a later day."), code="version-too-new"))
    return grounds


def _wrong_fees(body: AssessmentBody, basis: str, items: Sequence[FeeSpec]) -> list[Ground]:
    grounds = []
    law = ask.FEES_PUBLISHED.get(place=place(body.regime), day=body.filed_on)
    if not items or not basis.strip():
        why = _("A fee schedule has fees, and says by which costs they are set.")
        grounds.append(Ground(why, _("Give both."), law.cites if law else (), "fees-empty"))
    keys = [(spec.occupation.code, spec.level, spec.part) for spec in items]
    known = all(spec.part in FeePart.values and spec.amount >= 0 for spec in items)
    if len(set(keys)) < len(keys) or not known:
        why = _("A fee stands twice, is negative, or is for an unknown part.")
        grounds.append(Ground(why, _("Correct it."), code="fee-wrong"))
    filed = set(body.scope.values_list("occupation__code", "level"))
    # What the own ladder holds beyond the five is priced as what is on file is.
    filed |= set(own_levels_of(body.organisation).filter(level__in=FURTHER).values_list("occupation__code", "level"))
    strange = sorted({f"{code} {level}" for code, level, _part in keys} - {f"{c} {lv}" for c, lv in filed})
    if strange:
        why = _("Not in the filed scope: %(cells)s.") % {"cells": ", ".join(strange)}
        grounds.append(Ground(why, _("Give fees for the occupations and levels on file."), code="not-in-scope"))
    return grounds
