"""人社职司便函〔2020〕17号《职业技能等级认定工作规程（试行）》, in the order of its articles."""

from datetime import date

from gongjiang.law import questions as ask
from gongjiang.law.model import Document
from gongjiang.law.places import CHINA

DOC = Document(
    key="MOHRSS-2020-17",
    number="人社职司便函〔2020〕17号",
    title="职业技能等级认定工作规程（试行）",
    english="Rules for skill-level certification (trial)",
    place=CHINA,
    in_force=date(2021, 1, 1),  # 第30条 自印发之日起试行: 2020, the day unknown; before 2021 nobody answers
)
article = DOC.article

# 第二条 ……经人力资源社会保障部门备案公布的用人单位和社会培训评价组织……对劳动者的职业技能水平进行考核评价……
ask.BODY_KINDS.answer((ask.EMPLOYER, ask.SOCIAL), article(2))
ask.EVALUATION_KINDS.answer((ask.LEVEL,), article(2))

# 第三条 ……职业技能鉴定中心负责……技术支持和指导，并负责职业技能等级认定工作质量监督。
ask.QUALITY_SUPERVISED_BY.answer("centre", article(3))

# 第四条 ……水平评价类技能人员职业资格全部转为职业技能等级认定。
ask.OCCUPATION_TYPE.answer("level_type", article(4), kinds=[ask.LEVEL])

# 第六条 ……现行《中华人民共和国职业分类大典》中技能类职业（工种），以及后续……发布或备案的技能类职业（工种）。
ask.OCCUPATION_SOURCES.answer(("current_classification", "published_later"), article(6))

# 第七条、第八条 国家职业技能标准和行业企业评价规范是实施职业技能等级认定的依据。……行业企业评价规范由用人
# 单位和社会培训评价组织参照《国家职业技能标准编制技术规程》开发，经人力资源社会保障部备案后实施。
ask.STANDARDS_ALLOWED.answer(("national", "specification"), article(8), article(7), kinds=[ask.EMPLOYER, ask.SOCIAL])
ask.SPECIFICATION_DRAFTED_BY.answer((ask.EMPLOYER, ask.SOCIAL), article(8))
ask.SPECIFICATION_FILED_FIRST.answer(True, article(8))

# 第九条 ……五个级别。用人单位可根据需要，在相应的职业技能等级内划分层次，或设立特级技师、首席技师等；社会
# 培训评价组织一般按五个技能等级开展评价。
ask.LEVELS_BY_BODY_KIND.answer((*ask.FIVE_LEVELS, "master", "chief"), article(9), kinds=[ask.EMPLOYER])
ask.LEVELS_BY_BODY_KIND.answer(ask.FIVE_LEVELS, article(9), kinds=[ask.SOCIAL])
ask.LEVELS_BY_EVALUATION_KIND.answer(ask.FIVE_LEVELS, article(9), kinds=[ask.LEVEL])
ask.MAY_SUBDIVIDE_LEVELS.answer(True, article(9), kinds=[ask.EMPLOYER])

# 第十一条 人力资源社会保障部门面向社会公开征集遴选……评价机构……
ask.SELECTION_BY_PUBLIC_CALL.answer(True, article(11))

# 第十二条 具备以下条件的独立法人机构（含技工院校等职业院校），可……申请……
CONDITIONS = (
    "legal_person", "finance_rules", "clean_record", "influence", "unit", "staff", "experts", "venue", "equipment",
    "video", "non_profit", "funding", "quality_rules", "accepts_supervision",
)  # fmt: skip
ITEMS = [article(12, item) for item in range(1, 6)]
ask.APPLICANT_CONDITIONS.answer((*CONDITIONS, "pay_mechanism"), article(12), *ITEMS, kinds=[ask.EMPLOYER])
ask.APPLICANT_CONDITIONS.answer(CONDITIONS, article(12), *ITEMS, kinds=[ask.COLLEGE, ask.SOCIAL])
for _item, _asked in {
    1: ("finance_rules", "clean_record"),
    2: ("influence",),
    3: ("unit", "staff", "experts", "venue", "equipment", "video"),
    4: ("non_profit", "funding", "pay_mechanism"),
    5: ("quality_rules", "accepts_supervision"),
}.items():
    ask.CONDITION_ASKED.answer(True, article(12, _item), kinds=_asked)
ask.CONDITION_ASKED.answer(True, article(12), article(12, 1), kinds=["legal_person"])

# 第十三条 ……需按规定提交有关材料，并对其真实性、有效性、合法性负责。能通过网上核验的，可不提供书面材料。
ask.APPLICANT_ANSWERS_FOR_TRUTH.answer(True, article(13))
ask.ONLINE_CHECK_REPLACES_PAPER.answer(True, article(13))

# 第十四条 ……采取材料核验、专家论证、现场考察等方式进行技术评估……社会培训评价组织的遴选确定，还应向社会进
# 行公示……
ask.TECHNICAL_EVALUATION_METHODS.answer(("document_check", "expert_review", "site_visit"), article(14))
ask.SELECTION_NOTICE_REQUIRED.answer(True, article(14), kinds=[ask.SOCIAL])

