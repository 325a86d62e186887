"""The demo's people: names after the sixty-year cycle, identity numbers of a division that no place has.

Everything follows from fixed seeds, so that the province is the same each time it is loaded.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gongjiang.law.codes import credit_check_character, identity_check_character

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = [STEMS[i % 10] + BRANCHES[i % 12] for i in range(60)]
GIVEN = "安宁和平远达明德新辉山松云溪竹荷兰梅菊雪霜雨露江河湖海石林岩峰泉鸣晓曦晴朗文武忠信仁义礼智勤俭恒毅诚实谦敬"
STAFF_GIVEN = "衡准绳墨"
LEVELS = {"5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工"}
STAFF_AREA, SPECIAL_AREA = 80, 99


@dataclass(frozen=True)
class Employer:
    """Where candidates work, with the code that tells colleagues."""

    name: str
    code: str


def identity_number(born: date, serial: int, *, male: bool, area: int | None = None) -> str:
    """Return a valid number with the prefix 229; two serials never share one."""
    place = 10 + serial // 500 if area is None else area
    first17 = f"2291{place:02d}{born:%Y%m%d}{2 * (serial % 500) + male:03d}"
    return first17 + identity_check_character(first17)


def credit_code(serial: int) -> str:
    """Return a valid code of the area 229900, which isn't one."""
    first17 = f"91229900MA{serial:07d}"
    return first17 + credit_check_character(first17)


EMPLOYERS = tuple(
    Employer(name, credit_code(500 + n))
    for n, name in enumerate(
        (
            "样例墨斗机电有限公司",
            "样例刨花家具有限公司",
            "样例凿石重工有限公司",
            "样例曲尺电气有限公司",
            "样例角尺建设有限公司",
            "样例斧柄焊接有限公司",
            "样例规矩养老服务中心",
            "样例准绳护理院",
            "样例线锤物业有限公司",
        )
    )
)
NOBODY = Employer("无", "")


@dataclass
class Person:
    """A candidate as a row of the sheet states them."""

    name: str
    identity: str
    male: bool
    phone: str
    employer: Employer
    relation: str
    occupation_code: str
    occupation: str
    level: str
    clause: str
    facts: dict[str, str] = field(default_factory=dict)

    def row(self) -> dict[str, object]:
        """Return the row by the keys of the enrolment columns."""
        return {
            "name": self.name,
            "identity_kind": "居民身份证",
            "identity": self.identity,
            "sex": "男" if self.male else "女",
            "phone": self.phone,
            "employer": self.employer.name,
            "employer_code": self.employer.code,
            "occupation_code": self.occupation_code,
            "occupation": self.occupation,
            "level": LEVELS[self.level],
            "exam_kind": "正考",
            "clause": self.clause,
            "relation": self.relation,
            "access": "是" if self.phone.endswith("77") else "否",
            **self.facts,
        }


@dataclass(frozen=True)
class Crowd:
    """Whom to invent: of which occupations and levels, as of which year, tied to the body how."""

    lines: Sequence[tuple[str, str, str]]
    year: int
    relation: str = "社会人员"
    own: Employer | None = None


def invent(count: int, crowd: Crowd, *, first: int, rng: random.Random) -> list[Person]:
    """Return so many people; ``first`` is the serial of the first of them, by which nobody stands twice."""
    return [_person(first + n, crowd, crowd.lines[n % len(crowd.lines)], rng) for n in range(count)]


def _person(serial: int, crowd: Crowd, line: tuple[str, str, str], rng: random.Random) -> Person:
    code, occupation, level = line
    student = crowd.relation == "在校学生"
    youngest = {"5": 22, "4": 30, "3": 36}[level]
    year = crowd.year - (19 if student else youngest + rng.randint(0, 14))
    born = date(year, rng.randint(1, 12), rng.randint(1, 28))
    male = rng.random() < (0.2 if code.startswith("4-10") else 0.8)
    clause, facts = _student(level, crowd.year) if student else _worker(level, crowd.year, rng)
    return Person(
        name=CYCLE[serial % 60] + GIVEN[serial // 60 % len(GIVEN)],
        identity=identity_number(born, serial, male=male),
        male=male,
        phone=f"1380{serial:07d}",
        employer=crowd.own or (NOBODY if rng.random() < 0.06 else EMPLOYERS[int(rng.random() ** 2 * len(EMPLOYERS))]),
        relation=crowd.relation,
        occupation_code=code,
        occupation=occupation,
        level=level,
        clause=clause if rng.random() < 0.85 else "",
        facts=facts,
    )


def _student(level: str, year: int) -> tuple[str, dict[str, str]]:
    if level == "5":
        return "18-5-2", {"apprenticeship": "是", "education": "技校"}
    told = {"education": "技校", "school": "技工学校", "major": "本专业"}
    return "18-4-3", {**told, "graduated_on": f"{year}-07-01", "graduating": "是"}


def _worker(level: str, year: int, rng: random.Random) -> tuple[str, dict[str, str]]:
    month = rng.randint(1, 12)
    if level == "5":
        return "18-5-1", {"own_since": f"{year - rng.randint(2, 4)}-{month:02d}", "education": "高中"}
    if level == "4" and rng.random() < 0.5:
        return "18-4-2", {"own_since": f"{year - rng.randint(8, 12)}-{month:02d}", "education": "高中"}
    got, held = year - rng.randint(6, 9), {"4": "5", "3": "4"}[level]
    serial = f"{rng.randint(1, 999_999):06d}"
    return ("18-4-1" if level == "4" else "18-3-1"), {
        "own_since": f"{got - 2}-{month:02d}",
        "certificate_level": {**LEVELS}[held],
        "certificate_number": f"S000022999011{got % 100:02d}{held}{serial}",
        "certificate_on": f"{got}-0{rng.randint(1, 3)}-1{rng.randint(0, 9)}",
        "education": "中专",
    }
