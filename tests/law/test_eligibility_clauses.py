"""Each clause of each set: met by just enough, and not met by just too little, on the same day."""

from dataclasses import replace
from datetime import date

import pytest

from gongjiang.law.eligibility import (
    CLAUSE_SETS,
    Employment,
    Facts,
    PriorCertificate,
    ProfessionalTitle,
    School,
    Schooling,
    Scope,
    assess,
)

ON = date(2026, 5, 15)
pytestmark = pytest.mark.requirement("ENR-02")


def born(day: str) -> Facts:
    return Facts(birth_date=date.fromisoformat(day), intent=True)


def worked(since: str, *, relation: str = "own", until: str | None = None) -> Facts:
    end = date.fromisoformat(until) if until else None
    return Facts(employments=(Employment(date.fromisoformat(since), end, relation),))


def holds(level: int, day: str, *, relation: str = "own") -> Facts:
    return Facts(certificates=(PriorCertificate(level, date.fromisoformat(day), relation),))


def titled(rank: str, day: str, *, matches: bool = True) -> Facts:
    return Facts(titles=(ProfessionalTitle(rank, date.fromisoformat(day), matches),))


def schooled(school: School, day: str | None = "2020-07-01", *, major: str = "own", this_year: bool = False) -> Facts:
    graduated = date.fromisoformat(day) if day else None
    return Facts(schoolings=(Schooling(school, major, graduated, this_year),))


def both(*parts: Facts) -> Facts:
    """Join facts: tuples are added, flags and days taken where they're given."""
    joined = Facts()
    for part in parts:
        for name, empty in vars(Facts()).items():
            value = getattr(part, name)
            if isinstance(empty, tuple):
                joined = replace(joined, **{name: getattr(joined, name) + value})
            elif value != empty:
                joined = replace(joined, **{name: value})
    return joined


LONG = worked("2000-01-01")
EVALUATED = Facts(school_evaluated=True)
TRAINED = Facts(training_completed=True)
JUST_16, NOT_16 = born("2010-05-15"), born("2010-05-16")

