"""Every question the platform asks of the law. Apps import from here and nowhere deeper.

    term = ask.RESULT_NOTICE_WORKING_DAYS.at(place=batch.place, day=on)

The answers stand in ``rules/``, a file a document. Where no document answers, ``at`` raises ``NoRule``; ``get`` returns
None, which means 'not asked for'.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from gongjiang.law.model import Ceiling, Day, Floor, Question

Words = tuple[str, ...]

EMPLOYER, COLLEGE, SOCIAL = BODIES = ("employer", "college", "social")
LEVEL, QUALIFICATION, SPECIALISED = EVALUATIONS = ("level", "qualification", "specialised")
CENTRAL, PROVINCIAL, MUNICIPAL = AFFILIATIONS = ("central", "provincial", "municipal")
FIVE_LEVELS = ("5", "4", "3", "2", "1")
# What a document may ask of an applicant, and of a body that adds an occupation.
CONDITIONS = (
    "legal_person", "finance_rules", "clean_record", "influence", "unit", "staff", "experts", "assessors",
    "supervisors", "venue", "own_venue", "equipment", "video", "non_profit", "published_fees", "funding",
    "quality_rules", "quality_control", "accepts_supervision", "pay_mechanism", "main_business", "item_bank",
    "safety_fire", "rules", "contingency_plan", "coverage",
)  # fmt: skip
# What quality supervision looks at (JL-2024-5§43), and who supervises.
SYSTEM_SUPERVISED = ("rules", "quality_system")
WORK_SUPERVISED = (
    "scope", "standard", "bank", "fees", "eligibility", "room_order", "marking", "review_records", "certificates",
    "staff",
)  # fmt: skip
SUPERVISION_OF = ("system", "work")
SUPERVISORS = ("government", "bodies", "society")
APPLICATIONS = ("first", "addition", "amendment", "renewal", "termination")
TALENT_TYPES = ("technical", "knowledge", "composite")
AMENDED = ("registered_address", "legal_representative", "exam_site", "name")


@dataclass(frozen=True, slots=True)
class Scope:
    """Whom a body may assess: ``whom`` in the document's words, and whether others too if it is permitted."""

    own_people_only: bool
    may_serve_others_if_permitted: bool
    whom: str


# Kinds, levels and what is assessed

BODY_KINDS = Question[Words]("评价机构种类", "Kinds of assessment body", Day.DECIDED)
FILED_AS = Question[str](
    "备案时归入的机构种类",
    "The kind under which a body files",
    Day.APPLIED,
    kinds=BODIES,
    about="A kind of body is not its code letter: under JL-2025-1 a college files as an employer.",
)
EVALUATION_KINDS = Question[Words]("评价种类", "Kinds of evaluation", Day.ANNOUNCED)
EVALUATED_BY = Question[str](
    "评价实施主体", "Who carries out a kind of evaluation: body or centre", Day.ANNOUNCED, kinds=EVALUATIONS
)
OCCUPATION_TYPE = Question[str](
    "评价对应的职业类型", "The type of occupation that a kind of evaluation is for", Day.ANNOUNCED, kinds=EVALUATIONS
)
OCCUPATION_SOURCES = Question[Words](
    "职业（工种）来源",
    "Where occupations are taken from",
    Day.APPLIED,
    about="The classification (with the edition where one is named) and what is published later.",
)
OCCUPATION_CLASSES = Question[tuple[int, ...]](
    "职业大类范围", "Major classes whose skill-type occupations may be filed", Day.APPLIED
)
LEVELS_BY_BODY_KIND = Question[Words](
    "机构可评价等级",
    "Levels that a kind of body assesses",
    Day.ANNOUNCED,
    kinds=BODIES,
    about="From the lowest (5) to the highest (1); employers may add master (特级技师) and chief (首席技师).",
)
LEVELS_BY_EVALUATION_KIND = Question[Words](
    "评价种类的等级",
    "Levels of a kind of evaluation",
    Day.ANNOUNCED,
    kinds=EVALUATIONS,
    about="Empty where the kind has no levels.",
)
MAY_SUBDIVIDE_LEVELS = Question[bool]("等级内可划分层次", "Levels may be subdivided", Day.ANNOUNCED, kinds=BODIES)
STANDARDS_ALLOWED = Question[Words](
    "评价依据", "What a body assesses by: national standard, specification", Day.ANNOUNCED, kinds=BODIES
)
SPECIFICATION_DRAFTED_BY = Question[Words](
    "评价规范开发主体", "Kinds of body that may draft an assessment specification", Day.APPLIED
)
SPECIFICATION_FILED_FIRST = Question[bool](
    "评价规范备案后实施", "A specification is used only once it is filed with the ministry", Day.ANNOUNCED
)
SPECIFICATION_ONLY_WITHOUT_NATIONAL = Question[bool](
    "无国家标准方可用评价规范", "A specification is used only where there is no national standard", Day.ANNOUNCED
)
ASSESSMENT_METHODS = Question[Words]("评价方式", "Methods of assessment", Day.ANNOUNCED)
ASSESSMENT_CONTENT = Question[Words]("评价内容", "What is assessed", Day.ANNOUNCED)
TALENT_EMPHASIS = Question[Words](
    "分类评价侧重", "What an assessment stresses for a type of skilled person", Day.ANNOUNCED, kinds=TALENT_TYPES
)
INITIAL_GRADING = Question[bool](
    "定级考评",
    "Employers may grade staff who have no level from post, record and performance",
    Day.ANNOUNCED,
    kinds=BODIES,
)
COMPETITION_WINNERS_RECOGNISED = Question[bool](
    "竞赛优胜者直接认定", "Winners of filed competitions are recognised directly", Day.ANNOUNCED
)

