"""What was ordered to be mended, as it stands on a day."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from gongjiang.evaluation.models import Evaluation, Rectification
from gongjiang.evaluation.queries.panel import rectifications_of
from gongjiang.kernel.clock import SHANGHAI


@dataclass(frozen=True, slots=True)
class Mending:
    """An order with its state: ordered, answered, met, unmet, or followed by a new one. ``late``: past its last day."""

    row: Rectification
    state: str
    late: bool

    @property
    def is_open(self) -> bool:
        """Whether the applicant or the panel still has something to do, or it was found unmended."""
        return self.state in ("ordered", "answered", "unmet")

    @property
    def runs(self) -> bool:
        """Whether the applicant's time still runs, or the panel has an answer to look at."""
        return self.state == "answered" or (self.state == "ordered" and not self.late)


def mendings_of(evaluation: Evaluation, *, on: date | None = None) -> Iterator[Mending]:
    """Yield the evaluation's orders by their last day; lateness is seen on the day given, if any."""
    for row in rectifications_of(evaluation):
        yield mending_of(row, on=on)


def mending_of(row: Rectification, *, on: date | None = None) -> Mending:
    """Return one order as it stands on the day."""
    answered_on = row.answered_at.astimezone(SHANGHAI).date() if row.answered_at else on
    late = answered_on is not None and answered_on > row.due_on
    return Mending(row, _state(row), late)


def _state(row: Rectification) -> str:
    if getattr(row, "followed_by", None) is not None:
        return "followed"
    if row.met is not None:
        return "met" if row.met else "unmet"
    return "answered" if row.answered_at else "ordered"
