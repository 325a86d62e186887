"""Figures of a report that the platform fills in itself. Each app registers what its records know (FIL-14).

    prefill.register("batches", _("Batches announced"), count, kinds=("summary", "statistics"))

``count(body, since, until)`` is asked for the period from ``since`` until ``until`` (exclusive).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise

from gongjiang.bodies.models import AssessmentBody, ReportKind

Count = Callable[[AssessmentBody, date, date], int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its key in the data, its label, how it is counted, and in which kinds of report it stands."""

    key: str
    label: str | Promise
    count: Count
    kinds: frozenset[str]


_figures: dict[str, Figure] = {}


def register(key: str, label: str | Promise, count: Count, *, kinds: Iterable[str] = ReportKind.values) -> None:
    """Have a figure stand in the reports of these kinds. Called from apps' ready()."""
    _figures[key] = Figure(key, label, count, frozenset(map(str, kinds)))


def figures(body: AssessmentBody, kind: str, since: date, until: date) -> dict[str, int]:
    """Return the figures of a report of the kind over the period, counted now."""
    return {key: each.count(body, since, until) for key, each in _figures.items() if kind in each.kinds}


def labelled(data: dict[str, int]) -> list[tuple[str, int]]:
    """Return figures with their labels, in the order in which they were registered; unknown ones by their key."""
    order = {key: n for n, key in enumerate(_figures)}
    keys = sorted(data, key=lambda key: order.get(key, len(order)))
    return [(str(_figures[key].label) if key in _figures else key, data[key]) for key in keys]
