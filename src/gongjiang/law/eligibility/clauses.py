"""The clause language and its sets; the clauses themselves are in `clauses_2023`, `clauses_2018`, `clauses_older`."""

from dataclasses import dataclass
from typing import Literal

from gongjiang.law.eligibility import clauses_2018, clauses_2023, clauses_older
from gongjiang.law.eligibility.clause import Clause
from gongjiang.law.eligibility.own import own_clause
from gongjiang.law.eligibility.words import LevelKey, Scope

__all__ = ["CLAUSE_SETS", "Clause", "ClauseSet", "clause_set"]

Origin = Literal["practice", "example", "employer"]


@dataclass(frozen=True)
class ClauseSet:
    """A named set of clauses, for an occupation's standard or for all.

    :ivar origin: `practice`: as applied by others, the text itself isn't at hand; `example`: one
        occupation's older standard, to show the language, not to decide by; `employer`: an employer's own level.
    :ivar scope: the occupations that count unless the standard says otherwise.
    """

    id: str
    name_zh: str
    name_en: str
    source: str
    origin: Origin
    scope: Scope
    clauses: tuple[Clause, ...]

    def at_level(self, level: LevelKey) -> tuple[Clause, ...]:
        """Return the clauses of a level, in their order; none where the set doesn't speak of it."""
        return tuple(clause for clause in self.clauses if clause.level == level)


CLAUSE_SETS = {
    "uniform-2023": ClauseSet(
        id="uniform-2023",
        name_zh="2023 年统一申报条件",
        name_en="uniform conditions of 2023",
        source="《国家职业标准编制技术规程（2023年版）》",
        origin="practice",
        scope="own+related",
        clauses=clauses_2023.CLAUSES,
    ),
    "standard-2018": ClauseSet(
        id="standard-2018",
        name_zh="2018 年版标准的申报条件",
        name_en="conditions of standards of the 2018 pattern",
        source="《国家职业技能标准编制技术规程（2018年版）》",
        origin="practice",
        scope="own+related",
        clauses=clauses_2018.CLAUSES,
    ),
    "pre-2018-fitter": ClauseSet(
        id="pre-2018-fitter",
        name_zh="2018 年前的申报条件（钳工，示例）",
        name_en="conditions before 2018 (fitter, an example)",
        source="《国家职业标准 钳工》（2018 年以前，示例）",
        origin="example",
        scope="own",
        clauses=clauses_older.CLAUSES,
    ),
}


def clause_set(identifier: str) -> ClauseSet:
    """Return the set of the identifier; of an employer's own level it is made of the identifier (see :mod:`own`).

    :raises KeyError: no such set.
    """
    own = own_clause(identifier)
    if own is None:
        return CLAUSE_SETS[identifier]
    return ClauseSet(
        id=identifier,
        name_zh="本单位自设等级的要求",
        name_en="requirement of the employer's own level",
        source="用人单位自设等级的要求",
        origin="employer",
        scope="own",
        clauses=(own,),
    )