# clause, facts that just meet it, facts that just don't
UNIFORM_2023 = [
    ("23-5-1", JUST_16, NOT_16),
    ("23-5-1", JUST_16, replace(JUST_16, intent=False)),
    ("23-5-2", both(JUST_16, worked("2026-05-14")), both(JUST_16, worked("2026-05-15"))),
    ("23-4-1", worked("2021-05-15"), worked("2021-05-16")),
    ("23-4-1", worked("2021-05-15", relation="related"), worked("2021-05-15", relation="other")),
    ("23-4-2", both(holds(5, "2023-05-15"), LONG), both(holds(5, "2023-05-16"), LONG)),
    ("23-4-2", both(holds(5, "2023-05-15", relation="related"), LONG), both(holds(4, "2001-01-01"), LONG)),
    ("23-4-3", schooled(School.SECONDARY_VOCATIONAL), schooled(School.OTHER)),
    ("23-4-3", schooled(School.TECHNICAL, None, this_year=True), schooled(School.TECHNICAL, None)),
    ("23-4-3", schooled(School.UNIVERSITY, "2026-05-15"), schooled(School.UNIVERSITY, "2026-05-16")),
    ("23-4-3", schooled(School.TECHNICAL, major="related"), schooled(School.TECHNICAL, major="other")),
    ("23-3-1", worked("2016-05-15"), worked("2016-05-16")),
    ("23-3-2", both(holds(4, "2022-05-15"), LONG), both(holds(4, "2022-05-16"), LONG)),
    ("23-3-3", both(titled("junior", "2025-05-15"), LONG), both(titled("junior", "2025-05-16"), LONG)),
    (
        "23-3-3",
        both(titled("junior", "2025-05-15"), LONG),
        both(titled("junior", "2025-05-15", matches=False), LONG),
    ),
    ("23-3-4", schooled(School.SENIOR_TECHNICAL), schooled(School.TECHNICAL)),
    (
        "23-3-5",
        both(holds(4, "2026-05-15"), schooled(School.JUNIOR_COLLEGE)),
        both(holds(4, "2026-05-16"), schooled(School.JUNIOR_COLLEGE)),
    ),
    ("23-3-6", both(EVALUATED, schooled(School.HIGHER_VOCATIONAL)), schooled(School.HIGHER_VOCATIONAL)),
    ("23-2-1", both(holds(3, "2021-05-15"), LONG), both(holds(3, "2021-05-16"), LONG)),
    (
        "23-2-2",
        both(titled("junior", "2021-05-15"), holds(3, "2025-05-15"), LONG),
        both(titled("junior", "2021-05-15"), holds(3, "2025-05-16"), LONG),
    ),
    (
        "23-2-2",
        both(titled("junior", "2021-05-15"), holds(3, "2025-05-15"), LONG),
        both(titled("junior", "2021-05-16"), holds(3, "2025-05-15"), LONG),
    ),
    ("23-2-3", both(titled("intermediate", "2025-05-15"), LONG), both(titled("junior", "2025-05-15"), LONG)),
    (
        "23-2-4",
        both(holds(3, "2026-01-01"), schooled(School.TECHNICIAN_COLLEGE), worked("2024-05-15")),
        both(holds(3, "2026-01-01"), schooled(School.TECHNICIAN_COLLEGE), worked("2024-05-16")),
    ),
    (
        "23-2-4",
        both(holds(3, "2026-01-01"), schooled(School.SENIOR_TECHNICAL, major="other"), LONG),
        both(holds(3, "2026-01-01"), schooled(School.SENIOR_TECHNICAL, None, this_year=True), LONG),
    ),
    (
        "23-2-5",
        both(holds(3, "2024-05-15"), Facts(schoolings=(Schooling(School.TECHNICIAN_CLASS, enrolled=True),))),
        both(holds(3, "2024-05-16"), Facts(schoolings=(Schooling(School.TECHNICIAN_CLASS, enrolled=True),))),
    ),
    (
        "23-2-5",
        both(holds(3, "2024-05-15"), Facts(schoolings=(Schooling(School.TECHNICIAN_CLASS, enrolled=True),))),
        both(holds(3, "2024-05-15"), schooled(School.TECHNICIAN_CLASS)),
    ),
    ("23-1-1", both(holds(2, "2021-05-15"), LONG), both(holds(2, "2021-05-16"), LONG)),
    (
        "23-1-2",
        both(titled("intermediate", "2021-05-15"), holds(2, "2025-05-15"), LONG),
        both(titled("intermediate", "2021-05-16"), holds(2, "2025-05-15"), LONG),
    ),
    ("23-1-3", both(titled("senior", "2025-05-15"), LONG), both(titled("senior", "2025-05-16"), LONG)),
]
STANDARD_2018 = [
    ("18-5-1", worked("2025-05-15"), worked("2025-05-16")),
    ("18-5-2", Facts(apprenticeship_done=True), Facts()),
    ("18-4-1", both(holds(5, "2022-05-15"), LONG), both(holds(5, "2022-05-16"), LONG)),
    ("18-4-2", worked("2020-05-15"), worked("2020-05-16")),
    ("18-4-3", schooled(School.TECHNICAL), schooled(School.SECONDARY_VOCATIONAL)),
    (
        "18-4-3",
        both(EVALUATED, schooled(School.SECONDARY_VOCATIONAL)),
        both(EVALUATED, schooled(School.SECONDARY_VOCATIONAL, major="other")),
    ),
    ("18-3-1", both(holds(4, "2021-05-15"), LONG), both(holds(4, "2021-05-16"), LONG)),
    (
        "18-3-2",
        both(holds(4, "2026-05-15"), schooled(School.SENIOR_TECHNICAL, None, this_year=True)),
        both(holds(4, "2026-05-16"), schooled(School.SENIOR_TECHNICAL, None, this_year=True)),
    ),
    (
        "18-3-2",
        both(holds(4, "2026-05-15"), EVALUATED, schooled(School.HIGHER_VOCATIONAL)),
        both(holds(4, "2026-05-15"), schooled(School.HIGHER_VOCATIONAL)),
    ),
    (
        "18-3-3",
        both(schooled(School.JUNIOR_COLLEGE), holds(4, "2024-05-15"), LONG),
        both(schooled(School.JUNIOR_COLLEGE), holds(4, "2024-05-16"), LONG),
    ),
    (
        "18-3-3",
        both(schooled(School.JUNIOR_COLLEGE), holds(4, "2024-05-15"), LONG),
        both(schooled(School.JUNIOR_COLLEGE, None, this_year=True), holds(4, "2024-05-15"), LONG),
    ),
    ("18-2-1", both(holds(3, "2022-05-15"), LONG), both(holds(3, "2022-05-16"), LONG)),
    (
        "18-2-2",
        both(holds(3, "2026-01-01"), schooled(School.SENIOR_TECHNICAL), worked("2023-05-15")),
        both(holds(3, "2026-01-01"), schooled(School.SENIOR_TECHNICAL), worked("2023-05-16")),
    ),
    (
        "18-2-2",
        both(
            Facts(pre_technician_certificate_on=date(2026, 5, 15)),
            schooled(School.TECHNICIAN_COLLEGE),
            worked("2024-05-15"),
        ),
        both(schooled(School.TECHNICIAN_COLLEGE), worked("2024-05-15")),
    ),
    ("18-1-1", both(holds(2, "2022-05-15"), LONG), both(holds(2, "2022-05-16"), LONG)),
]
BROKEN = both(worked("2019-05-15", until="2022-01-01"), worked("2022-01-02"))
FITTER = [
    ("fitter-4-1", both(holds(5, "2023-05-15"), LONG, TRAINED), both(holds(5, "2023-05-15"), LONG)),
    ("fitter-4-2", both(holds(5, "2021-05-15"), LONG), both(holds(5, "2021-05-16"), LONG, TRAINED)),
    ("fitter-4-3", worked("2019-05-15"), both(worked("2016-05-15", until="2022-01-01"), worked("2022-01-02"))),
    ("fitter-4-4", schooled(School.SECONDARY_VOCATIONAL), schooled(School.OTHER)),
    ("fitter-3-1", both(holds(4, "2022-05-15"), LONG, TRAINED), both(holds(4, "2022-05-16"), LONG, TRAINED)),
    ("fitter-3-2", both(holds(4, "2019-05-15"), LONG), both(holds(4, "2019-05-15"), BROKEN)),
    ("fitter-2-1", both(holds(3, "2021-05-15"), LONG, TRAINED), both(holds(3, "2021-05-16"), LONG, TRAINED)),
    ("fitter-2-2", both(holds(3, "2018-05-15"), LONG), both(holds(3, "2018-05-16"), LONG)),
    (
        "fitter-2-3",
        both(schooled(School.JUNIOR_COLLEGE), holds(3, "2024-05-15"), LONG),
        both(schooled(School.SECONDARY_VOCATIONAL), holds(3, "2024-05-15"), LONG),
    ),
    ("fitter-1-1", both(holds(2, "2023-05-15"), LONG, TRAINED), both(holds(2, "2023-05-16"), LONG, TRAINED)),
    ("fitter-1-2", both(holds(2, "2021-05-15"), LONG), both(holds(2, "2021-05-15", relation="related"), LONG)),
]
TABLES = {"uniform-2023": UNIFORM_2023, "standard-2018": STANDARD_2018, "pre-2018-fitter": FITTER}
CASES = [(name, *row) for name, rows in TABLES.items() for row in rows]


