"""The verdict: nearest clause, the day on which time alone is enough, what is frozen; and how time is weighed."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongjiang.law.calendar import add_years
from gongjiang.law.eligibility import (
    CLAUSE_SETS,
    Employment,
    Facts,
    NoClauses,
    PriorCertificate,
    School,
    Schooling,
    assess,
    career_issues,
)
from gongjiang.law.eligibility.judging import Case
from gongjiang.law.eligibility.other_atoms import HasDegree, Trained
from gongjiang.law.eligibility.timeline import MONTH, day_at, longest, merge, position, reached_on, total

ON = date(2026, 5, 15)
pytestmark = pytest.mark.requirement("ENR-02")
DAYS = st.dates(date(1990, 1, 1), date(2026, 12, 31))


@st.composite
def employments(draw: st.DrawFn) -> Employment:
    start = draw(DAYS)
    end = draw(st.none() | st.dates(start, date(2027, 12, 31)))
    return Employment(start, end, draw(st.sampled_from(["own", "related", "other"])))


@st.composite
def candidates(draw: st.DrawFn) -> Facts:
    certificates = st.builds(PriorCertificate, st.integers(1, 5), DAYS, st.sampled_from(["own", "related", "other"]))
    schoolings = st.builds(
        Schooling, st.sampled_from(School), st.sampled_from(["own", "other"]), st.none() | DAYS, st.booleans()
    )
    return Facts(
        birth_date=draw(st.none() | st.dates(date(1960, 1, 1), date(2015, 1, 1))),
        intent=draw(st.booleans()),
        employments=tuple(draw(st.lists(employments(), max_size=4))),
        certificates=tuple(draw(st.lists(certificates, max_size=2))),
        schoolings=tuple(draw(st.lists(schoolings, max_size=2))),
        apprenticeship_done=draw(st.booleans()),
        training_completed=draw(st.booleans()),
    )


ASKED = st.sampled_from([(name, c.level) for name, known in CLAUSE_SETS.items() for c in known.clauses])


@pytest.fixture
def electrician() -> Facts:
    return Facts(
        birth_date=date(1998, 3, 12),
        employments=(Employment(date(2018, 7, 1), ref="社保记录"),),
        certificates=(PriorCertificate(4, date(2021, 5, 20), number="Y000022999003214000131", ref="证书"),),
        schoolings=(Schooling(School.JUNIOR_COLLEGE, "related", date(2018, 7, 1)),),
    )


def test_the_clause_met_is_named_and_the_other_says_what_lacks(electrician: Facts) -> None:
    verdict = assess("standard-2018", 3, electrician, ON, "own")
    assert (verdict.eligible, [clause.id for clause in verdict.met]) == (True, ["18-3-3"])
    assert (verdict.nearest, verdict.earliest_date) == (None, ON)
    held, after = verdict.clauses[0].atoms
    assert (held.met, held.evidence) == (True, ("证书",))
    assert (after.found.zh, after.lacking.zh) == ("4 年 11 个月 25 天", "差 5 天，到 2026-05-20 才满")
    assert after.lacking.en == "5 d short, reached on 2026-05-20"
    assert (after.met_from, after.evidence) == (date(2026, 5, 20), ("社保记录",))


def test_the_nearest_clause_and_the_day_on_which_time_is_enough(electrician: Facts) -> None:
    facts = replace(electrician, schoolings=())
    verdict = assess("standard-2018", 3, facts, ON, "own")
    assert (verdict.eligible, verdict.earliest_date) == (False, date(2026, 5, 20))
    assert verdict.nearest is not None
    assert verdict.nearest.id == "18-3-1"
    assert assess("standard-2018", 3, facts, date(2026, 5, 20), "own").eligible


def test_time_alone_is_not_enough_for_who_has_left_the_work(electrician: Facts) -> None:
    left = replace(electrician, schoolings=(), employments=(Employment(date(2018, 7, 1), date(2026, 1, 1)),))
    verdict = assess("standard-2018", 3, left, ON, "own")
    assert (verdict.eligible, verdict.earliest_date) == (False, None)
    assert verdict.clauses[0].atoms[1].lacking.zh == "差 4 个月 19 天"


def test_nothing_at_all_is_told_plainly() -> None:
    verdict = assess("uniform-2023", 4, Facts(), ON)
    told = {atom.kind: atom.lacking.zh for clause in verdict.clauses for atom in clause.atoms}
    assert told == {
        "EXP": "没有工作经历",
        "CERT": "没有五级／初级工证书",
        "EXP_AFTER_CERT": "没有证书，无从起算",
        "DIPLOMA": "学历不是这一类",
    }


def test_a_set_that_is_silent_of_a_level_says_so() -> None:
    with pytest.raises(NoClauses, match="no clause for level 5"):
        assess("pre-2018-fitter", 5, Facts(), ON)
    with pytest.raises(KeyError):
        assess("none", 5, Facts(), ON)


@given(candidates(), ASKED)
def test_a_verdict_is_frozen_without_loss(facts: Facts, asked: tuple[str, int]) -> None:
    verdict = assess(*asked, facts, ON)
    frozen = verdict.as_dict()
    assert json.loads(json.dumps(frozen)) == frozen
    assert frozen["eligible"] == bool(frozen["met"]) == (frozen["nearest"] is None)


@given(candidates(), ASKED, st.one_of(st.none(), employments()), st.integers(0, 3000))
def test_more_experience_or_more_time_never_makes_ineligible(
    facts: Facts, asked: tuple[str, int], more: Employment | None, later: int
) -> None:
    # 应届 and 在校 are true of a day, not from a day on: they're left out here.
    facts = replace(facts, schoolings=tuple(replace(s, graduating_this_year=False) for s in facts.schoolings))
    before = assess(*asked, facts, ON)
    extended = replace(facts, employments=facts.employments + ((more,) if more else ()))
    after = assess(*asked, extended, ON + timedelta(days=later))
    assert {clause.id for clause in before.met} <= {clause.id for clause in after.met}


@given(candidates(), ASKED)
def test_the_earliest_date_is_the_first_eligible_day(facts: Facts, asked: tuple[str, int]) -> None:
    facts = replace(facts, intent=True, schoolings=())
    verdict = assess(*asked, facts, ON)
    day = verdict.earliest_date
    if verdict.eligible:
        assert day == ON
    elif day is not None:
        assert assess(*asked, facts, day).eligible
        assert not assess(*asked, facts, day - timedelta(days=1)).eligible


@given(st.lists(employments(), max_size=5), st.randoms(use_true_random=False))
def test_overlapping_work_never_counts_twice(works: list[Employment], shuffler: object) -> None:
    merged = merge((work.start, work.end) for work in works)
    doubled = merge([(work.start, work.end) for work in works] * 2)
    assert merged == doubled
    days = {work.start + timedelta(n) for work in works for n in range(((work.end or ON) - work.start).days)}
    assert total(merged, ON) == sum(position(d + timedelta(1)) - position(d) for d in days if d < ON)
    assert longest(merged, ON) <= total(merged, ON)


@given(DAYS, st.integers(1, 15))
def test_years_are_full_on_their_own_day(start: date, years: int) -> None:
    merged = merge([(start, None)])
    if (start.month, start.day) != (2, 29):
        assert reached_on(merged, years * 12 * MONTH) == add_years(start, years)
        assert total(merged, add_years(start, years)) == years * 12 * MONTH


@given(DAYS)
def test_a_place_leads_back_to_its_day(day: date) -> None:
    leap = (day.month, day.day) == (2, 29)
    assert day_at(position(day)) == (day + timedelta(days=1) if leap else day)


def test_a_year_from_the_first_of_march_is_full_on_the_first_of_march() -> None:
    merged = merge([(date(2023, 3, 1), None)])
    assert reached_on(merged, 12 * MONTH) == date(2024, 3, 1)


def test_whole_months_count_one_with_gaps_between() -> None:
    months = [Employment.in_months(date(2025, month, 9), date(2025, month, 20)) for month in (1, 2, 4)]
    assert total(merge((work.start, work.end) for work in months), ON) == 3 * MONTH


def test_overlaps_and_odd_periods_are_reported_for_the_reviewer() -> None:
    facts = Facts(
        birth_date=date(2000, 6, 15),
        employments=(
            Employment(date(2020, 1, 1), date(2022, 1, 1)),
            Employment(date(2021, 1, 1)),
            Employment(date(2016, 5, 31), date(2016, 6, 1)),
            Employment(date(2030, 1, 1), date(2029, 1, 1)),
        ),
    )
    assert [(issue.code, issue.message_zh) for issue in career_issues(facts, ON)] == [
        ("overlap", "第 1 段与第 2 段经历重叠，重叠部分只算一次"),
        ("under_age", "第 3 段经历始于 16 周岁前"),
        ("empty_period", "第 4 段经历的终点不晚于起点"),
        ("future_period", "第 4 段经历晚于计算日"),
    ]
    adjoining = (Employment(date(2020, 1, 1), date(2021, 1, 1)), Employment(date(2021, 1, 1)))
    assert career_issues(Facts(employments=adjoining), ON) == ()


def test_atoms_that_single_standards_use() -> None:
    facts = Facts(degree="master", training_hours=80)
    case = Case(facts, ON, "own")
    met = {
        "bachelor": HasDegree("bachelor").judge(case).met_from,
        "doctor": HasDegree("doctor").judge(case).met_from,
        "80": Trained(80).judge(case).met_from,
        "81": Trained(81).judge(case).met_from,
        "standard": Trained().judge(case).met_from,
    }
    assert met == {"bachelor": ON, "doctor": None, "80": ON, "81": None, "standard": None}
