"""Numbers of certificates: taken from locked counter rows, inside the transaction that writes the certificates."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.certificates import special
from gongjiang.certificates.models import Certificate, NumberCounter
from gongjiang.kernel.audit import Act
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.law.codes import SpecialRule, build_certificate_number
from gongjiang.law.codes.certificate_number import LAST_SEQUENCE, LEVELS
from gongjiang.law.model import Citation

GLOBAL = "global"
EVERY_YEAR, EVERY_LEVEL = 0, "0"
LENGTH = 22


def counter_keys(levels: Sequence[str], *, year: int, policy: str) -> list[tuple[int, str]]:
    """Return (year, level) of the counters that certificates of these levels take from, in the order of locking."""
    if policy == GLOBAL:
        return [(EVERY_YEAR, EVERY_LEVEL)] if levels else []
    return [(year, level) for level in sorted(set(levels))]


def lock_counters(
    body: AssessmentBody, levels: Sequence[str], *, year: int, policy: str
) -> dict[tuple[int, str], NumberCounter]:
    """Lock the counters' rows, first of all locks, and return them by (year, level).

    :raises TransactionManagementError: outside a transaction: a number stands or falls with its certificate.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError("numbers are taken inside the transaction that uses them")
    found = {}
    for key in counter_keys(levels, year=year, policy=policy):
        of = {"body_code": body.code, "year": key[0], "level": key[1]}
        NumberCounter.objects.get_or_create(**of)
        found[key] = NumberCounter.objects.select_for_update().get(**of)
    return found


def give_numbers(
    certificates: Sequence[Certificate],
    counters: dict[tuple[int, str], NumberCounter],
    *,
    body: AssessmentBody,
    at: datetime,
    cites: Sequence[Citation],
) -> list[Act]:
    """Give each certificate the next number of its counter, save the counters, and return what the trail says of them.

    :raises Refused: a counter has too few numbers left; none is taken.
    """
    acts = []
    for (year, level), counter in counters.items():
        own = [each for each in certificates if (year, level) in {(at.year, each.level), (EVERY_YEAR, EVERY_LEVEL)}]
        levels = {each.level for each in own}
        rules = special.rules_for(body, levels, on=at.astimezone(SHANGHAI).date())
        first = max(counter.last, _highest(body, levels, at.year, rules)) + 1
        last = min([LAST_SEQUENCE, *(rule.last_sequence for rule in rules.values())])
        _require_room(counter, first, last, len(own), cites)
        for sequence, certificate in enumerate(own, first):
            certificate.number = _number(body.code, at.year, certificate.level, sequence, rules)
        counter.last, counter.last_at = first + len(own) - 1, at
        counter.save(update_fields=["last", "last_at"])
        facts = {"first": first, "last": counter.last, "year": year, "level": level}
        acts.append(Act("certificate_counter.take", counter, facts))
    return acts


def _number(code: str, year: int, level: str, sequence: int, rules: Mapping[str, SpecialRule]) -> str:
    if level in rules:
        return rules[level].build(code, year, sequence)
    return build_certificate_number(code[0], code[1:5], code[5:7], code[7:13], year, level, sequence)


def _highest(body: AssessmentBody, levels: set[str], year: int, rules: Mapping[str, SpecialRule]) -> int:
    """Return the highest sequence given so far under the body's code in the year at these levels.

    Equal to the counter, unless the place's setting changed from one scope of counting to the other.
    """
    found = [0]
    prefixes = [f"{body.code}{year % 100:02d}{level}" for level in sorted(levels & LEVELS)]
    prefixes += [rule.prefix(body.code, year) for rule in rules.values()]
    for prefix in prefixes:
        lowest, highest = prefix.ljust(LENGTH, "0"), prefix.ljust(LENGTH, "9")
        numbers = Certificate.objects.unscoped("numbers are unique over all").filter(number__range=(lowest, highest))
        last = numbers.order_by("-number").values_list("number", flat=True).first()
        found.append(int(last[len(prefix) :]) if last else 0)
    return max(found)


def _require_room(counter: NumberCounter, first: int, last: int, count: int, cites: Sequence[Citation]) -> None:
    left = last - first + 1
    if count > left:
        why = _("%(left)s numbers are left under %(name)s this year, %(n)s are needed.") % {
            "left": max(left, 0),
            "name": counter.body_code,
            "n": count,
        }
        way = _("Ask the authority for a further body code; a number is never widened or begun anew.")
        raise Refused(_("Give numbers"), [Ground(why, way, tuple(cites), "numbers-used-up")], subject=counter)
