"""Eligibility (申报条件): clauses as data, facts in, reasons out.

A level asks for any one of its clauses; a clause asks for all atoms of one of its ways. The day to which
years are counted is passed in: no standard states it, so the place's setting does (JL-2024-5§17 asks only
that the standard's conditions are kept).
"""

from gongjiang.law.eligibility.assess import AtomResult, ClauseResult, NoClauses, Verdict, assess
from gongjiang.law.eligibility.clauses import CLAUSE_SETS, Clause, ClauseSet, clause_set
from gongjiang.law.eligibility.facts import (
    Employment,
    Facts,
    PriorCertificate,
    ProfessionalTitle,
    Relation,
    School,
    Schooling,
    TitleRank,
    career_issues,
)
from gongjiang.law.eligibility.own import own_set_id
from gongjiang.law.eligibility.rows import COLUMNS, Column, RowFacts, RowProblem, facts_from_row
from gongjiang.law.eligibility.words import LevelKey, Scope, Words, level_key

__all__ = [
    "CLAUSE_SETS",
    "COLUMNS",
    "AtomResult",
    "Clause",
    "ClauseResult",
    "ClauseSet",
    "Column",
    "Employment",
    "Facts",
    "LevelKey",
    "NoClauses",
    "PriorCertificate",
    "ProfessionalTitle",
    "Relation",
    "RowFacts",
    "RowProblem",
    "School",
    "Schooling",
    "Scope",
    "TitleRank",
    "Verdict",
    "Words",
    "assess",
    "career_issues",
    "clause_set",
    "facts_from_row",
    "level_key",
    "own_set_id",
]
