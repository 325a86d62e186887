"""The columns of a sheet of staff, and what its words stand for."""

from gongjiang.kernel.sheets.model import Column

ROLE_WORDS = {
    "主考": "chief_officer",
    "考务组长": "administration_lead",
    "工作人员": "staff",
    "监考员": "invigilator",
    "考评员": "assessor",
    "高级考评员": "assessor",
    "阅卷人员": "marker",
    "内部质量督导员": "internal_supervisor",
    "内督": "internal_supervisor",
    "外部质量督导员": "external_supervisor",
    "外督": "external_supervisor",
    "安全员": "safety_officer",
}
RANK_WORDS = {"高级考评员": "senior"}
WRITER_WORDS = ("命题专家", "命题人员")
ROLES_OFFERED = tuple(word for word in ROLE_WORDS if word not in ("内督", "外督"))
YES_NO = {"是": True, "否": False}
LEVEL_WORDS = {
    "5": "5", "4": "4", "3": "3", "2": "2", "1": "1",
    "五": "5", "四": "4", "三": "3", "二": "2", "一": "1",
    "特": "master", "首席": "chief",
}  # fmt: skip
_ANY_DAY = "写成 2025-09-01、2025/9/1、2025年9月1日或 20250901 都可以。"

STAFF_COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", (), True, how_to_fill="与证件一致。", example="甲子衡"),
    Column(
        "identity",
        "证件号码",
        ("身份证号", "身份证号码"),
        True,
        "identity",
        how_to_fill="整列先设为文本再填：存成数字会丢掉后三位。",
        example="229104198001010019",
    ),
    Column("role", "岗位", ("角色",), True, "list", ROLES_OFFERED, "一人多个岗位的写多行。", "考评员"),
    Column("occupations", "职业编码", ("职业代码",), how_to_fill="考评员必填；多个用顿号隔开。", example="6-31-01-03"),
    Column("levels", "等级范围", ("等级",), how_to_fill="考评员必填，如 5-3 指五级到三级。", example="5-3"),
    Column("since", "聘任日期", ("聘期起",), True, "date", (), _ANY_DAY, "2025-03-01"),
    Column("until", "聘期至", ("聘期止",), False, "date", (), _ANY_DAY + "写最后一天；不填按规定的聘期算。"),
    Column("certificate", "培训证书编号", ("培训合格证编号",), how_to_fill="培训考核合格后发的证书编号。"),
    Column("examined_on", "考核日期", ("培训考核日期",), False, "date", (), _ANY_DAY),
    Column("employer", "所在单位", ("工作单位",), how_to_fill="考评员不评本单位的人。", example="样例职业学院"),
    Column(
        "regular",
        "是否正式职工",
        ("正式职工",),
        False,
        "list",
        tuple(YES_NO),
        "内部质量督导员必须是本单位正式职工。",
        "是",
    ),
    Column("room", "负责考场", ("考场",), how_to_fill="固定在一个考场的填。"),
)
HEADINGS = {column.key: column.header_zh for column in STAFF_COLUMNS}
