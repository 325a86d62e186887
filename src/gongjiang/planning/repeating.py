"""A plan made after an earlier one: the same site, lines, fee and methods, its days moved by whole weeks."""

from datetime import date, timedelta
from typing import Any

from gongjiang.planning.models import Batch, BatchLine
from gongjiang.planning.own_levels import Assessable
from gongjiang.standards.queries import parts_of

DAYS = ("enrolment_from", "enrolment_until", "exam_from", "exam_until")
WEEK = timedelta(weeks=1)


def repeated(batch: Batch, cells: dict[str, Assessable], today: date) -> dict[str, Any]:
    """Return what the form of a plan begins with to repeat the batch.

    The days keep their distances and their weekdays; enrolment begins after ``today``, in the first such week. A line
    that the body may not plan any more (``cells``: what it may) is left out; the rest is judged when the plan is sent.
    """
    lines = list(batch.lines.select_related("occupation", "standard", "own_level").prefetch_related("parts"))
    keys = [_key(line) for line in lines]
    weeks = max(0, (today - batch.enrolment_from) // WEEK + 1)
    begin: dict[str, Any] = {name: getattr(batch, name) + weeks * WEEK for name in DAYS}
    begin |= {"title": batch.title, "site": batch.site_id, "lines": [key for key in keys if key in cells]}
    if lines:
        begin |= {"fee": lines[0].fee, "talent_type": lines[0].talent_type}  # a fee only where none is published
    for line in lines:
        usual = {part.kind: part.way for part in parts_of(line.standard, line.level)}
        begin |= {f"way_{part.kind}": part.way for part in line.parts.all() if part.way != usual.get(part.kind)}
    return begin


def _key(line: BatchLine) -> str:
    """Return the line's key among what a body may plan."""
    step = line.own_level.step if line.own_level else ""
    return f"{line.occupation_id}:{line.level}:{step}".rstrip(":")
