"""What the acts of the register are given, as plain data."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongjiang.bodies.models import Affiliation, ExamSite
from gongjiang.standards.models import Occupation


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """An exam site and what may be assessed there: pairs of occupation and level."""

    name: str
    address: str
    division: str
    scope: Sequence[tuple[Occupation, str]]


@dataclass(frozen=True, slots=True)
class FiledBody:
    """What a filing letter states of a body. ``filed_until`` is the first day on which the term is over.

    ``rule`` names the document under which it was filed where that is no longer the one in force.
    """

    name: str
    kind: str
    credit_code: str
    code: str
    address: str
    place_code: str
    regime: str
    filing_letter: str
    filed_on: date
    filed_until: date
    sites: Sequence[SiteSpec]
    may_serve_others: bool = False
    legal_representative: str = ""
    affiliation: str = Affiliation.MUNICIPAL
    rule: str = ""


@dataclass(frozen=True, slots=True)
class SiteChange:
    """What an exam site is called and where it stands from the decision on."""

    site: ExamSite
    name: str
    address: str
    division: str


@dataclass(frozen=True, slots=True)
class SubsidiarySpec:
    """A wholly owned or controlled subsidiary, by name and credit code."""

    name: str
    credit_code: str


def scope_facts(sites: Sequence[SiteSpec]) -> list[list[str]]:
    """Return cells of a scope for a decision's record: occupation code, level, site."""
    return [[occupation.code, level, spec.name] for spec in sites for occupation, level in spec.scope]
