"""What the authority's side leaves to a place where no document says it: inner deadlines, days of notice, the term."""

from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.place_settings_kinds import Definition, Fields, Text, Whole

STAGES = ("accept", "correct", "evaluate", "deliberate", "post", "letter")
DEFINITIONS = (
    Definition(
        "filing.internal_days",
        _("Inner deadlines of an application"),
        _(
            "Working days for accepting, for the applicant's correction, for evaluating, deliberating, posting and for "
            "the letter; a stage that takes longer stands as late in the officers' queue and closes nothing."
        ),
        Fields({stage: Whole(1, 250) for stage in STAGES}),
        {"accept": 5, "correct": 10, "evaluate": 40, "deliberate": 10, "post": 3, "letter": 5},
        "吉人社规〔2025〕1号等文件未定各环节办理时限；默认值为政务服务通行做法，由当地设定",
        _("working days"),
    ),
    Definition(
        "filing.notice_working_days",
        _("Days of notice of a filing"),
        _("Where the law of the place asks for a notice and says no number; a number that it says can't be undercut."),
        Whole(1, 60),
        5,
        "忻人社办发〔2024〕2号第13条、人社职司便函〔2020〕17号第14条只说应公示，未定日数；默认值参照吉人社规〔2025〕1号第7条",
        _("working days"),
    ),
    Definition(
        "filing.term_years",
        _("Years of a filing"),
        _("Where the law of the place gives no term."),
        Whole(1, 10),
        3,
        "忻人社办发〔2024〕2号未定备案有效期；默认值参照吉人社规〔2025〕1号第7条第五项的三年，由当地设定",
        _("years"),
    ),
    Definition(
        "filing.letter_mark",
        _("Mark of filing letters"),
        _("What stands before the year and the number of a filing letter."),
        Text(r"\S{1,20}", "人社评备"),
        "人社评备",
        "发文字号由发文机关确定；默认值为样例",
    ),
)
