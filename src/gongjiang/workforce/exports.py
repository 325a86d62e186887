"""What leaves the building: the template, a sheet given back with its problems, and masked lists as CSV."""

import io
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from urllib.parse import quote

from django.http import HttpResponse

from gongjiang.kernel.files import CSV, PDF, XLSX
from gongjiang.kernel.sheets.model import Cell, Row
from gongjiang.kernel.sheets.report import write_problem_report
from gongjiang.kernel.sheets.write import write_csv, write_template
from gongjiang.kernel.uploads.problems import Problem
from gongjiang.law.codes import mask_identity
from gongjiang.law.model import Citation
from gongjiang.workforce.checking import REQUIRED
from gongjiang.workforce.columns import HEADINGS, STAFF_COLUMNS
from gongjiang.workforce.documents import title_of
from gongjiang.workforce.models import Appointment, Basis, StaffImport, StaffImportRow, StaffMember

REGISTER = ("姓名", "证件号码（掩码）", "所在单位", "名册单位", "岗位", "职业编码", "职业", "最高等级", "聘任日期",
            "聘期至", "依据", "培训证书编号", "聘书编号")  # fmt: skip
EXPIRY = ("姓名", "名册单位", "岗位", "职业", "最高等级", "聘期至", "剩余天数")
BASIS = {Basis.TRAINED: "培训考核在案", Basis.BROUGHT_IN: "补录", Basis.PLAIN: "不要求"}


def download(data: bytes, name: str, media_type: str = XLSX, *, inline: bool = False) -> HttpResponse:
    """Return bytes made for this request as a file that no browser runs or keeps."""
    response = HttpResponse(data, content_type=media_type)
    how = "inline" if inline and media_type == PDF else "attachment"
    response["Content-Disposition"] = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def template() -> bytes:
    """Return the sheet to fill in, with one example row."""
    out = io.BytesIO()
    write_template(out, STAFF_COLUMNS, title="工作人员名册", examples=[[each.example for each in STAFF_COLUMNS]])
    return out.getvalue()


def problem_report(run: StaffImport) -> bytes:
    """Return the rows with problems, marked, to be mended and sent in. It holds identity numbers in the clear, as the
    sheet did: the caller records the export."""
    out = io.BytesIO()
    bad = list(StaffImportRow.objects.filter(run=run, is_good=False).order_by("number"))
    problems = [
        Problem(row.number, each["column"], each["code"], each["what"], _words(each.get("cites", ())), each["mend"])
        for row in bad
        for each in row.problems
    ]
    write_problem_report(
        out, HEADINGS, _rows(bad), problems, title="工作人员名册（标注）", only_bad=True, required=REQUIRED
    )
    return out.getvalue()


def _words(cites: Iterable[str]) -> str:
    return "、".join(Citation.parse(key).label for key in cites)


def _rows(bad: Iterable[StaffImportRow]) -> Iterator[Row]:
    for row in bad:
        cells = {key: Cell(value) for key, value in row.cells.items()}
        yield Row(row.number, cells | {"identity": Cell(row.identity or "")})


def register_csv(people: Iterable[StaffMember]) -> tuple[bytes, int]:
    """Return a register with identity numbers masked, one row a term, and how many rows it has."""
    out = io.BytesIO()
    rows = [row for member in people for row in _terms(member)]
    return _written(out, REGISTER, rows), len(rows)


def _terms(member: StaffMember) -> Iterator[list[str]]:
    masked = mask_identity(member.identity)
    for term in member.appointments.all():
        yield [
            member.name,
            masked,
            member.employer,
            member.home.name,
            title_of(term.role, term.rank),
            term.occupation.code if term.occupation else "",
            term.occupation.name if term.occupation else "",
            term.highest_level,
            term.since.isoformat(),
            _last_day(term),
            BASIS[Basis(term.basis)],
            _certificate(term),
            term.letter_number or "",
        ]


def _certificate(term: Appointment) -> str:
    return (term.training.certificate_number or "") if term.training else term.stated_certificate


def _last_day(term: Appointment) -> str:
    return (term.until - timedelta(days=1)).isoformat() if term.until else ""


def expiry_csv(terms: Iterable[Appointment], today: date) -> tuple[bytes, int]:
    """Return the terms that end, soonest first, and how many."""
    rows = [
        [
            term.member.name,
            term.member.home.name,
            title_of(term.role, term.rank),
            term.occupation.name if term.occupation else "",
            term.highest_level,
            _last_day(term),
            str((term.until - today).days) if term.until else "",
        ]
        for term in terms
    ]
    return _written(io.BytesIO(), EXPIRY, rows), len(rows)


def _written(out: io.BytesIO, headings: tuple[str, ...], rows: list[list[str]]) -> bytes:
    write_csv(out, headings, rows)
    return out.getvalue()


__all__ = ["CSV", "PDF", "download", "expiry_csv", "problem_report", "register_csv", "template"]
