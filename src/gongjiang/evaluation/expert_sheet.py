"""The sheet by which an authority enters its experts."""

from datetime import date

from django.utils.translation import gettext as _

from gongjiang.evaluation.rules_experts import ExpertSpec, wrong_with
from gongjiang.kernel import sheet_rows as sheets
from gongjiang.kernel.sheets.model import Column, Row
from gongjiang.law.codes import normalise
from gongjiang.standards.models import Occupation
from gongjiang.standards.queries import CURRENT_EDITION

_ANY_DAY = "写成 2025-09-01、2025/9/1、2025年9月1日或 20250901 都可以。"
SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ \n", "、"))

EXPERT_COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", (), True, how_to_fill="与证件一致。", example="甲子衡"),
    Column(
        "identity",
        "证件号码",
        ("身份证号",),
        True,
        "identity",
        how_to_fill="整列先设为文本再填。加密保存，页面上只显示掩码。",
        example="229104198001010019",
    ),
    Column("employer", "所在单位", ("工作单位",), True, how_to_fill="与营业执照一致；没有填“无”。", example="样例学院"),
    Column(
        "employer_code",
        "单位统一社会信用代码",
        ("统一社会信用代码", "信用代码"),
        how_to_fill="18 位。填了，抽取时自动回避本单位。",
        example="91229900MA0000001D",
    ),
    Column("title", "职称或职务", ("职称",), how_to_fill="如高级工程师、高级技师。", example="高级技师"),
    Column("occupations", "职业编码", ("可评职业",), True, how_to_fill="多个用顿号隔开。", example="6-31-01-03"),
    Column("since", "入库日期", ("聘任日期",), True, "date", (), _ANY_DAY, "2026-01-01"),
    Column("until", "聘期至", ("聘期止",), False, "date", (), _ANY_DAY + "最后一天的次日；不填为长期。"),
    Column("nda_since", "保密协议签订日期", ("保密协议签订日",), False, "date", (), _ANY_DAY + "没签的不参加抽取。"),
    Column("nda_until", "保密协议有效期至", ("保密协议至",), False, "date", (), _ANY_DAY + "最后一天的次日。"),
    Column("ethics_on", "职业道德培训日期", (), False, "date", (), _ANY_DAY + "最近一次。"),
)
DAYS = ("since", "until", "nda_since", "nda_until", "ethics_on")


def read_experts(content: bytes, *, today: date) -> list[ExpertSpec]:
    """Return the experts that the sheet states.

    :raises SheetRefused: with every problem of every row.
    """
    sheet = sheets.read(content, EXPERT_COLUMNS, _("Import experts"))
    codes = {code for row in sheet.rows for code in _codes(row)}
    known = Occupation.objects.filter(edition=CURRENT_EDITION, code__in=codes).order_by("-pk")
    occupations = {each.code: each for each in known}
    twice = sheets.first_twice(sheet.rows, lambda row: normalise(row.text("identity")).text or row.number)
    specs = []
    for row in sheet.rows:
        if row.number in twice:
            why = _("The same person stands in row %(row)s.") % {"row": twice[row.number]}
            sheet.wrong(row, "identity", why, _("Put all occupations into one row."), "row-twice")
        if spec := _spec(sheet, row, occupations, today):
            specs.append(spec)
    sheet.refuse_if_wrong()
    return specs


def _spec(sheet: sheets.Sheet, row: Row, occupations: dict[str, Occupation], today: date) -> ExpertSpec | None:
    days = {name: sheet.day(row, name) for name in DAYS}
    for code in _codes(row):
        if code not in occupations:
            why = _("The catalogue has no occupation %(code)s.") % {"code": code}
            sheet.wrong(row, "occupations", why, _("Look it up under Standards."), "occupation")
    since = days.pop("since")
    if since is None:
        return None
    spec = ExpertSpec(
        name=row.text("name"),
        identity=row.text("identity"),
        employer=row.text("employer"),
        employer_code=normalise(row.text("employer_code")).text,
        title=row.text("title"),
        since=since,
        occupations=tuple(occupations[code] for code in dict.fromkeys(_codes(row)) if code in occupations),
        **days,
    )
    for ground in wrong_with(spec, today):
        noted = row[ground.code].kind in ("empty", "number") and ground.code in ("name", "identity", "employer")
        if not noted and not (ground.code == "occupations" and _codes(row) != []):
            sheet.wrong_by_law(row, ground.code, [ground])
    return spec


def _codes(row: Row) -> list[str]:
    return [code for code in row.text("occupations").translate(SEPARATORS).split("、") if code]
