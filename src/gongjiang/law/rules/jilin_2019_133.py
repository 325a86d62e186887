"""吉人社函字〔2019〕133号《吉林省职业技能等级认定试点工作方案（试行）》, in the order of its parts.

The pilot is a regime of its own: its plan answers for the pilot's bodies only, then and now.
No text at hand repeals it.
"""

from datetime import date

from gongjiang.law import questions as ask
from gongjiang.law.model import Document
from gongjiang.law.places import JILIN_PILOT

DOC = Document(
    key="JL-2019-133",
    number="吉人社函字〔2019〕133号",
    title="吉林省职业技能等级认定试点工作方案（试行）",
    english="Jilin's plan for the skill-level certification pilot (trial)",
    place=JILIN_PILOT,
    in_force=date(2019, 7, 31),  # 印发日
    parts=True,
)
part = DOC.article

# 三（一）试点企业应具备的条件：1. ……独立法人资格；2. ……与本单位主营业务直接相关……3. 已建立……激励机制……4. ……
# 不得以营利为目的……5. ……机构。……专职工作人员、专家队伍、质量督导人员，有相应的场地、设备和视频监控等硬件
# 设施；6. 评价结果与薪酬待遇挂钩。
ask.BODY_KINDS.answer((ask.EMPLOYER,), part(3))
ask.APPLICANT_CONDITIONS.answer(
    (
        "legal_person", "clean_record", "main_business", "influence", "rules", "funding", "non_profit", "unit",
        "staff", "experts", "supervisors", "venue", "equipment", "video", "pay_mechanism",
    ),
    part(3, 1), *(part(3, 1, point) for point in range(1, 7)),
    kinds=[ask.EMPLOYER],
)  # fmt: skip

for _point, _asked in {
    1: ("legal_person", "clean_record"),
    2: ("main_business", "influence"),
    4: ("funding", "non_profit"),
    5: ("unit", "staff", "experts", "supervisors", "venue", "equipment", "video"),
}.items():
    ask.CONDITION_ASKED.answer(True, part(3, 1, _point), kinds=_asked)
ask.CONDITION_ASKED.answer(True, part(3, 1, 3), part(3, 1, 5), kinds=["rules"])
ask.CONDITION_ASKED.answer(True, part(3, 1, 3), part(3, 1, 6), kinds=["pay_mechanism"])

# 三（二）1.申报人员应是本企业在岗职工；2.符合国家职业技能标准的申报要求；3.……应与本人实际岗位需要一致，每
# 次限报1个职业（工种）。
ask.CANDIDATE_IS_ON_THE_JOB.answer(True, part(3, 2, 1))
ask.ELIGIBILITY_BY_STANDARD.answer(True, part(3, 2, 2))
ask.OCCUPATION_MATCHES_POST.answer(True, part(3, 2, 3))
ask.ONE_OCCUPATION_AT_A_TIME.answer(True, part(3, 2, 3))

# 四（一）1.职业能力。……2.工作业绩。……3.职业道德和工匠精神。……
ask.ASSESSMENT_CONTENT.answer(("ability", "work_performance", "ethics"), *(part(4, 1, point) for point in range(1, 4)))

# 四（二）1.考核鉴定。采用理论知识、实际操作考核和论文答辩等方式……2.考评结合。采取理论考核、实践操作、业绩
# 评审、业绩展示等方式……3.过程化考核。……4.竞赛选拔。对在经过备案的职业技能竞赛中取得优异成绩，可直接认定相
# 应等级。
ask.ASSESSMENT_METHODS.answer(
    (
        "theory_exam", "practical_exam", "thesis_defence", "work_record_review", "continuous_assessment",
        "competition_route",
    ),
    part(4, 2), *(part(4, 2, point) for point in range(1, 5)),
)  # fmt: skip
ask.COMPETITION_WINNERS_RECOGNISED.answer(True, part(4, 2, 4))

# 五（一）……《中华人民共和国职业分类大典（2015年版）》中收录的技能类职业（工种）和新职业。……一般分为五级……
# 准入类职业资格不纳入……试点评价企业要在本企业范围内开展职业技能等级认定，不得超范围……不得授权或委托其他机
# 构开展职业技能等级认定。
ask.OCCUPATION_SOURCES.answer(("classification_2015", "published_later"), part(5, 1))
ask.LEVELS_BY_BODY_KIND.answer(ask.FIVE_LEVELS, part(5, 1), kinds=[ask.EMPLOYER])
ask.LEVELS_BY_EVALUATION_KIND.answer(ask.FIVE_LEVELS, part(5, 1), kinds=[ask.LEVEL])
ask.EVALUATION_KINDS.answer((ask.LEVEL,), part(5, 1))
ask.OCCUPATION_TYPE.answer("level_type", part(5, 1), kinds=[ask.LEVEL])
ask.SERVICE_SCOPE.answer(ask.Scope(True, False, "本企业在岗职工"), part(5, 1), kinds=[ask.EMPLOYER])
ask.PLAN_WITHIN_SCOPE.answer(True, part(5, 1))
ask.DELEGATION_FORBIDDEN.answer(True, part(5, 1))

