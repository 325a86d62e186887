"""What leaves the building: a draw as JSON for the program that computes it again, criteria as JSON."""

from decimal import Decimal
from typing import Any

from gongjiang.evaluation.models import CriteriaVersion, Draw
from gongjiang.evaluation.rules_criteria import Node, nodes_of
from gongjiang.kernel import canonical


def draw_json(draw: Draw) -> dict[str, Any]:
    """Return the draw as published: public ids, never names. Before the lot is taken only what is committed."""
    evaluation = draw.evaluation
    taken = draw.drawn_at is not None
    shown = {
        "number": evaluation.number,
        "authority": evaluation.organisation.name,
        "algorithm": draw.algorithm,
        "commitment": draw.commitment,
        "committed_at": draw.committed_at,
        "drawn_at": draw.drawn_at,
        "seed": draw.seed if taken else "",
        "public_part": draw.public_part,
        "size": draw.size,
        "occupations": draw.occupations,
        "pool": draw.pool,
        "exclusions": draw.exclusions,
        "result": draw.result,
        "reserves": draw.reserves,
        "replacements": draw.replacements,
        "set_aside": draw.set_aside_why,
    }
    plain: dict[str, Any] = canonical.plain(shown)
    return plain


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
