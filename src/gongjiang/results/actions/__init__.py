"""Acts on scores and results, by step: entry and confirmation, review, notice, objections."""

from gongjiang.results.actions.notice import confirm_results, post_results
from gongjiang.results.actions.objections import assign_reply, object_to_result, reply_to_objection
from gongjiang.results.actions.review import approve_results, return_results, submit_results
from gongjiang.results.actions.scores import confirm_scores, confirm_sheet, enter_scores, import_scores
from gongjiang.results.actions.vetoes import decide_veto, propose_veto
from gongjiang.results.entry import ScoreRow, ScoresRefused

__all__ = [
    "ScoreRow",
    "ScoresRefused",
    "approve_results",
    "assign_reply",
    "confirm_results",
    "confirm_scores",
    "confirm_sheet",
    "decide_veto",
    "enter_scores",
    "import_scores",
    "object_to_result",
    "post_results",
    "propose_veto",
    "reply_to_objection",
    "return_results",
    "submit_results",
]
