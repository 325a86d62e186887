"""Acts on the register. Each runs in its caller's transaction and publishes one decision where it decides something."""

from gongjiang.bodies.actions.changes import amend, change_scope, renew
from gongjiang.bodies.actions.ending import begin_winding_up, end_filing, hand_over
from gongjiang.bodies.actions.papers import set_subsidiaries, sign_undertaking
from gongjiang.bodies.actions.publishing import FeeSpec, publish_fees, publish_rule
from gongjiang.bodies.actions.register import put_on_file, register_filed_body
from gongjiang.bodies.actions.reporting import accept_report, return_report, save_report, submit_report
from gongjiang.bodies.actions.suspension import lift_suspension, suspend
from gongjiang.bodies.docket import Ruling
from gongjiang.bodies.specs import FiledBody, SiteChange, SiteSpec, SubsidiarySpec

__all__ = [
    "FeeSpec",
    "FiledBody",
    "Ruling",
    "SiteChange",
    "SiteSpec",
    "SubsidiarySpec",
    "accept_report",
    "amend",
    "begin_winding_up",
    "change_scope",
    "end_filing",
    "hand_over",
    "lift_suspension",
    "publish_fees",
    "publish_rule",
    "put_on_file",
    "register_filed_body",
    "renew",
    "return_report",
    "save_report",
    "set_subsidiaries",
    "sign_undertaking",
    "submit_report",
    "suspend",
]
