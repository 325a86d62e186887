"""The check of one row: who it is, what for, on what grounds. Pure: all it needs is in the context."""

from dataclasses import dataclass, field
from datetime import date

from gongjiang.enrolment.facts import stated
from gongjiang.enrolment.rules import claim, person
from gongjiang.enrolment.rules.context import LineInfo, RowContext
from gongjiang.enrolment.rules.problems import RowProblem
from gongjiang.kernel.sheets.model import Row


@dataclass(slots=True)
class Prepared:
    """What a row comes to: the columns of the enrolment it may become. Only a row without hard problems is whole."""

    identity: str = ""
    identity_kind: str = ""
    identity_masked: str = ""
    person_key: str = ""
    born_on: date | None = None
    sex: str = ""
    phone: str = ""
    name: str = ""
    employer: str = ""
    employer_code: str = ""
    relation: str = ""
    is_resit: bool = False
    needs_access: bool = False
    clause_claimed: str = ""
    facts: dict[str, str] = field(default_factory=dict)
    line: LineInfo | None = None
    photo_pk: int | None = None


@dataclass(slots=True)
class Checking:
    """A row under check: the row, what it comes to so far, and the problems met."""

    row: Row
    context: RowContext
    made: Prepared
    problems: list[RowProblem]

    def add(
        self, code: str, column: str, /, *, cites: tuple[str, ...] = (), soft: bool = False, **params: object
    ) -> None:
        """Note a problem of a cell."""
        self.problems.append(RowProblem(code, column, params, cites, soft))

    def text(self, column: str) -> str:
        """Return a cell's text."""
        return self.row.text(column)

    def choice(self, column: str, choices: tuple[str, ...], default: str = "") -> str:
        """Return a cell's value if it is on the list; another value is a problem."""
        text = self.row.text(column).replace("／", "/")
        if not text:
            return default
        if text not in choices:
            self.add("choice", column, choices="、".join(choices))
            return default
        return text


def check_row(row: Row, context: RowContext) -> tuple[Prepared, list[RowProblem]]:
    """Return what the row comes to and every problem of it, hard and soft.

    Whether the person stands twice in the sheet or is enrolled already is for the caller, who knows the others.
    """
    case = Checking(row, context, Prepared(facts=stated(row)), [])
    person.check(case)
    claim.check(case)
    return case.made, case.problems
