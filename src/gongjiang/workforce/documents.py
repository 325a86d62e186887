"""Papers that leave the building: the letter of appointment and the certificate of training."""

from datetime import date, timedelta
from pathlib import Path

from django.conf import settings

from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.documents.papers import Head, chinese_date, level_words
from gongjiang.kernel.documents.service import render
from gongjiang.law.model import Citation
from gongjiang.workforce.models import Appointment, Rank, StaffRole, Trainee

LETTER = Path(__file__).resolve().parent / "papers" / "letter.typ"
TITLES = {
    StaffRole.CHIEF_OFFICER: "主考",
    StaffRole.ADMINISTRATION_LEAD: "考务组长",
    StaffRole.STAFF: "工作人员",
    StaffRole.INVIGILATOR: "监考员",
    StaffRole.ASSESSOR: "考评员",
    StaffRole.MARKER: "阅卷人员",
    StaffRole.INTERNAL_SUPERVISOR: "内部质量督导员",
    StaffRole.EXTERNAL_SUPERVISOR: "外部质量督导员",
    StaffRole.SAFETY_OFFICER: "安全员",
}


def title_of(role: str, rank: str = "") -> str:
    """Return a role as papers print it."""
    return "高级考评员" if rank == Rank.SENIOR else TITLES[StaffRole(role)]


def letter_pdf(term: Appointment) -> bytes:
    """Return the letter of appointment (聘书): who, as what, for which occupation and levels, from when until when."""
    if term.appointed_at is None or term.letter_number is None:
        raise ValueError("an appointment that was brought in has a letter of its own")
    home, title = term.member.home, title_of(term.role, term.rank)
    scope = f"（{term.occupation.name}，{_levels(term.highest_level)}）" if term.occupation else ""
    rests = f"培训合格证书：{term.training.certificate_number}。" if term.training else ""
    period = _term(term.since, term.until)
    text = f"兹聘任 {term.member.name} 为本单位职业技能等级认定{title}{scope}，聘期{period}。{rests}"
    at = term.appointed_at.astimezone(SHANGHAI)
    return _paper("聘　书", home.name, term.letter_number, term.member.name, text, at.date(), at, term.cites)


def certificate_pdf(trainee: Trainee) -> bytes:
    """Return the certificate of training (培训合格证书) of somebody who passed the examination of a course."""
    course = trainee.course
    if trainee.certified_at is None or trainee.certificate_number is None or course.examined_on is None:
        raise ValueError("only who passed is given a certificate")
    scope = f"（{course.occupation.name}，{_levels(course.highest_level)}）" if course.occupation else ""
    days = chinese_date(course.first_day)
    if course.last_day != course.first_day:
        days += f"至 {chinese_date(course.last_day)}"
    text = (
        f"{trainee.member.name} 于 {days}参加“{course.title}”{title_of(course.role)}{scope}培训，"
        f"完成 {trainee.hours} 学时，{chinese_date(course.examined_on)}考核合格。"
    )
    at = trainee.certified_at.astimezone(SHANGHAI)
    number = trainee.certificate_number
    return _paper("培训合格证书", course.host.name, number, trainee.member.name, text, at.date(), at, [])


def _levels(highest: str) -> str:
    words = level_words(highest).partition("/")[0]
    return words if highest == "5" else f"五级至{words}"


def _term(since: date, until: date | None) -> str:
    if until is None:
        return f"自 {chinese_date(since)}起"
    return f"自 {chinese_date(since)}至 {chinese_date(until - timedelta(days=1))}"


def _paper(
    title: str, issuer: str, number: str, name: str, text: str, day: date, at: object, cites: list[str]
) -> bytes:
    head = Head(title=title, issuer=issuer, at=at, number=number, sample=not settings.PRODUCTION)  # type: ignore[arg-type]
    basis = "、".join(Citation.parse(key).label for key in cites)
    data = {"doc": head.data(), "name": name, "text": text, "day": chinese_date(day), "basis": basis}
    return render(LETTER, data, at=head.at, fonts=head.fonts)
