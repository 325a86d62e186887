"""What is done in evaluations."""

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

__all__ = [
    "DrawSpec",
    "VersionSpec",
    "change_line",
    "draft_criteria",
    "draw",
    "import_criteria",
    "load_demo_criteria",
    "name_lead",
    "open_evaluation",
    "publish_criteria",
    "redraw",
    "remove_line",
    "replace",
    "stop",
]
