"""The verbs of certificates."""

from gongjiang.certificates.actions.numbering import (
    apply_for_numbers,
    give_numbers,
    issue,
    number_certificates,
    resume_papers,
)
from gongjiang.certificates.actions.papers import make_copy, make_paper, make_papers
from gongjiang.certificates.actions.requests import (
    decide_request,
    report_correction,
    request_correction,
    request_reissue,
)
from gongjiang.certificates.actions.revoking import revoke

__all__ = [
    "apply_for_numbers",
    "decide_request",
    "give_numbers",
    "issue",
    "make_copy",
    "make_paper",
    "make_papers",
    "number_certificates",
    "report_correction",
    "request_correction",
    "request_reissue",
    "resume_papers",
    "revoke",
]