# Selection and filing of bodies

SELECTION_BY_PUBLIC_CALL = Question[bool]("公开征集遴选", "Bodies are selected by a public call", Day.APPLIED)
FILING_AUTHORITY = Question[str](
    "备案受理层级", "Level of the authority that evaluates and files", Day.APPLIED, kinds=AFFILIATIONS
)
FILING_ACCEPTED_BY = Question[str](
    "备案申请受理主体",
    "Who accepts an application: the authority's service centre where it says so",
    Day.APPLIED,
    kinds=APPLICATIONS,
)
FILING_EVALUATED_BY = Question[str](
    "评估组织层级",
    "Level of the authority that has the applicant evaluated, where it isn't the one that accepts",
    Day.APPLIED,
)
FILING_LETTER_BY = Question[str](
    "备案通知下发层级",
    "Level of the authority that sends the filing letter",
    Day.LETTER,
    kinds=APPLICATIONS,
    about="Where no document says it, the authority that evaluates sends it.",
)
OFFICERS_DISTINCT = Question[bool](
    "受理、审议、签发人员分离",
    "Who accepts, who deliberates and who signs are three people",
    Day.DECIDED,
    about="That deliberation and letter stand as steps of their own, hence with people of their own, is our reading.",
)
APPLICANT_CONDITIONS = Question[Words](
    "申报条件（机构）", "Conditions that an applicant body must meet", Day.APPLIED, kinds=BODIES
)
CONDITION_ASKED = Question[bool](
    "逐项申报条件",
    "A condition is asked of an applicant: the item in which it stands",
    Day.APPLIED,
    kinds=CONDITIONS,
    about="Which conditions a kind of body must meet is APPLICANT_CONDITIONS; here each cites its own item.",
)
FILING_MATERIALS = Question[Words]("备案材料", "Materials of a filing application", Day.APPLIED)
APPLICANT_ANSWERS_FOR_TRUTH = Question[bool](
    "材料真实性由申请单位负责", "The applicant answers for the truth of its materials", Day.APPLIED
)
ONLINE_CHECK_REPLACES_PAPER = Question[bool](
    "网上核验可免书面材料", "What can be verified online need not be handed in on paper", Day.APPLIED
)
SUBSIDIARY_LIST_REQUIRED = Question[bool](
    "子公司名单", "A group that assesses its subsidiaries' staff hands in their list", Day.APPLIED, kinds=BODIES
)
FILING_STEPS = Question[Words](
    "备案流程",
    "Steps of an application of a kind",
    Day.APPLIED,
    kinds=APPLICATIONS,
    about="The articles stand in the order of the steps, one each. A notice is among them where the kind of body asks "
    "for one, too (SELECTION_NOTICE_REQUIRED).",
)
TECHNICAL_EVALUATION_METHODS = Question[Words](
    "技术评估方式", "Ways of the technical evaluation of an applicant", Day.APPLIED
)
SELECTION_NOTICE_REQUIRED = Question[bool](
    "遴选结果公示", "The selection of a body is posted for objection", Day.APPLIED, kinds=BODIES
)
FILING_NOTICE_WORKING_DAYS = Floor(
    "备案公示工作日数", "Working days a filing is posted", Day.NOTICE, unit="working days"
)
FILING_TERM_YEARS = Question[int]("备案有效期", "Years a filing is valid", Day.LETTER, unit="years")
RENEWAL_LEAD_MONTHS = Question[int](
    "续期申请提前月数", "Months before expiry by which renewal is applied for", Day.APPLIED, unit="months"
)
AMENDMENT_ELEMENTS = Question[Words]("备案变更要素", "Elements of a filing whose change is an amendment", Day.APPLIED)
AMENDMENT_BY = Question[str](
    "备案变更方式",
    "How a filing is amended: filing_again or documents",
    Day.APPLIED,
    about="JL-2025-1 asks for the whole filing again; XZ-2024-2 for stated documents.",
)
AMENDMENT_DOCUMENTS = Question[Words](
    "备案变更材料", "Documents that the amendment of an element needs", Day.APPLIED, kinds=AMENDED
)
LETTER_OF_OFFICE_NEEDED = Question[bool](
    "法人变更提供任职文件", "A new legal representative shows the letter of office", Day.APPLIED, kinds=BODIES
)
AMENDMENTS_REPORTED = Question[str]("备案变更报备周期", "How often amendments are reported upward", Day.DECIDED)
DIRECTORY_PUBLISHED = Question[bool]("公布机构目录", "The directory of bodies is published", Day.DECIDED)
DIRECTORY_CONTENT = Question[Words]("机构目录内容", "What the directory tells of a body", Day.DECIDED)
UNDERTAKING_SIGNED = Question[bool](
    "签署承诺书", "A body signs an undertaking when it enters the directory", Day.DECIDED
)
BODY_CODE_GIVEN_BY = Question[str]("机构编码赋予主体", "Who gives the body's code", Day.DECIDED)
SERVICE_SCOPE = Question[Scope]("服务对象范围", "Whom a body may assess", Day.ANNOUNCED, kinds=BODIES)
DELEGATION_FORBIDDEN = Question[bool]("不得授权或委托", "A body may not authorise or commission another", Day.ANNOUNCED)
PUBLISHED_RULES = Question[Words]("须公示的管理办法", "Rules that a body publishes", Day.ANNOUNCED)
FEES_PUBLISHED = Question[bool]("公布收费标准", "A body publishes its fees, set without aim of profit", Day.ANNOUNCED)
MAX_OCCUPATIONS_FILED = Ceiling(
    "备案职业（工种）数上限",
    "Occupations a body may have filed",
    Day.APPLIED,
    unit="occupations",
    kinds=BODIES,
    about="As a rule (原则上); a new one is exchanged for an old one.",
)
ADDITION_NEEDS_COVERAGE = Question[Fraction](
    "新增职业所需开展面", "Share of filed occupations carried out before one is added", Day.APPLIED
)
ADDITION_STOPS_AT_COVERAGE = Question[Fraction](
    "不予新增的市域布局覆盖面",
    "Share of the city's filed bodies at which an occupation isn't added",
    Day.APPLIED,
    about="That the share is of the city's filed bodies which have the occupation is our reading.",
)
ADDITION_CONDITIONS = Question[Words]("新增职业条件", "Conditions for adding an occupation or level", Day.APPLIED)
ADDITION_CONDITION_ASKED = Question[bool](
    "逐项新增条件",
    "A condition is asked where an occupation is added: the item in which it stands",
    Day.APPLIED,
    kinds=CONDITIONS,
)
TERMINATED_BODY_KEEPS_DUTIES = Question[bool](
    "终止后继续承担职责", "An ended body answers on for its acts, certificates and archives", Day.ENDED
)
FORMER_FILING_RULE = Question[str](
    "此前适用的备案规定", "The repealed rule under which earlier filings were made", Day.DECIDED
)
ENDED_AT_OWN_WISH = Question[bool](
    "自愿终止备案", "A body that won't go on is evaluated and its filing ended at its own wish", Day.APPLIED
)
TERMINATION_ORDERED_FOR = Question[Words]("责令终止情形", "For what the end of a filing is ordered", Day.ENDED)
WOUND_UP_BEFORE_THE_END = Question[bool](
    "终止前做好收尾工作", "What was begun is settled before a filing ends", Day.ENDED
)
DUTIES_TAKEN_OVER = Question[bool](
    "主体灭失后的职责承接", "Where the body is gone, the authority sees to its duties", Day.ENDED
)
DATA_UPLOADED_AFTER_REVIEW = Question[bool](
    "证书数据经审核后上传", "Data of certificates issued before the end are uploaded once reviewed", Day.ENDED
)
CERTIFICATES_STAY_VALID = Question[bool](
    "终止后合规证书继续有效", "Certificates properly issued stay valid when the body's filing ends", Day.ENDED
)
UNSERVED_FEES_REFUNDED = Question[bool](
    "未服务费用应退尽退", "Fees taken and not served are refunded when the filing ends", Day.ENDED
)

