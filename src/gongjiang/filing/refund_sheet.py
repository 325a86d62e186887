"""The sheet of refunds: out with what is to be refunded, back with day and reference, every problem told."""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.filing.refunds import RefundSpec, wrong_with
from gongjiang.kernel.parts import BadRow, CellProblem
from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.kernel.sheets.model import Column, Row, header_aliases, required_keys
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.sheets.write import write_table
from gongjiang.kernel.uploads.problems import Unreadable, localise

COLUMNS = (
    Column("number", "报名号", required=True, kind="number"),
    Column("name", "姓名"),
    Column("batch", "批次"),
    Column("fee", "应退金额（元）"),
    Column("amount", "退费金额（元）", required=True, kind="number"),
    Column("refunded_on", "退费日期", required=True, kind="date"),
    Column("reference", "退费凭证号", required=True),
)
HEADINGS = tuple(column.header_zh for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class ReadRefunds:
    """What a sheet says: refunds that can be recorded, and the rows with problems. Nothing is recorded by reading."""

    specs: tuple[RefundSpec, ...]
    bad: tuple[BadRow, ...]
    of_the_file: tuple[str, ...] = ()


def refund_sheet(due: Iterable[Enrolment]) -> bytes:
    """Return the sheet with a row for each fee that is to be refunded; day and reference are filled in by hand."""
    out = io.BytesIO()
    rows = (
        (str(each.pk), each.name, each.batch.number, f"{each.line.fee:.2f}", f"{each.line.fee:.2f}", None, "")
        for each in due
    )
    write_table(out, HEADINGS, rows, title="退费登记表", text_columns=("报名号", "退费凭证号"))
    return out.getvalue()


def _row(due: Enrolment) -> tuple[str | None, ...]:
    fee = f"{due.line.fee:.2f}"
    return (str(due.pk), due.name, due.batch.number, fee, fee, None, "")


def read_refunds(content: bytes, due: Iterable[Enrolment], on: date) -> ReadRefunds:
    """Read the sheet that came back and check each row against what is to be refunded on the day."""
    known = {each.pk: each for each in due}
    try:
        table = read_table(content, header_aliases=header_aliases(COLUMNS), required=required_keys(COLUMNS))
        rows = list(table.rows)
    except Unreadable as unreadable:
        told = tuple(f"{each.what} {each.mend}" for each in (localise(p, _) for p in unreadable.problems))
        return ReadRefunds((), (), told)
    specs: list[RefundSpec] = []
    bad = []
    for row in rows:
        spec, problems = _spec(row, known, on, {each.enrolment.pk for each in specs})
        if problems or spec is None:
            bad.append(BadRow(row.number, {c.header_zh: row.text(c.key) for c in COLUMNS}, tuple(problems)))
        else:
            specs.append(spec)
    if not rows:
        return ReadRefunds((), (), (_("The sheet has no rows."),))
    return ReadRefunds(tuple(specs), tuple(bad))


def _spec(
    row: Row, known: dict[int, Enrolment], on: date, seen: set[int]
) -> tuple[RefundSpec | None, list[CellProblem]]:
    number = row.text("number")
    enrolment = known.get(int(number)) if number.isdecimal() else None
    if enrolment is None:
        why = _("Nothing is to be refunded for enrolment %(number)s, or it was.") % {"number": number or "—"}
        return None, [CellProblem("报名号", number, why, _("Leave the row out."))]
    if enrolment.pk in seen:
        return None, [CellProblem("报名号", number, _("A refund stands twice."), _("Remove the second."))]
    amount, day = _amount(row.text("amount")), parse_date(row["refunded_on"])
    problems = []
    if amount is None:
        problems.append(
            CellProblem("退费金额（元）", row.text("amount"), _("This isn't an amount."), _("Write 430.00."))
        )
    if day is None:
        problems.append(
            CellProblem("退费日期", row.text("refunded_on"), _("This isn't a day."), _("Write it as 2026-03-02."))
        )
    if amount is None or day is None:
        return None, problems
    spec = RefundSpec(enrolment, amount, day, row.text("reference"))
    columns = {"amount-wrong": "退费金额（元）", "day-wrong": "退费日期", "reference-missing": "退费凭证号"}
    values = {c.header_zh: row.text(c.key) for c in COLUMNS}
    found = [
        CellProblem(heading := columns.get(g.code, "报名号"), values[heading], g.why, g.way_on, g.cites)
        for g in wrong_with(spec, set(known), on)
    ]
    return spec, found


def _amount(text: str) -> Decimal | None:
    try:
        return Decimal(text)
    except InvalidOperation:
        return None
