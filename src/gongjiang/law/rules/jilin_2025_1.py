"""吉人社规〔2025〕1号《吉林省职业技能等级认定机构评估备案办法》, in the order of its articles."""

from datetime import date

from gongjiang.law import questions as ask
from gongjiang.law.model import Document
from gongjiang.law.places import JILIN

DOC = Document(
    key="JL-2025-1",
    number="吉人社规〔2025〕1号",
    title="吉林省职业技能等级认定机构评估备案办法",
    english="Jilin's measures for evaluating and filing certification bodies",
    place=JILIN,
    in_force=date(2025, 7, 1),  # 第15条 自印发之日起施行；废止吉人社规〔2022〕7号（文本不在手）
)
article = DOC.article

# 第三条 ……认定机构包括：……用人单位和社会培训评价组织。其中，用人单位对本单位职工（含院校）依据国家职业标
# 准和评价规范……；社会培训评价组织……依据国家职业标准面向社会开展职业技能等级认定。
ask.FILED_AS.answer(ask.EMPLOYER, article(3), kinds=[ask.EMPLOYER, ask.COLLEGE])
ask.FILED_AS.answer(ask.SOCIAL, article(3), kinds=[ask.SOCIAL])
ask.STANDARDS_ALLOWED.answer(("national", "specification"), article(3), kinds=[ask.EMPLOYER, ask.COLLEGE])
ask.STANDARDS_ALLOWED.answer(("national",), article(3), kinds=[ask.SOCIAL])

# 第四条 ……省……负责中直驻省、省属认定机构的评估备案；各市（州）……负责市（州）属及以下认定机构的评估备案。
ask.FILING_AUTHORITY.answer("province", article(4), kinds=[ask.CENTRAL, ask.PROVINCIAL])
ask.FILING_AUTHORITY.answer("city", article(4), kinds=[ask.MUNICIPAL])

# 第五条 按照“谁遴选、谁监管”的原则……按照“谁评价、谁发证、谁负责”原则……
ask.SUPERVISED_BY_SELECTING_AUTHORITY.answer(True, article(5))
ask.BODY_ANSWERS_FOR_RESULTS.answer(True, article(5))

# 第六条 ……第三、四、五、六大类中的技能类职业（工种），且有相应的国家职业技能标准或……备案公示的评价规范，
# 认定机构应具备以下基本条件：……（二）……向社会公开发布收费标准。……（六）……拟面向下属全资、控股子公司职工开
# 展认定的，需提交下属子公司名单……
ask.OCCUPATION_CLASSES.answer((3, 4, 5, 6), article(6))
ask.OCCUPATION_SOURCES.answer(("current_classification", "published_later"), article(6))
ask.FEES_PUBLISHED.answer(True, article(6, 2))
CONDITIONS = (
    "legal_person", "clean_record", "non_profit", "published_fees", "unit", "staff", "experts", "assessors",
    "supervisors", "main_business", "venue", "equipment", "item_bank", "video", "safety_fire", "rules",
    "contingency_plan",
)  # fmt: skip
ITEMS = [article(6, item) for item in range(1, 6)]
ask.APPLICANT_CONDITIONS.answer(
    (*CONDITIONS, "pay_mechanism"), *ITEMS, article(6, 6), kinds=[ask.EMPLOYER, ask.COLLEGE]
)
ask.APPLICANT_CONDITIONS.answer(CONDITIONS, *ITEMS, kinds=[ask.SOCIAL])
for _item, _asked in {
    1: ("legal_person", "clean_record"),
    2: ("non_profit", "published_fees"),
    3: ("unit", "staff", "experts", "assessors", "supervisors"),
    4: ("main_business", "venue", "equipment", "item_bank", "video", "safety_fire"),
    5: ("rules", "contingency_plan"),
    6: ("pay_mechanism",),
}.items():
    ask.CONDITION_ASKED.answer(True, article(6, _item), kinds=_asked)
ask.SUBSIDIARY_LIST_REQUIRED.answer(True, article(6, 6), kinds=[ask.EMPLOYER])

