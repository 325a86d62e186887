"""What is done in evaluations."""

from gongjiang.evaluation.actions.after import (
    answer_rectification,
    order_rectification,
    recheck,
    sign_consensus,
    write_consensus,
)
from gongjiang.evaluation.actions.concluding import conclude
from gongjiang.evaluation.actions.criteria import (
    VersionSpec,
    change_line,
    draft_criteria,
    import_criteria,
    load_demo_criteria,
    publish_criteria,
    remove_line,
)
from gongjiang.evaluation.actions.drawing import DrawSpec, draw, name_lead, redraw, replace
from gongjiang.evaluation.actions.opening import open_evaluation, stop
from gongjiang.evaluation.actions.panel import Whereabouts, arrive, begin, confirm, schedule_visit
from gongjiang.evaluation.actions.photos import PhotoSpec, add_photo
from gongjiang.evaluation.actions.pool import (
    Entered,
    TieSpec,
    declare_tie,
    end_expert,
    enter_experts,
    import_experts,
    open_account,
    set_fields,
)
from gongjiang.evaluation.actions.sheets import Saved, SheetMoved, SheetSpec, open_sheets, save_sheet, seal
from gongjiang.evaluation.rules_after import OrderSpec
from gongjiang.evaluation.rules_sheet import MarkSpec

__all__ = [
    "DrawSpec",
    "Entered",
    "MarkSpec",
    "OrderSpec",
    "PhotoSpec",
    "Saved",
    "SheetMoved",
    "SheetSpec",
    "TieSpec",
    "VersionSpec",
    "Whereabouts",
    "add_photo",
    "answer_rectification",
    "arrive",
    "begin",
    "change_line",
    "conclude",
    "confirm",
    "declare_tie",
    "draft_criteria",
    "draw",
    "end_expert",
    "enter_experts",
    "import_criteria",
    "import_experts",
    "load_demo_criteria",
    "name_lead",
    "open_account",
    "open_evaluation",
    "open_sheets",
    "order_rectification",
    "publish_criteria",
    "recheck",
    "redraw",
    "remove_line",
    "replace",
    "save_sheet",
    "schedule_visit",
    "seal",
    "set_fields",
    "sign_consensus",
    "stop",
    "write_consensus",
]
