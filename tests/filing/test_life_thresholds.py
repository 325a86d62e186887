from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.factories import make_body, make_tree
from tests.filing.life import another_body, application, examined, xinzhou_tree

from gongjiang.filing import thresholds
from gongjiang.filing.thresholds import figures, grounds
from gongjiang.law.shares import number_is_allowed, reaches

pytestmark = pytest.mark.requirement("FIL-10")
TWO_THIRDS = Fraction(2, 3)
DAY = date(2026, 6, 1)
A, B, C, D, E, F = "6-31-01-03", "6-18-02-04", "6-18-01-01", "4-10-01-05", "4-03-02-01", "4-10-01-03"
counts = st.integers(0, 500)


@pytest.mark.parametrize(
    ("part", "whole", "met"), [(2, 3, True), (666, 1000, False), (667, 1000, True), (1, 2, False), (0, 0, False)]
)
def test_a_share_is_reached_exactly(part, whole, met):
    assert reaches(part, whole, TWO_THIRDS) is met


@given(whole=st.integers(1, 2000), part=counts)
def test_a_share_is_what_the_fraction_says(part, whole):
    part = min(part, whole)
    assert reaches(part, whole, TWO_THIRDS) == (Fraction(part, whole) >= TWO_THIRDS)


@given(whole=counts, part=counts)
def test_carrying_out_more_never_loses_and_filing_more_never_gains(part, whole):
    part = min(part, whole)
    if reaches(part, whole, TWO_THIRDS):
        assert reaches(min(part + 1, whole), whole, TWO_THIRDS)
    else:
        assert not reaches(part, whole + 1, TWO_THIRDS)


@given(before=st.integers(0, 12), swapped=st.integers(0, 12), added=st.integers(0, 12), limit=st.integers(1, 8))
def test_an_exchange_never_raises_the_number_beyond_the_limit(before, swapped, added, limit):
    after = before - min(swapped, before) + added
    if number_is_allowed(after, limit, before):
        assert after <= max(limit, before)
    assert number_is_allowed(before, limit, before)
    assert number_is_allowed(limit + 1, limit, limit) is False


@pytest.fixture
def city(db):
    return xinzhou_tree()["city"]


def by_key(application, on=DAY):
    return {each.key: each for each in figures(application, on)}


def test_two_of_three_carried_out_are_enough_and_one_is_not(city):
    body = another_body(city, A, B, C)
    asked = application(body, codes=[D])
    examined(body, A, on=date(2026, 3, 1))
    found = by_key(asked)["carried_out"]
    assert (found.part, found.whole, found.bound, found.met) == (1, 3, TWO_THIRDS, False)
    assert {n.name: n.counts for n in found.named} == {"电工": True, "焊工": False, "车工": False}
    assert [g.code for g in grounds(asked, DAY)] == ["coverage-too-low"]
    assert [c.key for c in grounds(asked, DAY)[0].cites] == ["XZ-2024-2§24(1)"]

    examined(body, B, on=date(2026, 4, 1))
    found = by_key(asked)["carried_out"]
    assert (found.part, found.whole, found.met) == (2, 3, True)
    assert grounds(asked, DAY) == ()


def test_only_what_was_examined_since_the_filing_until_the_day_counts(city):
    body = another_body(city, A)
    asked = application(body, codes=[D])
    examined(body, A, on=date(2025, 9, 30))
    examined(body, A, on=date(2026, 6, 2))
    examined(body, A, on=date(2026, 5, 1), state="cancelled")
    examined(another_body(city, A), A, on=date(2026, 5, 1))
    assert by_key(asked)["carried_out"].part == 0
    assert by_key(asked, date(2026, 6, 2))["carried_out"].part == 1


