"""吉人社规〔2024〕5号《吉林省职业技能等级认定工作规程》, in the order of its articles."""

from datetime import date

from gongjiang.law import questions as ask
from gongjiang.law.model import Document
from gongjiang.law.places import JILIN

DOC = Document(
    key="JL-2024-5",
    number="吉人社规〔2024〕5号",
    title="吉林省职业技能等级认定工作规程",
    english="Jilin's rules for skill-level certification",
    place=JILIN,
    in_force=date(2024, 12, 2),  # 第50条 自印发之日起实行
)
article = DOC.article

# 第二条 ……经人力资源和社会保障部门遴选公布的用人单位、职业院校和社会培训评价组织（以下简称评价机构）……
ask.BODY_KINDS.answer(ask.BODIES, article(2))
ask.EVALUATION_KINDS.answer((ask.LEVEL,), article(2))

# 第三条 ……按照“谁遴选谁监管”的原则……职业技能鉴定中心负责……工作质量监督。评价机构按照“谁评价、谁发证、谁负
# 责”的原则……
ask.SUPERVISED_BY_SELECTING_AUTHORITY.answer(True, article(3))
ask.QUALITY_SUPERVISED_BY.answer("centre", article(3))
ask.BODY_ANSWERS_FOR_RESULTS.answer(True, article(3), article(7))

# 第四条、第十三条 用人单位对本单位职工（含劳务派遣人员）进行自主评价，职业院校对本学校在校学生进行自主认
# 定。符合条件的用人单位和职业院校按规定对其他用人单位、在校学生和社会人员提供……服务。社会培训评价组织……面
# 向社会开展职业技能等级认定。
ask.SERVICE_SCOPE.answer(ask.Scope(True, True, "本单位职工（含劳务派遣人员）"), article(4), kinds=[ask.EMPLOYER])
ask.SERVICE_SCOPE.answer(ask.Scope(True, True, "本学校在校学生"), article(4), kinds=[ask.COLLEGE])
ask.SERVICE_SCOPE.answer(ask.Scope(False, False, "面向社会"), article(4), article(13), kinds=[ask.SOCIAL])

# 第六条 ……面向社会公开征集遴选用人单位、职业院校和社会培训评价组织……
ask.SELECTION_BY_PUBLIC_CALL.answer(True, article(6))

# 第七条 ……（五）……在规定的职业（工种）、级别范围内，组织实施……（八）……制定职业技能等级认定收费标准并向社
# 会公示，不以盈利为最终目的。（九）负责年度工作计划、工作总结、统计数据上报。……（十一）负责职业技能等级认
# 定参评人员纠纷处理。
# 第十六条 评价机构应按批准的职业（工种）、级别受理职业技能等级认定报名。
ask.PLAN_WITHIN_SCOPE.answer(True, article(7, 5), article(16))
ask.FEES_PUBLISHED.answer(True, article(7, 8))
ask.ANNUAL_REPORTS.answer(("plan", "summary", "statistics"), article(7, 9))
ask.DISPUTES_HANDLED_BY_BODY.answer(True, article(7, 11))

# 第八条 ……现行《中华人民共和国职业分类大典》中技能类职业（工种），以及后续……发布或备案的技能类职业（工种）。
ask.OCCUPATION_SOURCES.answer(("current_classification", "published_later"), article(8))

# 第九条 国家职业标准和行业企业评价规范是……依据。……行业企业评价规范由用人单位……开发，经……备案后实施。
ask.STANDARDS_ALLOWED.answer(("national", "specification"), article(9), kinds=ask.BODIES)
ask.SPECIFICATION_DRAFTED_BY.answer((ask.EMPLOYER,), article(9))
ask.SPECIFICATION_FILED_FIRST.answer(True, article(9))

# 第十条 ……五个级别。用人单位可根据需要，在相应的职业技能等级内划分层次，或设立特级技师、首席技师等；社会
# 培训评价组织一般按五个技能等级开展评价。
ask.LEVELS_BY_BODY_KIND.answer((*ask.FIVE_LEVELS, "master", "chief"), article(10), kinds=[ask.EMPLOYER])
ask.LEVELS_BY_BODY_KIND.answer(ask.FIVE_LEVELS, article(10), kinds=[ask.COLLEGE, ask.SOCIAL])
ask.LEVELS_BY_EVALUATION_KIND.answer(ask.FIVE_LEVELS, article(10), kinds=[ask.LEVEL])
ask.MAY_SUBDIVIDE_LEVELS.answer(True, article(10), kinds=[ask.EMPLOYER])

# 第十一条 ……实行分类评价。……对技术技能型人才的评价，要突出实际操作能力和解决关键生产技术难题等要求。对知识技能
# 型人才的评价，要突出掌握运用理论知识指导生产实践、创造性开展工作等要求。对复合技能型人才的评价，要突出掌握
# 多项技能、从事多工种多岗位复杂工作等要求。……理论知识考试、操作技能考核、工作业绩评审、过程考核、竞赛选拔等多
# 种评价方式……
ask.ASSESSMENT_METHODS.answer(
    ("theory_exam", "practical_exam", "work_record_review", "continuous_assessment", "competition_route"),
    article(11),
)