# Plan, announcement, enrolment

PLAN_WITHIN_SCOPE = Question[bool](
    "在备案范围内组织实施", "A body plans and enrols only within its filed occupations and levels", Day.EXAM
)
OPENING_APPLIED_FOR = Question[bool](
    "开考申请", "Opening an exam is applied for", Day.ANNOUNCED, about="Silence means: not asked for."
)
ANNOUNCEMENT_ELEMENTS = Question[Words]("公告内容", "What an announcement tells", Day.ANNOUNCED)
ELIGIBILITY_BY_STANDARD = Question[bool](
    "按国家职业标准审核资格", "Eligibility is reviewed by the national standard's requirements", Day.ANNOUNCED
)
EVIDENCE_RETAINED = Question[bool]("查验和留存材料", "Evidence of eligibility is checked and kept", Day.ANNOUNCED)
CANDIDATE_IS_ON_THE_JOB = Question[bool](
    "申报人员为在岗职工", "A candidate is the enterprise's own staff, on the job", Day.ANNOUNCED
)
OCCUPATION_MATCHES_POST = Question[bool](
    "职业与实际岗位一致", "The occupation enrolled for matches the candidate's post", Day.ANNOUNCED
)
ONE_OCCUPATION_AT_A_TIME = Question[bool](
    "每次限报一个职业（工种）", "One occupation at a time", Day.ANNOUNCED, about="Silence means: not asked for."
)

