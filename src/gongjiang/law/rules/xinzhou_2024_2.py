"""忻人社办发〔2024〕2号《忻州市职业技能等级评价机构管理办法》, in the order of its articles."""

from datetime import date
from fractions import Fraction

from gongjiang.law import questions as ask
from gongjiang.law.model import Document
from gongjiang.law.places import XINZHOU

DOC = Document(
    key="XZ-2024-2",
    number="忻人社办发〔2024〕2号",
    title="忻州市职业技能等级评价机构管理办法（2024年修订版）",
    english="Xinzhou's measures for the management of assessment bodies (2024 revision)",
    place=XINZHOU,
    in_force=date(2024, 3, 21),  # 第34条 自印发之日起执行
)
article = DOC.article

# 第二条 ……主要包括：职业资格评价、职业技能等级评价、专项职业能力考核。
ask.EVALUATION_KINDS.answer(ask.EVALUATIONS, article(2))

# 第三条 ……职业技能服务中心负责组织实施职业资格评价、专项职业能力考核，核发……证书；……并负责……工作质量监督。
# 经……备案的……机构。（主要包括：用人单位（企业）、职业院校（含技工院校）、社会培训评价组织）负责实施职业技
# 能等级评价，核发职业技能等级证书。
ask.EVALUATED_BY.answer("centre", article(3), kinds=[ask.QUALIFICATION, ask.SPECIALISED])
ask.EVALUATED_BY.answer("body", article(3), kinds=[ask.LEVEL])
ask.QUALITY_SUPERVISED_BY.answer("centre", article(3))
ask.BODY_KINDS.answer(ask.BODIES, article(3))

# 第四条、第五条、第六条 职业资格评价……准入类技能职业（工种）……职业技能等级评价……水平评价类技能职业（工种）……
# 以及后续……发布或备案……专项职业能力考核项目为……247 个考核项目……
ask.OCCUPATION_TYPE.answer("access_type", article(4), kinds=[ask.QUALIFICATION])
ask.OCCUPATION_TYPE.answer("level_type", article(5), kinds=[ask.LEVEL])
ask.OCCUPATION_TYPE.answer("listed_project", article(6), kinds=[ask.SPECIALISED])
ask.OCCUPATION_SOURCES.answer(("current_classification", "published_later"), article(5))

# 第七条 ……重要依据。……行业企业评价规范由用人单位和社会培训评价组织……开发，经……备案后实施。
ask.STANDARDS_ALLOWED.answer(("national", "specification"), article(7), kinds=ask.BODIES)
ask.SPECIFICATION_DRAFTED_BY.answer((ask.EMPLOYER, ask.SOCIAL), article(7))
ask.SPECIFICATION_FILED_FIRST.answer(True, article(7))

# 第八条 ……五个级别。用人单位可……划分层次，或设立特级技师、首席技师等；社会培训评价组织一般按……五个技能等
# 级开展评价。专项职业能力考核不设等级。
ask.LEVELS_BY_BODY_KIND.answer((*ask.FIVE_LEVELS, "master", "chief"), article(8), kinds=[ask.EMPLOYER])
ask.LEVELS_BY_BODY_KIND.answer(ask.FIVE_LEVELS, article(8), kinds=[ask.COLLEGE, ask.SOCIAL])
ask.MAY_SUBDIVIDE_LEVELS.answer(True, article(8), kinds=[ask.EMPLOYER])
ask.LEVELS_BY_EVALUATION_KIND.answer(ask.FIVE_LEVELS, article(8), kinds=[ask.LEVEL, ask.QUALIFICATION])
ask.LEVELS_BY_EVALUATION_KIND.answer((), article(8), kinds=[ask.SPECIALISED])

# 第十条 ……面向社会公开征集遴选……
ask.SELECTION_BY_PUBLIC_CALL.answer(True, article(10))

# 第十一条 具备以下条件的独立法人机构（含技工院校等职业院校）……
CONDITIONS = (
    "legal_person", "finance_rules", "clean_record", "influence", "unit", "staff", "experts", "venue", "equipment",
    "video", "non_profit", "funding", "quality_rules", "accepts_supervision",
)  # fmt: skip
ITEMS = [article(11, item) for item in range(1, 6)]
ask.APPLICANT_CONDITIONS.answer((*CONDITIONS, "pay_mechanism"), article(11), *ITEMS, kinds=[ask.EMPLOYER])
ask.APPLICANT_CONDITIONS.answer(CONDITIONS, article(11), *ITEMS, kinds=[ask.COLLEGE, ask.SOCIAL])
for _item, _asked in {
    1: ("finance_rules", "clean_record"),
    2: ("influence",),
    3: ("unit", "staff", "experts", "venue", "equipment", "video"),
    4: ("non_profit", "funding", "pay_mechanism"),
    5: ("quality_rules", "accepts_supervision"),
}.items():
    ask.CONDITION_ASKED.answer(True, article(11, _item), kinds=_asked)
