"""The province's pool: everybody's assessors and other staff by occupation, level and city, and what lacks.

Made for 200,000 people: a page walks an index as far as it shows, and the count stops at a limit.
"""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gongjiang.bodies.models import ScopeItem
from gongjiang.kernel.actor import Actor
from gongjiang.standards.models import Occupation
from gongjiang.standards.queries import CURRENT_EDITION
from gongjiang.workforce.models import Appointment, StaffMember
from gongjiang.workforce.queries_register import in_force, with_terms
from gongjiang.workforce.rules import ASSESSOR, LEVELS

COUNTED = 900
"""So many are counted and can be paged through; beyond, a list isn't read but narrowed."""
LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the pool is narrowed to; empty fields don't narrow. ``level`` is one that the person may assess."""

    role: str = ASSESSOR
    occupation: str = ""
    level: str = ""
    rank: str = ""
    city: str = ""
    text: str = ""


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator that counts as far as anybody pages, so that a list of 200,000 needn't be counted whole."""

    @cached_property
    def counted(self) -> int:
        """How many were counted; one more than the limit where there are more."""
        return int(self.object_list[: COUNTED + 1].count())  # type: ignore[attr-defined]

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNTED)

    @property
    def is_more(self) -> bool:
        """Whether there are more than are counted."""
        return self.counted > COUNTED


def pool(actor: Actor, asked: Asked, on: date) -> QuerySet[StaffMember]:
    """Return who holds such a term on the day in the actor's part of the tree, by name."""
    terms = in_force(Appointment.objects.filter(role=asked.role), on)
    if asked.occupation:
        terms = terms.filter(occupation__in=_occupations(asked.occupation))
    if asked.level in LEVELS:
        terms = terms.filter(highest_level__in=LEVELS[LEVELS.index(asked.level) :])
    if asked.rank:
        terms = terms.filter(rank=asked.rank)
    found: QuerySet[StaffMember] = StaffMember.objects.for_actor(actor)
    if asked.occupation:
        # Few terms: find them first, then their people.
        found = found.filter(pk__in=terms.values("member"))
    else:
        # Most people have such a term: walk the names, and ask of each.
        found = found.filter(Exists(terms.filter(member=OuterRef("pk"))))
    if asked.city:
        found = found.filter(home__place_code__startswith=asked.city)
    if asked.text:
        found = found.filter(name__gte=asked.text, name__lt=asked.text + LAST)
    return with_terms(found).order_by("name", "pk")


def _occupations(text: str) -> list[int]:
    named = Q(code=text) | Q(name=text) | Q(aliases__name=text)
    found = Occupation.objects.filter(named, edition=CURRENT_EDITION).order_by().values_list("pk", flat=True)
    return list(found.distinct())


def matrix(actor: Actor, on: date, role: str = ASSESSOR) -> list[dict[str, Any]]:
    """Return how many terms run for each occupation and highest level: code, name, level, n."""
    terms = in_force(Appointment.objects.filter(role=role, occupation__isnull=False), on)
    visible = terms.filter(member__home__path__startswith=actor.path) if actor.path else terms.none()
    pairs = visible.order_by().values("occupation", "highest_level").annotate(n=Count("pk"))
    rows = list(pairs)
    names = Occupation.objects.in_bulk({row["occupation"] for row in rows})
    return [{**row, "code": names[row["occupation"]].code, "name": names[row["occupation"]].name} for row in rows]


def by_city(actor: Actor, on: date, role: str = ASSESSOR) -> dict[str, int]:
    """Return how many terms of the role run in each city, by its code of four digits."""
    terms = in_force(Appointment.objects.filter(role=role), on)
    visible = terms.filter(member__home__path__startswith=actor.path) if actor.path else terms.none()
    found: dict[str, int] = {}
    for code, n in visible.order_by().values_list("member__home__place_code").annotate(n=Count("pk")):
        found[code[:4]] = found.get(code[:4], 0) + n
    return found


@dataclass(frozen=True, slots=True)
class Gap:
    """An occupation's filed cells (body, level), and how many of them have an assessor of the body itself."""

    code: str
    name: str
    cells: int
    covered: int

    @property
    def lacking(self) -> int:
        """How many cells nobody could assess today."""
        return self.cells - self.covered


def gaps(actor: Actor, on: date) -> list[Gap]:
    """Return for every filed occupation how many cells of bodies' scopes no assessor of theirs covers, most first."""
    cells = ScopeItem.objects.for_actor(actor).filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))
    wanted = cells.order_by().values_list("body_id", "occupation__code", "occupation__name", "level").distinct()
    highest = _highest(actor, on)
    totals: dict[tuple[str, str], list[int]] = {}
    for body, code, name, level in wanted:
        row = totals.setdefault((code, name), [0, 0])
        row[0] += 1
        row[1] += LEVELS.index(level) <= highest.get((body, code), -1)
    found = [Gap(code, name, all_cells, covered) for (code, name), (all_cells, covered) in totals.items()]
    return sorted(found, key=lambda each: (-each.lacking, each.code))


def _highest(actor: Actor, on: date) -> dict[tuple[int, str], int]:
    """Return the highest level that assessors of a body cover, by body and occupation."""
    terms = in_force(Appointment.objects.filter(role=ASSESSOR, occupation__isnull=False), on)
    visible = terms.filter(member__home__path__startswith=actor.path) if actor.path else terms.none()
    found: dict[tuple[int, str], int] = {}
    pairs = visible.order_by().values_list("member__body_id", "occupation__code", "highest_level").distinct()
    for body, code, level in pairs:
        if level in LEVELS:
            found[body, code] = max(found.get((body, code), -1), LEVELS.index(level))
    return found
