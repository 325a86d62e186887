"""The clauses of an employer's own level: the level below, if it asks for it, and a requirement that a person reads."""

from datetime import date

import pytest

from gongjiang.law.eligibility import Facts, PriorCertificate, assess, clause_set, own_set_id

pytestmark = pytest.mark.requirement("CAT-03")
ON = date(2026, 6, 1)


def held(level, day):
    return Facts(certificates=(PriorCertificate(level, day),))


def test_without_a_level_below_only_the_persons_judgement_is_left():
    verdict = assess(own_set_id("master"), "master", Facts(), ON)

    (clause,) = verdict.met
    assert (verdict.level, clause.id, [atom.kind for atom in clause.atoms]) == (
        "master", "own-master", ["OWN_REQUIREMENT"],
    )  # fmt: skip
    assert clause.atoms[0].found.zh == "由审核人员对照要求原文认定"


@pytest.mark.parametrize(
    ("facts", "eligible", "earliest"),
    [
        (held(1, date(2024, 6, 1)), True, ON),
        (held(1, date(2024, 6, 2)), False, date(2026, 6, 2)),
        (held(2, date(2010, 6, 1)), False, None),
    ],
)
def test_the_level_below_is_counted_as_the_employer_says(facts, eligible, earliest):
    verdict = assess(own_set_id("master", "1", 24), "master", facts, ON)

    assert (verdict.eligible, verdict.earliest_date) == (eligible, earliest)


def test_the_chief_is_chosen_among_masters():
    verdict = assess(own_set_id("chief", "master"), "chief", held("master", date(2025, 6, 1)), ON)

    assert verdict.eligible
    assert clause_set(verdict.clause_set).clauses[0].words("own").zh.startswith("取得本职业特级技师证书，并符合")


@pytest.mark.parametrize("identifier", ["own-level", "own-level:5", "own-level:master:1", "own-level:master:7:2", "x"])
def test_no_other_identifier_is_a_set(identifier):
    with pytest.raises(KeyError):
        clause_set(identifier)
