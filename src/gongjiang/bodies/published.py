"""What a body has published on a day, and what stands in the way of opening a batch (MOHRSS-2020-17§19)."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, FeeSchedule, PublishedRule, RuleKind
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place
from gongjiang.standards.models import Level, Occupation


def rules_on(body: AssessmentBody, day: date) -> dict[str, PublishedRule]:
    """Return the rules in force on the day by kind."""
    return {rule.kind: rule for rule in body.published_rules.filter(_in_force(day)).select_related("document")}


def fees_on(body: AssessmentBody, day: date) -> FeeSchedule | None:
    """Return the fee schedule in force on the day with its items, if there is one."""
    found = body.fee_schedules.filter(_in_force(day)).prefetch_related("items__occupation")
    return found.first()


def fee_on(body: AssessmentBody, occupation: Occupation, level: str, day: date) -> Decimal | None:
    """Return the published fee of an occupation at a level on the day, all parts together."""
    schedule = fees_on(body, day)
    return schedule.total(occupation.code, level) if schedule else None


def publication_grounds(body: AssessmentBody, day: date) -> list[Ground]:
    """Return which rules or fees aren't published and current on the day, each with its article."""
    asked = ask.PUBLISHED_RULES.get(place=place(body.regime), day=day)
    fees_asked = ask.FEES_PUBLISHED.get(place=place(body.regime), day=day)
    standing = rules_on(body, day)
    url = reverse("directory-body", args=[body.code])
    grounds = []
    missing = [kind for kind in (asked.value if asked else ()) if kind != RuleKind.FEES and kind not in standing]
    if asked and missing:
        names = ", ".join(str(RuleKind(kind).label) for kind in missing)
        why = _("The body has no published rules in force on %(day)s for: %(names)s.") % {"day": day, "names": names}
        way = _("Publish them on the body's page; then a batch can open.")
        grounds.append(Ground(why, way, asked.cites, "rules-unpublished", url))
    wants_fees = bool(fees_asked and fees_asked.value) or bool(asked and RuleKind.FEES in asked.value)
    if wants_fees and fees_on(body, day) is None:
        why = _("The body has no published fee schedule in force on %(day)s.") % {"day": day}
        way = _("Publish the fees by occupation, level and part; then a batch can open.")
        grounds.append(Ground(why, way, _fee_cites(body, day), "fees-unpublished", url))
    return grounds


def fee_grounds(body: AssessmentBody, lines: Iterable[tuple[Occupation, str, Decimal]], day: date) -> list[Ground]:
    """Return where a fee isn't the published one: the sum of the parts for the occupation and level.

    A body without any schedule in force is told so by ``publication_grounds``.
    """
    schedule = fees_on(body, day)
    if schedule is None:
        return []
    grounds = []
    for occupation, level, fee in lines:
        published = schedule.total(occupation.code, level)
        if published == fee:
            continue
        names = {"occupation": occupation.name, "level": Level(level).label, "fee": fee, "published": published}
        if published is None:
            why = _("No fee is published for %(occupation)s, %(level)s.") % names
        else:
            why = _("%(occupation)s, %(level)s costs %(fee)s yuan here, but %(published)s yuan is published.") % names
        way = _("Take the published fee, or publish a new schedule first.")
        url = reverse("directory-body", args=[body.code])
        grounds.append(Ground(why, way, _fee_cites(body, day), "fee-not-published", url))
    return grounds


def _in_force(day: date) -> Q:
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def _fee_cites(body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    """Return the article that asks for published fees: the place's own, or that on the rules."""
    own = ask.FEES_PUBLISHED.get(place=place(body.regime), day=day)
    rules = ask.PUBLISHED_RULES.get(place=place(body.regime), day=day)
    return own.cites if own else rules.cites if rules else ()