def _met(clauses: str, clause: str, facts: Facts, scope: Scope | None = None) -> bool:
    level = next(known.level for known in CLAUSE_SETS[clauses].clauses if known.id == clause)
    verdict = assess(clauses, level, facts, ON, scope)
    return next(result.met for result in verdict.clauses if result.id == clause)


@pytest.mark.parametrize(("clauses", "clause", "enough", "short"), CASES)
def test_a_clause_is_met_by_just_enough_and_by_no_less(clauses: str, clause: str, enough: Facts, short: Facts) -> None:
    assert (_met(clauses, clause, enough), _met(clauses, clause, short)) == (True, False)


@pytest.mark.parametrize("name", CLAUSE_SETS)
def test_every_clause_of_a_set_has_its_case(name: str) -> None:
    assert sorted({row[0] for row in TABLES[name]}) == sorted(c.id for c in CLAUSE_SETS[name].clauses)


@pytest.mark.parametrize(("clauses", "clause", "enough", "short"), CASES)
def test_what_lacks_is_told_in_both_languages(clauses: str, clause: str, enough: Facts, short: Facts) -> None:
    level = next(known.level for known in CLAUSE_SETS[clauses].clauses if known.id == clause)
    told = next(result for result in assess(clauses, level, short, ON).clauses if result.id == clause)
    unmet = [atom for atom in told.atoms if not atom.met]
    assert unmet != []
    assert all(atom.lacking.zh and atom.lacking.en for atom in unmet)
    assert all(atom.lacking == ("", "") for atom in told.atoms if atom.met)
    assert "{" not in told.words.zh + told.words.en


def test_a_standard_may_count_its_own_occupation_only() -> None:
    related = worked("2000-01-01", relation="related")
    assert _met("standard-2018", "18-4-2", related, "own+related")
    assert not _met("standard-2018", "18-4-2", related, "own")
    told = assess("standard-2018", 4, related, ON, "own").clauses[1].words.zh
    assert told == "累计从事本职业工作 6 年（含）以上"
