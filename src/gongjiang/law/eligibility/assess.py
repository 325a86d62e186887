"""Assess a candidate's facts by a clause set: which clause is met, or what lacks."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from gongjiang.law.codes import Reason
from gongjiang.law.eligibility.clause import Clause, wording
from gongjiang.law.eligibility.clauses import ClauseSet, clause_set
from gongjiang.law.eligibility.facts import Facts, career_issues
from gongjiang.law.eligibility.judging import Atom, Case
from gongjiang.law.eligibility.words import LevelKey, Scope, Words


class NoClauses(LookupError):
    """The clause set says nothing of the level."""

    def __init__(self, clauses: ClauseSet, level: LevelKey) -> None:
        self.clauses, self.level = clauses, level
        super().__init__(f"{clauses.id} has no clause for level {level}")


@dataclass(frozen=True)
class AtomResult:
    """One condition judged: asked, found, lacking, evidence (references into the facts).

    :ivar met_from: the first day on which it holds if only time passes; None: time alone won't do.
    :ivar missing: units of time that lack, for ordering only.
    """

    kind: str
    met: bool
    required: Words
    found: Words
    lacking: Words
    evidence: tuple[str, ...]
    met_from: date | None
    missing: int = 0

    def as_dict(self) -> dict[str, Any]:
        """Return the result for a JSON record."""
        return {
            "kind": self.kind,
            "met": self.met,
            "required": self.required._asdict(),
            "found": self.found._asdict(),
            "lacking": self.lacking._asdict(),
            "evidence": list(self.evidence),
            "met_from": _iso(self.met_from),
        }


@dataclass(frozen=True)
class ClauseResult:
    """One clause judged; `atoms` are those of its way that is met or comes closest."""

    id: str
    level: LevelKey
    words: Words
    source: str
    proof: str
    atoms: tuple[AtomResult, ...]

    @property
    def met(self) -> bool:
        """All atoms of the way are met."""
        return all(atom.met for atom in self.atoms)

    @property
    def earliest_date(self) -> date | None:
        """The day from which time alone meets the clause, or None."""
        days = [atom.met_from for atom in self.atoms]
        known = [day for day in days if day is not None]
        return max(known) if len(known) == len(days) else None

    def as_dict(self) -> dict[str, Any]:
        """Return the result for a JSON record."""
        return {
            "id": self.id,
            "level": self.level,
            "met": self.met,
            "words": self.words._asdict(),
            "source": self.source,
            "proof": self.proof,
            "atoms": [atom.as_dict() for atom in self.atoms],
            "earliest_date": _iso(self.earliest_date),
        }


@dataclass(frozen=True)
class Verdict:
    """What the clause set says of the facts on the day. It proposes; a reviewer decides.

    :ivar met: the clauses met; :ivar nearest: the clause closest to being met, None where one is met.
    :ivar earliest_date: `on` where eligible; else the day on which time alone makes it so, or None.
    :ivar issues: what a reviewer should look at in the career (overlaps and the like).
    """

    clause_set: str
    level: LevelKey
    on: date
    scope: Scope
    clauses: tuple[ClauseResult, ...]
    issues: tuple[Reason, ...]

    @property
    def met(self) -> tuple[ClauseResult, ...]:
        """The clauses that are met, in the order of the set."""
        return tuple(clause for clause in self.clauses if clause.met)

    @property
    def eligible(self) -> bool:
        """At least one clause is met."""
        return bool(self.met)

    @property
    def nearest(self) -> ClauseResult | None:
        """The clause with the fewest conditions and the least time lacking; None where one is met."""
        return None if self.eligible else min(self.clauses, key=lambda clause: _distance(clause.atoms))

    @property
    def earliest_date(self) -> date | None:
        """`on` where eligible; else the first day on which time alone meets a clause, or None."""
        if self.eligible:
            return self.on
        days = [clause.earliest_date for clause in self.clauses]
        return min((day for day in days if day is not None), default=None)

    def as_dict(self) -> dict[str, Any]:
        """Return the verdict for freezing: strings, numbers, booleans, lists and dicts only."""
        nearest = self.nearest
        return {
            "clause_set": self.clause_set,
            "level": self.level,
            "on": self.on.isoformat(),
            "scope": self.scope,
            "eligible": self.eligible,
            "met": [clause.id for clause in self.met],
            "clauses": [clause.as_dict() for clause in self.clauses],
            "nearest": nearest.id if nearest else None,
            "earliest_date": _iso(self.earliest_date),
            "issues": [{"code": issue.code, "zh": issue.message_zh, "en": issue.message_en} for issue in self.issues],
        }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def assess(clauses: ClauseSet | str, level: LevelKey, facts: Facts, on: date, scope: Scope | None = None) -> Verdict:
    """Judge the facts by every clause of the level, counting time up to (not including) the day `on`.

    Work on overlapping periods counts once. A clause that asks for a certificate asks for exactly that
    level. `scope` is the standard's word for the occupations that count; by default the set's.

    :raises NoClauses: the set says nothing of the level.
    :raises KeyError: no set of that name.
    """
    chosen = clause_set(clauses) if isinstance(clauses, str) else clauses
    asked = chosen.at_level(level)
    if not asked:
        raise NoClauses(chosen, level)
    case = Case(facts, on, scope or chosen.scope)
    return Verdict(
        clause_set=chosen.id,
        level=level,
        on=on,
        scope=case.scope,
        clauses=tuple(_clause(clause, case, chosen.source) for clause in asked),
        issues=career_issues(facts, on),
    )


def _clause(clause: Clause, case: Case, source: str) -> ClauseResult:
    words = wording(clause, case.scope)
    ways = [
        tuple(_atom(atom, asked, case) for atom, asked in zip(way, asking, strict=True))
        for way, asking in zip(clause.ways, words.atoms, strict=True)
    ]
    best = ways[0] if len(ways) == 1 else min(ways, key=_distance)
    return ClauseResult(clause.id, clause.level, words.clause, source, clause.proof, best)


def _atom(atom: Atom, asked: Words, case: Case) -> AtomResult:
    finding = atom.judge(case)
    met = finding.met_from is not None and finding.met_from <= case.on
    return AtomResult(
        kind=atom.kind,
        met=met,
        required=asked,
        found=finding.found,
        lacking=finding.lacking,
        evidence=finding.evidence,
        met_from=finding.met_from,
        missing=0 if met else finding.missing,
    )


def _distance(atoms: tuple[AtomResult, ...]) -> tuple[int, int, int]:
    """Order by what lacks: conditions that time won't mend, then all that lack, then the time."""
    unmet = [atom for atom in atoms if not atom.met]
    hopeless = sum(atom.met_from is None for atom in unmet)
    return (hopeless, len(unmet), sum(atom.missing for atom in unmet))
