"""Drawing a panel by lot so that anybody can compute it again.

The lot: whoever stands in the pool and isn't excluded gets the number SHA-256(seed, newline, public part, newline,
public id), written in hexadecimal, all of it UTF-8. The smaller number comes first. The panel is the first one, in the
order of the lot, of the wanted size in which every occupation has somebody who can judge it: going down the list, a
person is taken unless the places that would be left couldn't cover the occupations that would be left. Whoever is left
over is a reserve, in the order of the lot.

``evaluation/verify_draw.py`` computes the same from a published file with code of its own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

ALGORITHM = "gongjiang-draw-1"


@dataclass(frozen=True, slots=True)
class Ticket:
    """Somebody in the pool: public id, and what he or she can judge (codes of occupations)."""

    id: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Lot:
    """What came out: the panel and the reserves, each in the order of the lot."""

    panel: tuple[str, ...]
    reserves: tuple[str, ...]


class TooFew(Exception):
    """No panel can be made: ``have`` people of ``size``; ``uncovered`` have nobody, else ``tight`` is true: the people
    are there, but no panel of this size covers every occupation."""

    def __init__(self, *, size: int, have: int, uncovered: Sequence[str], tight: bool) -> None:
        self.size, self.have, self.uncovered, self.tight = size, have, tuple(uncovered), tight
        super().__init__(f"{have} of {size}; nobody for {', '.join(uncovered) or '-'}")


def commitment(seed: str) -> str:
    """Return what is published before the pool is frozen: the SHA-256 of the seed's text."""
    return sha256(seed.encode()).hexdigest()


def lot_number(seed: str, public_part: str, public_id: str) -> str:
    """Return somebody's number in the lot, in hexadecimal; the smaller comes first."""
    return sha256(f"{seed}\n{public_part}\n{public_id}".encode()).hexdigest()


def draw_panel(
    pool: Iterable[Ticket],
    *,
    excluded: Iterable[str],
    occupations: Iterable[str],
    size: int,
    seed: str,
    public_part: str,
) -> Lot:
    """Return the panel and the reserves. The same input gives the same lot, in whatever order it comes.

    :raises TooFew: nobody is left for an occupation, or too few people for the panel.
    """
    out = frozenset(excluded)
    left = [each for each in pool if each.id not in out]
    left.sort(key=lambda each: lot_number(seed, public_part, each.id))
    wanted = frozenset(occupations)
    covered = frozenset().union(*(each.fields for each in left))
    uncovered = sorted(wanted - covered)
    if uncovered or len(left) < size:
        raise TooFew(size=size, have=len(left), uncovered=uncovered, tight=False)
    panel = _first_panel(left, wanted, size)
    if panel is None:
        raise TooFew(size=size, have=len(left), uncovered=(), tight=True)
    chosen = set(panel)
    return Lot(tuple(panel), tuple(each.id for each in left if each.id not in chosen))


def next_reserve(
    staying: Sequence[Ticket], reserves: Sequence[Ticket], *, passed_over: Iterable[str], occupations: Iterable[str]
) -> str | None:
    """Return the first reserve, in the order given, with whom the panel still covers every occupation."""
    out = frozenset(passed_over)
    open_ones = frozenset(occupations).difference(*(each.fields for each in staying))
    return next((each.id for each in reserves if each.id not in out and open_ones <= each.fields), None)


def _first_panel(left: Sequence[Ticket], wanted: frozenset[str], size: int) -> list[str] | None:
    fields = [each.fields & wanted for each in left]

    @cache
    def can_cover(start: int, open_ones: frozenset[str], places: int) -> bool:
        """Say whether ``places`` people from ``start`` on, or fewer, can cover what is open."""
        if not open_ones:
            return len(left) - start >= places
        if places == 0 or len(left) - start < places:
            return False
        hardest = min(open_ones, key=lambda code: (sum(code in each for each in fields[start:]), code))
        useful = {each & open_ones for each in fields[start:] if hardest in each}
        # Somebody used twice covers nothing new, so that ``start`` needn't move within one search.
        return any(can_cover(start, open_ones - each, places - 1) for each in useful)

    panel: list[str] = []
    open_ones = wanted
    for place, each in enumerate(left):
        if len(panel) == size:
            break
        after = open_ones - fields[place]
        if can_cover(place + 1, after, size - len(panel) - 1):
            panel.append(each.id)
            open_ones = after
    return panel if len(panel) == size and not open_ones else None
