"""What leaves the building: the template, and a sheet given back with its problems."""

import io
from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpResponse

from gongjiang.enrolment.columns import CANDIDATE_COLUMNS
from gongjiang.enrolment.models import ImportRow, ImportRun
from gongjiang.enrolment.rules import tell
from gongjiang.kernel.files import XLSX
from gongjiang.kernel.sheets.model import Cell, Row, required_keys
from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.sheets.write import write_template
from gongjiang.kernel.uploads.problems import Problem
from gongjiang.planning.models import Batch

HEADINGS = {column.key: column.header_zh for column in CANDIDATE_COLUMNS}


def workbook_response(data: bytes, name: str) -> HttpResponse:
    """Return a workbook as a download that nobody's cache keeps."""
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def template_of(batch: Batch) -> bytes:
    """Return the sheet to fill in, with one example row of the batch's own first line."""
    out = io.BytesIO()
    line = batch.lines.select_related("occupation").first()
    example = {column.key: column.example for column in CANDIDATE_COLUMNS}
    if line is not None:
        example |= {"occupation_code": line.occupation.code, "occupation": line.occupation.name}
    write_template(
        out, CANDIDATE_COLUMNS, title=f"报名表 {batch.number}", examples=[[example[key] for key in HEADINGS]]
    )
    return out.getvalue()


def problem_report(run: ImportRun) -> bytes:
    """Return the rows with problems, bad cells red and commented, and a list of all problems; to be mended and sent in.

    It holds identity numbers in the clear, as the sheet did: the caller records the export.
    """
    out = io.BytesIO()
    bad = list(ImportRow.objects.filter(run=run, is_good=False).order_by("number"))
    problems = [_problem(row.number, each) for row in bad for each in row.problems if not each["soft"]]
    problems += [_problem(None, each) for each in run.file_problems]
    write_problem_report(
        out,
        HEADINGS,
        _rows(bad),
        problems,
        title="报名表（标注）",
        only_bad=True,
        required=required_keys(CANDIDATE_COLUMNS),
    )
    return out.getvalue()


def _rows(bad: list[ImportRow]) -> Iterator[Row]:
    for row in bad:
        cells = {key: Cell(value) for key, value in row.cells.items()}
        for key, text in (("identity", row.identity), ("phone", row.phone)):
            if text:
                cells[key] = Cell(text)
        yield Row(row.number, cells)


def _problem(number: int | None, stored: Mapping[str, Any]) -> Problem:
    told = tell(stored)
    why = " ".join([told.why, *(str(cite) for cite in told.cites)])
    return Problem(number, told.column, told.code, told.what, why, told.mend)
