from datetime import date

import pytest
from tests.factories import at, make_actor, make_body, make_tree

from gongjiang.bodies import actions, queries
from gongjiang.bodies.directory import directory
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import Refused
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=(("6-31-01-03", "4"), ("6-31-01-03", "3")))


def codes(body, code="6-31-01-03", level="4", on=date(2026, 5, 30)):
    return [ground.code for ground in queries.may_assess(body, occupation_by_code(code), level, on=on)]


@pytest.mark.requirement("PLN-01")
@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({}, [], id="in scope and term"),
        pytest.param({"level": "5"}, ["not-in-scope"], id="level not filed"),
        pytest.param({"code": "6-18-02-04"}, ["not-in-scope"], id="occupation not filed"),
        pytest.param({"on": date(2025, 9, 30)}, ["expired", "not-in-scope"], id="before the term"),
        pytest.param({"on": date(2028, 9, 30)}, [], id="last day of the term"),
        pytest.param({"on": date(2028, 10, 1)}, ["expired"], id="first day after the term"),
    ],
)
def test_may_assess_inside_scope_and_term_only(body, change, expected):
    assert codes(body, **change) == expected


@pytest.mark.requirement("PLN-01")
def test_a_social_organisation_assesses_five_levels(body):
    assert codes(body, level="master") == ["level-not-open", "not-in-scope"]


@pytest.mark.requirement("SUP-05")
def test_suspension_stops_at_once_and_ends(body, tree):
    officer = make_actor(tree["changchun"], "city_officer")

    actions.suspend(actor=officer, at=at("2026-05-01 10:00"), body=body, reason="整改", decision="样例决〔2026〕1号")
    assert codes(body) == ["suspended"]
    with pytest.raises(Refused) as refused:
        actions.suspend(actor=officer, at=at("2026-05-02 10:00"), body=body, reason="再", decision="2号")
    assert refused.value.codes == ("already-suspended",)

    actions.lift_suspension(actor=officer, at=at("2026-05-20 10:00"), body=body, reason="整改完成")
    assert codes(body) == []
    assert codes(body, on=date(2026, 5, 19)) == ["suspended"]
    acts = AuditEntry.objects.filter(about_kind="bodies.assessmentbody", subject_kind="bodies.decision")
    assert list(acts.values_list("action", flat=True)) == [
        "body.register",
        "body.suspend",
        "body.decision_ended",
        "body.lift_suspension",
    ]


@pytest.mark.requirement("GOV-01")
def test_each_sees_its_own_part_of_the_tree(body, tree):
    def seen(actor: Actor) -> list[str]:
        return [each.code for each in queries.bodies_for(actor)]

    assert seen(make_actor(tree["province"], "provincial_officer")) == [body.code]
    assert seen(make_actor(tree["centre"], "centre_officer")) == [body.code]
    assert seen(make_actor(tree["changchun"], "city_officer")) == [body.code]
    assert seen(make_actor(tree["jilin_city"], "city_officer")) == []
    assert seen(make_actor(body.organisation, "exam_clerk")) == [body.code]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"credit_code": "91350100M000100Y42"}, "credit-code"),
        ({"code": "X000022999018"}, "body-code"),
        ({"filed_until": date(2025, 1, 1)}, "term"),
    ],
)
def test_a_wrong_filing_is_refused_whole(tree, change, code):
    with pytest.raises(Refused) as refused:
        make_body(tree["changchun"], **change)

    assert code in refused.value.codes
    assert directory().count() == 0


@pytest.mark.requirement("GOV-04")
@pytest.mark.parametrize(("regime", "cites"), [("2201", ["JL-2025-1§7(5)"]), ("1409", [])])
def test_an_ended_term_cites_the_law_of_the_bodys_own_place(tree, regime, cites):
    body = make_body(tree["changchun"], regime=regime)

    grounds = queries.may_assess(body, occupation_by_code("6-31-01-03"), "4", on=date(2028, 10, 1))

    assert [(ground.code, [cite.key for cite in ground.cites]) for ground in grounds] == [("expired", cites)]
