"""Figures of a batch's results by line: who sat, who passed, how the scores spread."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.settings_of_place import setting
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.results.models import Outcome, Result
from gongjiang.results.queries import results_in
from gongjiang.standards.models import PartKind

BIN = 5  # marks a bar of the distribution, a matter of display


@dataclass(frozen=True, slots=True)
class LineRate:
    """The results of one line: ``spread`` counts scores of the practical part (or the last there is) by fives."""

    line: Any
    sat: int
    passed: int
    by_part: tuple[tuple[str, int], ...]
    spread_part: str
    spread: tuple[int, ...]
    failing: int

    @property
    def parts(self) -> list[tuple[str, int]]:
        """Return each part's name and how many passed it."""
        return [(str(PartKind(part).label), count) for part, count in self.by_part]

    @property
    def spread_label(self) -> str:
        """Return what the spread shows."""
        return str(PartKind(self.spread_part).label)

    @property
    def percent(self) -> str:
        return f"{100 * self.passed / self.sat:.1f} %" if self.sat else "—"


def rates(batch: Batch) -> list[LineRate]:
    """Return per line how many sat, passed each part and all, and how the last part's scores spread."""
    by_line: dict[int, list[Result]] = {}
    for result in results_in(batch):
        by_line.setdefault(result.enrolment.line_id, []).append(result)
    return [_rate(line, by_line[line.pk]) for line in batch.lines.select_related("occupation") if line.pk in by_line]


def _rate(line: Any, found: list[Result]) -> LineRate:
    sat = [result for result in found if any(part["score"] is not None for part in result.parts)]
    kinds = [part["part"] for part in found[0].parts]
    by_part = tuple(
        (kind, sum(part["passed"] for result in found for part in result.parts if part["part"] == kind))
        for kind in kinds
    )
    shown = PartKind.PRACTICAL.value if PartKind.PRACTICAL in kinds else kinds[-1]
    of_part = [part for result in found for part in result.parts if part["part"] == shown]
    full, mark = int(float(of_part[0]["full_mark"])), float(of_part[0]["pass_mark"])
    counts = [0] * max(1, full // BIN)
    for part in of_part:
        if part["score"] is not None:
            counts[min(int(float(part["score"]) // BIN), len(counts) - 1)] += 1
    first = max(0, int(mark // BIN) - 4)
    passed = sum(result.outcome == Outcome.PASSED for result in found)
    return LineRate(
        line,
        len(sat),
        passed,
        by_part,
        shown,
        (sum(counts[: first + 1]), *counts[first + 1 :]),
        int(mark // BIN) - first,
    )


def sample_of(batch: Batch, on: date) -> list[Result]:
    """Return the results drawn for the review (MRK-04): by the hash of the submission's entry in the audit trail.

    Nobody knows that hash before submitting, and anyone can draw the same sample again. How many is a setting of the
    place on the day; at least one.
    """
    submitted = AuditEntry.objects.filter(
        action="batch.submit_results", outcome="done", subject_id=str(batch.pk), subject_kind="planning.batch"
    ).last()
    if submitted is None:
        return []
    percent = setting("results.sample_percent", place=regime_of(batch), day=on).value
    found = sorted(results_in(batch), key=lambda result: _lot(submitted.hash, result.pk))
    return found[: max(1, -(-len(found) * percent // 100))]


def _lot(seed: str, pk: int) -> str:
    return hashlib.sha256(f"{seed}:{pk}".encode()).hexdigest()
