from datetime import date

import pytest

from gongjiang.law import questions as ask
from gongjiang.law.compare_filing import Case, as_dict, compare
from gongjiang.law.places import CHANGCHUN, JILIN_PILOT, XINZHOU

PLACES = (CHANGCHUN, XINZHOU, JILIN_PILOT)
DAY = date(2026, 6, 1)


def answers(case: Case, day: date = DAY) -> dict[str, list[object]]:
    """Return each question's values, place by place; None where nothing is asked for."""
    return {
        row.question.identifier: [cell.provision.value if cell.provision else None for cell in row.cells]
        for row in compare(case, PLACES, day)
    }


@pytest.mark.requirement("FIL-10")
def test_the_same_addition_is_granted_in_changchun_and_refused_in_xinzhou() -> None:
    case = Case("addition", "social", occupations=6, carried_out=2, having=1, bodies=3)
    rows = {row.question.identifier: row for row in compare(case, PLACES, DAY)}
    limit = rows["MAX_OCCUPATIONS_FILED"]
    assert [(cell.verdict, cell.why) for cell in limit.cells] == [(None, ""), (False, "6 / 5"), (None, "")]
    assert [[cite.key for cite in cell.cites] for cell in limit.cells] == [[], ["XZ-2024-2§26"], []]
    coverage = rows["ADDITION_NEEDS_COVERAGE"]
    assert [(cell.verdict, cell.why) for cell in coverage.cells][1] == (False, "2 / 5")
    assert rows["ADDITION_STOPS_AT_COVERAGE"].cells[1].verdict is True
    assert all(rows[name].differs for name in ("MAX_OCCUPATIONS_FILED", "FILING_STEPS", "FILING_NOTICE_WORKING_DAYS"))


@pytest.mark.requirement("FIL-10")
@pytest.mark.parametrize(("carried", "met"), [(3, False), (4, True)])
def test_two_thirds_of_five_are_four(carried: int, met: bool) -> None:
    case = Case("addition", "social", occupations=6, carried_out=carried)
    row = next(r for r in compare(case, PLACES, DAY) if r.question is ask.ADDITION_NEEDS_COVERAGE)
    assert row.cells[1].verdict is met


def test_an_exchange_keeps_the_number() -> None:
    case = Case("addition", "social", occupations=6, exchanged=True)
    row = next(r for r in compare(case, PLACES, DAY) if r.question is ask.MAX_OCCUPATIONS_FILED)
    assert row.cells[1].verdict is True


def test_a_renewal_is_due_three_months_ahead_in_jilin_only() -> None:
    assert answers(Case("renewal", "employer"))["RENEWAL_LEAD_MONTHS"] == [3, None, 3]


def test_an_amendment_is_filed_again_in_jilin_and_documented_in_xinzhou() -> None:
    found = answers(Case("amendment", "social"))
    assert found["AMENDMENT_BY"][:2] == ["filing_again", "documents"]
    assert found["AMENDMENTS_REPORTED"] == [None, "quarterly", None]


def test_before_the_documents_nothing_is_compared() -> None:
    assert compare(Case("addition", "social"), PLACES, date(2018, 1, 1)) == ()


def test_parts_that_only_one_place_names_are_marked() -> None:
    rows = {r.question.identifier: r for r in compare(Case("first", "employer"), PLACES, DAY)}
    own = {part.key for part in rows["APPLICANT_CONDITIONS"].cells[0].parts if part.only_here}
    assert own == {"published_fees", "assessors", "item_bank", "safety_fire", "contingency_plan"}
    steps = rows["FILING_STEPS"].cells[0].parts
    assert [(part.key, part.cites[0].key) for part in steps][:3] == [
        ("application", "JL-2025-1§7(1)"),
        ("acceptance", "JL-2025-1§7(2)"),
        ("preliminary_evaluation", "JL-2025-1§7(2)"),
    ]


def test_programs_are_told_the_same() -> None:
    told = {row["question"]: row for row in as_dict(compare(Case("renewal", "social"), PLACES, DAY))}
    assert told["RENEWAL_LEAD_MONTHS"]["differs"] is True
    assert told["RENEWAL_LEAD_MONTHS"]["answers"]["2201"] == {
        "value": 3,
        "text": "3个月",
        "of": "22",
        "cites": ["JL-2025-1§9"],
        "verdict": None,
    }
    assert told["RENEWAL_LEAD_MONTHS"]["answers"]["1409"] is None
