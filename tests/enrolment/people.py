"""Invented candidates: their numbers begin with 229, which no place has."""

from datetime import date

from gongjiang.law.codes import identity_check_character

OPEN = "2026-04-20 10:00"
STEMS, BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"


def number(serial: int, *, born: date = date(1990, 1, 1), male: bool = True) -> str:
    """Return an identity number that nobody owns; a serial is good for either sex."""
    first = f"229104{born:%Y%m%d}{(2 * serial + male) % 1000:03}"
    return first + identity_check_character(first)


def person(serial: int = 0, **changes: object) -> dict[str, object]:
    """Return a sound row for level 4 of 6-31-01-03: seven years in the occupation."""
    born = date(1980 + serial // 4000, serial // 350 % 12 + 1, serial // 500 % 28 + 1)
    row: dict[str, object] = {
        "name": STEMS[serial % 10] + BRANCHES[serial % 12] + "春",
        "identity_kind": "居民身份证",
        "identity": number(serial, born=born),
        "phone": f"1380000{serial % 10000:04}",
        "employer": "样例墨斗机电有限公司",
        "occupation_code": "6-31-01-03",
        "occupation": "电工",
        "level": "四级/中级工",
        "own_since": "2016-03",
        "relation": "社会人员",
    }
    return {**row, **changes}
