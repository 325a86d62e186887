"""The seal of a sheet: SHA-256 over its findings in canonical form with a salt, so that a later edit is found.

Who holds a sealed sheet's salt, number, letter and findings can compute the seal again with any SHA-256.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from gongjiang.kernel import canonical


@dataclass(frozen=True, slots=True)
class Finding:
    """One mark as it is sealed: the criterion's code, the points or whether it is met, and why."""

    code: str
    points: Decimal | None = None
    met: bool | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Head:
    """What a sheet is of: the evaluation's number, the stage, and the expert's public id."""

    number: str
    stage: str
    expert: str


def content_of(head: Head, opinion: str, findings: Iterable[Finding], photos: Iterable[str]) -> dict[str, object]:
    """Return what is sealed; findings stand by code and photos by their SHA-256, in whatever order they came."""
    return {
        "evaluation": head.number,
        "stage": head.stage,
        "expert": head.expert,
        "opinion": opinion,
        "findings": [
            [each.code, each.points, each.met, each.reason] for each in sorted(findings, key=lambda f: f.code)
        ],
        "photos": sorted(photos),
    }


def seal_of(salt: str, content: dict[str, object]) -> str:
    """Return the seal: the SHA-256, in hexadecimal, of the canonical JSON of salt and content."""
    return canonical.digest([salt, content])
