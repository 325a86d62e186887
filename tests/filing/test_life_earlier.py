from dataclasses import replace
from datetime import date

import pytest
from tests.factories import at, make_actor, make_tree
from tests.filing.life import credit_code

from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.queries import standing
from gongjiang.filing.actions.life_earlier import (
    confirm_earlier,
    drop_earlier,
    enter_earlier,
)
from gongjiang.filing.earlier import StatedFiling, StatedSite, stated_of
from gongjiang.filing.models import EarlierFiling
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-06")]
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
STATED = StatedFiling(
    name="长春凿子技能评价中心（样例）",
    kind="social",
    credit_code=credit_code(900001),
    code="S000022990001",
    address="长春市样例路 2 号",
    place_code="2201",
    regime="2201",
    legal_representative="庚午冬",
    affiliation="municipal",
    filing_letter="样例备〔2023〕8 号",
    filed_on=date(2023, 9, 1),
    filed_until=date(2026, 9, 1),
    sites=(StatedSite("样例考点", "样例路 2 号", "220102", (("6-31-01-03", "4"), ("6-31-01-03", "3"))),),
    rule="吉人社规〔2022〕7号",
)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def officers(tree):
    return make_actor(tree["changchun"], "city_officer"), make_actor(tree["changchun"], "city_officer")


def enter(actor, **changes) -> EarlierFiling:
    return enter_earlier(actor=actor, at=at("2026-03-02"), stated=replace(STATED, **changes), source=PDF)


def test_two_officers_bring_a_filing_in_with_the_term_it_states(tree, officers):
    earlier = enter(officers[0])
    assert AssessmentBody.everything.count() == 0
    assert stated_of(earlier) == STATED

    body = confirm_earlier(actor=officers[1], at=at("2026-03-03"), earlier=earlier)

    term = body.terms.get()
    assert (term.since, term.until, term.rule) == (date(2023, 9, 1), date(2026, 9, 1), "吉人社规〔2022〕7号")
    assert (term.decision.kind, body.authority) == ("brought_in", tree["changchun"])
    assert [standing(body, day) for day in (date(2026, 8, 31), date(2026, 9, 1))] == ["filed", "expired"]
    assert sorted(body.scope.values_list("level", flat=True)) == ["3", "4"]
    earlier.refresh_from_db()
    assert earlier.body == body
    assert list(
        AuditEntry.objects.filter(subject_kind="filing.earlierfiling").values_list("action", "cites").order_by("seq")
    ) == [("earlier_filing.enter", ["JL-2025-1§15"]), ("earlier_filing.confirm", ["JL-2025-1§15"])]


def test_who_entered_it_does_not_confirm_it(officers):
    earlier = enter(officers[0])
    with pytest.raises(Refused) as refused:
        confirm_earlier(actor=officers[0], at=at("2026-03-03"), earlier=earlier)
    assert refused.value.codes == ("same-person",)


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"credit_code": "91350100M000100Y44"}, ("credit-code",)),
        ({"code": "X000022990001"}, ("body-code",)),
        ({"filed_until": date(2023, 9, 1)}, ("term",)),
        ({"sites": (StatedSite("考点", "路", "220102", (("6-99-99-99", "4"),)),)}, ("occupation-unknown",)),
        ({"sites": ()}, ("no-scope",)),
        ({"filed_on": date(2025, 8, 1), "filed_until": date(2028, 8, 1)}, ("rule-repealed",)),
    ],
)
def test_what_the_letter_cannot_state_is_refused(officers, changes, codes):
    with pytest.raises(Refused) as refused:
        enter(officers[0], **changes)
    assert refused.value.codes == codes
    assert EarlierFiling.everything.count() == 0


def test_the_same_filing_is_entered_once_and_confirmed_once(officers):
    earlier = enter(officers[0])
    with pytest.raises(Refused) as refused:
        enter(officers[1])
    assert refused.value.codes == ("entered-already",)
    confirm_earlier(actor=officers[1], at=at("2026-03-03"), earlier=earlier)
    for act in (
        lambda: confirm_earlier(actor=officers[1], at=at("2026-03-04"), earlier=earlier),
        lambda: drop_earlier(actor=officers[1], at=at("2026-03-04"), earlier=earlier, why="样例"),
    ):
        with pytest.raises(Refused) as refused:
            act()
        assert "settled" in refused.value.codes
    with pytest.raises(Refused) as refused:
        enter(officers[0])
    assert refused.value.codes == ("taken",)


def test_a_dropped_entry_makes_room(officers):
    earlier = enter(officers[0])
    drop_earlier(actor=officers[1], at=at("2026-03-03"), earlier=earlier, why="函号有误")
    assert enter(officers[0]).pk != earlier.pk


def test_only_officers_of_the_same_authority(tree, officers):
    with pytest.raises(NotAllowed):
        enter(make_actor(tree["changchun"], "city_approver"))
    earlier = enter(officers[0])
    stranger = make_actor(tree["jilin_city"], "city_officer")
    with pytest.raises(NotAllowed):
        confirm_earlier(actor=stranger, at=at("2026-03-03"), earlier=earlier)