# 第七条 ……提交相应的备案材料，并对备案材料的真实性负责。（一）机构申报……（二）初评……（三）技术评估……现场
# 技术评估……（四）综合汇总……（五）……公示不少于5个工作日。公示无异议后，由省级……下发备案通知，备案有效期为
# 三年。
ask.APPLICANT_ANSWERS_FOR_TRUTH.answer(True, article(7))
STEPS = {
    "application": article(7, 1), "acceptance": article(7, 2), "preliminary_evaluation": article(7, 2),
    "technical_evaluation": article(7, 3), "consolidated_evaluation": article(7, 4), "deliberation": article(7, 5),
    "public_notice": article(7, 5), "filing_letter": article(7, 5),
}  # fmt: skip
ask.FILING_STEPS.answer(tuple(STEPS), *STEPS.values(), kinds=["first", "addition"])
ask.OFFICERS_DISTINCT.answer(True, article(7, 5))
ask.TECHNICAL_EVALUATION_METHODS.answer(("site_visit",), article(7, 3))
ask.SELECTION_NOTICE_REQUIRED.answer(True, article(7, 5), kinds=ask.BODIES)
ask.FILING_NOTICE_WORKING_DAYS.answer(5, article(7, 5))
ask.FILING_LETTER_BY.answer("province", article(7, 5), kinds=["first", "addition"])
ask.FILING_TERM_YEARS.answer(3, article(7, 5))

# 第八条 ……注册地址、法定代表人、考试考核场地、职业（工种）及等级等要素应当与备案信息一致。发生变更的……重
# 新履行评估备案流程。
ask.AMENDMENT_ELEMENTS.answer(
    ("registered_address", "legal_representative", "exam_site", "occupation", "level"), article(8)
)
ask.AMENDMENT_BY.answer("filing_again", article(8))
ask.FILING_STEPS.answer(tuple(STEPS), *(STEPS | {"application": article(8)}).values(), kinds=["amendment"])
ask.FILING_LETTER_BY.answer("province", article(7, 5), article(8), kinds=["amendment"])

# 第九条 认定机构应在备案期满前三个月提出续期备案申请……应对认定机构工作开展情况进行评估，并……下发续期备案通知。
ask.RENEWAL_LEAD_MONTHS.answer(3, article(9))
ask.FILING_STEPS.answer(("application", "work_evaluation", "filing_letter"), *[article(9)] * 3, kinds=["renewal"])

# 第十条 ……主动提出不再开展……工作的，由人力资源和社会保障部门评估后，对其作出自愿终止备案处理。
ask.FILING_STEPS.answer(("application", "work_evaluation", "filing_letter"), *[article(10)] * 3, kinds=["termination"])
ask.ENDED_AT_OWN_WISH.answer(True, article(10))

# 第十一条 对严重违反……（人社厅发〔2024〕27号）……（吉人社规〔2024〕1号）规定情形的，责令终止备案。
ask.TERMINATION_ORDERED_FOR.answer(("breach_of_27", "breach_of_measures"), article(11))

# 第十二条 终止备案的认定机构，对终止备案前已实施行为负责，继续承担已发证书数据的复核、更正、撤销和认定资
# 料档案保管等职责；认定机构主体灭失的，由人力资源和社会保障部门会同有关方面做好相关工作。
ask.TERMINATED_BODY_KEEPS_DUTIES.answer(True, article(12))
ask.DUTIES_TAKEN_OVER.answer(True, article(12))

# 第十三条 ……终止备案前应做好相关收尾工作。所颁发的合规……证书继续有效，相应的证书数据经审核合格的，按照相关规定
# 上传……对已收取、未能提供评价服务的费用应退尽退……
ask.WOUND_UP_BEFORE_THE_END.answer(True, article(13))
ask.CERTIFICATES_STAY_VALID.answer(True, article(13))
ask.DATA_UPLOADED_AFTER_REVIEW.answer(True, article(13))
ask.UNSERVED_FEES_REFUNDED.answer(True, article(13))

# 第十五条 本办法自印发之日起施行，……（吉人社规〔2022〕7号）同时废止。
ask.FORMER_FILING_RULE.answer("jl_2022_7", article(15))

WAIVED: dict[int | str, str] = {
    1: "目的和依据",
    2: "定义，与吉人社规〔2024〕5号第二条同义",
    14: "解释权",
}
# What the platform doesn't do yet, also where the article's question is answered above.
PENDING: dict[int | str, tuple[str, ...]] = {
    6: ("PLN-03", "EXM-04"),
    11: ("SUP-05",),
    13: ("PLN-03",),
}
