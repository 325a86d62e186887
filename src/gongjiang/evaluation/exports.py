"""What leaves the building: a draw as JSON for the program that computes it again, criteria as JSON."""

from decimal import Decimal
from typing import Any

from gongjiang.evaluation.models import CriteriaVersion
from gongjiang.evaluation.published import draw_json
from gongjiang.evaluation.rules_criteria import Node, nodes_of

__all__ = ["criteria_json", "draw_json"]


def criteria_json(version: CriteriaVersion) -> dict[str, Any]:
    """Return an evaluation standard in the form in which it can be taken in again."""
    nodes = nodes_of(version)
    return {
        "title": version.title,
        "version": version.version,
        "source": version.source,
        "is_demo": version.is_demo,
        "pass_mark": _number(version.pass_mark),
        "spread_percent": version.spread_percent,
        "since": version.since.isoformat(),
        "groups": [
            {
                "code": group.code,
                "title": group.title,
                "items": [_item(each) for each in nodes if each.parent == group.code],
            }
            for group in nodes
            if group.is_group
        ],
        "vetoes": [_item(each) for each in nodes if each.is_veto],
    }


def _item(node: Node) -> dict[str, str]:
    told = {"code": node.code, "title": node.title, "points": _number(node.points), "evidence": node.evidence}
    told |= {"deduction": node.deduction, "condition": node.condition}
    if node.is_veto:
        del told["points"], told["deduction"]
    return told


def _number(value: Decimal) -> str:
    return format(value.normalize() + 0, "f")