# 五（二）备案需提交的材料 1.企业申请报告；…… 8.管理运行制度、专门负责……机构、人员及质量管控文件等。
ask.FILING_MATERIALS.answer(
    (
        "application_report", "basic_facts", "pilot_plan", "legal_person_certificate", "personnel_rules",
        "occupations_and_standards", "assets", "operating_rules",
    ),
    part(5, 2), *(part(5, 2, point) for point in range(1, 9)),
)  # fmt: skip

# 六 ……开考申请、过程督导、结果审核、信息服务……
ask.OPENING_APPLIED_FOR.answer(True, part(6), part(7, 2, 5))
ask.RESULTS_REVIEWED.answer(True, part(6))

# 六（一）试点征集。印发通告，按照“分级推报”的原则……组织专家对申请试点企业开展实地考察、专家评估……
ask.SELECTION_BY_PUBLIC_CALL.answer(True, part(6, 1))
ask.FILING_AUTHORITY.answer("province", part(6, 1), kinds=[ask.CENTRAL, ask.PROVINCIAL])
ask.FILING_AUTHORITY.answer("city", part(6, 1), kinds=[ask.MUNICIPAL])
ask.TECHNICAL_EVALUATION_METHODS.answer(("site_visit", "expert_review"), part(6, 1))
ask.FILING_EVALUATED_BY.answer("province", part(6, 1))
ask.FILING_LETTER_BY.answer("province", part(6, 1), kinds=["first", "addition"])

# 六（二）完善试点工作。……试点工作方案制定完成后，报省、市（州）……备案并接受……评估验收。
PHASES = {
    "application": part(6, 1), "acceptance": part(6, 1), "technical_evaluation": part(6, 1),
    "consolidated_evaluation": part(6, 2), "filing_letter": part(6, 2), "directory": part(6, 3),
}  # fmt: skip
ask.FILING_STEPS.answer(tuple(PHASES), *PHASES.values(), kinds=["first", "addition"])
ask.FILING_STEPS.answer(("application", "filing_letter"), part(6, 2), part(6, 2), kinds=["amendment"])

# 六（三）……发布试点企业目录，内容包括：试点企业名称、分（子）公司情况、地址、实施鉴定机构、监管服务机构、
# 联系人（方式）、职业（工种）名称、等级范围等。并……由省职业技能鉴定中心赋予评价机构编码。
ask.DIRECTORY_PUBLISHED.answer(True, part(6, 3))
ask.DIRECTORY_CONTENT.answer(
    (
        "name", "branches", "address", "implementing_body", "supervising_body", "contact", "occupations", "levels",
    ),
    part(6, 3),
)  # fmt: skip
ask.BODY_CODE_GIVEN_BY.answer("provincial_centre", part(6, 3))

# 六（五）……由省职业技能鉴定中心赋予证书编码，试点企业按……证书参考样式，统一制作并颁发职业技能等级证书（或
# 电子证书）。……妥善保管原始文档，实现全程留痕、责任可追溯。……免费向社会提供证书信息查询服务，并纳入人才统
# 计范围……
ask.CERTIFICATE_REQUIRES_PASS.answer(True, part(6, 5))
ask.CERTIFICATE_CODING_NATIONAL.answer(True, part(6, 5), part(6, 3))
ask.NUMBERS_GIVEN_BY.answer("provincial_centre", part(6, 5))
ask.WHOLE_PROCESS_KEPT.answer(True, part(6, 5))
ask.FREE_PUBLIC_QUERY.answer(True, part(6, 5))

# 八（二）……构建行政监管、信用监管、行业自律、社会监督、公众参与的监管体系……受理投诉举报并核实处理。
ask.SUPERVISION_SYSTEM.answer((*ask.SUPERVISORS, "credit", "participation"), part(8, 2))
ask.COMPLAINTS_INVESTIGATED.answer(True, part(8, 2))

# 八（三）承担主体责任。按照“谁评价、谁负责、谁发证”原则……
ask.BODY_ANSWERS_FOR_RESULTS.answer(True, part(8, 3))

# 八（四）……省职业技能鉴定中心要做好技术支持服务和质量监管工作……
ask.QUALITY_SUPERVISED_BY.answer("centre", part(8, 4))
# ……按“双随机、一公开”原则，随机抽取企业开展……检查……并公开督导结果。
ask.BODIES_INSPECTED.answer(True, part(8, 4))

WAIVED: dict[int | str, str] = {
    1: "指导思想",
    2: "目标任务：政策方向，不涉及系统行为",
    "7(1)": "2019年准备阶段的时间安排，已过",
    "7(2)1": "2019年实施阶段：发布征集通告，规则见六（一）",
    "7(2)2": "2019年实施阶段：考核验收，规则见六（一）、六（二）",
    "7(2)3": "2019年实施阶段：规范备案，规则见五（二）",
    "7(2)4": "2019年实施阶段：公布目录，规则见六（三）",
    "7(3)": "2019年总结阶段的时间安排，已过",
    "8(1)": "成立领导小组：组织保障，不涉及系统行为",
    "8(5)": "总结推广：对主管部门而言，不涉及系统行为",
}
# What the platform doesn't do yet, also where the article's question is answered above.
PENDING: dict[int | str, tuple[str, ...]] = {
    "4(2)4": ("MRK-05",),
    "6(4)": ("SUP-01",),
    "8(2)": ("SUP-03", "SUP-04", "SUP-05"),
    "8(4)": ("SUP-02", "QRY-02"),
}
