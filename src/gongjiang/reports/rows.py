"""The rows of a report, exactly as the receiving system's sheet asks for them, and what is wrong with them."""

from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.certificates import special
from gongjiang.certificates.models import Certificate
from gongjiang.kernel import canonical
from gongjiang.kernel.documents.papers import level_words
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import settings_for
from gongjiang.law.codes import parse_certificate_number, parse_identity
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of

HEADINGS = (
    "姓名",
    "证件类型",
    "证件号码",
    "所在单位",
    "职业名称",
    "工种名称",
    "职业技能等级",
    "证书编号",
    "发证日期",
    "评价机构",
    "发证机构",
)
NO_EMPLOYER = "其他"
SHOWN = 20  # a refusal names so many certificates of one kind of problem


@dataclass(frozen=True, slots=True)
class DataRow:
    """One row of the 11-column sheet, in its order; every value is text."""

    name: str
    identity_code: str
    identity: str
    employer: str
    occupation: str
    job_type: str
    level: str
    number: str
    issued_on: str
    body: str
    issuer: str

    def __repr__(self) -> str:
        return f"DataRow({self.number})"


def rows_of(batch: Batch, certificates: Iterable[Certificate]) -> list[DataRow]:
    """Return the rows of the certificates; codes are those in force on the issue day."""
    day = batch.issued_on or date.max
    codes = settings_for(["report.identity_codes"], place=regime_of(batch), day=day)["report.identity_codes"].value
    return [
        DataRow(
            name=each.holder_name,
            identity_code=codes[each.identity_kind],
            identity=each.identity,
            employer=each.employer or NO_EMPLOYER,
            occupation=each.occupation_name,
            job_type=each.job_type,
            # The national sheet knows codes of the five only; a level beyond them is written out.
            level=each.level if each.level.isdecimal() else level_words(each.level),
            number=each.number,
            issued_on=each.issued_on.isoformat(),
            body=each.body_name,
            issuer=each.body_name,
        )
        for each in certificates
    ]


def digest_of(rows: Sequence[DataRow]) -> str:
    """Return the SHA-256 of the rows, by which a package is known to be unchanged."""
    return canonical.digest([list(astuple(row)) for row in rows])


def against_rows(
    rows: Sequence[DataRow], certificates: Sequence[Certificate], today: date, cites: tuple[Citation, ...]
) -> list[Ground]:
    """Return what the receiving system would send back, a ground for each kind of problem with the numbers concerned.

    The fields of a number are checked against the record: level, issue year, body, and that it stands once.
    """
    found: dict[tuple[str, str, str], list[str]] = {}
    seen: set[str] = set()
    for row, certificate in zip(rows, certificates, strict=True):
        for problem in _problems(row, certificate, today):
            found.setdefault(problem, []).append(row.number)
        if row.number in seen:
            twice = ("number-twice", _("The number stands twice."), _("Have the operator look at it."))
            found.setdefault(twice, []).append(row.number)
        seen.add(row.number)
    return [_ground(problem, numbers, cites) for problem, numbers in found.items()]


def _ground(problem: tuple[str, str, str], numbers: list[str], cites: tuple[Citation, ...]) -> Ground:
    code, why, way_on = problem
    more = "…" if len(numbers) > SHOWN else ""
    return Ground(f"{why} ({len(numbers)}: {', '.join(numbers[:SHOWN])}{more})", way_on, cites, code)


def _agrees(certificate: Certificate) -> bool:
    """Say whether the number agrees with its record; beyond the five levels by the place's own form."""
    number = parse_certificate_number(certificate.number)
    if number.kind == "special":
        return special.agrees(certificate)
    told = (number.valid, number.body_code, number.level, number.year)
    return told == (True, certificate.body.code, certificate.level, certificate.issued_on.year)


def _problems(row: DataRow, certificate: Certificate, today: date) -> Iterable[tuple[str, str, str]]:
    correct = _("Correct the certificate first.")
    if not _agrees(certificate):
        yield "number-fields", _("The number doesn't agree with body, level or issue year."), correct
    identity = parse_identity(row.identity, today=today)
    if not identity.valid:
        reason = identity.reasons[0]
        chinese = (get_language() or "zh").startswith("zh")
        yield "identity", reason.message_zh if chinese else reason.message_en, correct
    if not row.identity_code:
        way = _("Have the province set it under “Codes of identity documents in the report”.")
        yield "identity-code", _("No code is set for this kind of identity document."), way
    if not row.name.strip():
        yield "name-missing", _("The name is missing."), correct


def without_photo(certificates: Iterable[Certificate]) -> int:
    """Return how many certificates have no photo; receiving systems are known to send such rows back."""
    return sum(each.photo_id is None for each in certificates)
