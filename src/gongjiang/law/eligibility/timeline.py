"""Time worked, measured so that nothing counts twice and whole months always count one.

A day counts 1/n of a month of n days; 29 February counts nothing. So spans add up exactly, calendar months
and years come out whole wherever they begin, and N years from a day are full on the same day N years on
(民法典 §200: 按照年、月计算). Intervals: from inclusive, until exclusive, None = still running.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from gongjiang.law.calendar import add_months

# The least number that 28, 30 and 31 divide: the units of one month.
MONTH = 13_020
DAYS_OF_MONTH = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

Interval = tuple[date, date | None]


def position(day: date) -> int:
    """Return the day's place on the scale, in units."""
    unit = MONTH // DAYS_OF_MONTH[day.month - 1]
    return (day.year * 12 + day.month - 1) * MONTH + (day.day - 1) * unit


def day_at(place: int) -> date:
    """Return the first day whose place is at least `place`; 1 March, not 29 February, of the two that share one."""
    month, rest = divmod(place, MONTH)
    first = date(month // 12, month % 12 + 1, 1)
    unit = MONTH // DAYS_OF_MONTH[month % 12]
    return first + timedelta(days=-(-rest // unit))


def merge(intervals: Iterable[Interval]) -> list[Interval]:
    """Return the intervals in order, those that overlap or touch made one; empty ones dropped."""
    merged: list[Interval] = []
    for start, end in sorted(intervals, key=lambda interval: interval[0]):
        if end is not None and end <= start:
            continue
        if merged and (merged[-1][1] is None or start <= merged[-1][1]):
            before, until = merged[-1]
            open_end = until is None or end is None
            merged[-1] = (before, None if open_end else max(until or start, end or start))
        else:
            merged.append((start, end))
    return merged


def after(intervals: Iterable[Interval], anchor: date) -> list[Interval]:
    """Return what of the intervals lies on or after `anchor`."""
    return [(max(start, anchor), end) for start, end in intervals if end is None or end > anchor]


def _until(intervals: Iterable[Interval], on: date) -> list[tuple[date, date]]:
    return [(start, on if end is None else min(end, on)) for start, end in intervals if start < on]


def total(merged: Iterable[Interval], on: date) -> int:
    """Return the units of all merged intervals before `on`."""
    return sum(position(end) - position(start) for start, end in _until(merged, on))


def longest(merged: Iterable[Interval], on: date) -> int:
    """Return the units of the longest unbroken interval before `on`."""
    return max((position(end) - position(start) for start, end in _until(merged, on)), default=0)


def reached_on(merged: Iterable[Interval], units: int, *, unbroken: bool = False) -> date | None:
    """Return the first day on which the intervals have summed to `units`, or None if they never will.

    :param unbroken: one interval alone must reach it.
    """
    sofar = 0
    for start, end in merged:
        base = position(start) + units - (0 if unbroken else sofar)
        if end is None or position(end) >= base:
            return day_at(base)
        sofar += position(end) - position(start)
    return None


def month_start(day: date) -> date:
    """Return the first day of the day's month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Return the first day after the day's month."""
    return add_months(month_start(day), 1)
