"""Lines at a level of the body's own ladder: a level beyond the five, or a step within one of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.refusal import Ground
from gongjiang.planning.models import BatchLine
from gongjiang.standards import basis
from gongjiang.standards.models import FURTHER, EmployerLevel, Level, Occupation
from gongjiang.standards.queries import own_level, own_levels_of

if TYPE_CHECKING:
    from gongjiang.planning.actions import LineSpec


@dataclass(frozen=True, slots=True)
class Assessable:
    """What a line can be planned at: a cell of the filed scope, a level of the own ladder, or a step within one."""

    occupation: Occupation
    level: str
    label: str
    step: EmployerLevel | None = None


def cells_of(body: AssessmentBody) -> dict[str, Assessable]:
    """Return what the body's filing and its own ladder let it plan, by a key for forms; no level stands twice."""
    found = {}
    for cell in body.scope.select_related("occupation").order_by("occupation__code", "-level"):
        label = f"{cell.occupation.name} {Level(cell.level).label}"
        found[f"{cell.occupation_id}:{cell.level}"] = Assessable(cell.occupation, cell.level, label)
    for own in own_levels_of(body.organisation):
        key = f"{own.occupation_id}:{own.level}:{own.step}".rstrip(":")
        step = own if own.step else None
        found.setdefault(key, Assessable(own.occupation, own.level, f"{own.occupation.name} {own.label}", step))
    return found


def chosen(asker: basis.Asker, spec: "LineSpec", on: date) -> EmployerLevel | None:
    """Return the own level that a line is planned at: the step asked for, or the one that a further level is."""
    if spec.level in FURTHER:
        return own_level(asker.organisation, spec.occupation, spec.level, on=on)
    return spec.step


def against_step(asker: basis.Asker, spec: "LineSpec", on: date) -> Iterable[Ground]:
    """Return why the step of a line can't be assessed on the day; none where no step is asked for."""
    if spec.step is None:
        return ()
    return basis.against_step(asker, spec.step, spec.occupation, spec.level, on=on)


def frozen(line: BatchLine) -> dict[str, Any]:
    """Return what the announcement tells of an own level, in its owner's words; nothing at other levels."""
    own = line.own_level
    if own is None:
        return {}
    return {"requirement": own.requirement, "step": own.step, "cites": list(own.cites)}
