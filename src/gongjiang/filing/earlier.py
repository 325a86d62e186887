"""What the letter of a filing made before the platform states, and reading back what was entered of it."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjiang.filing.models import EarlierFiling


@dataclass(frozen=True, slots=True)
class StatedSite:
    """A site of the letter with pairs of occupation code and level."""

    name: str
    address: str
    division: str
    scope: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class StatedFiling:
    """What the letter of an earlier filing states; ``filed_until`` is the first day on which the term is over."""

    name: str
    kind: str
    credit_code: str
    code: str
    address: str
    place_code: str
    regime: str
    legal_representative: str
    affiliation: str
    filing_letter: str
    filed_on: date
    filed_until: date
    sites: tuple[StatedSite, ...]
    rule: str = ""
    may_serve_others: bool = False


def stated_of(earlier: EarlierFiling) -> StatedFiling:
    """Return what was entered."""
    facts: dict[str, Any] = dict(earlier.facts)
    sites = tuple(
        StatedSite(each["name"], each["address"], each["division"], tuple((c, v) for c, v in each["scope"]))
        for each in facts.pop("sites")
    )
    days = {name: date.fromisoformat(facts.pop(name)) for name in ("filed_on", "filed_until")}
    return StatedFiling(**facts, **days, sites=sites)
