"""Working days from dated holiday notices, and calendar months: the clock of every term.

A term's first day doesn't count and its last day ends at 24:00 Asia/Shanghai (民法典 §201, §203).
The holidays of a year are what the State Council's yearly notice says, never computed from a rule.
"""

from gongjiang.law.calendar.months import add_months, add_years, last_day_ahead, months_between
from gongjiang.law.calendar.notices import (
    Notice,
    NoticeProblem,
    NoticeRefused,
    default_notices,
    parse_notice_csv,
)
from gongjiang.law.calendar.working import SHANGHAI, Calendar, Count, CountedDay, Term, Why

__all__ = [
    "SHANGHAI",
    "Calendar",
    "Count",
    "CountedDay",
    "Notice",
    "NoticeProblem",
    "NoticeRefused",
    "Term",
    "Why",
    "add_months",
    "add_years",
    "default_notices",
    "last_day_ahead",
    "months_between",
    "parse_notice_csv",
]
