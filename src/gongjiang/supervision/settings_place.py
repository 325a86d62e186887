"""What supervision leaves to the place: no document sets a term for the answer to a complaint."""

from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.place_settings_kinds import Definition, Whole

ANSWER_DAYS = "complaint.answer_days"
DEFINITIONS = (
    Definition(
        ANSWER_DAYS,
        _("Answer to a complaint"),
        _("Within so many days after it came in; the documents say only: in good time."),
        Whole(1, 180),
        60,
        "文件要求及时调查核实处理而未定期限；默认值未确认",
        _("days"),
    ),
)