# The sitting

ROOM_KINDS = Question[Words]("考场种类", "Kinds of exam room", Day.EXAM)
ROOM_REQUIREMENTS = Question[Words]("考场要求", "What every exam room must satisfy", Day.EXAM)
EXAM_ROOMS = Question[Words](
    "评价期间应设场所",
    "Rooms that must exist beside the exam rooms",
    Day.EXAM,
    about="Those of ROOMS_FOR_WORKPIECES only where a practical exam makes a workpiece.",
)
ROOMS_FOR_WORKPIECES = Question[Words](
    "制作工件时另设场所", "Rooms that must exist only where workpieces are made", Day.EXAM
)
ROOM_MAP_AT_ENTRANCE = Question[bool]("入口张贴考场分布图", "A map of the rooms hangs at the entrance", Day.EXAM)
TICKET_WITH_IDENTITY_DOCUMENT = Question[bool](
    "准考证与身份证件同时使用", "The ticket is used together with the identity document", Day.EXAM
)
TICKET_BY_ARRANGEMENT = Question[bool](
    "按编排规则制发准考证", "Tickets are made by the rules of the arrangement", Day.EXAM
)
STAFF_ROLES = Question[Words]("评价现场人员", "Roles named for a sitting", Day.EXAM)
ROSTER_FIXED = Question[bool]("人员不得随意调换", "The staff are named in advance, not changed at will", Day.EXAM)
STAFF_BRIEFING_REQUIRED = Question[bool]("考务会", "A staff briefing comes before the exam", Day.EXAM)
EXAM_ORDER_KEPT = Question[bool]("严格考务标准", "The exam keeps to the standards of its administration", Day.EXAM)
PAPERS_DRAWN_FROM_BANK = Question[bool](
    "从题库抽取试题", "Papers are drawn from the item bank and not altered at will", Day.EXAM
)
ARRANGEMENT_SECRET_BEFORE_EXAM = Question[bool](
    "评价前编排与人员安排保密", "Arrangement and staff are secret before the exam", Day.EXAM
)
PERSONAL_DATA_SECRET = Question[bool]("个人信息保密", "Candidates' personal data are secret", Day.DECIDED)
NONDISCLOSURE_AGREEMENT_REQUIRED = Question[bool](
    "命题专家保密协议", "Item writers sign an agreement, and who they are is secret", Day.APPOINTED
)

