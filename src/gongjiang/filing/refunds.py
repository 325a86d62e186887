"""A refund as it was made, and what may be wrong with it (JL-2025-1§13)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.filing import rules_life
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground


@dataclass(frozen=True, slots=True)
class RefundSpec:
    """One refund as it was made: of which enrolment, how much in yuan, on which day, under which reference."""

    enrolment: Enrolment
    amount: Decimal
    refunded_on: date
    reference: str


def wrong_with(spec: RefundSpec, due: set[int], on: date) -> list[Ground]:
    """Return what is wrong with one refund; the number of the enrolment names it."""
    number, grounds = spec.enrolment.pk, rules_life.text_missing(spec.reference, "reference-missing")
    if number not in due:
        why = _("Nothing is to be refunded for enrolment %(number)s, or it was.") % {"number": number}
        grounds.append(Ground(why, _("Leave it out."), code="not-due"))
    elif spec.amount != spec.enrolment.line.fee:
        why = _("Enrolment %(number)s paid %(fee)s yuan, not %(amount)s.")
        why %= {"number": number, "fee": spec.enrolment.line.fee, "amount": spec.amount}
        grounds.append(Ground(why, _("Refund the whole fee."), code="amount-wrong"))
    if not spec.enrolment.enrolled_at.astimezone(SHANGHAI).date() <= spec.refunded_on <= on:
        why = _("%(day)s can't be the day of the refund of enrolment %(number)s.")
        why %= {"day": spec.refunded_on, "number": number}
        way = _("Give a day from the enrolment until today.")
        grounds.append(Ground(why, way, code="day-wrong"))
    return grounds
