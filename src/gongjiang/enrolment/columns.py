"""The columns of the sheet by which a group is enrolled (candidates.xlsx), in the order of the template."""

from gongjiang.kernel.sheets.cells import parse_date, parse_month
from gongjiang.kernel.sheets.model import Column, Row
from gongjiang.law.eligibility import rows

LEVELS = ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师", "特级技师", "首席技师")
IDENTITY_KINDS = ("居民身份证", "港澳台居民居住证", "外国人永久居留身份证")
RELATIONS = ("本单位职工", "劳务派遣", "在校学生", "社会人员")
SCHOOLS = (
    "技工学校",
    "高级技工学校",
    "技师学院",
    "预备技师班",
    "中专",
    "职高",
    "高职",
    "大专",
    "本科",
    "硕士",
    "博士",
    "其他",
)
EDUCATION = ("初中及以下", "高中", "中专", "职高", "技校", "大专", "本科", "硕士", "博士")
MAJORS = ("本专业", "相关专业", "否")
TITLE_RANKS = ("初级", "中级", "高级")
YES_NO = ("是", "否")
EXAM_KINDS = ("正考", "补考")

_ANY_DAY = "写成 2025-09-01、2025/9/1、2025年9月1日或 20250901 都可以。"
_ANY_MONTH = "写到月：2018-07、2018年7月或 201807 都可以。"

CANDIDATE_COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", ("考生姓名",), True, how_to_fill="与证件一致，生僻字照写。", example="丁卯春"),
    Column("identity_kind", "证件类型", ("身份证件类型",), True, "list", IDENTITY_KINDS, "从列表里选。", "居民身份证"),
    Column(
        "identity",
        "证件号码",
        ("身份证号", "身份证号码", "身份证件号码", "证件号"),
        True,
        "identity",
        how_to_fill="整列先设为文本再填：存成数字会丢掉后三位。",
        example="229104199001010016",
    ),
    Column("sex", "性别", (), False, "list", ("男", "女"), "可不填，由证件号码得出；填了就核对。", "男"),
    Column("phone", "手机号码", ("手机", "联系电话", "手机号"), True, how_to_fill="11 位。", example="13800000001"),
    Column(
        "employer",
        "所在单位",
        ("工作单位", "单位名称", "单位"),
        True,
        how_to_fill="与营业执照一致；编排考场时同单位的人会分开坐。没有单位填“无”。",
        example="样例墨斗机电有限公司",
    ),
    Column(
        "employer_code",
        "单位统一社会信用代码",
        ("统一社会信用代码", "信用代码"),
        how_to_fill="18 位，不用字母 I、O、S、V、Z。",
        example="91229900MA0000001D",
    ),
    Column(
        "occupation_code", "职业编码", ("职业代码",), True, how_to_fill="大典 2022 年版编码。", example="6-31-01-03"
    ),
    Column("occupation", "职业名称", ("职业", "申报职业"), True, how_to_fill="与职业编码对应。", example="电工"),
    Column(
        "level",
        "认定等级",
        ("等级", "申报等级", "职业技能等级", "级别"),
        True,
        "list",
        LEVELS,
        "从列表里选。",
        "四级/中级工",
    ),
    Column("job_type", "工种", ("职业方向", "工种/职业方向", "工种名称"), how_to_fill="没有工种就空着。"),
    Column("exam_kind", "考试类型", ("正考/补考",), False, "list", EXAM_KINDS, "不填按正考。", "正考"),
    Column(
        "clause",
        "申报条件",
        ("申报条件编号", "申报条款"),
        how_to_fill="公告里的条款编号；不填则逐条核对，凡有一条满足即可。",
        example="18-4-2",
    ),
    Column(
        "own_since", "开始从事本职业年月", ("从事本职业年月", rows.OWN_FROM), False, "month", (), _ANY_MONTH, "2016-03"
    ),
    Column("own_until", "从事本职业至", (rows.OWN_UNTIL,), False, "month", (), "还在做就空着。"),
    Column(
        "related_since",
        "相关职业工作起始年月",
        ("从事相关职业年月", "开始从事相关职业年月", rows.RELATED_FROM),
        False,
        "month",
        (),
        _ANY_MONTH + "标准只认本职业的，填了也不算。",
        "2015-07",
    ),
    Column("certificate_level", "原证书等级", ("原等级",), False, "list", LEVELS, "有证书的填。", "五级/初级工"),
    Column("certificate_number", "原证书编号", ("原证书号",), how_to_fill="证书上印的编号，新旧两种都可以。"),
    Column("certificate_on", "原证书发证日期", ("原发证日期",), False, "date", (), _ANY_DAY, "2019-06-18"),
    Column("education", "学历", ("文化程度",), False, "list", EDUCATION, "最高学历。", "技校"),
    Column(
        "school",
        "毕业院校类型",
        ("院校类型", "学校类型"),
        False,
        "list",
        SCHOOLS,
        "按学历条件申报的必须填。",
        "技工学校",
    ),
    Column("major", "专业是否对口", (rows.MAJOR,), False, "list", MAJORS, "本专业、相关专业，或者否。", "本专业"),
    Column("graduated_on", "毕业日期", ("毕业时间",), False, "date", (), _ANY_DAY + "应届填预计毕业日。", "2024-07-01"),
    Column("graduating", "应届毕业生", ("应届",), False, "list", YES_NO, "今年毕业、还没拿到毕业证的填“是”。"),
    Column("evaluated", "院校经评估论证", (), False, "list", YES_NO, "条款要求时填，附论证材料。"),
    Column("apprenticeship", "学徒期满", ("学徒期是否满",), False, "list", YES_NO, "五级可凭学徒期满申报。", "否"),
    Column("title_rank", "职称等级", (), False, "list", TITLE_RANKS, "按职称申报的填。"),
    Column("title_on", "职称取得日期", (), False, "date", (), _ANY_DAY),
    Column("title_matches", "职称专业对应", (), False, "list", YES_NO, "职称专业与职业对应。"),
    Column("trained", "培训达规定学时", (), False, "list", YES_NO, "只有旧标准要求。"),
    Column("relation", "人员关系", ("考生来源", "人员类别"), False, "list", RELATIONS, "不填按社会人员。", "社会人员"),
    Column(
        "born_on",
        "出生日期",
        ("出生年月日", "生日"),
        False,
        "date",
        (),
        "居民身份证、居住证可不填，由号码得出；号码里读不出的必须填。" + _ANY_DAY,
        "1990-01-01",
    ),
    Column("access", "无障碍需要", ("无障碍",), False, "list", YES_NO, "填“是”的安排在有无障碍条件的考场。", "否"),
)
"""Headings as the documents and the clerks call them; `header_aliases` of the sheet layer reads the others too."""

