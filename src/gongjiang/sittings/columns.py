"""The columns of the sheets for an exam day: rooms, staff and attendance."""

from gongjiang.kernel.sheets.model import Column

ROOM_KINDS = ("理论", "操作", "评分室", "候考室", "考务办公室")
STAFF_ROLES = ("主考", "考务组长", "工作人员", "监考员", "考评员", "内部质量督导员", "安全员")
PARTS = ("理论", "操作")
PRESENCE = ("到", "缺考")
YES_NO = ("是", "否")

_ANY_DAY = "写成 2025-09-01、2025/9/1、2025年9月1日或 20250901 都可以。"

ROOM_COLUMNS: tuple[Column, ...] = (
    Column("site", "考点", ("考点名称",), True, how_to_fill="备案的考点名称。", example="榫卯中心考点"),
    Column("address", "地址", ("考点地址",), True, how_to_fill="到门牌号。", example="样例路 1 号"),
    Column("room", "考场", ("考场名称", "房间"), True, how_to_fill="一个考点里不重名。", example="理论第 1 考场"),
    Column("kind", "类型", ("考场类型",), True, "list", ROOM_KINDS, "从列表里选。", "理论"),
    Column("rows", "行数", (), False, "number", how_to_fill="理论考场座位的行数。", example="6"),
    Column("columns", "列数", (), False, "number", how_to_fill="理论考场座位的列数。", example="5"),
    Column("stations", "工位数", ("工位",), False, "number", how_to_fill="操作考场的工位。", example="25"),
    Column("access", "无障碍", (), False, "list", YES_NO, "轮椅能进出。", "是"),
    Column("cameras", "摄像头数", ("摄像头",), False, "number", how_to_fill="监控不得有盲区。", example="4"),
    Column("inspected_on", "消防检查日期", ("检查日期",), True, "date", (), _ANY_DAY, "2026-03-02"),
    Column("inspection_until", "检查有效期至", ("有效期至",), True, "date", (), _ANY_DAY, "2027-03-01"),
)

STAFF_COLUMNS: tuple[Column, ...] = (
    Column("name", "姓名", (), True, how_to_fill="与证件一致。", example="甲子衡"),
    Column(
        "identity",
        "证件号码",
        ("身份证号",),
        True,
        "identity",
        how_to_fill="整列先设为文本再填。",
        example="229104198001010019",
    ),
    Column("role", "角色", ("岗位",), True, "list", STAFF_ROLES, "一人多个角色的写多行。", "考评员"),
    Column("occupations", "职业编码", (), False, how_to_fill="考评员必填；多个用顿号隔开。", example="6-31-01-03"),
    Column("levels", "等级范围", ("等级",), False, how_to_fill="考评员必填，如 5-3 指五级到三级。", example="5-3"),
    Column("appointed_on", "聘任日期", (), True, "date", (), _ANY_DAY, "2025-03-01"),
    Column("appointed_until", "聘期至", ("聘期止",), False, "date", (), _ANY_DAY + "不填按规定的聘期算。"),
    Column("employer", "所在单位", ("工作单位",), False, how_to_fill="考评员不评本单位的人。", example="样例职业学院"),
    Column(
        "regular", "是否正式职工", ("正式职工",), False, "list", YES_NO, "内部质量督导员必须是本单位正式职工。", "是"
    ),
    Column("room", "负责考场", ("考场",), False, how_to_fill="固定在一个考场的填，其余由系统分派。"),
)

ATTENDANCE_COLUMNS: tuple[Column, ...] = (
    Column("identity", "证件号码", ("身份证号",), True, "identity", how_to_fill="整列先设为文本再填。"),
    Column("part", "科目", (), True, "list", PARTS, "从列表里选。", "理论"),
    Column("presence", "到场", ("到考情况",), True, "list", PRESENCE, "没来的填“缺考”。", "到"),
    Column("signed_at", "签到时间", (), False, how_to_fill="到的填，如 08:41。", example="08:41"),
)
