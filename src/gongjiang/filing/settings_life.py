"""What the life of a filing leaves to a place where no document says it."""

from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.place_settings_kinds import Definition, Whole

REPORT_DAYS = "filing.change_report_days"
DEFINITIONS = (
    Definition(
        REPORT_DAYS,
        _("Quarterly report of amendments"),
        _("So many days after the end of a quarter its amendments are reported to the province and its centre."),
        Whole(1, 90),
        15,
        "忻人社办发〔2024〕2号第21条规定按季度报备，未定季后几日；默认值未确认",
        _("days"),
    ),
)