FACT_HEADINGS: dict[str, str] = {
    "own_since": rows.OWN_FROM,
    "own_until": rows.OWN_UNTIL,
    "related_since": rows.RELATED_FROM,
    "certificate_level": rows.LEVEL,
    "certificate_number": rows.NUMBER,
    "certificate_on": rows.ISSUED,
    "school": rows.SCHOOL,
    "major": rows.MAJOR,
    "graduated_on": rows.GRADUATED,
    "graduating": rows.GRADUATING,
    "evaluated": rows.EVALUATED,
    "apprenticeship": rows.APPRENTICE,
    "title_rank": rows.TITLE,
    "title_on": rows.GRANTED,
    "title_matches": rows.TITLE_MATCHES,
    "trained": rows.TRAINED,
}
"""Which column states which fact of `law.eligibility.rows`."""

_KINDS = {column.key: column.kind for column in CANDIDATE_COLUMNS}


def fact_cells(row: Row) -> dict[str, object]:
    """The row's facts under the law's headings, for `law.eligibility.facts_from_row`. Days and months are
    read here in every usual form; what names none stays as written, so that the law says why not."""
    told: dict[str, object] = {}
    for key, heading in FACT_HEADINGS.items():
        cell = row[key]
        read = {"date": parse_date, "month": parse_month}.get(_KINDS[key])
        told[heading] = (read(cell) if read else None) or cell.value
    return told