ask.CONDITION_ASKED.answer(True, article(11), article(11, 1), kinds=["legal_person"])

# 第十一条（一）在忻州市境内依法登记……可向人力资源和社会保障部门申报: our reading is that this measure of the city's
# speaks of the city's bureau, whatever the body's affiliation; no document of the province is at hand.
ask.FILING_AUTHORITY.answer("city", article(11), kinds=ask.AFFILIATIONS)

# 第十二条 ……并对其真实性、有效性、合法性负责。能通过网上核验的，可不提供书面材料。
ask.APPLICANT_ANSWERS_FOR_TRUTH.answer(True, article(12))
ask.ONLINE_CHECK_REPLACES_PAPER.answer(True, article(12))

# 第十三条 ……材料核验、专家论证、现场考察等方式进行技术评估……社会培训评价组织的遴选确定，还应向社会进行公
# 示……
ask.TECHNICAL_EVALUATION_METHODS.answer(("document_check", "expert_review", "site_visit"), article(13))
ask.SELECTION_NOTICE_REQUIRED.answer(True, article(13), kinds=[ask.SOCIAL])

# 第十四条 ……公布职业技能等级评价机构目录，评价机构须同时签署……承诺书。
ask.DIRECTORY_PUBLISHED.answer(True, article(14))
ask.UNDERTAKING_SIGNED.answer(True, article(14))
STEPS = {
    "application": article(12), "technical_evaluation": article(13), "public_notice": article(13),
    "directory": article(14), "undertaking": article(14),
}  # fmt: skip
ask.FILING_STEPS.answer(tuple(STEPS), *STEPS.values(), kinds=["first"])

# 第十五条 ……用人单位对本单位职工（含劳务派遣人员）……职业院校（含技工院校）对本校学生进行自主评价，符合条
# 件的……按规定对其他用人单位和社会人员提供……服务。社会培训评价组织……面向社会……
ask.SERVICE_SCOPE.answer(ask.Scope(True, True, "本单位职工（含劳务派遣人员）"), article(15), kinds=[ask.EMPLOYER])
ask.SERVICE_SCOPE.answer(ask.Scope(True, True, "本校学生"), article(15), kinds=[ask.COLLEGE])
ask.SERVICE_SCOPE.answer(ask.Scope(False, False, "面向社会"), article(15), kinds=[ask.SOCIAL])

# 第十六条 ……没有国家职业技能标准的，可依据……备案的评价规范开展评价活动。
ask.SPECIFICATION_ONLY_WITHOUT_NATIONAL.answer(True, article(16))

# 第十七条 ……理论知识考核、技能操作考核、工作业绩评审、过程考核、竞赛选拔等多种评价方式……
ask.ASSESSMENT_METHODS.answer(
    ("theory_exam", "practical_exam", "work_record_review", "continuous_assessment", "competition_route"),
    article(17),
)

# 第十八条 ……制定评价考务管理、质量管理、证书管理和收费标准等管理办法，并向社会公示公布。
ask.PUBLISHED_RULES.answer(("exam_administration", "quality", "certificates", "fees"), article(18))

# 第十九条 对经考试考核评审合格人员……颁发相应职业资格证书、职业技能等级证书、专项职业能力证书。……实行全国
# 统一编码规则和参考样式。评价机构按照统一的编码规则和参考样式要求，制作并颁发……
ask.CERTIFICATE_REQUIRES_PASS.answer(True, article(19))
ask.CERTIFICATE_KINDS.answer((ask.QUALIFICATION, ask.LEVEL, ask.SPECIALISED), article(19))
ask.CERTIFICATE_CODING_NATIONAL.answer(True, article(19))
ask.NUMBERS_GIVEN_BY.answer("body", article(19))

# 第二十条 ……定期报送……统计表。……将……证书发放数据报送……纳入技能人才统计范围。……纸质材料保管不少于3年，电子
# 材料不少于5年……
ask.PERIODIC_STATISTICS.answer(True, article(20))
ask.CERTIFICATE_DATA_TO_CENTRE.answer(True, article(20))
ask.PAPER_RETENTION_YEARS.answer(3, article(20))
ask.ELECTRONIC_RETENTION_YEARS.answer(5, article(20))
ask.WHOLE_PROCESS_KEPT.answer(True, article(20))

