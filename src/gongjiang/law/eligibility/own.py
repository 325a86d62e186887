"""The clauses of a level that an employer set up itself: what can be judged, and what a person judges.

The law lets employers set up levels above the five and says nothing of who may apply (MOHRSS-2020-17§9); so no number
is ours. An employer may ask for the level below, held for so many months; the rest of its requirement is prose, and a
reviewer decides by it. Everything that the engine needs stands in the set's identifier, so that a frozen one is read
again as it was.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from gongjiang.law.eligibility.clause import Clause
from gongjiang.law.eligibility.judging import Atom, Case, Finding
from gongjiang.law.eligibility.words import LEVELS, NONE, LevelKey, Scope, Words, level_key, years
from gongjiang.law.eligibility.work_atoms import CertificateHeld, Certified

PREFIX = "own-level"
IDENTIFIER = re.compile(r"own-level:(apprentice|master|chief)(?::([1-5]|master|chief):([0-9]{1,3}))?")
REQUIREMENT = Words("符合本单位对该等级的要求", "meets the employer's own requirement for the level")


@dataclass(frozen=True)
class OwnRequirement:
    """OWN_REQUIREMENT: the employer's prose, which a reviewer reads; it stands in nobody's way by itself."""

    kind: str = "OWN_REQUIREMENT"

    def words(self, scope: Scope) -> Words:
        return REQUIREMENT

    def judge(self, case: Case) -> Finding:
        return Finding(case.on, Words("由审核人员对照要求原文认定", "a reviewer decides by its text"), NONE)


def own_set_id(level: str, below: str = "", months: int = 0) -> str:
    """Return the identifier of an own level's clauses: of itself, or with the level below held so many months."""
    return f"{PREFIX}:{level}:{below}:{months}" if below else f"{PREFIX}:{level}"


@lru_cache(maxsize=256)
def own_clause(identifier: str) -> Clause | None:
    """Return the one clause that an identifier tells of, None where it is none of an own level."""
    match = IDENTIFIER.fullmatch(identifier)
    if match is None:
        return None
    level, below, months = level_key(match[1]), match[2], int(match[3] or 0)
    held = _held(level_key(below), months) if below else None
    way: tuple[Atom, ...] = (held, OwnRequirement()) if held else (OwnRequirement(),)
    text = REQUIREMENT.zh
    if below:
        longer = f"满 {years(months).zh}" if months else ""
        text = f"取得{{scope}}{LEVELS[level_key(below)].zh}证书{longer}，并{text}"
    return Clause(f"own-{match[1]}", level, text, (way,), "本单位规定的证明材料")


def _held(below: LevelKey, months: int) -> Atom:
    return CertificateHeld(below, months) if months else Certified(below)
