"""What the sheets have in common: finding the occupation that a row names, and Chinese words for levels and parts."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gongjiang.kernel.sheet_rows import Sheet
from gongjiang.kernel.sheets.model import Row
from gongjiang.law.codes import parse_occupation_code
from gongjiang.standards.models import Level, Occupation, PartKind
from gongjiang.standards.queries import CURRENT_EDITION

_FIVE = (("五级", "初级工"), ("四级", "中级工"), ("三级", "高级工"), ("二级", "技师"), ("一级", "高级技师"))
LEVEL_WORDS: dict[str, str] = {"学徒工": Level.APPRENTICE, "特级技师": Level.MASTER, "首席技师": Level.CHIEF}
for _number, (_level, _title) in zip("54321", _FIVE, strict=True):
    LEVEL_WORDS |= dict.fromkeys((_number, _level, _title, f"{_level}/{_title}"), _number)
PART_WORDS: dict[str, str] = {
    "理论知识考试": PartKind.THEORY,
    "理论": PartKind.THEORY,
    "操作技能考核": PartKind.PRACTICAL,
    "技能": PartKind.PRACTICAL,
    "综合评审": PartKind.PANEL,
}
YES_NO = {"是": True, "否": False}


def names(text: str) -> tuple[str, ...]:
    """Return the names in a cell, separated by 、 or ；, each once."""
    return tuple(dict.fromkeys(each.strip() for each in text.replace("；", "、").split("、") if each.strip()))


def code_of(sheet: Sheet, row: Row, column: str = "code") -> str:
    """Return the occupation code in a cell; note a problem where it isn't one."""
    text = row.text(column)
    if not text:
        return ""
    parsed = parse_occupation_code(text)
    if not parsed.valid or parsed.code is None:
        sheet.wrong(row, column, _("This isn't an occupation code."), _("Write it as 6-31-01-03."), "occupation-code")
        return ""
    return parsed.code


def current_occupations(rows: Iterable[Row], column: str = "code") -> dict[str, Occupation]:
    """Return the occupations of the current edition under the codes that the rows name, with one query."""
    codes = {row.text(column) for row in rows}
    found = Occupation.objects.filter(edition=CURRENT_EDITION, code__in=codes).order_by("-pk")
    return {each.code: each for each in found}


def occupation_of(sheet: Sheet, row: Row, known: dict[str, Occupation], column: str = "code") -> Occupation | None:
    """Return the occupation that a row names; note a problem where the current edition has none."""
    code = code_of(sheet, row, column)
    if code and code not in known:
        why = _("The current edition of the classification has no such code.")
        mend = _("Look the code up in the catalogue; older codes lead to the present one there.")
        sheet.wrong(row, column, why, mend, "occupation-unknown")
    return known.get(code)