def test_an_occupation_that_two_thirds_of_the_citys_bodies_have_is_not_added(city):
    applicant = another_body(city, A)
    examined(applicant, A)
    asked = application(applicant, codes=[B])
    second, third = another_body(city, B), another_body(city, A)
    make_body(make_tree()["changchun"], scope=((B, "4"),))  # another city's
    found = by_key(asked)["spread"]
    assert (found.part, found.whole, found.met) == (1, 3, True)
    assert {n.name for n in found.named if n.counts} == {second.name}
    assert grounds(asked, DAY) == ()

    cell = third.scope.get()
    cell.occupation = second.scope.get().occupation
    cell.save()
    found = by_key(asked)["spread"]
    assert (found.part, found.whole, found.met) == (2, 3, False)
    refusal = grounds(asked, DAY)
    assert [(g.code, [c.key for c in g.cites]) for g in refusal] == [("spread-reached", ["XZ-2024-2§25"])]


def test_a_body_whose_term_is_over_no_longer_counts_in_the_city(city):
    applicant = another_body(city, A)
    asked = application(applicant, codes=[B])
    another_body(city, B)
    another_body(city, B, filed_on=date(2022, 6, 1), filed_until=date(2025, 6, 1))
    found = by_key(asked)["spread"]
    assert (found.part, found.whole) == (1, 2)


@pytest.mark.requirement("FIL-10")
def test_a_sixth_occupation_is_refused_and_an_exchange_is_one_application(city):
    body = another_body(city, A, B, C, D, E)
    examined(body, A, B, C, D)
    sixth = application(body, codes=[F])
    found = by_key(sixth)["number"]
    assert (found.part, found.before, found.bound, found.met) == (6, 5, 5, False)
    assert [(g.code, [c.key for c in g.cites]) for g in grounds(sixth, DAY)] == [
        ("too-many-occupations", ["XZ-2024-2§26"])
    ]
    sixth.state = "withdrawn"
    sixth.save()

    exchange = application(body, codes=[F], give_up=[E], exchanges=True)
    found = by_key(exchange)["number"]
    assert (found.part, found.before, found.met) == (5, 5, True)
    assert [n.counts for n in found.named].count(False) == 1
    assert sorted(bool(n.note) for n in found.named) == [False] * 4 + [True] * 2
    assert grounds(exchange, DAY) == ()


def test_a_new_level_of_an_occupation_on_file_is_no_new_occupation(city):
    body = another_body(city, A)
    examined(body, A)
    asked = application(body, codes=[A])
    keys = by_key(asked)
    assert set(keys) == {"carried_out", "number"}
    assert (keys["number"].part, keys["number"].before) == (1, 1)


def test_the_limit_binds_social_organisations_only(city):
    body = another_body(city, A, B, C, D, E, kind="employer")
    examined(body, A, B, C, D)
    found = by_key(application(body, codes=[F]))["number"]
    assert (found.part, found.rule, found.met) == (6, None, None)


def test_a_first_filing_meets_only_the_number(city):
    body = another_body(city, A)
    first = application(body, "first", codes=[A, B, C, D, E, F], body=None)
    assert [(each.key, each.part, each.met) for each in figures(first, DAY)] == [("number", 6, False)]
    assert figures(application(body, "amendment"), DAY) == ()


def test_where_the_law_does_not_ask_the_figures_stand_without_a_verdict(db):
    body = make_body(make_tree()["changchun"], scope=((A, "4"), (B, "4")))
    asked = application(body, codes=[C])
    assert [(each.key, each.part, each.whole, each.met) for each in figures(asked, DAY)] == [
        ("carried_out", 0, 2, None),
        ("spread", 0, 1, None),
        ("number", 3, None, None),
    ]
    assert grounds(asked, DAY) == ()
    assert [each.key for each in thresholds.figures_of_body(body, DAY)] == ["carried_out", "number"]


def test_the_rule_is_that_of_the_day_of_the_application(city):
    body = another_body(city, A, filed_on=date(2023, 1, 1), filed_until=date(2026, 1, 1))
    asked = application(body, codes=[B], applied_on=date(2024, 3, 20))
    assert [each.met for each in figures(asked, date(2024, 4, 1))] == [None, None, None]
    asked.applied_on = date(2024, 3, 21)
    assert [each.met for each in figures(asked, date(2024, 4, 1))] == [False, True, True]
