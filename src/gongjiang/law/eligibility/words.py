"""Words for people in both languages: scopes, levels, schools, titles, spans of time."""

from typing import Literal, NamedTuple

from gongjiang.law.eligibility.timeline import MONTH

Scope = Literal["own", "own+related"]
LevelKey = int | str
"""One of the five as a number, a level beyond them by its key: master, chief, apprentice."""


class Words(NamedTuple):
    """One sentence in Chinese and in English."""

    zh: str
    en: str


NONE = Words("", "")

SCOPES: dict[Scope, Words] = {
    "own": Words("本职业", "the occupation"),
    "own+related": Words("本职业或相关职业", "the occupation or a related one"),
}
LEVELS: dict[LevelKey, Words] = {
    5: Words("五级／初级工", "level 5"),
    4: Words("四级／中级工", "level 4"),
    3: Words("三级／高级工", "level 3"),
    2: Words("二级／技师", "level 2"),
    1: Words("一级／高级技师", "level 1"),
    "master": Words("特级技师", "master technician"),
    "chief": Words("首席技师", "chief technician"),
    "apprentice": Words("学徒工", "apprentice"),
}
RANKS = {
    "junior": Words("初级职称", "junior title"),
    "intermediate": Words("中级职称", "intermediate title"),
    "senior": Words("高级职称", "senior title"),
}


def level_key(text: str) -> LevelKey:
    """Return a level as the clauses know it: 3 for "3", "master" as it is."""
    return int(text) if text.isdecimal() else text


def years(months: int) -> Words:
    """Return a required span: whole years where it is so, else months."""
    if months % 12:
        return Words(f"{months} 个月", f"{months} months")
    count = months // 12
    return Words(f"{count} 年", f"{count} year" + "s" * (count != 1))


def span(units: int, *, lacking: bool = False) -> Words:
    """Return a measured span as years, months and days (thirtieths of a month).

    What was found is rounded down to the day, what is `lacking` up.
    """
    days = (-(-units * 30 // MONTH) if lacking else units * 30 // MONTH) if units > 0 else 0
    months, days = divmod(days, 30)
    parts = ((months // 12, "年", "y"), (months % 12, "个月", "m"), (days, "天", "d"))
    told = [part for part in parts if part[0]]
    if not told:
        return Words("0 天", "0 d")
    return Words(" ".join(f"{n} {zh}" for n, zh, _ in told), " ".join(f"{n} {en}" for n, _, en in told))
