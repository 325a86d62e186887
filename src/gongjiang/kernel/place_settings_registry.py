"""What differs by place and isn't law: each setting with its national default, its source and what it may be.

No governing document at hand sets these values; the sources are practice and reference values, so that an authority can
set its own, dated, with its own source. A value that the law does give is asked of the law, never set here.
"""

from datetime import date

from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.place_settings_kinds import Choice, Definition, Fields, Text, Whole
from gongjiang.law.codes.special_number import FORM

BEGINNING = date(2019, 1, 1)
WEB = r"https?://[^\s]+"
SPECIAL = rf"|{FORM}"
REGISTRY: dict[str, Definition] = {
    each.name: each
    for each in (
        Definition(
            "photo.profile",
            _("Photo of a candidate"),
            _("What a photo must be like; where providers differ, each province sets its own."),
            Fields(
                {
                    "min_width": Whole(100, 4000),
                    "min_height": Whole(100, 4000),
                    "min_kb": Whole(0, 1000),
                    "max_kb": Whole(10, 10_000),
                    "max_age_months": Whole(1, 120),
                }
            ),
            {"min_width": 240, "min_height": 320, "min_kb": 0, "max_kb": 200, "max_age_months": 6},
            "证书参考样式（2022）：近半年内一寸彩色白底照片；像素与大小为各地通行做法",
        ),
        Definition(
            "room.size",
            _("Candidates in a room"),
            _("The most candidates that one room of a theory exam holds."),
            Whole(1, 500),
            30,
            "考场布置通行做法：每考场不超过 30 人，单人单桌单行",
            _("candidates"),
        ),
        Definition(
            "staff.invigilator_ratio",
            _("Candidates per invigilator"),
            _("In a theory exam; the standard of the occupation goes before it where it says its own ratio."),
            Whole(1, 100),
            15,
            "国家职业标准常见监考配比 1:15（如保育师 1.9.3）",
            _("candidates"),
        ),
        Definition(
            "staff.invigilators_least",
            _("Invigilators in a room, at least"),
            _("Also where the ratio would ask for fewer."),
            Whole(1, 10),
            2,
            "国家职业标准常见要求：每考场不少于 2 名监考人员",
            _("people"),
        ),
        Definition(
            "staff.assessor_ratio",
            _("Candidates per assessor"),
            _("In a practical exam; the standard of the occupation goes before it where it says its own ratio."),
            Whole(1, 100),
            5,
            "国家职业标准常见考评配比 1:5（如保育师 1.9.3）",
            _("candidates"),
        ),
        Definition(
            "staff.assessors_least",
            _("Assessors in a practical exam, at least"),
            _("An odd number, so that a vote decides."),
            Whole(1, 15),
            3,
            "国家职业标准常见要求：考评人员不少于 3 人且为单数",
            _("people"),
        ),
        Definition(
            "exam.late_limit_minutes",
            _("Late entry"),
            _("So long after the start a candidate is still let in; who comes later is absent."),
            Whole(0, 120),
            30,
            "各地做法为 15、25 或 30 分钟；参考时间表取 30 分钟",
            _("minutes"),
        ),
        Definition(
            "exam.leave_after_minutes",
            _("Earliest leaving"),
            _("So long after the start a candidate may hand in and leave."),
            Whole(0, 480),
            30,
            "各地做法为 30 分钟后或不得提前交卷",
            _("minutes"),
        ),
        Definition(
            "eligibility.policy",
            _("Eligibility clauses"),
            _("Whose clauses decide where a standard of an older form is in force."),
            Choice({"per_standard": _("of the standard in force"), "uniform_2023": _("of the uniform 2023 set")}),
            "per_standard",
            "各职业按现行国家职业标准的申报条件；部分地方全职业统一用 2023 年版规程",
        ),
        Definition(
            "eligibility.counting_day",
            _("Day to which years are counted"),
            _("Years of work and of holding a certificate are counted up to this day."),
            Choice({"enrolment_close": _("the last day of enrolment"), "exam_day": _("the day of the exam")}),
            "enrolment_close",
            "标准未写明计算截止日，通行做法为报名截止日",
        ),
        Definition(
            "eligibility.soft_age",
            _("Age at which a level is usual"),
            _("Below it a candidate is pointed out to the reviewer; it refuses nobody."),
            Fields({level: Whole(14, 70) for level in "12345"}),
            {"1": 26, "2": 24, "3": 20, "4": 18, "5": 16},
            "在用考务系统的提示值：一级 26、二级 24、三级 20、四级 18、五级 16 周岁",
            _("years"),
        ),
        Definition(
            "resit.months",
            _("Term for a resit"),
            _("A part that was passed stays valid so long."),
            Whole(0, 60),
            12,
            "各机构做法：成绩一年内有效",
            _("months"),
        ),
        Definition(
            "resit.times",
            _("Resits"),
            _("How often a failed part may be sat again on the same enrolment."),
            Whole(0, 10),
            1,
            "各机构做法：补考一次",
            _("times"),
        ),
        Definition(
            "results.sample_percent",
            _("Sample of a result review"),
            _("So many of a hundred results, drawn by lot, are compared with their papers in a review."),
            Whole(1, 100),
            5,
            "试点方案有结果审核而未规定抽查比例；默认值未确认",
            _("of 100"),
        ),
        Definition(
            "certificate.number_scope",
            _("What a certificate's serial counts"),
            _("The rule's own words aren't confirmed; the whole number is unique either way."),
            Choice({"site-year-level": _("each site, year and level"), "global": _("all certificates of the body")}),
            "site-year-level",
            "旧 16 位编码规则明文按年度、机构、等级取值；22 位规则的范围未确认",
        ),
        Definition(
            "certificate.special_number",
            _("Numbers of certificates beyond the five levels"),
            _("Two letters, then B body, P province, S site, yy year, L level, N sequence: 22 in all; empty: not set."),
            Fields(
                {
                    "form_employer": Text(SPECIAL, "YTBBBBPPSSSSSSyyLNNNNN"),
                    "form_social": Text(SPECIAL, "STBBBBPPSSSSSSyyLNNNNN"),
                    "digit_master": Text(r"[0-9]?", "0 – 9"),
                    "digit_chief": Text(r"[0-9]?", "0 – 9"),
                }
            ),
            {"form_employer": "", "form_social": "", "digit_master": "", "digit_chief": ""},
            "特级技师证书编码为 2 位大写字母加 20 位数字，字母与分段未确认；首席技师无已知规则：由省级确定后填写",
        ),
        Definition(
            "title.equivalents",
            _("Professional titles that levels correspond to"),
            _("Shown to the holder and inside, never on the certificate or to the public; empty: none is told."),
            Fields({level: Text(r"\S{0,20}", "中级职称") for level in ("3", "2", "1", "master", "chief")}),
            {"3": "助理级（初级职称）", "2": "中级职称", "1": "副高级职称", "master": "正高级职称", "chief": ""},
            "工程技术领域职称与技能等级贯通的通行对应；人社职司便函〔2020〕17号第5条只要求衔接，对应表未见",
        ),
        Definition(
            "certificate.query_urls",
            _("Query addresses printed on certificates"),
            _("The national pages for certificates and for bodies, as the style rule of the issue date names them."),
            Fields({"certificate": Text(WEB, "https://…"), "body": Text(WEB, "https://…")}),
            {"certificate": "http://zscx.osta.org.cn", "body": "http://pjjg.osta.org.cn"},
            "证书信息查询网址与机构信息查询网址，按证书参考样式；2023 年起为 zscx.osta.org.cn",
        ),
        Definition(
            "report.identity_codes",
            _("Codes of identity documents in the report"),
            _("What the sheet for the national register writes for each kind; empty where the code isn't known."),
            Fields({kind: Text(r"[0-9A-Z]{0,8}", "201") for kind in ("resident", "hmt", "foreign")}),
            {"resident": "201", "hmt": "", "foreign": ""},
            "证书数据上报表样例：201 为居民身份证；其他证件类型代码未确认",
        ),
        Definition(
            "report.data_kind",
            _("Kind of data of a first report"),
            _("The word that the confirmation sheet bears."),
            Text(r"\S{1,10}", "新增"),
            "新增",
            "证书数据审核确认表样例；数据类型的全部取值未确认",
        ),
        Definition(
            "ticket.number_format",
            _("Number on an admission ticket"),
            _("yymmdd: day of the exam; PP: province; SSSSSS: site serial; NNNNN: running number."),
            Text(r"(?:yymmdd|PP|SSSSSS|N{4,7}|[0-9A-Z])+", "yymmddPPSSSSSSNNNNN"),
            "yymmddPPSSSSSSNNNNN",
            "在用系统的 19 位准考证号；国家规则未见",
        ),
        Definition(
            "announcement.lead_days",
            _("Announcement before the exam"),
            _("A batch is announced at least so many days before its first exam day."),
            Whole(0, 180),
            15,
            "参考倒排表：考前 15 日完成计划申报；文件未定期限",
            _("days"),
        ),
        Definition(
            "staff.training_pass_mark",
            _("Pass mark of a training course's examination"),
            _("Of 100. Who reaches it is given a certificate of training and may be appointed."),
            Whole(1, 100),
            60,
            "通行及格线；文件未定培训考核合格分数",
            _("marks"),
        ),
        Definition(
            "staff.training_attendance",
            _("Attendance that admits to the examination of a course"),
            _("Share of the course's hours that a trainee must have attended."),
            Whole(0, 100),
            80,
            "培训班通行做法；文件未定出勤要求",
            "%",
        ),
        Definition(
            "staff.brought_in_before",
            _("Earlier appointments may be brought in"),
            _("Appointments that began before this day are entered as stated; later ones need training on record."),
            Text(r"20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])", "2026-01-01"),
            "2026-01-01",
            "平台启用日由各地自定；启用前的聘任按原档案录入",
        ),
        Definition(
            "staff.external_term_years",
            _("Term of an external quality supervisor"),
            _("Years from the appointment; no document at hand sets a term for external supervisors."),
            Whole(1, 10),
            3,
            "参照内督聘期；文件未定外督聘期",
            _("calendar years"),
        ),
        Definition(
            "filing.reminder_days",
            _("Reminders before a filing ends"),
            _("So many days before its term ends a body is reminded of the renewal; separated by commas."),
            Text(r"[1-9]\d{0,2}(?:, ?[1-9]\d{0,2}){0,5}", "180, 120, 90"),
            "180, 120, 90",
            "期满前三个月为最后期限（吉人社规〔2025〕1号第9条）；提前提醒的天数文件未定，取半年、四个月、三个月",
            _("days"),
        ),
        Definition(
            "evaluation.panel_size",
            _("Experts on an evaluation panel"),
            _("An odd number, so that a vote decides; drawn from the pool for each applicant."),
            Choice({"3": "3", "5": "5", "7": "7", "9": "9"}),
            "5",
            "各地通行做法：3 至 9 人单数；文件未定专家组人数",
            _("experts"),
        ),
        Definition(
            "evaluation.mending_days",
            _("Days to mend what a panel found"),
            _("Offered as the last day when something is ordered to be mended; each order can name another day."),
            Whole(1, 60),
            5,
            "各地整改通行期限；文件未定整改期限",
            _("working days"),
        ),
        Definition(
            "sitting.release_hours",
            _("Release of seats and staff before the exam"),
            _("Until then the arrangement is kept secret (JL-2024-5§31); from then tickets can be printed."),
            Whole(0, 336),
            72,
            "参考倒排表：考前 3 日发放准考证与工作证",
            _("hours"),
        ),
    )
}


def register(*definitions: Definition) -> None:
    """Add an app's settings to those above. Called from its ready()."""
    REGISTRY.update({each.name: each for each in definitions})
