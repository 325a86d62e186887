"""The papers of the chain: one dataclass and one function each. Text arrives ready to print, nothing is looked up."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

from gongjiang.kernel.documents import qr
from gongjiang.kernel.documents.fonts import DEFAULT, FontSet
from gongjiang.kernel.documents.service import picture, render

LEVEL_WORDS = {
    "1": "一级/高级技师",
    "2": "二级/技师",
    "3": "三级/高级工",
    "4": "四级/中级工",
    "5": "五级/初级工",
    "apprentice": "学徒工",
    "master": "特级技师",
    "chief": "首席技师",
}
NO_JOB_TYPE = "--"  # the layout rule: 不得为空


def level_words(level: str) -> str:
    """Return the level as certificates print it, e.g. 三级/高级工; an unknown one stays as it is."""
    return LEVEL_WORDS.get(level, level)


def chinese_date(day: date) -> str:
    """Return the day as papers print it: 2026 年 6 月 15 日."""
    return f"{day.year} 年 {day.month} 月 {day.day} 日"


@dataclass(frozen=True, slots=True)
class Head:
    """What every paper carries. ``address`` becomes the QR code of the foot; ``sample`` marks every page 样本."""

    title: str
    issuer: str
    at: datetime
    number: str = ""
    sample: bool = False
    address: str = ""
    fonts: FontSet = DEFAULT

    def data(self) -> dict[str, Any]:
        """Return the head as the templates read it."""
        code = qr.qr_svg(self.address) if self.address else ""
        return {"title": self.title, "issuer": self.issuer, "number": self.number, "sample": self.sample, "qr": code}


def _paper(template: str, top: Head, /, **data: Any) -> bytes:
    return render(template, {"doc": top.data(), **data}, at=top.at, fonts=top.fonts)


@dataclass(frozen=True, slots=True)
class CertificatePaper:
    """A certificate. ``qr`` is the address with the signed token, ``token`` the token embedded in the file.

    ``photo`` is JPEG or PNG; ``identity`` is printed as given. The query addresses are settings of the issue date.
    """

    number: str
    name: str
    identity_type: str
    identity: str
    occupation: str
    job_type: str
    level: str
    body: str
    issued_on: date
    qr: str
    token: str
    at: datetime
    photo: bytes = b""
    serial: str = ""
    note: str = ""
    query_url: str = "http://jndj.osta.org.cn"
    body_url: str = "http://pjjg.osta.org.cn"
    extra_url: str = ""
    sample: bool = False
    fonts: FontSet = DEFAULT


TOKEN_FILE = "gongjiang-token.txt"


def certificate_data(paper: CertificatePaper) -> dict[str, Any]:
    """Return what the template prints: ``--`` where there's no job type, the level in words."""
    return {
        "number": paper.number,
        "name": paper.name,
        "identity_type": paper.identity_type,
        "identity": paper.identity,
        "occupation": paper.occupation,
        "job_type": paper.job_type or NO_JOB_TYPE,
        "level": level_words(paper.level),
        "body": paper.body,
        "seal_name": paper.body.split("（")[0],
        "issued": chinese_date(paper.issued_on),
        "qr": qr.qr_svg(paper.qr),
        "photo": picture(paper.photo) if paper.photo else "",
        "serial": paper.serial,
        "note": paper.note,
        "query_url": paper.query_url,
        "body_url": paper.body_url,
        "extra_url": paper.extra_url,
        "sample": paper.sample,
    }


def certificate_pdf(paper: CertificatePaper) -> bytes:
    """Return the certificate, PDF/A-3b with its token as an embedded file, not yet signed."""
    files = {TOKEN_FILE: paper.token.encode()}
    data = certificate_data(paper)
    return render("certificate", data, at=paper.at, attachments=files, fonts=paper.fonts, substitute=False)


@dataclass(frozen=True, slots=True)
class Element:
    """One of an announcement's elements: its name in the rule, and what is announced."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class AnnouncedLevel:
    """One line of what an announcement offers."""

    code: str
    occupation: str
    job_type: str
    level: str


@dataclass(frozen=True, slots=True)
class Announcement:
    """认定公告."""

    head: Head
    subtitle: str
    opening: str
    elements: Sequence[Element]
    rows: Sequence[AnnouncedLevel]
    notes: Sequence[str]
    on: date
    basis: str = ""


def announcement_pdf(paper: Announcement) -> bytes:
    """Return the announcement of a batch."""
    return _paper(
        "announcement",
        paper.head,
        subtitle=paper.subtitle,
        opening=paper.opening,
        elements=[asdict(element) for element in paper.elements],
        rows=[asdict(row) | {"level": level_words(row.level)} for row in paper.rows],
        notes=list(paper.notes),
        day=chinese_date(paper.on),
        basis=paper.basis,
    )


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One candidate's results; the identity number arrives masked."""

    name: str
    identity: str
    occupation: str
    level: str
    scores: Sequence[str]
    outcome: str
    passed: bool


@dataclass(frozen=True, slots=True)
class ResultNotice:
    """成绩公示. ``parts`` names the columns of scores."""

    head: Head
    subtitle: str
    opening: str
    term: str
    objections: str
    parts: Sequence[str]
    rows: Sequence[ResultRow]
    on: date
    basis: str = ""


def result_notice_pdf(paper: ResultNotice) -> bytes:
    """Return the notice of results.

    :raises ValueError: an identity number that isn't masked, or a row without a score for each part.
    """
    for row in paper.rows:
        if row.identity and "*" not in row.identity:
            raise ValueError("a notice shows masked identity numbers only")
        if len(row.scores) != len(paper.parts):
            raise ValueError("a row needs one score a part")
    return _paper(
        "result_notice",
        paper.head,
        subtitle=paper.subtitle,
        opening=paper.opening,
        term=paper.term,
        objections=paper.objections,
        parts=list(paper.parts),
        rows=[asdict(row) | {"level": level_words(row.level), "scores": list(row.scores)} for row in paper.rows],
        day=chinese_date(paper.on),
        basis=paper.basis,
    )


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One line of the confirmation sheet: certificates of one occupation, job type and level."""

    occupation: str
    job_type: str
    level: str
    count: int


@dataclass(frozen=True, slots=True)
class ConfirmationSheet:
    """表5 职业技能等级证书数据审核确认表."""

    head: Head
    body: str
    chief: str
    officer: str
    upload_title: str
    on: date
    kind: str
    rows: Sequence[UploadRow]


def confirmation_sheet_pdf(paper: ConfirmationSheet) -> bytes:
    """Return the sheet to sign and seal; the total is counted here."""
    return _paper(
        "confirmation_sheet",
        paper.head,
        body=paper.body,
        head=paper.chief,
        officer=paper.officer,
        upload_title=paper.upload_title,
        day=chinese_date(paper.on),
        kind=paper.kind,
        rows=[asdict(row) | {"level": level_words(row.level)} for row in paper.rows],
        total=sum(row.count for row in paper.rows),
    )
