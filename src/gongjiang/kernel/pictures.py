"""What the pictures of a page are given: charts, seating plans, careers and tile maps, as plain data."""

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class Series:
    """One named row of numbers of a chart; None where there is no value."""

    name: str
    values: tuple[float | int | None, ...]
    role: Literal["indigo", "jade", "amber", "cinnabar", "ink"] = "indigo"


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its table: categories along the axis, series as stacked or side-by-side bars or lines."""

    title: str
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    kind: Literal["bar", "stack", "line", "flat"] = "bar"
    axis: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat of a plan: ``row`` and ``column`` count from 1 at the platform. ``group`` is the employer, '' if none."""

    row: int
    column: int
    number: str
    name: str = ""
    group: str = ""
    pinned: bool = False
    moved: bool = False
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class SeatingPlan:
    """A room as a picture. ``conflicts`` are pairs of seat numbers that sit too near each other."""

    title: str
    seats: tuple[Seat, ...]
    platform: str = ""
    conflicts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a career. ``kind``: own (counts), other (doesn't) or sum (what it comes to)."""

    label: str
    since: date
    until: date
    kind: Literal["own", "other", "sum"] = "own"


@dataclass(frozen=True, slots=True)
class Career:
    """A working life as a picture: spans, and days that matter."""

    spans: tuple[Span, ...]
    marks: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Tile:
    """A division in a tile map: ``row`` and ``column`` from 1."""

    name: str
    value: int
    row: int
    column: int
    url: str = ""
    current: bool = False
