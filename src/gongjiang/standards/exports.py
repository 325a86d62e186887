"""What leaves the catalogue as tables: an edition in the form in which it is imported, a difference, unjoined rows."""

import io
from collections.abc import Iterable

from gongjiang.kernel.sheets.write import write_csv
from gongjiang.standards.difference import Change
from gongjiang.standards.models import Occupation, RetiredCode, UnjoinedStandard
from gongjiang.standards.sheets import EDITION

CHANGE_WORDS = {"added": "新增", "removed": "取消", "renamed": "更名", "moved": "编码变更"}
REASON_WORDS = {
    "class": "不属技能类职业大类",
    "code": "现行版大典无此编码或名称不符",
    "edition": "未注明版本年份",
    "levels": "未注明五个等级",
    "twice": "目录中重复",
}


def edition_csv(edition: int) -> bytes:
    """Return an edition's occupations as CSV; importing it again changes nothing."""
    occupations = Occupation.objects.filter(edition=edition, added_by="").prefetch_related("job_types", "aliases")
    became = {(each.code, each.name): each.occupation.code for each in RetiredCode.objects.select_related("occupation")}
    rows = (
        (
            each.code,
            each.name,
            each.group_name,
            "/".join(["L"] * each.is_green + ["S"] * each.is_digital),
            "、".join(sorted(job_type.name for job_type in each.job_types.all())),
            "、".join(sorted(alias.name for alias in each.aliases.all())),
            became.get((each.code, each.name), ""),
        )
        for each in occupations
    )
    return _csv([column.header_zh for column in EDITION], rows)


def difference_csv(changes: Iterable[Change]) -> bytes:
    """Return the difference between two editions as CSV."""
    rows = ((CHANGE_WORDS[each.kind], *(each.old or ("", "")), *(each.new or ("", ""))) for each in changes)
    return _csv(("变化", "原编码", "原名称", "新编码", "新名称"), rows)


def unjoined_csv(found: Iterable[UnjoinedStandard]) -> bytes:
    """Return the rows of the official catalogue that join no occupation, with the reasons, as CSV."""
    rows = (
        (each.code, each.title, each.job_types, each.edition, each.levels, REASON_WORDS[each.reason]) for each in found
    )
    return _csv(("编码", "标准名称", "工种", "版本", "等级", "原因"), rows)


def template_csv(headings: Iterable[str]) -> bytes:
    """Return an empty sheet with these headings."""
    return _csv(list(headings), ())


def _csv(headings: Iterable[str], rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.BytesIO()
    write_csv(out, list(headings), rows)
    return out.getvalue()
