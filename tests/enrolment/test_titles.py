"""A professional title opens the way to a level: by its clause, or refused with what lacks (GOV-06)."""

from datetime import date

import pytest
from tests.enrolment.people import person
from tests.factories import at, make_actor, make_body, make_enrolment, make_open_batch

from gongjiang.enrolment import actions, queries
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Refused
from gongjiang.kernel.settings_of_place import set_setting

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-06")]
MAY = "2026-05-06 10:00"
WORK = {"own_since": "2014-03"}


@pytest.fixture
def body(tree):
    set_setting(
        name="eligibility.policy", place="22", value="uniform_2023", since=date(2026, 1, 5), source="样例通知",
        actor=system("test"), at=at("2026-01-05 09:00"),
    )  # fmt: skip
    return make_body(tree["changchun"], scope=tuple(("6-31-01-03", level) for level in "321"))


@pytest.fixture
def batch(body, clerk):
    return make_open_batch(body, clerk, lines=tuple(("6-31-01-03", level) for level in "321"))


def enrol(batch, clerk, level, **facts):
    row = person(0, level={"3": "三级/高级工", "2": "二级/技师", "1": "一级/高级技师"}[level], **{**WORK, **facts})
    return make_enrolment(batch, clerk, row, line=batch.lines.get(level=level))


@pytest.mark.parametrize(
    ("level", "rank", "clause"),
    [("3", "初级", "23-3-3"), ("2", "中级", "23-2-3"), ("1", "高级", "23-1-3")],
)
def test_a_title_and_a_year_of_work_admit(batch, clerk, reviewer, level, rank, clause):
    # Level 3 is open to ten years of work too; here there are fewer.
    facts = {"own_since": "2020-03", "title_rank": rank, "title_on": "2022-04-01", "title_matches": "是"}
    enrolment = enrol(batch, clerk, level, clause=clause, **facts)

    decision = actions.decide(actor=reviewer, at=at(MAY), enrolment=enrolment, eligible=True)

    assert (decision.eligible, decision.clause, decision.verdict["met"]) == (True, clause, [clause])
    assert decision.facts["title_rank"] == rank


@pytest.mark.parametrize(
    ("facts", "lacks"),
    [
        ({"title_rank": "初级", "title_on": "2022-04-01", "title_matches": "是"}, "没有中级职称"),
        ({"title_rank": "中级", "title_on": "2022-04-01", "title_matches": "否"}, "没有中级职称"),
        ({"title_rank": "中级", "title_on": "2025-10-01", "title_matches": "是"}, "2026-10-01"),
    ],
)
def test_another_title_or_less_time_is_refused_by_the_clause(batch, clerk, facts, lacks):
    with pytest.raises(Refused) as caught:
        enrol(batch, clerk, "2", clause="23-2-3", **facts)

    assert caught.value.codes == ("clause.not_eligible",)
    told = str(caught.value.grounds[0].why)
    assert ("23-2-3" in told, lacks in told) == (True, True)


def test_under_the_pattern_of_2018_no_title_helps(tree):
    body = make_body(tree["jilin_city"], scope=(("6-31-01-03", "2"),), name="样例刨花评价中心",
                     code="S000022999019", credit_code="12100000400000624D")  # fmt: skip
    other = make_actor(body.organisation, "exam_clerk")
    batch = make_open_batch(body, other, lines=(("6-31-01-03", "2"),))
    facts = {"title_rank": "中级", "title_on": "2022-04-01", "title_matches": "是"}

    with pytest.raises(Refused) as caught:
        enrol(batch, other, "2", **facts)

    assert caught.value.codes == ("clause.not_eligible",)
    assert queries.counts_of(batch)["submitted"] == 0
