"""An uploaded sheet read whole: what every row says, and every problem of every row."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.kernel.sheets.model import MEBIBYTE, Column, Limits, Row, header_aliases, required_keys
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.uploads.problems import Problem, Unreadable, localise

LIMITS = Limits(file_size=8 * MEBIBYTE, unpacked=64 * MEBIBYTE, rows=20_000, cells=500_000)
SHOWN_GROUNDS = 40
"""A refusal names so many problems; the page and the sheet given back name all."""


class SheetRefused(Refused):
    """A sheet with problems, of which nothing was saved; ``rows`` are those read, ``headers`` map key to heading."""

    def __init__(
        self, asked: str, problems: Sequence[Problem], rows: Sequence[Row] = (), headers: dict[str, str] | None = None
    ) -> None:
        self.problems, self.rows, self.headers = tuple(problems), tuple(rows), headers or {}
        super().__init__(asked, [_ground(each, self.headers) for each in self.problems[:SHOWN_GROUNDS]])


@dataclass
class Sheet:
    """A sheet that was read: its rows, and problems collected as its rows are looked at."""

    asked: str
    columns: Sequence[Column]
    rows: list[Row]
    problems: list[Problem] = field(default_factory=list)

    @property
    def headings(self) -> dict[str, str]:
        return {column.key: column.header_zh for column in self.columns}

    def wrong(self, row: Row, column: str, why: str, mend: str, code: str) -> None:
        """Note a problem of a cell. ``why`` says what is wrong in words that show no identity number."""
        self.problems.append(Problem(row.number, column, code, why, "", mend))

    def wrong_by_law(self, row: Row, column: str, grounds: Iterable[Ground]) -> None:
        """Note the grounds of a rule as problems of a cell, with their articles."""
        for ground in grounds:
            why = "，".join(str(cite) for cite in ground.cites)
            self.problems.append(Problem(row.number, column, ground.code, str(ground.why), why, str(ground.way_on)))

    def day(self, row: Row, column: str) -> date | None:
        """Return the day in a cell; note a problem where it names none."""
        if row[column].is_empty:
            return None
        found = parse_date(row[column])
        if found is None:
            why, mend = _("This isn't a day that exists."), _("Write it as 2026-03-02.")
            self.wrong(row, column, why, mend, "day")
        return found

    def count(self, row: Row, column: str, most: int) -> int:
        """Return the whole number in a cell, 0 for an empty one; note a problem where it is none."""
        text = row.text(column)
        if not text:
            return 0
        if not text.isdecimal() or int(text) > most:
            mend = _("Write a whole number up to %(most)s.") % {"most": most}
            self.wrong(row, column, _("This isn't a number that can stand here."), mend, "number")
            return 0
        return int(text)

    def choice(self, row: Row, column: str, choices: dict[str, Any]) -> Any:
        """Return what the word in a cell stands for, None for an empty or unknown one; note the latter."""
        text = row.text(column)
        if text and text not in choices:
            mend = _("Choose one of: %(words)s.") % {"words": "、".join(choices)}
            self.wrong(row, column, _("The word isn't one of the list."), mend, "choice")
        return choices.get(text)

    def refuse_if_wrong(self) -> None:
        """Raise every problem found, if there are any."""
        if self.problems:
            found = sorted(self.problems, key=lambda each: each.row or 0)
            raise SheetRefused(self.asked, found, self.rows, self.headings)


def read(content: bytes, columns: Sequence[Column], asked: str) -> Sheet:
    """Return the rows of a sheet. Cells that a required column lacks, and identity numbers in numeric cells, are noted.

    :raises SheetRefused: nothing of the file can be used.
    """
    try:
        table = read_table(
            content, header_aliases=header_aliases(columns), required=required_keys(columns), limits=LIMITS
        )
        rows = list(table.rows)
    except Unreadable as error:
        raise SheetRefused(asked, [localise(each, _) for each in error.problems]) from error
    problems = [localise(each, _) for each in (*table.info.problems, *table.problems)]
    sheet = Sheet(asked, columns, rows, problems)
    if not rows:
        why, mend = _("The sheet has no rows."), _("Fill in one row for each.")
        sheet.problems.append(Problem(None, "", "empty", why, "", mend))
    for row in rows:
        _check_cells(sheet, row)
    return sheet


def _check_cells(sheet: Sheet, row: Row) -> None:
    for column in sheet.columns:
        cell = row[column.key]
        if column.required and cell.is_empty:
            why = _("“%(heading)s” is empty.") % {"heading": column.header_zh}
            sheet.wrong(row, column.key, why, _("Fill it in."), "missing")
        if column.kind == "identity" and cell.kind == "number":
            why = _("The number stands in a numeric cell, which changes its last digits.")
            mend = _("Make the column text, then type the number again.")
            sheet.wrong(row, column.key, why, mend, "numeric-identity")


def first_twice(rows: Iterable[Row], key: Callable[[Row], object]) -> dict[int, int]:
    """Return row number → number of the earlier row with the same key."""
    seen: dict[object, int] = {}
    found = {}
    for row in rows:
        known = seen.setdefault(key(row), row.number)
        if known != row.number:
            found[row.number] = known
    return found


def _ground(problem: Problem, headings: dict[str, str]) -> Ground:
    column = headings.get(problem.column, problem.column)
    where = ""
    if problem.row is not None:
        where = _("Row %(row)s, %(column)s:") % {"row": problem.row, "column": column}
    words = " ".join(part for part in (where, problem.what, problem.why) if part)
    return Ground(words, problem.mend, code=problem.code)
