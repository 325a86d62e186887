"""Calendar months and years, for terms of office, filing terms, retention and experience.

End of month: a day that the target month lacks becomes the month's last day (民法典 §202: 没有对应日的，
月末日为期间的最后一日). Months are always counted from the first day given, never one after another, so that
2024-01-31 plus two months is 2024-03-31 and not 2024-03-29.
"""

from calendar import monthrange
from datetime import date, timedelta


def add_months(day: date, months: int) -> date:
    """Return the day `months` calendar months after `day` (before it, if negative).

    >>> add_months(date(2024, 1, 31), 1)
    datetime.date(2024, 2, 29)
    """
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """Return the day `years` calendar years after `day`; 29 February becomes the 28th in a common year."""
    return add_months(day, years * 12)


def months_between(start: date, end: date) -> int:
    """Return the whole calendar months from `start` until `end`: the largest n with start + n months ≤ end.

    Negative where `end` is before `start`: then the smallest number of whole months that reach back to it.
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if add_months(start, months) <= end else months - 1


def last_day_ahead(until: date, months: int) -> date:
    """Return the last day from which `months` whole months still run before `until`, the first day after a term.

    Counted forward (民法典 §201, §202): the day itself doesn't count, the last month ends on the corresponding day, or
    on the month's last where it lacks one, and that day still belongs to the term.

    >>> last_day_ahead(date(2028, 10, 1), 3)
    datetime.date(2028, 6, 30)
    """
    last = until - timedelta(days=1)
    return max(
        day
        for day in (add_months(last, -months), add_months(until, -months) - timedelta(days=1))
        if add_months(day, months) <= last
    )