# 第十五条 ……向社会公布评价机构目录。评价机构须同时签署开展职业技能等级认定工作承诺书。
ask.DIRECTORY_PUBLISHED.answer(True, article(15))
ask.UNDERTAKING_SIGNED.answer(True, article(15))
STEPS = {
    "application": article(13), "technical_evaluation": article(14), "public_notice": article(14),
    "directory": article(15), "undertaking": article(15),
}  # fmt: skip
ask.FILING_STEPS.answer(tuple(STEPS), *STEPS.values(), kinds=["first"])

# 第十六条 ……用人单位对本单位职工（含劳务派遣人员）进行自主评价，符合条件的用人单位按规定对其他用人单位和
# 社会人员提供……服务。社会培训评价组织……面向社会开展职业技能等级认定。
ask.SERVICE_SCOPE.answer(ask.Scope(True, True, "本单位职工（含劳务派遣人员）"), article(16), kinds=[ask.EMPLOYER])
ask.SERVICE_SCOPE.answer(ask.Scope(False, False, "面向社会"), article(16), kinds=[ask.SOCIAL])

# 第十七条 ……有国家职业技能标准的，依据国家职业技能标准……没有国家职业技能标准的，可依据……备案的评价规范开
# 展评价活动。
ask.SPECIFICATION_ONLY_WITHOUT_NATIONAL.answer(True, article(17))

# 第十八条 ……理论知识考试、技能操作考核、工作业绩评审、过程考核、竞赛选拔等多种评价方式……
ask.ASSESSMENT_METHODS.answer(
    ("theory_exam", "practical_exam", "work_record_review", "continuous_assessment", "competition_route"),
    article(18),
)

# 第十九条 评价机构应当制定……考务管理、质量管理、证书管理和收费标准等管理办法，并向社会公示公开。
ask.PUBLISHED_RULES.answer(("exam_administration", "quality", "certificates", "fees"), article(19))

# 第二十条 对经考试考核评审合格人员，评价机构可认定其职业技能等级，颁发相应职业技能等级证书。……实行全国统
# 一编码规则和参考样式。评价机构按照统一的编码规则和参考样式要求，制作并颁发……（或电子证书，可将社会保障卡
# 作为电子证书的载体）。……同等效力。
ask.CERTIFICATE_REQUIRES_PASS.answer(True, article(20))
ask.CERTIFICATE_CODING_NATIONAL.answer(True, article(20))
ask.NUMBERS_GIVEN_BY.answer("body", article(20))
ask.SOCIAL_SECURITY_CARD_CARRIES.answer(True, article(20))
ask.ELECTRONIC_EQUALS_PAPER.answer(True, article(20))

# 第二十一条 ……定期报送……统计表。……将职业技能等级证书发放数据报送……持证人员纳入技能人才统计范围。……纸质材
# 料保管不少于3年，电子材料不少于5年，确保评价过程和结果可追溯、可倒查。
ask.PERIODIC_STATISTICS.answer(True, article(21))
ask.CERTIFICATE_DATA_TO_CENTRE.answer(True, article(21))
ask.PAPER_RETENTION_YEARS.answer(3, article(21))
ask.ELECTRONIC_RETENTION_YEARS.answer(5, article(21))
ask.WHOLE_PROCESS_KEPT.answer(True, article(21))

# 第二十二条 ……向社会提供……信息咨询服务，内容包括评价机构名称、备案期限、评价职业（工种）及等级范围、国家
# 职业技能标准或评价规范、职业技能等级证书有关信息等。
ask.PUBLIC_QUERY_CONTENT.answer(("body", "filing_period", "scope", "standards", "certificates"), article(22))

# 第二十三条 ……鉴定中心要做好……人员、考评人员、督导人员和专家队伍建设规划，指导评价机构做好人员培训……
ask.STAFF_TEAMS_PLANNED_BY.answer("centre", article(23))

# 第二十四条 ……属地化管理，构建政府监管、机构自律、社会监督的质量监督体系。
ask.SUPERVISION_SYSTEM.answer(ask.SUPERVISORS, article(24))

# 第二十五条 ……通过调阅资料、现场检查等方式，对评价机构及其评价活动进行抽查检查；对群众投诉举报和媒体报道反映的问
# 题及时调查核实处理。
ask.BODIES_INSPECTED.answer(True, article(25))
ask.COMPLAINTS_INVESTIGATED.answer(True, article(25))

# 第二十七条 ……不履行工作承诺，经调查核实，退出评价机构目录……
ask.TERMINATION_ORDERED_FOR.answer(("undertaking_broken",), article(27))

# 第二十八条 评价机构退出评价机构目录的，应妥善处理后续工作，承担因违法违规行为造成的后果。
ask.TERMINATED_BODY_KEEPS_DUTIES.answer(True, article(28))
ask.WOUND_UP_BEFORE_THE_END.answer(True, article(28))

WAIVED: dict[int | str, str] = {
    1: "目的和依据",
    10: "发展评价机构的政策方向，对主管部门而言，不涉及系统行为",
    29: "解释权",
    30: "施行日期，见文件的生效日",
}
# What the platform doesn't do yet, also where the article's question is answered above.
PENDING: dict[int | str, tuple[str, ...]] = {
    5: ("GOV-06",),
    18: ("BNK-02",),
    20: ("CRT-04",),
    21: ("RPT-02", "STA-01", "ARC-01"),
    25: ("SUP-02", "SUP-03"),
    26: ("SUP-04",),
    27: ("SUP-05",),
}
