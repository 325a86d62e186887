"""The letters that stand for experts: the ten stems, then the twelve branches. Their code points aren't in order."""

from collections.abc import Iterable

from gongjiang.evaluation.models import Panelist

LETTERS = "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥"


def in_order(panel: Iterable[Panelist]) -> list[Panelist]:
    """Return the panelists from 甲 on."""
    return sorted(panel, key=lambda each: LETTERS.find(each.letter))
