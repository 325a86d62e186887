"""Averages, spreads and dots of several experts' points: arithmetic over plain data, exact, without any record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Dot:
    """So many experts gave these points."""

    points: Decimal
    count: int


def average(points: Sequence[Decimal]) -> Decimal:
    """Return the mean to a hundredth, half up.

    :raises ValueError: nobody gave points.
    """
    if not points:
        raise ValueError("an average needs points")
    return (sum(points, Decimal(0)) / len(points)).quantize(CENT, ROUND_HALF_UP)


def spread(points: Sequence[Decimal], full: Decimal) -> Decimal:
    """Return highest minus lowest as a percentage of the full points, to a tenth; zero where there is nothing full."""
    if not points or not full:
        return Decimal(0)
    return ((max(points) - min(points)) * 100 / full).quantize(TENTH, ROUND_HALF_UP)


def lies_apart(points: Sequence[Decimal], full: Decimal, limit_percent: int) -> bool:
    """Say whether highest and lowest are further apart than the limit allows; exactly the limit is still together."""
    return bool(points) and (max(points) - min(points)) * 100 > limit_percent * full


def outliers(points: Sequence[Decimal]) -> frozenset[int]:
    """Return the places in the list of those furthest from the average: what a reader's eye is led to."""
    if not points:
        return frozenset()
    exact = sum(points, Decimal(0)) / len(points)
    most = max(abs(each - exact) for each in points)
    return frozenset(n for n, each in enumerate(points) if most and abs(each - exact) == most)


def dots(points: Sequence[Decimal]) -> tuple[Dot, ...]:
    """Return each value given with how many gave it, lowest first."""
    return tuple(Dot(value, count) for value, count in sorted(Counter(points).items()))
