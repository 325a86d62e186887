"""The working-day calendar: immutable, built of dated notices, honest about the years it doesn't know."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from functools import cache, cached_property
from typing import Any, Literal

from gongjiang.law.calendar.notices import Notice, default_notices

# China keeps one zone without summer time since 1992, so a fixed offset needs no zone database.
SHANGHAI = timezone(timedelta(hours=8), "Asia/Shanghai")
DAY = timedelta(days=1)
LONGEST_TERM = 5_000

Why = Literal["posting day", "weekend", "holiday", "make-up working day", "working day", "assumed"]


@dataclass(frozen=True)
class CountedDay:
    """One day of a term's count: whether it counts, as which working day, and why.

    `assumed`: the year has no notice, so that Monday to Friday are taken as working days for an estimate.
    """

    day: date
    counts: bool
    ordinal: int | None
    why: Why
    name: str = ""
    provisional: bool = False


@dataclass(frozen=True)
class Count:
    """A number of working days; `provisional` where a year without a notice was counted."""

    working_days: int
    provisional: bool


@dataclass(frozen=True)
class Term:
    """A term of working days: posted on `start`, which doesn't count; `last_day` is working day `days`.

    `notices` are the years whose notices the count rests on. A provisional term is an estimate: never
    issue, close or call overdue by it.
    """

    start: date
    days: int
    last_day: date
    provisional: bool
    notices: tuple[int, ...]

    @property
    def opens_on(self) -> date:
        """The first day after the term."""
        return self.last_day + DAY

    @property
    def ends_at(self) -> datetime:
        """The instant at which the term is over: 24:00 Asia/Shanghai of its last day (民法典 §203)."""
        return datetime.combine(self.opens_on, time(0), tzinfo=SHANGHAI)

    def is_over(self, at: datetime) -> bool:
        """Say whether the term is over at the (aware) instant; a provisional term is never over."""
        return not self.provisional and at >= self.ends_at

    def as_dict(self) -> dict[str, Any]:
        """Return the term for a JSON record."""
        return {
            "start": self.start.isoformat(),
            "days": self.days,
            "last_day": self.last_day.isoformat(),
            "provisional": self.provisional,
            "notices": list(self.notices),
        }


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, by the notices given; any number of years, one notice a year.

    A day is known where the notice of its year is loaded, or a neighbour year's notice names the day.
    Every answer that had to assume a day is marked provisional.
    The next year's notice may still change a late December, so open terms are recomputed when it is loaded.
    """

    notices: tuple[Notice, ...]

    def __post_init__(self) -> None:
        years = [notice.year for notice in self.notices]
        if len(set(years)) != len(years):
            raise ValueError("two notices of one year")

    @staticmethod
    def default() -> "Calendar":
        """Return the calendar of the notices that the platform carries (2019 to 2026)."""
        return _default()

    def with_notice(self, notice: Notice) -> "Calendar":
        """Return a calendar that also knows `notice`; one of the same year is replaced."""
        kept = [known for known in self.notices if known.year != notice.year]
        return Calendar(tuple(sorted([*kept, notice], key=lambda known: known.year)))

    @cached_property
    def _named(self) -> dict[date, tuple[bool, str, int]]:
        """Each day that a notice names: worked or not, the holiday, the notice's year.

        A later notice speaks last: it may change the December before it.
        """
        named: dict[date, tuple[bool, str, int]] = {}
        for notice in sorted(self.notices, key=lambda known: known.year):
            names = dict(notice.names)
            for worked, days in ((False, notice.days_off), (True, notice.make_up)):
                named |= {day: (worked, names.get(day, ""), notice.year) for day in days}
        return named

    @cached_property
    def years(self) -> frozenset[int]:
        """The years whose notices are loaded."""
        return frozenset(notice.year for notice in self.notices)

    def is_known(self, day: date) -> bool:
        """Say whether a notice settles the day; if not, all that is said of it is an estimate."""
        return day.year in self.years or day in self._named

    def is_working_day(self, day: date) -> bool:
        """Say whether the day is worked; in a year without a notice, whether it is Monday to Friday.

        Ask :meth:`is_known` before relying on it, or use :meth:`term`, which carries `provisional`.
        """
        named = self._named.get(day)
        return named[0] if named else day.weekday() < 5

    def _describe(self, day: date, ordinal: int) -> CountedDay:
        """Describe a day after the first; `ordinal` is its number if it is worked."""
        known = self.is_known(day)
        worked, name, _ = self._named.get(day, (day.weekday() < 5, "", day.year))
        why: Why
        if worked and not known:
            why = "assumed"
        elif worked:
            why = "make-up working day" if day in self._named else "working day"
        else:
            why = "holiday" if day in self._named else "weekend"
        return CountedDay(day, worked, ordinal if worked else None, why, name, not known)

    def _count(self, start: date, working_days: int) -> Iterator[CountedDay]:
        if not 1 <= working_days <= LONGEST_TERM:
            raise ValueError(f"a term has 1 to {LONGEST_TERM} working days, not {working_days}")
        ordinal, day = 0, start
        while ordinal < working_days:
            day += DAY
            counted = self._describe(day, ordinal + 1)
            ordinal += counted.counts
            yield counted

    def term(self, start: date, working_days: int) -> Term:
        """Return the term of `working_days` (≥ 1) that is posted or triggered on `start`.

        :raises ValueError: fewer than one working day.
        """
        counted = list(self._count(start, working_days))
        return Term(
            start=start,
            days=working_days,
            last_day=counted[-1].day,
            provisional=any(day.provisional for day in counted),
            notices=self._rests_on(day.day for day in counted),
        )

    def _rests_on(self, days: Iterable[date]) -> tuple[int, ...]:
        years: set[int] = set()
        for day in days:
            if day in self._named:
                years.add(self._named[day][2])
            elif day.year in self.years:
                years.add(day.year)
        return tuple(sorted(years))

    def explain(self, start: date, working_days: int) -> list[CountedDay]:
        """Return how the term was counted, day by day, from the posting day to the last day."""
        named = self._named.get(start)
        posting = CountedDay(start, False, None, "posting day", named[1] if named else "")
        return [posting, *self._count(start, working_days)]

    def working_days_left(self, today: date, last_day: date) -> Count:
        """Return the working days after `today` up to and including `last_day`; none once it has come.

        Today isn't counted as left: on 2026-06-17 a term that ends on 2026-06-23 has three left (端午).
        """
        return self._between(today, last_day)

    def overdue_by(self, last_day: date, today: date) -> Count:
        """Return by how many working days `today` is past `last_day`; none while the term runs.

        A provisional count is an estimate and calls nothing overdue.
        """
        return self._between(last_day, today)

    def _between(self, after: date, until: date) -> Count:
        days = [after + DAY * offset for offset in range(1, (until - after).days + 1)]
        return Count(
            working_days=sum(self.is_working_day(day) for day in days),
            provisional=not all(self.is_known(day) for day in days),
        )


@cache
def _default() -> Calendar:
    return Calendar(default_notices())
