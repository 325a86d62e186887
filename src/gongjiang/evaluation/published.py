"""A draw as the public sees it, and as its digest in the trail is taken over."""

from typing import Any

from gongjiang.evaluation.models import Draw
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
