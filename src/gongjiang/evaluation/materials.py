"""What the applicant handed in, for the experts to read. Another app has the files and tells them here.

``register(of)`` takes a function from an evaluation to its materials; filing registers the files of its applications.
Nobody but the panel reads them through this app.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongjiang.evaluation.models import Evaluation
from gongjiang.kernel.models import StoredFile


@dataclass(frozen=True, slots=True)
class Material:
    """One paper: its key within the evaluation (for the address), what it is, and the file."""

    key: str
    label: str
    file: StoredFile
    note: str = ""


Materials = Callable[[Evaluation], Iterable[Material]]
_sources: list[Materials] = []


def register(of: Materials) -> Materials:
    """Ask the function, too, for an evaluation's materials. Called when an app starts."""
    if of not in _sources:
        _sources.append(of)
    return of


def of_evaluation(evaluation: Evaluation) -> list[Material]:
    """Return what was handed in for the evaluation; the caller is on its panel."""
    return [material for source in _sources for material in source(evaluation)]
