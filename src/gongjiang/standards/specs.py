"""What is told of a standard, a specification or a level when one is entered: plain data that actions take."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gongjiang.standards.models import ContentGroup, Level, Method, Occupation, PartKind

WAY_OF = {
    PartKind.THEORY: Method.THEORY_EXAM,
    PartKind.PRACTICAL: Method.PRACTICAL_EXAM,
    PartKind.PANEL: Method.WORK_RECORD_REVIEW,
}


@dataclass(frozen=True, slots=True)
class PartSpec:
    """A part of the assessment: minutes, marks, and the staff that the standard asks for.

    An empty ``way`` or ``content`` means the usual one of the part's kind.
    """

    kind: str
    method: str
    minutes: int
    pass_mark: Decimal
    full_mark: Decimal
    candidates_per_staff: int
    min_staff: int
    odd_staff: bool
    way: str = ""
    content: str = ""

    def fields(self) -> dict[str, Any]:
        """Return the part's fields as its row bears them."""
        panel = self.kind == PartKind.PANEL
        usual = ContentGroup.WORK_PERFORMANCE if panel else ContentGroup.ABILITY
        told = {"way": self.way or WAY_OF[PartKind(self.kind)], "content": self.content or usual}
        return {**asdict(self), **told}


@dataclass(frozen=True, slots=True)
class StandardSpec:
    """A national standard as its text states it; the parts hold for every level named."""

    title: str
    edition: str
    clause_set: str
    experience_scope: str
    in_force: date
    source: str
    levels: Sequence[str]
    parts: Sequence[PartSpec]
    job_types: str = ""


@dataclass(frozen=True, slots=True)
class SpecificationText:
    """An assessment specification as its owner writes it, with the parts of each level by the level's key."""

    occupation: Occupation
    title: str
    edition: str
    job_types: str
    clause_set: str
    experience_scope: str
    in_force: date
    levels: Mapping[str, Sequence[PartSpec]]


@dataclass(frozen=True, slots=True)
class WeightSpec:
    """The weight of a function in a part at a level, in percent."""

    level: str
    part: str
    function: str
    percent: Decimal


@dataclass(frozen=True, slots=True)
class OwnLevel:
    """A level that an employer adds, or a named step within one of the five; from inclusive, until exclusive.

    A level beyond the five has ``parts`` of its own; the employer may ask that the level ``below`` was held for
    ``below_months``. A step has neither: it is assessed as its level is.
    """

    occupation: Occupation
    level: str
    requirement: str
    since: date
    step: str = ""
    until: date | None = None
    parts: Sequence[PartSpec] = ()
    below: str = ""
    below_months: int = 0

    @property
    def label(self) -> str:
        """Return the level's name with its step."""
        return f"{Level(self.level).label} {self.step}".strip()
