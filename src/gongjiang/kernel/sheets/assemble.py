"""From raw rows to a table: find the headings, name the cells, collect every problem."""

import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from gongjiang.kernel.uploads.problems import Problem, Unreadable, problem, refuse

from .cells import lost_character
from .model import Cell, Limits, Row, TableInfo
from .scan import column_letters

RawRow = tuple[int, list[Cell]]


def fold(heading: str) -> str:
    """A heading for comparison: without spaces, stars, colons, width and case."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return "".join(each for each in text if not each.isspace() and each not in "*:★")


@dataclass
class Assembler:
    """One table in the making. `begin` with the first rows, then `row` for each that follows."""

    header_aliases: Mapping[str, str]
    required: Collection[str]
    limits: Limits
    sheet: str = ""
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    normalised: int = 0
    _places: dict[int, str] = field(default_factory=dict)
    _headers: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._folded = {fold(heading): key for heading, key in self.header_aliases.items()}

    def matches(self, cells: Sequence[Cell]) -> int:
        """How many cells of the row are headings that are known."""
        return sum(1 for cell in cells if cell.value and fold(cell.value) in self._folded)

    def known(self, cells: Sequence[Cell]) -> set[str]:
        """The keys of the headings in the row that are known."""
        return {self._folded[folded] for cell in cells if (folded := fold(cell.value)) in self._folded}

    def find_header(self, rows: Sequence[RawRow]) -> int | None:
        """The index of the row of headings: the first with the most known ones, None if no row has any."""
        counts = [self.matches(cells) for _, cells in rows]
        best = max(counts, default=0)
        enough = min(2, len(self.required) or 1)
        return counts.index(best) if best >= enough else None

    def begin(self, rows: Sequence[RawRow], total: int) -> tuple[TableInfo, list[RawRow]]:
        """Settle the headings from the first rows; give back the rows that follow them.

        :raises Unreadable: no headings, headings missing, twice, or in two rows.
        """
        index = self.find_header(rows)
        if index is None:
            raise refuse("no_header", missing="、".join(self._name(key) for key in self.required) or "—")
        number, cells = rows[index]
        self._read_header(cells)
        rest = list(rows[index + 1 :])
        if rest and self.matches(rest[0][1]) >= 2:
            raise refuse("two_header_rows")
        for at, above in rows[:index]:
            if any(not cell.is_empty for cell in above):
                self.notes.append(problem("note_title_row", row=at, at=at))
        info = TableInfo(
            keys=tuple(self._places.values()),
            headers=dict(self._headers),
            sheet=self.sheet,
            header_row=number,
            total=max(0, total - number),
        )
        return info, rest

    def _name(self, key: str) -> str:
        return next((heading for heading, known in self.header_aliases.items() if known == key), key)

    def _read_header(self, cells: Sequence[Cell]) -> None:
        wrong: list[Problem] = []
        for place, cell in enumerate(cells):
            key = self._folded.get(fold(cell.value)) if cell.value else None
            if key is None:
                if cell.value:
                    self.notes.append(problem("note_unknown_header", column=cell.value, heading=cell.value))
                    self._places[place] = ""
            elif key in self._headers:
                wrong.append(problem("header_twice", column=cell.value, heading=cell.value))
            else:
                self._places[place] = key
                self._headers[key] = cell.value
        for key in self.required:
            if key not in self._headers:
                name = self._name(key)
                wrong.append(problem("header_missing", column=name, heading=name))
        if wrong:
            raise Unreadable(wrong)
        self._unknown = {place for place, key in self._places.items() if not key}
        self._places = {place: key for place, key in self._places.items() if key}

    def row(self, number: int, cells: Sequence[Cell]) -> Row | None:
        """The row with its cells by key; None if it's blank. Problems of its cells are collected."""
        named: dict[str, Cell] = {}
        filled = False
        for place, cell in enumerate(cells):
            if cell.kind == "empty":
                continue
            key = self._places.get(place)
            if key is not None:
                filled = True
                named[key] = self._checked(number, key, cell)
            elif place not in self._unknown:
                filled = True
                self._add("unheaded", number, column_letters(place + 1), found=column_letters(place + 1))
        return Row(number, named) if filled else None

    def _checked(self, number: int, key: str, cell: Cell) -> Cell:
        if cell.raw is not None:
            self.normalised += 1
        if cell.kind == "error":
            self._add("cell_error", number, key)
        elif cell.kind == "text":
            if len(cell.value) > self.limits.cell_length:
                self._add("cell_too_long", number, key, found=len(cell.value), limit=self.limits.cell_length)
                return Cell(cell.value[: self.limits.cell_length])
            if not cell.value.isascii() and (lost := lost_character(cell.value)):
                self._add("unreadable_character", number, key, found=lost)
        return cell

    def _add(self, code: str, number: int, column: str, **params: object) -> None:
        if len(self.problems) < self.limits.problems:
            self.problems.append(problem(code, row=number, column=column, **params))

    def add(self, code: str, number: int, column: str = "", **params: object) -> None:
        """Collect a problem that a reader found itself."""
        self._add(code, number, column, **params)

    def key_at(self, place: int) -> str:
        """The key of a column counted from 0, or its letters where it has no known heading."""
        return self._places.get(place) or column_letters(place + 1)

    def walk(self, rows: Iterator[RawRow]) -> Iterator[Row]:
        """The rows that aren't blank, at most as many as the limits allow.

        :raises Unreadable: there are more.
        """
        count = 0
        for number, cells in rows:
            made = self.row(number, cells)
            if made is None:
                continue
            count += 1
            if count > self.limits.rows:
                raise refuse("too_many_rows", limit=self.limits.rows)
            yield made
        if self.normalised:
            self.notes.append(problem("note_normalised", found=self.normalised))
