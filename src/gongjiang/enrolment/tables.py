"""Lists of candidates and imports as pages show them."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.enrolment.labels import HEADINGS, label
from gongjiang.enrolment.models import Enrolment, ImportRow, ImportRun, ImportState
from gongjiang.enrolment.rules import tell
from gongjiang.enrolment.rules.claim import LEVEL_NAMES
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel.parts import BadRow, Cell, CellProblem, Choice, Column, Row, Table

S = EnrolmentState
BADGES = {S.SUBMITTED: "wait", S.RETURNED: "go", S.ELIGIBLE: "ok", S.INELIGIBLE: "no", S.WITHDRAWN: "na"}
RUN_BADGES = {
    ImportState.READING: "go",
    ImportState.CHECKED: "wait",
    ImportState.CONFIRMED: "ok",
    ImportState.CANCELLED: "na",
    ImportState.FAILED: "no",
}
GRID = ("name", "identity")


def state_cell(enrolment: Enrolment) -> Cell:
    """Return the state as a badge."""
    return Cell(enrolment.get_state_display(), state=BADGES[EnrolmentState(enrolment.state)])


def applied_for(enrolment: Enrolment) -> str:
    """Return occupation, job type, level and its step."""
    line = enrolment.line
    step = line.own_level.step if line.own_level else ""
    parts = (line.occupation.name, line.job_type, LEVEL_NAMES.get(line.level, line.level), step)
    return " ".join(part for part in parts if part)


def enrolments_table(rows: Iterable[Enrolment], *, choices: Iterable[Choice], review: bool, with_batch: bool) -> Table:
    """Return the list; a reviewer's rows lead to the review, others' to the record. Numbers are masked."""
    name = "enrolment-review" if review else "enrolment"
    columns = [Column(_("Name")), Column(_("Identity number")), Column(_("Applied for")), Column(_("Employed at"))]
    if with_batch:
        columns.append(Column(_("Batch")))
    made = []
    for each in rows:
        waiting = review and each.state == S.SUBMITTED
        cells: list[object] = [
            Cell(each.name, url=reverse(name if waiting else "enrolment", args=[each.pk])),
            each.candidate.identity_masked,
            Cell(applied_for(each), sub=each.clause_claimed),
            each.employer or "—",
        ]
        if with_batch:
            cells.append(Cell(each.batch.number, url=reverse("batch", args=[each.batch_id])))
        made.append(Row((*cells, state_cell(each)), key=str(each.pk)))
    return Table(
        _("Candidates"),
        (*columns, Column(_("State"))),
        tuple(made),
        empty=_("Candidates appear here once a sheet is taken over or one is enrolled by form."),
        choices=tuple(choices),
    )


def state_choices(counts: dict[str, int], current: str, **kept: str) -> list[Choice]:
    """Return the filter by state, with counts."""
    every = Choice(_("All"), "?" + urlencode(kept), current == "", sum(counts.values()))
    return [
        every,
        *(
            Choice(str(state.label), "?" + urlencode({**kept, "state": state.value}), current == state, counts[state])
            for state in S
            if counts.get(state)
        ),
    ]


def runs_table(runs: Iterable[ImportRun]) -> Table:
    """Return the sheets that came in for a batch."""
    rows = tuple(
        Row(
            (
                Cell(run.file_name, url=reverse("import", args=[run.pk])),
                Cell(run.get_state_display(), state=RUN_BADGES[ImportState(run.state)]),
                run.rows_read,
                run.rows_good,
                run.rows_taken,
            )
        )
        for run in runs
    )
    return Table(
        _("Sheets"),
        (
            Column(_("Sheet")),
            Column(_("State")),
            Column(_("Rows"), numeric=True),
            Column(_("Good"), numeric=True),
            Column(_("Taken over"), numeric=True),
        ),
        rows,
    )


def grid_columns(rows: Iterable[ImportRow]) -> list[str]:
    """Return the columns to show of rows, in the sheet's order: who and what for, and every one with a problem."""
    wrong = {each["column"] for row in rows for each in row.problems}
    return [column for column in HEADINGS if column in wrong or column in GRID]


def bad_rows(rows: Iterable[ImportRow], columns: Iterable[str]) -> list[BadRow]:
    """Return rows for the grid of problems, columns by their shown names."""
    names = {key: label(key) for key in columns}
    return [
        BadRow(
            row.number,
            {names[key]: value for key, value in row.cells.items() if key in names},
            tuple(_problem(row, each, names) for each in row.problems),
        )
        for row in rows
    ]


def _problem(row: ImportRow, stored: dict[str, object], names: dict[str, str]) -> CellProblem:
    told = tell(stored)
    key = told.column if told.column in names else GRID[0]
    why = told.why or told.what
    way = "" if told.mend.rstrip("。.") in why else told.mend  # some reasons of the law layer say it already
    return CellProblem(names[key], row.cells.get(key, ""), why, way, told.cites, told.soft)
