"""Sample rules and fees of a body, published as a body publishes its own: runs and the demo begin with them."""

from collections.abc import Mapping
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal

from gongjiang.bodies.actions import FeeSpec, publish_fees, publish_rule
from gongjiang.bodies.models import AssessmentBody, FeePart, RuleKind
from gongjiang.kernel.actor import Actor
from gongjiang.standards.models import Occupation

RULES = {
    RuleKind.EXAM_ADMINISTRATION: (
        "考务管理办法（样例）",
        "一、考场按报名人数设置，配备无死角视频监控。\n二、考前召开考务会，主考、监考员、考评员、内部质量督导员提前确定，"
        "不随意调换。\n三、试题从题库抽取，按程序印刷、封装、保管、运送。\n四、准考证与身份证件同时使用。",
    ),
    RuleKind.QUALITY: (
        "质量管理办法（样例）",
        "一、每批次由内部质量督导员到场督导并填写记录。\n二、报名资格由两人审核；成绩由两人独立评分，差异复核。\n"
        "三、成绩公示期内受理异议，按期答复。",
    ),
    RuleKind.CERTIFICATES: (
        "证书管理办法（样例）",
        "一、证书按全国统一编码规则和参考样式制作。\n二、空白证书由专人专账管理。\n三、补发、换发由持有人申请，"
        "更正后的信息同时上报。",
    ),
}
BASIS = "按场地、设备、耗材、命题、考评人员劳务和证书制作等成本综合测算，不以营利为目的。"
THEORY_SHARE = Decimal("0.3")


def publish_house_rules(
    *, actor: Actor, at: datetime, body: AssessmentBody, fees: Mapping[tuple[Occupation, str], Decimal]
) -> None:
    """Publish sample rules of each kind, and the fees in yuan by occupation and level, split into their parts."""
    day = at.date()
    for kind, (title, text) in RULES.items():
        publish_rule(actor=actor, at=at, body=body, kind=kind, title=title, text=text, since=day)
    items = []
    for (occupation, level), total in fees.items():
        theory = (total * THEORY_SHARE).quantize(Decimal(1), ROUND_HALF_UP)
        items += [
            FeeSpec(occupation, level, FeePart.THEORY, theory),
            FeeSpec(occupation, level, FeePart.PRACTICAL, total - theory),
        ]
    publish_fees(actor=actor, at=at, body=body, basis=BASIS, items=items, since=day)
