"""The columns of the sheet by which scores come in (scores.xlsx)."""

from gongjiang.kernel.sheets.model import Column

PARTS = ("理论", "操作", "综合评审")

GROUPS_FILLED = "操作、综合评审按评价内容分列成绩的地方填；三项合计等于成绩。"

SCORE_COLUMNS: tuple[Column, ...] = (
    Column("identity", "证件号码", ("身份证号",), True, "identity", how_to_fill="整列先设为文本再填。"),
    Column("name", "姓名", (), True, how_to_fill="用来核对，不作匹配。"),
    Column("part", "科目", (), True, "list", PARTS, "从列表里选。", "理论"),
    Column(
        "score",
        "成绩",
        ("分数",),
        True,
        "number",
        how_to_fill="百分制；缺考填“缺考”，不填 0；因违纪无效的填“作废”。",
        example="78.5",
    ),
    *(
        Column(
            key,
            f"{name}得分",
            (name,),
            False,
            "number",
            how_to_fill=GROUPS_FILLED,
        )
        for key, name in (("ability", "职业能力"), ("work_performance", "工作业绩"), ("ethics", "职业道德和工匠精神"))
    ),
    Column("scorer", "评分人", ("阅卷人",), False, how_to_fill="理论填阅卷人，操作填考评组长。", example="乙丑衡"),
)
