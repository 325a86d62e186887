"""Acts of filing, a module for each part."""

from gongjiang.filing.actions.apply import submit, withdraw
from gongjiang.filing.actions.calls import CallSpec, publish_call
from gongjiang.filing.actions.decide import (
    clear,
    deliberate,
    post_notice,
    refuse,
    sign_letter,
    sign_undertaking,
)
from gongjiang.filing.actions.drafting import (
    SiteRequest,
    answer_condition,
    begin,
    give_up,
    set_changes,
    set_scope,
    set_sites,
    set_subsidiaries,
    set_summary,
)
from gongjiang.filing.actions.handing_in import OnlineCheck, Paper, add_material, drop_material, note_online_check
from gongjiang.filing.actions.handle import (
    LackingItem,
    accept,
    conclude_evaluation,
    open_evaluation,
    reroute,
    return_for_correction,
)
from gongjiang.filing.actions.objecting import Objecting, object_to_filing, reply_to_objection
from gongjiang.filing.actions.opining import Written, write_opinion, write_opinions
from gongjiang.filing.actions.registering import ApplicantFacts, applicant_of_body, register_applicant
from gongjiang.filing.rules_draft import ChangeSpec
from gongjiang.filing.rules_scope import CellSpec

__all__ = [
    "ApplicantFacts",
    "CallSpec",
    "CellSpec",
    "ChangeSpec",
    "LackingItem",
    "Objecting",
    "OnlineCheck",
    "Paper",
    "SiteRequest",
    "Written",
    "accept",
    "add_material",
    "answer_condition",
    "applicant_of_body",
    "begin",
    "clear",
    "conclude_evaluation",
    "deliberate",
    "drop_material",
    "give_up",
    "note_online_check",
    "object_to_filing",
    "open_evaluation",
    "post_notice",
    "publish_call",
    "refuse",
    "register_applicant",
    "reply_to_objection",
    "reroute",
    "return_for_correction",
    "set_changes",
    "set_scope",
    "set_sites",
    "set_subsidiaries",
    "set_summary",
    "sign_letter",
    "sign_undertaking",
    "submit",
    "withdraw",
    "write_opinion",
    "write_opinions",
]