ask.TALENT_EMPHASIS.answer(("practical_ability", "key_problems"), article(11), kinds=["technical"])
ask.TALENT_EMPHASIS.answer(("theory_in_practice", "creative_work"), article(11), kinds=["knowledge"])
ask.TALENT_EMPHASIS.answer(("several_skills", "several_posts"), article(11), kinds=["composite"])

# 第十二条 ……鼓励用人单位……广泛开展定级考评，根据岗位条件、职工日常表现、工作业绩等……认定职工相应职业技能
# 等级……
ask.INITIAL_GRADING.answer(True, article(12), kinds=[ask.EMPLOYER])

# 第十五条 ……公开拟开展职业技能等级认定的时间、职业（工种）、级别、申报条件、收费标准等。
ask.ANNOUNCEMENT_ELEMENTS.answer(("time", "occupation", "level", "conditions", "fee"), article(15))

# 第十七条 严格按照国家职业标准规定的申报条件审核参评人员资格，按要求查验和留存相关材料。
ask.ELIGIBILITY_BY_STANDARD.answer(True, article(17))
ask.EVIDENCE_RETAINED.answer(True, article(17))

# 第十八条 ……理论知识考试考场、操作技能考核考场、综合评审考场，各类考场应符合安全、防火、照明要求，满足疏
# 散条件，配备无死角视频监控设备。
ask.ROOM_KINDS.answer(("theory", "practical", "panel_review"), article(18))
ask.ROOM_REQUIREMENTS.answer(("safety", "fire", "light", "evacuation", "video"), article(18))

# 第十九条 ……考务办公室、候考室（备考室），制作工件或作品的操作技能考核场地还应单独设置评分室，考场所在建
# 筑物入口应张贴考场分布图。
ask.EXAM_ROOMS.answer(("exam_office", "waiting_room", "scoring_room"), article(19))
ask.ROOMS_FOR_WORKPIECES.answer(("scoring_room",), article(19))
ask.ROOM_MAP_AT_ENTRANCE.answer(True, article(19))

# 第二十条 评价机构应按考场编排规则为参评人员制发准考证，评价期间与身份证件同时使用。
ask.TICKET_BY_ARRANGEMENT.answer(True, article(20))
ask.TICKET_WITH_IDENTITY_DOCUMENT.answer(True, article(20))

# 第二十一条 ……主考、考务组长、工作人员、监考员、考评员、内部质量督导员、安全员等，不得随意调换。
ask.STAFF_ROLES.answer(
    (
        "chief_officer",
        "administration_lead",
        "staff",
        "invigilator",
        "assessor",
        "internal_supervisor",
        "safety_officer",
    ),
    article(21),
)
ask.ROSTER_FIXED.answer(True, article(21))

# 第二十二条 评价机构须在职业技能等级认定题库中抽取试题，不得随意调整、更改试题试卷。……
ask.PAPERS_DRAWN_FROM_BANK.answer(True, article(22))

# 第二十三条 ……实施前，组织考务人员、内部质量督导人员、考评人员、工作人员等召开考务会……
ask.STAFF_BRIEFING_REQUIRED.answer(True, article(23))

# 第二十四条 ……加强……实施过程管理，严格考务标准，严肃考风考纪……
ask.EXAM_ORDER_KEPT.answer(True, article(24))

# 第二十五条 ……对成绩进行不少于5个工作日的公示。……在5个工作日内予以回复。
ask.RESULT_NOTICE_WORKING_DAYS.answer(5, article(25))
ask.OBJECTION_REPLY_WORKING_DAYS.answer(5, article(25))

# 第二十六条 对经考试考核评审合格的参评人员……颁发相应职业技能等级证书。……实行全国统一编码规则和参考样式。
# 评价机构按照统一的编码规则和参考样式要求，制作并颁发……（或电子证书）。纸质证书与电子证书具有同等效力。
ask.CERTIFICATE_REQUIRES_PASS.answer(True, article(26))
ask.CERTIFICATE_CODING_NATIONAL.answer(True, article(26))
ask.NUMBERS_GIVEN_BY.answer("body", article(26))
ask.ELECTRONIC_EQUALS_PAPER.answer(True, article(26))

# 第二十七条 空白职业技能等级证书由评价机构印制，并实行专人专账管理。
ask.BLANK_STOCK_LEDGER.answer(True, article(27))

# 第二十八条 评价机构应自发证日期起30个工作日内上报本批次认定的成绩信息和证书信息。
ask.RESULT_REPORT_WORKING_DAYS.answer(30, article(28))

# 第二十九条 对证书遗失需要补发的，应由证书持有人提出补发证书申请，经评价机构审核同意后，重新打印、验印、
# 发放证书。
ask.REISSUE_ON_HOLDERS_APPLICATION.answer(True, article(29))

