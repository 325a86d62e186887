"""Invented people for examples/first-run: names after the sixty-year cycle, numbers of a division that isn't.

Everything follows from a fixed seed. The division 229 belongs to no place, so no number is anybody's.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from gongjiang.law.codes import credit_check_character, identity_check_character

STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
CYCLE = [STEMS[i % 10] + BRANCHES[i % 12] for i in range(60)]
SPRINGS = "春山松云溪竹荷"
STAFF_ENDINGS = "衡准绳墨"

OCCUPATIONS = (("6-31-01-03", "电工", 80), ("6-18-02-04", "焊工", 60), ("4-10-01-05", "养老护理员", 60))
LEVELS = {5: "五级/初级工", 4: "四级/中级工", 3: "三级/高级工"}
EMPLOYERS = (
    ("样例墨斗机电有限公司", 34),
    ("样例刨花家具有限公司", 18),
    ("样例凿石重工有限公司", 27),
    ("样例曲尺电气有限公司", 22),
    ("样例角尺建设有限公司", 16),
    ("样例斧柄焊接有限公司", 24),
    ("样例规矩养老服务中心", 31),
    ("样例准绳护理院", 19),
    ("样例线锤物业有限公司", 6),
    ("无", 3),
)
ANNOUNCED = date(2026, 4, 7)


def identity_number(born: date, order: int, *, male: bool) -> str:
    """A number of the division 229104 with the right check character; `order` 0-499 keeps people apart."""
    first17 = f"229104{born:%Y%m%d}{2 * order + (1 if male else 0):03d}"
    return first17 + identity_check_character(first17)


def credit_code(order: int) -> str:
    """A code of the area 229900, which isn't one, with the right check character."""
    first17 = f"91229900MA{order:07d}"
    return first17 + credit_check_character(first17)


@dataclass
class Person:
    """One row of candidates.xlsx; `facts` holds the columns that a clause of the standard asks for."""

    name: str
    male: bool
    born: date
    identity: str
    phone: str
    employer: str
    employer_code: str
    occupation_code: str
    occupation: str
    level: int
    clause: str
    facts: dict[str, str] = field(default_factory=dict)

    def row(self) -> dict[str, str]:
        """The row by the keys of the enrolment columns."""
        return {
            "name": self.name,
            "identity_kind": "居民身份证",
            "identity": self.identity,
            "sex": "男" if self.male else "女",
            "phone": self.phone,
            "employer": self.employer,
            "employer_code": self.employer_code,
            "occupation_code": self.occupation_code,
            "occupation": self.occupation,
            "level": LEVELS[self.level],
            "exam_kind": "正考",
            "clause": self.clause,
            "relation": "社会人员",
            "access": "是" if self.phone.endswith(("017", "143")) else "否",
            **self.facts,
        }


def _month(year: int, month: int) -> str:
    return f"{year}-{month:02d}"


def _level_5(rng: random.Random, year: int) -> tuple[str, dict[str, str]]:
    if rng.random() < 0.3:
        return "18-5-2", {"apprenticeship": "是", "education": "职高"}
    since = max(year + 19, 2026 - rng.randint(2, 9))
    return "18-5-1", {"own_since": _month(min(since, 2024), rng.randint(1, 12)), "education": "高中"}


def _level_4(rng: random.Random, year: int) -> tuple[str, dict[str, str]]:
    way = rng.random()
    if way < 0.4:
        got = 2026 - rng.randint(5, 9)
        return "18-4-1", {
            "own_since": _month(got - 2, rng.randint(1, 12)),
            "certificate_level": LEVELS[5],
            "certificate_number": f"S00002299901{rng.randint(1, 9)}{got % 100:02d}5{rng.randint(1, 999_999):06d}",
            "certificate_on": f"{got}-0{rng.randint(1, 3)}-1{rng.randint(0, 9)}",
            "education": "中专",
        }
    if way < 0.8:
        since = min(max(year + 18, 2026 - rng.randint(8, 20)), 2019)
        return "18-4-2", {"own_since": _month(since, rng.randint(1, 12)), "education": "高中"}
    done = min(max(year + 18, 2015), 2025)
    return "18-4-3", {
        "education": "技校",
        "school": "技工学校",
        "major": "本专业",
        "graduated_on": f"{done}-07-01",
    }


