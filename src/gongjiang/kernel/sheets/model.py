"""The plain data of a table that was read: limits, cells, rows, and what a column is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from gongjiang.kernel.uploads.problems import Problem

Kind = Literal["text", "number", "date", "bool", "empty", "error"]

MEBIBYTE = 1024 * 1024
HOW_TO_FILL, PROBLEM_LIST = "填写说明", "问题清单"
"""Sheets that this layer writes beside the data; reading passes over them."""
HEADER_ROWS = 10
"""The headings are looked for in so many rows from the top."""


@dataclass(frozen=True)
class Limits:
    """What a file may hold before anybody parses it. Sizes are bytes, counts are counts."""

    file_size: int = 64 * MEBIBYTE
    entries: int = 500
    unpacked: int = 512 * MEBIBYTE
    ratio: int = 250
    rows: int = 110_000
    columns: int = 200
    cells: int = 2_500_000
    cell_length: int = 2_000
    problems: int = 20_000


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `value` is text, normalised; `raw` is the text as it stood where it differed."""

    value: str
    kind: Kind = "text"
    raw: str | None = None

    @property
    def original(self) -> str:
        """The text as the file had it, before spaces and full-width forms were made plain."""
        return self.value if self.raw is None else self.raw

    @property
    def is_empty(self) -> bool:
        """Nothing was written there."""
        return self.kind == "empty"


EMPTY = Cell("", "empty")


@dataclass(frozen=True, slots=True)
class Row:
    """A row that isn't blank: its number as the spreadsheet program shows it, its cells by key."""

    number: int
    cells: Mapping[str, Cell]

    def __getitem__(self, key: str) -> Cell:
        """The cell of a column; a column that the file lacks is empty."""
        return self.cells.get(key, EMPTY)

    def text(self, key: str) -> str:
        """The text of a cell, empty where there's none."""
        return self[key].value


@dataclass(frozen=True)
class TableInfo:
    """What's known of a table before its rows: where its header is, what was noticed."""

    keys: tuple[str, ...]
    headers: Mapping[str, str]
    sheet: str
    header_row: int
    total: int
    notes: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()


@dataclass
class Table:
    """A table read in this process. `rows` may be walked once; `problems` and `notes` are complete
    after that."""

    info: TableInfo
    rows: Iterator[Row]
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Column:
    """A column that people fill in: its key in code, its heading, and how to fill it.

    `kind` says what's expected: text, identity (never a numeric cell), date, month, number, list.
    """

    key: str
    header_zh: str
    aliases: tuple[str, ...] = ()
    required: bool = False
    kind: Literal["text", "identity", "date", "month", "number", "list"] = "text"
    choices: tuple[str, ...] = ()
    how_to_fill: str = ""
    example: str = ""


def header_aliases(columns: Iterable[Column]) -> dict[str, str]:
    """Every heading that's understood → the key of its column."""
    found: dict[str, str] = {}
    for column in columns:
        for heading in (column.header_zh, column.key, *column.aliases):
            found[heading] = column.key
    return found


def required_keys(columns: Iterable[Column]) -> tuple[str, ...]:
    """The keys of the columns that a sheet can't do without."""
    return tuple(column.key for column in columns if column.required)
