"""Marks by what is assessed: ability, work performance, ethics; where the place's law says so (JL-2019-133§4(1))."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.law import questions as ask
from gongjiang.law.model import Provision
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.standards.models import ContentGroup, PartKind

GROUPS = tuple(ContentGroup.values)
# A theory paper asks for knowledge only; what somebody does and did is seen in the other parts.
SEEN_IN = (PartKind.PRACTICAL.value, PartKind.PANEL.value)


def content_rule(batch: Batch) -> Provision[tuple[str, ...]] | None:
    """Return what is assessed by the law of the batch's place on the day of its announcement, where it says so."""
    return ask.ASSESSMENT_CONTENT.get(place=regime_of(batch), day=batch.announced_on or batch.planned_on)


def asked(batch: Batch, part: str) -> Provision[tuple[str, ...]] | None:
    """Return the rule by which the marks of a part are told apart by group, or None where they aren't."""
    return content_rule(batch) if part in SEEN_IN else None


def group_label(group: str) -> str:
    """Return a group's name in the reader's language."""
    return str(ContentGroup(group).label)


def wrong_groups(
    name: str,
    value: Decimal,
    groups: tuple[Decimal, Decimal, Decimal] | None,
    rule: Provision[tuple[str, ...]] | None,
) -> Iterator[tuple[str, str, str, str]]:
    """Yield code, problem, reason and way out: groups missing, not asked for, or not summing to the score."""
    if rule is None:
        if groups is not None:
            what = _("%(name)s: marks by group aren't asked for in this part.") % {"name": name}
            yield "groups-not-asked", what, "", _("Write the score only.")
        return
    law = _("%(law)s has them assessed apart.") % {"law": "、".join(dict.fromkeys(c.label for c in rule.cites))}
    mend = _("Write all three marks; they sum to the score.")
    if groups is None:
        what = _("%(name)s: the marks for ability, work performance and ethics are missing.") % {"name": name}
        yield "groups-missing", what, law, mend
    elif any(mark < 0 or mark != mark.quantize(Decimal("0.01")) for mark in groups):
        what = _("%(name)s: a group's mark is below 0 or has more than two decimals.") % {"name": name}
        yield "group-mark", what, "", mend
    elif sum(groups) != value:
        told = {"name": name, "sum": format(sum(groups), "f"), "score": format(value, "f")}
        what = _("%(name)s: the groups sum to %(sum)s, the score is %(score)s.") % told
        yield "groups-do-not-sum", what, law, mend
