"""The verbs of reporting."""

from gongjiang.reports.actions.preparing import prepare_report, prepare_resend
from gongjiang.reports.actions.sending import fix_row, read_receipt, send_report

__all__ = ["fix_row", "prepare_report", "prepare_resend", "read_receipt", "send_report"]
