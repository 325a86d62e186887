"""Builders of workforce records for tests: courses that were held and examined, item writers."""

from datetime import date
from decimal import Decimal

from tests.factories import at, invented_identity, make_catalogue

from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce.models import ItemWriter, NondisclosureAgreement, Trainee, TrainingCourse
from gongjiang.workforce.rules import index_of

COURSE = {
    "title": "考评员培训班（样例）",
    "state": "closed",
    "role": "assessor",
    "highest_level": "3",
    "hours": 24,
    "first_day": date(2026, 2, 2),
    "last_day": date(2026, 2, 4),
    "examined_on": date(2026, 2, 5),
}


def make_course(host, members, *, number: str = "T-1", occupation: str = "6-31-01-03", **changes) -> list[Trainee]:
    """Write a course of February 2026 that everybody passed with a certificate, for electricians up to level 3."""
    make_catalogue()
    told = {**COURSE, "occupation": occupation_by_code(occupation) if occupation else None, **changes}
    course = TrainingCourse.everything.create(host=host, number=number, **told)
    return [
        Trainee.objects.create(
            course=course,
            member=member,
            hours=24,
            score=Decimal(88),
            passed=True,
            certificate_number=f"{number}-{serial:04d}",
            certified_at=at("2026-02-06 09:00"),
        )
        for serial, member in enumerate(members, 1)
    ]


def make_writer(home, *, number: int = 900, name: str = "庚子题", until: date = date(2028, 1, 1), ethics: bool = True):
    """Write an item writer for electricians with an agreement since 2026-01-01."""
    make_catalogue()
    identity = invented_identity(number)
    writer = ItemWriter.everything.create(
        home=home,
        code_name=f"M-{home.pk}-{number}",
        name=name,
        identity=identity,
        identity_index=index_of(identity),
        occupation=occupation_by_code("6-31-01-03"),
        highest_level="3",
        ethics_on=date(2026, 1, 15) if ethics else None,
    )
    NondisclosureAgreement.objects.create(writer=writer, signed_on=date(2026, 1, 1), until=until, number="样保-1")
    return writer
