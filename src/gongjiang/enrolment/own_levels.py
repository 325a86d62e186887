"""Candidates at a level of the body's own ladder: a reviewer decides each by the employer's own requirement."""

from typing import Any

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.refusal import Ground
from gongjiang.law.model import Citation

SHORTEST_REASON = 2


def requirement(enrolment: Enrolment) -> dict[str, Any]:
    """Return the employer's own requirement that the line stands under, as a decision freezes it; empty at others."""
    own = enrolment.line.own_level
    if own is None:
        return {}
    return {"level": own.level, "step": own.step, "requirement": own.requirement, "cites": list(own.cites)}


def cites_of(enrolment: Enrolment) -> tuple[Citation, ...]:
    """Return the articles by which the level of the own ladder stands."""
    own = enrolment.line.own_level
    return tuple(Citation.parse(key) for key in own.cites) if own else ()


def unsaid(enrolment: Enrolment, reason: str) -> list[Ground]:
    """Return the ground that it isn't said by what the own requirement is met; no machine can tell."""
    if enrolment.line.own_level_id is None or len(reason.strip()) >= SHORTEST_REASON:
        return []
    why = _("The employer's own requirement can't be judged by a machine.")
    way = _("Read the papers against its text and write what meets it.")
    return [Ground(why, way, cites_of(enrolment), "requirement-unjudged")]
