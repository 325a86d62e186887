"""What goes to the skill testing centre with a correction (JL-2024-5§30): a sheet and the proof, in one file."""

import io
import zipfile

from django.utils import timezone, translation

from gongjiang.certificates.corrections import field_names
from gongjiang.certificates.models import CertificateRequest
from gongjiang.kernel import files
from gongjiang.kernel.documents.papers import level_words
from gongjiang.kernel.sheets.write import write_table

COLUMNS = (
    "证书编号",
    "姓名",
    "职业名称",
    "职业技能等级",
    "发证日期",
    "更正项目",
    "原信息",
    "更正后信息",
    "更正原因",
    "更正日期",
)
SUFFIX = {files.PDF: "pdf", files.JPEG: "jpg", files.PNG: "png"}


def correction_report(request: CertificateRequest) -> bytes:
    """Return a zip with 更正.xlsx, a row for each corrected item, and the proof. Identity numbers stand masked."""
    sheet = io.BytesIO()
    write_table(sheet, COLUMNS, _rows(request), title="职业技能等级证书信息更正", text_columns=COLUMNS)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("更正.xlsx", sheet.getvalue())
        if request.proof is not None:
            packed.writestr(f"证明材料.{SUFFIX[request.proof.media_type]}", files.read(request.proof))
    return out.getvalue()


def _rows(request: CertificateRequest) -> list[tuple[str, ...]]:
    certificate = request.certificate
    pairs = {name: pair for name, pair in request.changes.items() if name != "facts"} | request.changes.get("facts", {})
    with translation.override("zh-hans"):
        names = list(field_names(request.changes))
    made = timezone.localtime(request.copy.made_at).date().isoformat() if request.copy else ""
    return [
        (
            certificate.number,
            certificate.holder_name,
            certificate.occupation_name,
            level_words(certificate.level),
            certificate.issued_on.isoformat(),
            name,
            str(was),
            str(becomes),
            request.reason,
            made,
        )
        for name, (was, becomes) in zip(names, pairs.values(), strict=True)
    ]
