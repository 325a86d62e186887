"""The shapes of what the panel found, as pages and papers read them."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongjiang.evaluation.models import Consensus, Criterion


@dataclass(frozen=True, slots=True)
class Given:
    """The points that one expert gave; ``far`` marks who lies furthest off in a row that lies apart."""

    letter: str
    points: Decimal
    far: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What one expert wrote."""

    letter: str
    text: str
    points: Decimal | None = None


@dataclass(frozen=True, slots=True)
class DrawnDot:
    """A dot of the picture: where it stands, how large, and what it says."""

    x: int
    radius: int
    points: Decimal
    count: int


@dataclass(frozen=True, slots=True)
class ScoredRow:
    """A row of the criteria: everybody's points, average and spread, and the panel's word if they lie apart."""

    criterion: Criterion
    full: Decimal
    given: tuple[Given, ...]
    average: Decimal
    spread: Decimal
    apart: bool
    dots: tuple[DrawnDot, ...]
    mean_x: int
    reasons: tuple[tuple[Criterion, tuple[Said, ...]], ...] = ()
    consensus: Consensus | None = None
    signatures: int = 0

    @property
    def settled(self) -> bool:
        """Whether the panel needs no further word: together, or a consensus that everybody signed."""
        return not self.apart or (self.consensus is not None and self.signatures == len(self.given))


@dataclass(frozen=True, slots=True)
class VetoLine:
    """A veto item: who found it met and why, and what became of it. ``state``: clear, raised, waiting or mended."""

    criterion: Criterion
    said: tuple[Said, ...]
    state: str
    due_on: date | None = None


@dataclass(frozen=True, slots=True)
class OnPaper:
    """An item of the preliminary evaluation: how many found it met, and who didn't and why."""

    criterion: Criterion
    met: int
    size: int
    against: tuple[Said, ...]

    @property
    def is_met(self) -> bool:
        """Whether most of the panel found it met."""
        return self.met * 2 > self.size
