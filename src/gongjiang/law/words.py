"""The documents' own Chinese words for the values of answers, for pages, commands and papers."""

from fractions import Fraction
from typing import Any

from gongjiang.law.questions import Scope

WORDS = {
    # kinds of body, evaluation, affiliation
    "employer": "用人单位", "college": "职业院校", "social": "社会培训评价组织",
    "level": "职业技能等级评价", "qualification": "职业资格评价", "specialised": "专项职业能力考核",
    "central": "中直驻省", "provincial": "省属", "municipal": "市（州）属及以下",
    # levels
    "5": "五级/初级工", "4": "四级/中级工", "3": "三级/高级工", "2": "二级/技师", "1": "一级/高级技师",
    "master": "特级技师", "chief": "首席技师",
    # who
    "body": "评价机构", "centre": "职业技能鉴定（服务）中心", "provincial_centre": "省职业技能鉴定中心",
    "province": "省级", "city": "市（州）级",
    # what is assessed, by what, how
    "level_type": "水平评价类", "access_type": "准入类", "listed_project": "列入目录的考核项目",
    "current_classification": "现行职业分类大典", "classification_2015": "职业分类大典（2015年版）",
    "published_later": "后续发布或备案的职业（工种）", "national": "国家职业标准", "specification": "评价规范",
    "theory_exam": "理论知识考试", "practical_exam": "操作技能考核", "work_record_review": "工作业绩评审",
    "continuous_assessment": "过程考核", "competition_route": "竞赛选拔", "thesis_defence": "论文答辩",
    "ability": "职业能力", "work_performance": "工作业绩", "ethics": "职业道德和工匠精神",
    "technical": "技术技能型", "knowledge": "知识技能型", "composite": "复合技能型",
    "practical_ability": "实际操作能力", "key_problems": "解决关键生产技术难题",
    "theory_in_practice": "掌握运用理论知识指导生产实践", "creative_work": "创造性开展工作",
    "several_skills": "掌握多项技能", "several_posts": "从事多工种多岗位复杂工作",
    # conditions of an applicant or an addition
    "legal_person": "独立法人资格", "finance_rules": "规范的财务制度", "clean_record": "无不良行为记录",
    "influence": "行业影响力和评价经验", "unit": "专门机构", "staff": "工作人员", "experts": "专家队伍",
    "assessors": "考评人员", "supervisors": "质量督导人员", "venue": "场地", "own_venue": "自有场地",
    "equipment": "设备设施", "video": "无死角视频监控", "non_profit": "不以营利为目的",
    "published_fees": "公开收费标准", "funding": "经费保障", "quality_rules": "质量管理措施",
    "quality_control": "质量管控措施", "accepts_supervision": "接受监督管理",
    "pay_mechanism": "评价与待遇挂钩", "main_business": "与主营业务直接相关", "item_bank": "题库",
    "safety_fire": "安全、消防要求", "rules": "管理运行制度", "contingency_plan": "突发事件应急预案",
    "coverage": "覆盖面",
    # steps and materials of a filing
    "application": "机构申报", "preliminary_evaluation": "初评", "technical_evaluation": "技术评估",
    "consolidated_evaluation": "综合汇总", "document_check": "材料核验", "acceptance": "受理",
    "deliberation": "专题审议", "public_notice": "公示", "filing_letter": "备案通知", "undertaking": "签署承诺书",
    "directory": "公布目录", "work_evaluation": "工作开展情况评估", "first": "首次备案", "addition": "新增职业（工种）",
    "amendment": "备案变更", "renewal": "续期备案", "termination": "自愿终止备案",
    "expert_review": "专家论证", "site_visit": "现场考察", "filing_again": "重新履行评估备案流程",
    "documents": "提供相应材料", "quarterly": "按季度", "application_report": "申请报告",
    "basic_facts": "基本情况", "pilot_plan": "试点工作方案", "legal_person_certificate": "法人登记证书复印件",
    "personnel_rules": "人力资源管理制度", "occupations_and_standards": "职业（工种）、评价标准或规范",
    "assets": "场地设备有效证明", "operating_rules": "管理运行制度、机构、人员及质量管控文件",
    "registered_address": "注册地址", "legal_representative": "法定代表人", "exam_site": "考试考核场地",
    "written_application": "书面申请材料", "identity_copy": "变更后法人身份证复印件",
    "letter_of_office": "任职文件", "grounds": "变更依据",
    # the end of a filing
    "breach_of_27": "严重违反人社厅发〔2024〕27号规定情形", "breach_of_measures": "严重违反吉人社规〔2024〕1号规定情形",
    "undertaking_broken": "不履行工作承诺，经调查核实", "jl_2022_7": "吉人社规〔2022〕7号",
    # directory and query
    "name": "名称", "branches": "分（子）公司情况", "address": "地址", "implementing_body": "实施鉴定机构",
    "supervising_body": "监管服务机构", "contact": "联系人（方式）", "occupations": "职业（工种）名称",
    "levels": "等级范围", "filing_period": "备案期限", "scope": "评价职业（工种）及等级范围",
    "standards": "国家职业标准或评价规范", "certificates": "证书", "exam_administration": "考务管理",
    "quality": "质量管理", "fees": "收费标准", "plan": "年度工作计划", "summary": "工作总结",
    "statistics": "统计数据",
    # announcement and sitting
    "time": "时间", "occupation": "职业（工种）", "conditions": "申报条件", "fee": "收费标准",
    "theory": "理论知识考试考场", "practical": "操作技能考核考场", "panel_review": "综合评审考场",
    "safety": "安全", "fire": "防火", "light": "照明", "evacuation": "疏散",
    "exam_office": "考务办公室", "waiting_room": "候考室（备考室）", "scoring_room": "评分室",
    "chief_officer": "主考", "administration_lead": "考务组长", "invigilator": "监考员", "assessor": "考评员",
    "internal_supervisor": "内部质量督导员", "safety_officer": "安全员",
    # people
    "training": "培训", "examination": "考核", "appointment": "聘用", "external": "外部质量督导员",
    "internal": "内部质量督导员",
    # supervision
    "system": "贯彻执行和质量管理体系", "work": "认定工作情况",
    "government": "政府监管", "bodies": "机构自律", "society": "社会监督", "credit": "信用监管",
    "participation": "公众参与", "quality_system": "质量管理体系建设", "standard": "职业技能标准（或评价规范）",
    "bank": "试题（题库）", "eligibility": "参加认定人员的资格条件", "room_order": "考场秩序",
    "marking": "试卷评阅", "review_records": "评审记录",
}  # fmt: skip
# What a code means in one question only.
WORDS_IN = {
    ("ANNOUNCEMENT_ELEMENTS", "level"): "级别",
    ("AMENDMENT_ELEMENTS", "level"): "等级",
    ("AMENDMENT_DOCUMENTS", "qualification"): "变更后地址、机构名称相关资质",
    ("CERTIFICATE_KINDS", "qualification"): "职业资格证书",
    ("CERTIFICATE_KINDS", "level"): "职业技能等级证书",
    ("CERTIFICATE_KINDS", "specialised"): "专项职业能力证书",
    ("STAFF_ROLES", "internal_supervisor"): "内部质量督导员",
    ("SUPERVISION_CONTENT", "rules"): "贯彻执行法律法规、规章和政策",
    ("SUPERVISION_CONTENT", "scope"): "认定范围",
    ("SUPERVISION_CONTENT", "fees"): "收费情况",
    ("SUPERVISION_CONTENT", "certificates"): "证书管理与发放",
    ("SUPERVISION_CONTENT", "staff"): "考评人员、管理人员工作情况",
}
UNITS = {"working days": "个工作日", "years": "年", "months": "个月", "occupations": "个"}
CLASS_NUMERALS = "零一二三四五六七八"


def chinese(value: Any, *, identifier: str = "", unit: str = "") -> str:
    """Return an answer's value in Chinese: 是, 5个工作日, 主考、考务组长….

    :param identifier: the question's, for codes whose word depends on it.
    """
    match value:
        case bool():
            return "是" if value else "否"
        case int():
            return f"{value}{UNITS.get(unit, '')}" if unit else CLASS_NUMERALS[value]
        case Fraction():
            return f"{value.numerator}/{value.denominator}"
        case str():
            return WORDS_IN.get((identifier, value)) or WORDS[value]
        case Scope():
            return value.whom + ("；符合条件的按规定可服务他人" if value.may_serve_others_if_permitted else "")
        case ():
            return "无"
        case _:
            return "、".join(chinese(each, identifier=identifier) for each in value)


def plain(value: Any) -> Any:
    """Return a value as JSON can carry it."""
    match value:
        case Scope():
            return {
                "own_people_only": value.own_people_only,
                "may_serve_others_if_permitted": value.may_serve_others_if_permitted,
                "whom": value.whom,
            }
        case tuple():
            return [plain(each) for each in value]
        case Fraction():
            return str(value)
        case _:
            return value
