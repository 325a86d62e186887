"""What leaves the building: the filing letter and the undertaking, as sealed PDFs. Their words are Chinese."""

from datetime import date, datetime

from django.conf import settings

from gongjiang.certificates.seal import sign_pdf
from gongjiang.certificates.signing import seal_key
from gongjiang.filing import flow
from gongjiang.filing.effects import Letter
from gongjiang.filing.models import Application
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents.papers import Head, chinese_date
from gongjiang.kernel.documents.service import render
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of

LETTER_SEAL, UNDERTAKING_SEAL = "下发备案通知", "签署承诺书"


def letter_pdf(application: Application, letter: Letter, *, number: str, issuer: str, at: datetime) -> bytes:
    """Return the letter with its number, term, facts and scope, sealed in the name of the authority that sends it."""
    head = Head(title=letter.title, issuer=issuer, at=at, number=number, sample=not settings.PRODUCTION)
    data = {
        "doc": head.data() | {"qr": ""},
        "text": list(letter.text),
        "facts": [list(pair) for pair in letter.facts],
        "term": _term(letter),
        "scope": [list(row) for row in letter.scope],
        "basis": "、".join(cite.label for cite in letter.cites),
        "day": chinese_date(at.astimezone(SHANGHAI).date()),
        "seal": issuer.split("（")[0],
    }
    page = render("filing_letter", data, at=at, fonts=head.fonts)
    return sign_pdf(page, key=seal_key(issuer), at=at, reason=LETTER_SEAL)


def _term(letter: Letter) -> str:
    if letter.until is None:
        return f"自 {chinese_date(letter.since)} 起"
    return f"{chinese_date(letter.since)} 至 {chinese_date(letter.until)}（不含当日）"


def undertaking_text(application: Application, day: date) -> str:
    """Return the words of the undertaking: what the law of the place asks of a body, a line each with its article."""
    place = place_of(application.regime)
    lines = []
    for question, words in PROMISES:
        rule = question.get(place=place, day=day)
        if rule and rule.value:
            lines.append(f"{words}（{rule.cites[0].label}）")
    lines.append("如有违反，愿意承担相应责任，接受暂停、退出评价机构目录等处理。")
    numbered = "\n".join(f"{n}. {line}" for n, line in enumerate(lines, 1))
    return f"{application.applicant.name}申请开展职业技能等级认定，现承诺：\n{numbered}"


PROMISES = (
    (ask.APPLICANT_ANSWERS_FOR_TRUTH, "所提交的备案材料真实、有效、合法"),
    (ask.PLAN_WITHIN_SCOPE, "只在备案的职业（工种）、等级和考点范围内开展评价"),
    (ask.DELEGATION_FORBIDDEN, "不授权、不委托其他机构开展评价"),
    (ask.PUBLISHED_RULES, "制定考务、质量、证书、收费等管理办法并向社会公开"),
    (ask.FEES_PUBLISHED, "不以营利为目的，公布收费标准，不乱收费"),
    (ask.CERTIFICATE_REQUIRES_PASS, "只向考核合格人员颁发证书，不滥发证书"),
    (ask.WHOLE_PROCESS_KEPT, "妥善保管全过程资料，评价过程和结果可追溯、可倒查"),
    (ask.BODY_ANSWERS_FOR_RESULTS, "谁评价、谁发证、谁负责，对评价结果负责"),
    (ask.SUPERVISED_BY_SELECTING_AUTHORITY, "自觉接受人力资源和社会保障部门监督管理"),
)


def undertaking_pdf(application: Application, *, at: datetime) -> bytes:
    """Return the signed undertaking, sealed in the name of the applicant."""
    assert application.undertaking_at is not None
    signed = application.undertaking_at.astimezone(SHANGHAI)
    name = application.applicant.name
    head = Head(title="开展职业技能等级认定工作承诺书", issuer=name, at=at, sample=not settings.PRODUCTION)
    opening, *lines = application.undertaking.splitlines()
    cites: tuple[Citation, ...] = flow.cites_of(application, "undertaking", signed.date())
    data = {
        "doc": head.data(),
        "opening": opening,
        "lines": lines,
        "signed_by": application.undertaking_by,
        "code": application.applicant.credit_code,
        "day": chinese_date(signed.date()),
        "basis": "、".join(cite.label for cite in cites),
    }
    page = render("undertaking", data, at=at, fonts=head.fonts)
    return sign_pdf(page, key=seal_key(name), at=at, reason=UNDERTAKING_SEAL)
