"""Rows of an uploaded sheet, checked and laid aside a chunk at a time; every column an enrolment needs is made here."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.enrolment.models import ImportRow, ImportRun
from gongjiang.enrolment.queries import enrolled_elsewhere, enrolled_in
from gongjiang.enrolment.rules import Prepared, RowContext, RowProblem, check_row
from gongjiang.enrolment.rules.person import mask_phone
from gongjiang.kernel import canonical
from gongjiang.kernel.fields import encrypt
from gongjiang.kernel.models.audit import new_salt
from gongjiang.kernel.sheets.model import Row
from gongjiang.kernel.uploads.problems import Problem
from gongjiang.law.codes import mask_identity
from gongjiang.planning.models import Batch

CHUNK = 1_000
PRIVATE = {"identity", "phone"}
SHOWN = tuple(column.key for column in CANDIDATE_COLUMNS if column.key not in PRIVATE)
COLUMNS = [
    "run_id",
    "number",
    "cells",
    "problems",
    "is_good",
    "identity",
    "phone",
    "person_key",
    "identity_kind",
    "identity_masked",
    "born_on",
    "sex",
    "line_id",
    "name",
    "employer",
    "employer_code",
    "relation",
    "is_resit",
    "needs_access",
    "clause_claimed",
    "facts",
    "photo_id",
    "salt",
    "digest",
]


@dataclass(slots=True)
class Checked:
    """A row after its check, with what the sheet layer found in it."""

    row: Row
    made: Prepared
    problems: list[RowProblem]

    @property
    def is_good(self) -> bool:
        """Whether nothing stands against taking the row over."""
        return not any(not each.soft for each in self.problems)


@dataclass(slots=True)
class Seen:
    """Who stood in the rows so far: person key → row number."""

    rows: dict[str, int] = field(default_factory=dict)

    @classmethod
    def of(cls, run: ImportRun) -> "Seen":
        """Return who stands in the rows already laid aside; for going on after a stop."""
        found = ImportRow.objects.filter(run=run).exclude(person_key="").order_by("-number")
        return cls({key: number for number, key in found.values_list("number", "person_key").iterator()})


def chunks(rows: Iterable[Row], size: int = CHUNK) -> Iterator[list[Row]]:
    """Yield the rows in lists of at most ``size``."""
    chunk: list[Row] = []
    for row in rows:
        chunk.append(row)
        if len(chunk) == size:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def check_chunk(rows: Sequence[Row], context: RowContext, found: dict[int, list[RowProblem]]) -> list[Checked]:
    """Check rows by themselves. ``found`` holds the sheet layer's problems by row; it is emptied of these rows."""
    checked = []
    for row in rows:
        made, problems = check_row(row, context)
        checked.append(Checked(row, made, [*found.pop(row.number, ()), *problems]))
    return checked


def from_sheet(problems: Iterable[Problem]) -> Iterator[tuple[int, RowProblem]]:
    """Yield the sheet layer's problems of rows as ours."""
    for each in problems:
        if each.row is not None:
            yield each.row, RowProblem(each.code, each.column, dict(each.params))


def check_people(checked: Sequence[Checked], batch: Batch, one_at_a_time: tuple[str, ...] | None, seen: Seen) -> None:
    """Add what only others tell: the person stands twice in the sheet, is enrolled here or elsewhere."""
    keys = {each.made.person_key for each in checked} - {""}
    here = enrolled_in(batch, keys)
    elsewhere = enrolled_elsewhere(batch, keys) if one_at_a_time is not None else set()
    for each in checked:
        key = each.made.person_key
        if not key:
            continue
        first = seen.rows.setdefault(key, each.row.number)
        if first != each.row.number:
            each.problems.append(RowProblem("twice_in_sheet", "identity", {"row": first}))
        if key in here:
            each.problems.append(RowProblem("already_enrolled", "identity"))
        if key in elsewhere:
            each.problems.append(RowProblem("elsewhere", "occupation_code", {}, one_at_a_time or ()))


def lay_aside(run: ImportRun, checked: Sequence[Checked]) -> None:
    """Write the rows; one statement for all of them."""
    if not checked:
        return
    quote = connection.ops.quote_name
    names, places = ", ".join(map(quote, COLUMNS)), ", ".join(["%s"] * len(COLUMNS))
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {quote(ImportRow._meta.db_table)} ({names}) VALUES ({places})",  # nosec B608: names of our own tables and columns
            [values_of(run, each) for each in checked],
        )


def values_of(run: ImportRun, each: Checked) -> tuple[Any, ...]:
    """Return a row's values in the order of ``COLUMNS``, numbers encrypted."""
    made, good = each.made, each.is_good
    salt = new_salt() if good else ""
    return (
        run.pk,
        each.row.number,
        _json(cells_of(each)),
        _json([problem.as_dict() for problem in each.problems]),
        good,
        _sealed(made.identity or each.row["identity"].original),
        _sealed(made.phone or each.row["phone"].original),
        made.person_key,
        made.identity_kind,
        made.identity_masked,
        made.born_on.isoformat() if made.born_on else None,
        made.sex,
        made.line.pk if made.line else None,
        made.name[:60],
        made.employer[:100],
        made.employer_code,
        made.relation,
        made.is_resit,
        made.needs_access,
        made.clause_claimed,
        _json(made.facts),
        made.photo_pk,
        salt,
        canonical.digest([salt, made.person_key, made.line.pk, made.name]) if good and made.line else "",
    )


def cells_of(each: Checked) -> dict[str, str]:
    """Return the row as the clerk sees it: what was written, identity and phone number masked."""
    cells = {key: each.row.cells[key].original for key in SHOWN if key in each.row.cells}
    identity, phone = each.row["identity"], each.row["phone"]
    if not identity.is_empty:
        cells["identity"] = each.made.identity_masked or mask_identity(identity.value)[:40]
    if not phone.is_empty:
        cells["phone"] = mask_phone(phone.value)[:40]
    return cells


def _sealed(text: str) -> Any:
    return encrypt(text) if text else None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
