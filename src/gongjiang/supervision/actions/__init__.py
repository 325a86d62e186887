"""The verbs of supervision: findings and their rectification, self-checks, complaints."""

from gongjiang.supervision.actions.checking import publish_self_check
from gongjiang.supervision.actions.complaining import (
    Receipt,
    answer_complaint,
    file_complaint,
    send_complaint_on,
    take_up_complaint,
)
from gongjiang.supervision.actions.finding import close_finding, record_finding, reopen_finding, report_rectification
from gongjiang.supervision.rules import Complaining, Found

__all__ = [
    "Complaining",
    "Found",
    "Receipt",
    "answer_complaint",
    "close_finding",
    "file_complaint",
    "publish_self_check",
    "record_finding",
    "reopen_finding",
    "report_rectification",
    "send_complaint_on",
    "take_up_complaint",
]
