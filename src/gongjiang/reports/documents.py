"""What a report package holds: the 11-column sheet, the results sheet, the confirmation sheet."""

import io
from collections import Counter
from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from django.conf import settings

from gongjiang.certificates.models import Certificate
from gongjiang.kernel.documents.papers import ConfirmationSheet, Head, UploadRow, confirmation_sheet_pdf, level_words
from gongjiang.kernel.settings_of_place import setting
from gongjiang.kernel.sheets.write import write_table
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.reports.rows import HEADINGS, DataRow
from gongjiang.results.models import Result
from gongjiang.results.queries import results_in

PARTS = {"theory": "理论知识", "practical": "操作技能", "panel": "综合评审"}
OUTCOMES = {"passed": "合格", "failed": "不合格", "incomplete": "缺考"}
RESULT_HEADINGS = (
    "准考证号",
    "姓名",
    "证件号码",
    "职业名称",
    "工种名称",
    "职业技能等级",
    *PARTS.values(),
    "评定结果",
    "证书编号",
)


def data_sheet(rows: Sequence[DataRow], *, at: datetime) -> bytes:
    """Return the 11-column sheet: Sheet1, headings in row 1, every cell text."""
    out = io.BytesIO()
    cells = (astuple(row) for row in rows)
    write_table(out, HEADINGS, cells, text_columns=HEADINGS, created=at.replace(tzinfo=None, microsecond=0))
    return out.getvalue()


def result_sheet(batch: Batch, *, at: datetime) -> bytes:
    """Return the results of everybody examined, those without a certificate too; identity numbers masked."""
    numbers = dict(Certificate.everything.filter(batch=batch).values_list("result_id", "number"))
    rows = [_result_row(result, numbers.get(result.pk, "")) for result in results_in(batch)]
    out = io.BytesIO()
    created = at.replace(tzinfo=None, microsecond=0)
    write_table(out, RESULT_HEADINGS, rows, text_columns=RESULT_HEADINGS, created=created)
    return out.getvalue()


def _result_row(result: Result, number: str) -> tuple[str, ...]:
    enrolment = result.enrolment
    scores = {part["part"]: "缺考" if part.get("absent") else str(part["score"] or "") for part in result.parts}
    return (
        enrolment.ticket_number or "",
        enrolment.name,
        enrolment.candidate.identity_masked,
        enrolment.line.occupation.name,
        enrolment.line.job_type,
        level_words(enrolment.line.level),
        *(scores.get(part, "") for part in PARTS),
        OUTCOMES[result.outcome],
        number,
    )


def confirmation_sheet(batch: Batch, rows: Sequence[DataRow], *, number: str, at: datetime, count: int) -> bytes:
    """Return 表5 职业技能等级证书数据审核确认表, to be signed and sealed."""
    kind = setting("report.data_kind", place=regime_of(batch), day=at.date()).value
    counted = Counter((row.occupation, row.job_type, row.level) for row in rows)
    return confirmation_sheet_pdf(
        ConfirmationSheet(
            head=Head(
                title="职业技能等级证书数据审核确认表",
                issuer=batch.body.name,
                at=at,
                number=number,
                sample=not settings.PRODUCTION,
            ),
            body=batch.body.name,
            chief="",
            officer="",
            upload_title=f"{batch.body.name}（{kind}{count}条，{number}）",
            on=at.date(),
            kind=kind,
            rows=[UploadRow(*key, count=n) for key, n in sorted(counted.items())],
        )
    )