# 第二十一条、第二十二条 ……法人及备案信息变更……按季度向人社厅、省鉴定中心报备。……需提供相应材料。……书面申
# 请材料，写明变更原因，同时提供变更后法人身份证复印件，企业或院校还需提供任职文件。地址、机构名称变更的需
# 提供变更依据……相关资质。
ask.AMENDMENTS_REPORTED.answer("quarterly", article(21))
ask.FILING_ACCEPTED_BY.answer("centre", article(21), kinds=["amendment"])
ask.FILING_STEPS.answer(
    ("application", "acceptance", "document_check"), article(22), article(21), article(22), kinds=["amendment"]
)
ask.AMENDMENT_BY.answer("documents", article(22))
ask.AMENDMENT_ELEMENTS.answer(("legal_representative", "registered_address", "name"), article(22))
ask.AMENDMENT_DOCUMENTS.answer(("written_application", "identity_copy"), article(22), kinds=["legal_representative"])
ask.AMENDMENT_DOCUMENTS.answer(("grounds", "qualification"), article(22), kinds=["registered_address", "name"])
ask.LETTER_OF_OFFICE_NEEDED.answer(True, article(22), kinds=[ask.EMPLOYER, ask.COLLEGE])

# 第二十三条 忻州市职业技能服务中心负责对申报材料进行初审，并受托组建评估工作小组考察……是否符合条件。
ADDED = ("application", "acceptance", "preliminary_evaluation", "technical_evaluation", "public_notice")
ask.FILING_ACCEPTED_BY.answer("centre", article(23), kinds=["addition"])
ask.FILING_STEPS.answer(ADDED, *[article(23)] * 4, article(13), kinds=["addition"])

# 第二十四条 ……（一）……达到备案职业（工种）的三分之二的覆盖面……（二）……题库资源储备。（三）自有……场地……
ask.ADDITION_NEEDS_COVERAGE.answer(Fraction(2, 3), article(24, 1))
ask.ADDITION_CONDITIONS.answer(
    (
        "coverage", "quality_control", "clean_record", "experts", "assessors", "staff", "supervisors", "item_bank",
        "own_venue", "equipment", "video",
    ),
    article(24, 1), article(24, 2), article(24, 3),
)  # fmt: skip

for _item, _asked in {
    1: ("coverage", "quality_control", "clean_record"),
    2: ("experts", "assessors", "staff", "supervisors", "item_bank"),
    3: ("own_venue", "equipment", "video"),
}.items():
    ask.ADDITION_CONDITION_ASKED.answer(True, article(24, _item), kinds=_asked)

# 第二十五条 ……相关职业（工种）布局已达到三分之二覆盖面的，不予新增职业（工种）。
ask.ADDITION_STOPS_AT_COVERAGE.answer(Fraction(2, 3), article(25))

# 第二十六条 社会培训评价组织备案的职业（工种）原则上不超过5个，需要新增职业（工种）的，按照以旧换新的办法
# 调整。
ask.MAX_OCCUPATIONS_FILED.answer(5, article(26), kinds=[ask.SOCIAL])

# 第二十七条 忻州市职业技能服务中心要做好……考评人员、督导人员和专家队伍建设规划，指导……做好人员培训……
ask.STAFF_TEAMS_PLANNED_BY.answer("centre", article(27))

# 第二十八条 ……属地化管理，构建政府监管、机构自律、社会监督的质量监督体系。
ask.SUPERVISION_SYSTEM.answer(ask.SUPERVISORS, article(28))

# 第二十九条 ……通过调阅资料、现场检查等方式，对职业技能等级评价机构及其评价活动进行抽查检查；对群体投诉举报和媒体
# 报道反映的问题及时调查核实处理。
ask.BODIES_INSPECTED.answer(True, article(29))
ask.COMPLAINTS_INVESTIGATED.answer(True, article(29))

# 第三十一条 ……不履行工作承诺，经调查核实，退出评价机构目录……
ask.TERMINATION_ORDERED_FOR.answer(("undertaking_broken",), article(31))

# 第三十二条 ……退出评价机构目录的，应妥善处理后续工作，承担因违法违规行爲造成的后果。
ask.TERMINATED_BODY_KEEPS_DUTIES.answer(True, article(32))
ask.WOUND_UP_BEFORE_THE_END.answer(True, article(32))

WAIVED: dict[int | str, str] = {
    1: "目的和依据",
    9: "发展评价机构的政策方向，不涉及系统行为",
    33: "解释权",
    34: "施行日期，见文件的生效日",
}
# What the platform doesn't do yet, also where the article's question is answered above.
PENDING: dict[int | str, tuple[str, ...]] = {
    2: ("GOV-05",),
    3: ("GOV-05",),
    6: ("GOV-05",),
    19: ("CRT-05",),
    20: ("RPT-02", "ARC-01"),
    24: ("BNK-01",),
    29: ("SUP-02", "SUP-03"),
    30: ("SUP-04",),
    31: ("SUP-05",),
}