# 第三十条 ……如个人信息更正后与报名条件相悖，不予更正。……应将更正后的证书信息及相应证明材料一同上报职业技
# 能鉴定中心……
ask.CORRECTION_MUST_KEEP_ELIGIBILITY.answer(True, article(30))
ask.CORRECTION_REPORTED_TO_CENTRE.answer(True, article(30))

# 第三十一条 ……不得泄露参评人员个人信息及评价前考务编排、人员安排信息。
ask.PERSONAL_DATA_SECRET.answer(True, article(31))
ask.ARRANGEMENT_SECRET_BEFORE_EXAM.answer(True, article(31))

# 第三十三条 评价机构应与命题专家签订保密协议，不得泄露命题专家信息。
ask.NONDISCLOSURE_AGREEMENT_REQUIRED.answer(True, article(33))

# 第三十四条 ……存档资料是……重要凭证，由评价机构集中统一管理。
ask.ARCHIVE_KEPT_BY.answer("body", article(34))

# 第三十六条 ……纸质材料保管不少于3年，电子材料不少于5年，确保评价过程和结果可追溯、可倒查。
ask.PAPER_RETENTION_YEARS.answer(3, article(36))
ask.ELECTRONIC_RETENTION_YEARS.answer(5, article(36))
ask.WHOLE_PROCESS_KEPT.answer(True, article(36))

# 第三十七条、第三十八条 考评人员是指在规定的职业（工种）、级别范围内……进行考核、评审的人员。……实行培训、
# 考核、聘用制度，由评价机构聘用，有效期3年。
ask.ASSESSOR_WITHIN_SCOPE.answer(True, article(37))
ask.ASSESSOR_STEPS.answer(("training", "examination", "appointment"), article(38))
ask.ASSESSOR_TERM_YEARS.answer(3, article(38))

# 第三十九条 考评人员应自觉接受评价机构的派遣……
ask.DISPATCH_ACCEPTED_BY.answer(("assessor",), article(39))

# 第四十条 质量督导员分为外部质量督导员（以下简称外督）和内部质量督导员（以下简称内督）。外督是指由各级职业技能鉴定中心
# 根据实际工作需要选聘的相关人员……
ask.SUPERVISOR_KINDS.answer(("external", "internal"), article(40))
ask.EXTERNAL_SUPERVISOR_APPOINTED_BY.answer("centre", article(40))

# 第四十四条 内部质量督导员实行聘任制，有效期3年。由评价机构在本单位正式职工中择优选择，并履行培训、考核、聘用工作
# 程序。
ask.INTERNAL_SUPERVISOR_TERM_YEARS.answer(3, article(44))
ask.INTERNAL_SUPERVISOR_REGULAR_STAFF.answer(True, article(44))
ask.INTERNAL_SUPERVISOR_STEPS.answer(("training", "examination", "appointment"), article(44))

# 第四十五条 职业技能鉴定中心应做好……考评人员、督导人员和专家队伍建设规划，指导评价机构做好人员培训……
ask.STAFF_TEAMS_PLANNED_BY.answer("centre", article(45))

# 第四十六条、第四十七条 评价机构应加强……管理人员、工作人员队伍建设……内部质量督导员日常管理工作……
ask.STAFF_MANAGED_BY.answer("body", article(46), article(47))

# 第四十八条 评价机构应……加强考评人员和命题专家职业道德培训……
ask.ETHICS_TRAINING_REQUIRED.answer(True, article(48))

# 第四十三条 质量督导主要包括……（一）……贯彻执行有关法律法规、规章和有关政策及其质量管理体系建设……（二）……认
# 定范围、职业技能标准（或评价规范）及试题（题库）的执行情况、收费情况、参加认定人员的资格条件、考场秩序、试
# 卷评阅、评审记录、证书管理与发放，以及考评人员、管理人员工作情况等。（三）对群众举报……进行调查核实。
ask.SUPERVISION_CONTENT.answer(ask.SYSTEM_SUPERVISED, article(43, 1), kinds=["system"])
ask.SUPERVISION_CONTENT.answer(ask.WORK_SUPERVISED, article(43, 2), kinds=["work"])
ask.BODIES_INSPECTED.answer(True, article(43))
ask.COMPLAINTS_INVESTIGATED.answer(True, article(43, 3))

WAIVED: dict[int | str, str] = {
    1: "目的和依据",
    5: "培育评价组织的政策方向，不涉及系统行为",
    42: "说明质量督导制度的性质，不另设要求",
    49: "解释权",
    50: "施行日期，见文件的生效日",
}
# What the platform doesn't do yet, also where the article's question is answered above.
PENDING: dict[int | str, tuple[str, ...]] = {
    7: ("BNK-01", "STA-02"),
    12: ("PLN-04",),
    14: ("PLN-05",),
    22: ("BNK-03", "BNK-04"),
    23: ("ARR-05",),
    24: ("EXM-01", "EXM-05"),
    27: ("CRT-03",),
    32: ("BNK-05",),
    33: ("BNK-05",),
    34: ("ARC-01",),
    35: ("ARC-01",),
    36: ("ARC-01",),
    39: ("EXM-03",),
    41: ("SUP-01",),
    43: ("SUP-01", "SUP-03"),
}
