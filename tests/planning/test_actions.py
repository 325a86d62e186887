from datetime import date

import pytest
from tests.factories import at, make_actor, make_batch, make_body, make_tree

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning import actions, queries
from gongjiang.planning.models import Announcement, Batch
from gongjiang.planning.states import BatchState

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk")


@pytest.mark.requirement("PLN-01")
def test_a_batch_within_scope_is_planned_with_its_standard(body, clerk):
    batch = make_batch(body, clerk)

    assert (batch.number, batch.state, batch.regime) == ("2026-999017-001", BatchState.DRAFT, "2201")
    line = batch.lines.get()
    assert (line.standard.title, line.standard.edition, line.clause_set) == ("电工", "2018", "standard-2018")


@pytest.mark.requirement("PLN-01")
@pytest.mark.parametrize(
    ("change", "codes"),
    [
        pytest.param({"lines": (("6-31-01-03", "3"),)}, ("not-in-scope",), id="level not filed"),
        pytest.param({"lines": ()}, ("no-lines",), id="nothing planned"),
        pytest.param(
            {"exam_from": date(2026, 4, 30), "exam_until": date(2026, 4, 30)}, ("days-out-of-order",), id="days"
        ),
        pytest.param({"exam_until": date(2028, 10, 1)}, ("expired",), id="ends after the term"),
        pytest.param({"enrolment_from": date(2026, 3, 1)}, ("enrolment-in-the-past",), id="past"),
    ],
)
def test_a_plan_outside_is_refused_with_the_reason(body, clerk, change, codes):
    with pytest.raises(Refused) as refused:
        make_batch(body, clerk, **change)

    assert refused.value.codes == codes
    assert Batch.everything.count() == 0


def test_the_same_key_plans_once(body, clerk):
    batch = make_batch(body, clerk)
    plan = actions.BatchPlan(
        title=batch.title,
        site=batch.site,
        lines=[actions.LineSpec(line.occupation, line.level, line.fee) for line in batch.lines.all()],
        enrolment_from=batch.enrolment_from,
        enrolment_until=batch.enrolment_until,
        exam_from=batch.exam_from,
        exam_until=batch.exam_until,
    )

    first = actions.plan_batch(actor=clerk, at=at("2026-03-30 10:00"), body=body, plan=plan, key="k1")
    second = actions.plan_batch(actor=clerk, at=at("2026-03-30 10:05"), body=body, plan=plan, key="k1")

    assert first.pk == second.pk
    assert Batch.everything.count() == 2


@pytest.mark.requirement("PLN-02")
def test_an_announcement_freezes_the_five_elements(body, clerk):
    batch = make_batch(body, clerk)

    announcement = actions.announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)

    assert sorted(announcement.elements) == ["assessment", "conditions", "fee", "level", "occupation", "time"]
    assert announcement.elements["fee"] == ["430.00"]
    assert announcement.cites == ["JL-2024-5§15"]
    batch.refresh_from_db()
    assert (batch.state, batch.announced_on) == (BatchState.ANNOUNCED, date(2026, 4, 7))
    entry = AuditEntry.objects.get(action="batch.announce")
    assert (entry.facts["from"], entry.facts["to"], entry.cites) == ("draft", "announced", ["JL-2024-5§15"])


@pytest.mark.requirement("PLN-02")
def test_announcing_after_enrolment_began_is_refused(body, clerk):
    batch = make_batch(body, clerk)

    with pytest.raises(Refused) as refused:
        actions.announce(actor=clerk, at=at("2026-04-14 09:00"), batch=batch)

    assert refused.value.codes == ("announced-too-late",)
    assert Announcement.objects.count() == 0


def test_a_reviewer_may_not_announce(body, clerk):
    batch = make_batch(body, clerk)

    with pytest.raises(NotAllowed) as refused:
        actions.announce(actor=make_actor(body.organisation, "scorer"), at=at("2026-04-07 09:00"), batch=batch)

    assert refused.value.codes == ("wrong-role",)
    batch.refresh_from_db()
    assert (batch.state, batch.announced_on) == (BatchState.DRAFT, None)


@pytest.mark.requirement("PLN-01")
def test_the_pilot_opens_on_application_only(tree):
    body = make_body(tree["changchun"], kind="employer", regime="22-2019", code="Y000022999018")
    clerk = make_actor(body.organisation, "exam_clerk")
    batch = make_batch(body, clerk)

    with pytest.raises(Refused) as refused:
        actions.announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)
    assert "opening-not-approved" in refused.value.codes

    actions.apply_for_opening(actor=clerk, at=at("2026-04-01 09:00"), batch=batch)
    centre = make_actor(tree["centre"], "centre_officer")
    actions.approve_opening(actor=centre, at=at("2026-04-02 09:00"), batch=batch)
    actions.announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)
    batch.refresh_from_db()
    assert batch.state == BatchState.ANNOUNCED


def test_outside_the_pilot_nothing_is_applied_for(body, clerk):
    with pytest.raises(Refused) as refused:
        actions.apply_for_opening(actor=clerk, at=at("2026-04-01 09:00"), batch=make_batch(body, clerk))

    assert refused.value.codes == ("no-opening-here",)


@pytest.mark.requirement("ENR-01")
@pytest.mark.parametrize(("when", "closed"), [("2026-04-30 23:59", False), ("2026-05-01 00:00", True)])
def test_enrolment_closes_after_its_last_day(body, clerk, when, closed):
    batch = make_batch(body, clerk)
    actions.announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)

    if closed:
        actions.close_enrolment(actor=clerk, at=at(when), batch=batch)
    else:
        with pytest.raises(Refused) as refused:
            actions.close_enrolment(actor=clerk, at=at(when), batch=batch)
        assert refused.value.codes == ("enrolment-open",)

    batch.refresh_from_db()
    assert (batch.state == BatchState.REVIEW) is closed


@pytest.mark.requirement("GOV-01")
def test_another_bodys_clerk_finds_no_batch(tree, body, clerk):
    batch = make_batch(body, clerk)
    other = make_body(
        tree["jilin_city"], code="S000022999019", credit_code="91440300708461136T", name="吉林刨花（样例）"
    )

    with pytest.raises(Batch.DoesNotExist):
        queries.batch_for(make_actor(other.organisation, "exam_clerk"), batch.pk)
    assert list(queries.batches_for(make_actor(tree["jilin_city"], "city_officer"))) == []
    assert list(queries.batches_for(make_actor(tree["changchun"], "city_officer"))) == [batch]
