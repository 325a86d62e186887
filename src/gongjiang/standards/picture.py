"""The versions of an occupation's standards over time, as a picture: one bar each, by the years it is in force."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.standards.models import NationalStandard

WIDTH, ROW, LEAST = 720, 34, 3


@dataclass(frozen=True, slots=True)
class Bar:
    """One version: where its bar begins and ends, and on which line."""

    standard: NationalStandard
    x: int
    y: int
    width: int
    in_force: bool


@dataclass(frozen=True, slots=True)
class Versions:
    """The picture's bars, the years along its edge with their place, and the place of today."""

    bars: tuple[Bar, ...]
    years: tuple[tuple[int, int], ...]
    today: int
    height: int
    width: int = WIDTH


def versions(standards: Sequence[NationalStandard], today: date) -> Versions | None:
    """Draw versions from the oldest to the newest; None where there is nothing to compare."""
    if not standards:
        return None
    told = sorted(standards, key=lambda each: (each.in_force, each.title))
    first, last = told[0].in_force.year, max(today.year, *(each.in_force.year for each in told)) + 1
    span = max(last - first, LEAST)

    def place(day: date) -> int:
        year = day.year + (day.timetuple().tm_yday - 1) / 366
        return max(0, min(WIDTH, round((year - first) / span * WIDTH)))

    bars = []
    for line, each in enumerate(told):
        x, end = place(each.in_force), place(each.until) if each.until else WIDTH
        open_now = each.in_force <= today and (each.until is None or today < each.until)
        bars.append(Bar(each, x, line * ROW + 4, max(end - x, 4), open_now))
    step = max(1, span // 8)
    years = tuple((year, place(date(year, 1, 1))) for year in range(first, first + span + 1, step))
    return Versions(tuple(bars), years, place(today), len(told) * ROW + 8)