# Results

RESULT_NOTICE_WORKING_DAYS = Floor(
    "成绩公示工作日数", "Working days results are posted", Day.NOTICE, unit="working days"
)
OBJECTION_REPLY_WORKING_DAYS = Ceiling(
    "成绩异议回复工作日数", "Working days for the reply to an objection", Day.OBJECTION, unit="working days"
)
RESULTS_REVIEWED = Question[bool](
    "结果审核", "Results are reviewed before numbers are given", Day.ANNOUNCED, about="Silence means: not asked for."
)
RESULT_REPORT_WORKING_DAYS = Ceiling(
    "成绩与证书信息上报工作日数", "Working days to report scores and certificates", Day.ISSUE, unit="working days"
)

# Certificates

CERTIFICATE_KINDS = Question[Words]("证书种类", "Kinds of certificate", Day.ISSUE)
CERTIFICATE_REQUIRES_PASS = Question[bool](
    "合格方可颁发证书", "Only those who passed exam, assessment and review get a certificate", Day.ISSUE
)
CERTIFICATE_CODING_NATIONAL = Question[bool](
    "全国统一编码规则", "Certificates follow the national coding rule and reference layout", Day.ISSUE
)
NUMBERS_GIVEN_BY = Question[str]("证书编码赋予主体", "Who gives certificate numbers", Day.ISSUE)
ELECTRONIC_EQUALS_PAPER = Question[bool](
    "电子证书与纸质同等效力", "Electronic and paper certificates have the same force", Day.ISSUE
)
SOCIAL_SECURITY_CARD_CARRIES = Question[bool](
    "社会保障卡载体", "The social security card may carry the electronic certificate", Day.ISSUE
)
BLANK_STOCK_LEDGER = Question[bool](
    "空白证书专人专账", "Blank certificates have a dedicated keeper and ledger", Day.DECIDED
)
REISSUE_ON_HOLDERS_APPLICATION = Question[bool](
    "遗失补发由持有人申请", "A lost certificate is reissued on the holder's application", Day.DECIDED
)
CORRECTION_MUST_KEEP_ELIGIBILITY = Question[bool](
    "更正不得与报名条件相悖", "A correction that contradicts eligibility is refused", Day.DECIDED
)
CORRECTION_REPORTED_TO_CENTRE = Question[bool](
    "更正信息上报鉴定中心", "A correction and its proof are reported to the centre", Day.DECIDED
)
FREE_PUBLIC_QUERY = Question[bool]("免费查询", "The public queries certificates free of charge", Day.DECIDED)
PUBLIC_QUERY_CONTENT = Question[Words]("公众查询内容", "What the public can query", Day.DECIDED)
CERTIFICATE_DATA_TO_CENTRE = Question[bool](
    "证书数据报送", "Data of issued certificates go to the centre; holders are counted", Day.ISSUE
)
PERIODIC_STATISTICS = Question[bool]("定期报送统计表", "Bodies report statistics periodically", Day.DECIDED)
ANNUAL_REPORTS = Question[Words]("年度报送", "What a body reports every year", Day.DECIDED)