def _level_3(rng: random.Random, year: int) -> tuple[str, dict[str, str]]:
    way, got = rng.random(), 2026 - rng.randint(6, 10)
    held = {
        "own_since": _month(got - 3, rng.randint(1, 12)),
        "certificate_level": LEVELS[4],
        "certificate_number": f"S00002299901{rng.randint(1, 9)}{got % 100:02d}4{rng.randint(1, 999_999):06d}",
        "certificate_on": f"{got}-0{rng.randint(1, 3)}-2{rng.randint(0, 8)}",
    }
    if way < 0.6:
        return "18-3-1", {**held, "education": "中专"}
    school, clause, education = ("技师学院", "18-3-2", "技校") if way < 0.8 else ("大专", "18-3-3", "大专")
    told = {"education": education, "school": school, "major": "本专业", "graduated_on": f"{got - 4}-07-01"}
    return clause, {**held, **told}


_FACTS = {5: _level_5, 4: _level_4, 3: _level_3}
_BORN = {5: (1990, 2003), 4: (1982, 1994), 3: (1975, 1988)}


def candidates(rng: random.Random) -> list[Person]:
    """Two hundred people: three occupations, three levels, nine employers of unequal size."""
    employers = [index for index, (_, size) in enumerate(EMPLOYERS) for _ in range(size)]
    rng.shuffle(employers)
    lines = [(code, name) for code, name, count in OCCUPATIONS for _ in range(count)]
    people = []
    for order, ((code, name), employer) in enumerate(zip(lines, employers, strict=True)):
        level = rng.choices((5, 4, 3), (35, 40, 25))[0]
        year = rng.randint(*_BORN[level])
        born = date(year, rng.randint(1, 12), rng.randint(1, 28))
        male = rng.random() < (0.2 if name == "养老护理员" else 0.85)
        clause, facts = _FACTS[level](rng, year)
        people.append(
            Person(
                name=CYCLE[order % 60] + SPRINGS[order // 60],
                male=male,
                born=born,
                identity=identity_number(born, order, male=male),
                phone=f"13800{order:06d}",
                employer=EMPLOYERS[employer][0],
                employer_code="" if EMPLOYERS[employer][0] == "无" else credit_code(employer + 1),
                occupation_code=code,
                occupation=name,
                level=level,
                clause=clause if rng.random() < 0.8 else "",
                facts=facts,
            )
        )
    people[7].name, people[111].name = "庚午䶮", "辛亥𠮷"  # rare characters that GBK doesn't have
    rng.shuffle(people)
    return people


def staff(rng: random.Random) -> Iterator[dict[str, str]]:
    """The roster's people: one row for each role of each person, by the keys of the staff columns."""
    order = 0
    plan = [("主考", "", 1), ("考务组长", "", 1), ("工作人员", "", 6), ("监考员", "", 20)]
    plan += [("考评员", code, number) for (code, _, _), number in zip(OCCUPATIONS, (24, 19, 19), strict=True)]
    plan += [("内部质量督导员", "", 2), ("安全员", "", 2)]
    own = "长春榫卯技能评价中心"
    for role, code, count in plan:
        for _ in range(count):
            born = date(rng.randint(1966, 1992), rng.randint(1, 12), rng.randint(1, 28))
            male = rng.random() < 0.5
            inside = role != "考评员" or rng.random() < 0.3
            yield {
                "name": CYCLE[order % 60] + STAFF_ENDINGS[order // 60],
                "identity": identity_number(born, 300 + order, male=male),
                "role": role,
                "occupations": code,
                "levels": "5-3" if code else "",
                "appointed_on": f"2025-0{rng.randint(1, 6)}-1{rng.randint(0, 9)}",
                "appointed_until": "",
                "employer": own if inside else "样例鲁班职业学院",
                "regular": "是" if inside else "否",
                "room": "",
            }
            order += 1
