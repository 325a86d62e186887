"""A clause: any of its ways, all atoms of a way."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from gongjiang.law.eligibility.facts import School
from gongjiang.law.eligibility.judging import Atom
from gongjiang.law.eligibility.other_atoms import Schooled, Standing
from gongjiang.law.eligibility.words import SCOPES, LevelKey, Scope, Words

YEAR = 12


@dataclass(frozen=True, eq=False)
class Clause:
    """One alternative of a level. `text` is its Chinese wording with {scope} for 本职业 or 本职业或相关职业.

    :ivar proof: what a reviewer is shown as proof to ask for.
    """

    id: str
    level: LevelKey
    text: str
    ways: tuple[tuple[Atom, ...], ...]
    proof: str = ""

    def words(self, scope: Scope) -> Words:
        """Return the clause in words; the English is composed of its atoms."""
        ways = [" and ".join(atom.words(scope).en for atom in way) for way in self.ways]
        return Words(self.text.format(scope=SCOPES[scope].zh), ", or ".join(ways))


class Wording(NamedTuple):
    """A clause's words, and those of each atom of each way."""

    clause: Words
    atoms: tuple[tuple[Words, ...], ...]


@cache
def wording(clause: Clause, scope: Scope) -> Wording:
    """Return the words of a clause, made once: an import judges it a hundred thousand times."""
    atoms = tuple(tuple(atom.words(scope) for atom in way) for way in clause.ways)
    return Wording(clause.words(scope), atoms)


HIGHER = frozenset({School.HIGHER_VOCATIONAL, School.JUNIOR_COLLEGE, School.UNIVERSITY})
SENIOR = frozenset({School.SENIOR_TECHNICAL, School.TECHNICIAN_COLLEGE, School.TECHNICIAN_CLASS})
COLLEGE = frozenset({School.TECHNICIAN_COLLEGE, School.TECHNICIAN_CLASS})
TECHNICAL = SENIOR | {School.TECHNICAL}
VOCATIONAL = HIGHER | {School.SECONDARY_VOCATIONAL}


def higher(standing: Standing) -> Schooled:
    """高等职业学校、专科及以上普通高校, own or related major."""
    words = Words("高等职业学校、专科及以上普通高校", "higher vocational school, college or university")
    return Schooled(HIGHER, words, standing=standing)


def senior(standing: Standing, *, major_matters: bool) -> Schooled:
    """高级技工学校、技师学院."""
    words = Words("高级技工学校、技师学院", "senior technical school or technician college")
    return Schooled(SENIOR, words, major_matters=major_matters, standing=standing)
