"""The difference between two editions of the classification: pure functions over codes and names."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

Entry = tuple[str, str]
"""An occupation as the comparison sees it: its code and its name."""


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the difference: ``kind`` is added, removed, renamed (same code) or moved (same name)."""

    kind: str
    old: Entry | None
    new: Entry | None

    @property
    def sort_key(self) -> tuple[str, str]:
        entry = self.old or self.new
        assert entry is not None  # one of the two is there
        return entry


def compare(old: Iterable[Entry], new: Iterable[Entry]) -> list[Change]:
    """Return what changed from the old edition to the new one, by code.

    What stands in both is left out. A name that stands once among the rest of either side moved to another code; then a
    code that stands once among the rest of either side was renamed; what remains was added or removed. So comparing
    the other way round gives the same lines turned about.
    """
    before, after = set(old), set(new)
    gone, come = before - after, after - before
    moved = _pairs(gone, come, 1)
    gone, come = gone - {a for a, _b in moved}, come - {b for _a, b in moved}
    renamed = _pairs(gone, come, 0)
    gone, come = gone - {a for a, _b in renamed}, come - {b for _a, b in renamed}
    changes = [Change("moved", a, b) for a, b in moved]
    changes += [Change("renamed", a, b) for a, b in renamed]
    changes += [Change("removed", entry, None) for entry in gone]
    changes += [Change("added", None, entry) for entry in come]
    return sorted(changes, key=lambda change: (change.sort_key, change.kind))


def _pairs(gone: set[Entry], come: set[Entry], by: int) -> list[tuple[Entry, Entry]]:
    """Return entries of both sides that have the same code (0) or name (1), where it stands once on either side."""
    old, new = (Counter(entry[by] for entry in side) for side in (gone, come))
    target = {entry[by]: entry for entry in come}
    return [(entry, target[entry[by]]) for entry in gone if old[entry[by]] == new[entry[by]] == 1]
