"""What the parts of a page are given: plain data, so that a view says what there is and a template how it looks.

No HTTP here and no rules. The template tags of ``gongjiang.kernel.templatetags.parts`` draw these.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from gongjiang.law.calendar import Calendar, CountedDay
from gongjiang.law.model import Citation

Cites = Sequence[Citation | str]
NEAR, FAR = 2, 10  # working days left: up to NEAR a deadline is soon, beyond FAR it's far; a matter of display


@dataclass(frozen=True, slots=True)
class Deadline:
    """The last day of something and how it was counted, as seen on ``today``.

    ``left`` is the working days after today up to the last day, ``overdue_by`` those since. A provisional deadline
    is an estimate and is never overdue. ``done_on`` is set where the matter was settled.
    """

    last_day: date
    today: date
    left: int = 0
    overdue_by: int = 0
    provisional: bool = False
    counted: tuple[CountedDay, ...] = ()
    cites: tuple[Citation | str, ...] = ()
    rule: str = ""
    done_on: date | None = None

    @property
    def kind(self) -> Literal["done", "prov", "over", "soon", "far", "near"]:
        """The chip's shape: done, provisional, overdue, soon, far or the ordinary one."""
        if self.done_on:
            return "done"
        if self.provisional:
            return "prov"
        if self.overdue_by or self.last_day < self.today:
            return "over"
        if self.left <= NEAR:
            return "soon"
        return "far" if self.left > FAR else "near"

    @property
    def is_today(self) -> bool:
        return self.last_day == self.today

    @property
    def days(self) -> int:
        """How many working days the term has, of those counted."""
        return sum(each.counts for each in self.counted)


def deadline(
    start: date,
    working_days: int,
    today: date,
    calendar: Calendar,
    cites: Cites = (),
    *,
    rule: str = "",
    done_on: date | None = None,
) -> Deadline:
    """Return the deadline of a term of working days posted or triggered on ``start``, counted day by day."""
    term = calendar.term(start, working_days)
    return until(
        term.last_day,
        today,
        calendar,
        cites,
        rule=rule,
        done_on=done_on,
        counted=tuple(calendar.explain(start, working_days)),
        provisional=term.provisional,
    )


def until(
    last_day: date,
    today: date,
    calendar: Calendar,
    cites: Cites = (),
    *,
    rule: str = "",
    done_on: date | None = None,
    counted: tuple[CountedDay, ...] = (),
    provisional: bool = False,
) -> Deadline:
    """Return the deadline of a fixed last day, such as the end of enrolment."""
    left = calendar.working_days_left(today, last_day)
    overdue = calendar.overdue_by(last_day, today)
    return Deadline(
        last_day=last_day,
        today=today,
        left=left.working_days,
        overdue_by=0 if provisional or overdue.provisional else overdue.working_days,
        provisional=provisional or (left.provisional and last_day > today),
        counted=counted,
        cites=tuple(cites),
        rule=rule,
        done_on=done_on,
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a step bar; ``when`` is its date in short words, ``url`` leads to its page."""

    key: str
    label: str
    when: str = ""
    state: Literal["done", "now", "lock", "todo", "late"] = "todo"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of a timeline. ``kind``: done, now, hot (an objection, a refusal) or todo (still to come)."""

    at: datetime | date | str
    what: str
    who: str = ""
    why: str = ""
    cites: tuple[Citation | str, ...] = ()
    kind: Literal["done", "now", "hot", "todo"] = "done"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of an act; ``met`` None where it doesn't apply."""

    label: str
    met: bool | None
    note: str = ""
    cites: tuple[Citation | str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One button. ``method`` post makes a form of its own; ``unless`` says what would make a closed act possible."""

    label: str
    url: str = ""
    method: Literal["get", "post"] = "get"
    look: Literal["primary", "plain", "stop"] = "plain"
    icon: str = ""
    unless: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    note: str = ""
    due: Deadline | None = None


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing that waits for a person: what, on which batch, until when, and the button that deals with it."""

    what: str
    url: str
    action: str
    due: Deadline | None = None
    sub: str = ""
    batch: str = ""
    batch_sub: str = ""
    cites: tuple[Citation | str, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """A heading of the work queue with its items, soonest first."""

    label: str
    kind: Literal["over", "soon", "later"]
    items: tuple[WorkItem, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One part of a segmented filter."""

    label: str
    url: str
    current: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``sort`` is its name in ``?sort=``, empty if it can't be sorted by."""

    label: str
    numeric: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that holds more than a plain value. ``state`` is a badge (ok, no, wait, go, na) that carries the text."""

    text: object = ""
    sub: str = ""
    url: str = ""
    state: str = ""
    due: Deadline | None = None
    cites: tuple[Citation | str, ...] = ()
    identity: str = ""
    reveal_url: str = ""
    steps: tuple[Step, ...] = ()
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; the first cell is its heading. ``key`` is what a bulk action sends."""

    cells: tuple[object, ...]
    key: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table as a whole: ``empty`` (what will appear here, how to begin) is shown where there is no row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    empty: str = ""
    choices: tuple[Choice, ...] = ()
    bulk: tuple[Act, ...] = ()
    export_url: str = ""
    foot: str = ""
    filter_here: bool = False
    sort: str = ""


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A problem of one cell of an upload; ``way_on`` says how to mend it."""

    column: str
    value: str
    why: str
    way_on: str = ""
    cites: tuple[Citation | str, ...] = ()
    soft: bool = False


@dataclass(frozen=True, slots=True)
class BadRow:
    """A row of an upload with problems: its number in the sheet, its values by column, its problems by column."""

    number: int
    values: dict[str, str] = field(default_factory=dict)
    problems: tuple[CellProblem, ...] = ()


def cells_of(row: BadRow, columns: Iterable[str]) -> list[tuple[str, list[CellProblem]]]:
    """Return each column's value with the problems that fall on it."""
    return [(row.values.get(name, ""), [p for p in row.problems if p.column == name]) for name in columns]