# Records, people, supervision

PAPER_RETENTION_YEARS = Floor("纸质材料保管年数", "Years paper records are kept", Day.DEPOSITED, unit="years")
ELECTRONIC_RETENTION_YEARS = Floor("电子材料保管年数", "Years electronic records are kept", Day.DEPOSITED, unit="years")
WHOLE_PROCESS_KEPT = Question[bool](
    "全过程资料可追溯", "The whole process is kept, so that it can be traced back", Day.DEPOSITED
)
ARCHIVE_KEPT_BY = Question[str]("存档资料管理主体", "Who keeps the archive", Day.DEPOSITED)
ASSESSOR_TERM_YEARS = Question[int]("考评人员聘期", "Years of an assessor's term", Day.APPOINTED, unit="years")
ASSESSOR_STEPS = Question[Words]("考评人员聘用程序", "Steps to an assessor's appointment", Day.APPOINTED)
ASSESSOR_WITHIN_SCOPE = Question[bool](
    "考评人员按职业等级考评", "Assessors assess only the occupations and levels they are appointed for", Day.EXAM
)
DISPATCH_ACCEPTED_BY = Question[Words]("接受派遣的人员", "Who accepts being dispatched to an exam", Day.EXAM)
SUPERVISOR_KINDS = Question[Words]("质量督导员种类", "Kinds of quality supervisor", Day.APPOINTED)
INTERNAL_SUPERVISOR_TERM_YEARS = Question[int](
    "内部质量督导员聘期", "Years of an internal supervisor's term", Day.APPOINTED, unit="years"
)
INTERNAL_SUPERVISOR_STEPS = Question[Words](
    "内部质量督导员聘用程序", "Steps to an internal supervisor's appointment", Day.APPOINTED
)
INTERNAL_SUPERVISOR_REGULAR_STAFF = Question[bool](
    "内部质量督导员为正式职工", "An internal supervisor is of the body's regular staff", Day.APPOINTED
)
EXTERNAL_SUPERVISOR_APPOINTED_BY = Question[str](
    "外部质量督导员选聘主体", "Who appoints external supervisors", Day.APPOINTED
)
STAFF_TEAMS_PLANNED_BY = Question[str](
    "人员队伍建设规划主体", "Who plans the teams and guides the training of their people", Day.DECIDED
)
STAFF_MANAGED_BY = Question[str](
    "工作人员与内部督导员管理主体", "Who builds up and manages a body's own people", Day.DECIDED
)
ETHICS_TRAINING_REQUIRED = Question[bool](
    "考评人员和命题专家职业道德培训", "Assessors and item writers are trained in professional ethics", Day.APPOINTED
)
QUALITY_SUPERVISED_BY = Question[str]("质量监督主体", "Who supervises quality", Day.DECIDED)
SUPERVISED_BY_SELECTING_AUTHORITY = Question[bool](
    "谁遴选谁监管", "The authority that selected a body supervises it", Day.DECIDED
)
SUPERVISION_SYSTEM = Question[Words](
    "质量监督体系", "Who supervises: the government, the bodies themselves, society", Day.DECIDED
)
SUPERVISION_CONTENT = Question[Words](
    "质量督导内容", "What quality supervision looks at", Day.DECIDED, kinds=SUPERVISION_OF
)
BODIES_INSPECTED = Question[bool](
    "对评价机构及其评价活动进行检查", "Bodies and their assessments are inspected", Day.DECIDED
)
COMPLAINTS_INVESTIGATED = Question[bool]("投诉举报调查核实", "Complaints are investigated and dealt with", Day.DECIDED)
BODY_ANSWERS_FOR_RESULTS = Question[bool](
    "谁评价谁发证谁负责", "The body that assesses issues and answers for it", Day.DECIDED
)
DISPUTES_HANDLED_BY_BODY = Question[bool](
    "纠纷由评价机构处理", "The body handles its candidates' disputes", Day.DECIDED
)

QUESTIONS: dict[str, Question[Any]] = {
    name: each for name, each in list(globals().items()) if isinstance(each, Question)
}
for _identifier, _question in QUESTIONS.items():
    _question.identifier = _identifier
