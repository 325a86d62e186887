"""An expired, suspended, winding-up or ended filing stops every workflow at once, pulled and not pushed (abuse 33)."""

from datetime import date

import pytest
from tests.factories import (
    at,
    make_actor,
    make_arranged_batch,
    make_batch,
    make_body,
    make_confirmed_batch,
    make_open_batch,
    make_ready_batch,
    make_rooms,
    make_staff,
    make_tree,
)
from tests.filing.life import another_body
from tests.filing.test_life_termination import order

from gongjiang.bodies.actions import suspend
from gongjiang.bodies.models import AssessmentBody
from gongjiang.certificates.actions import number_certificates, revoke
from gongjiang.enrolment.queries import window_grounds
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import Refused
from gongjiang.planning.actions import announce
from gongjiang.planning.models import Batch
from gongjiang.planning.rules import scope_grounds
from gongjiang.sittings import actions as sittings

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-08", "FIL-09")]


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def clerk(body):
    return make_actor(body.organisation, "exam_clerk", "certificate_clerk")


def expire(body, day: str) -> None:
    """Let the only term be over on the day, as if it had been filed so."""
    body.terms.update(until=date.fromisoformat(day))
    AssessmentBody.everything.filter(pk=body.pk).update(filed_until=date.fromisoformat(day))


def suspended(body, day: str) -> None:
    suspend(actor=system("test"), at=at(f"{day} 07:00"), body=body, reason="样例", decision="样例决")


# Every place that asks is asked under both.
STOPS = pytest.mark.parametrize(("code", "stop"), [("expired", expire), ("suspended", suspended)])


def stop_by_suspension(body, tree) -> str:
    suspended(body, "2026-04-01")
    return "suspended"


def stop_by_expiry(body, tree) -> str:
    expire(body, "2026-04-01")
    return "expired"


def stop_by_order(body, tree) -> str:
    order(make_actor(tree["changchun"], "city_officer"), body, on="2026-04-01")
    return "winding-up"


def codes_of(act) -> set[str]:
    with pytest.raises(Refused) as refused:
        act()
    return set(refused.value.codes)


def again(batch) -> Batch:
    return Batch.everything.get(pk=batch.pk)


@pytest.mark.parametrize("stop", [stop_by_suspension, stop_by_expiry, stop_by_order])
def test_nothing_new_is_planned_or_announced(tree, body, clerk, stop):
    planned = make_batch(body, clerk)
    code = stop(body, tree)
    assert code in codes_of(lambda: announce(actor=clerk, at=at("2026-04-07 09:00"), batch=again(planned)))
    fresh = AssessmentBody.everything.get(pk=body.pk)
    assert code in codes_of(lambda: make_batch(fresh, clerk, on="2026-04-02 09:00"))
    assert Batch.everything.count() == 1


@pytest.mark.parametrize("stop", [stop_by_suspension, stop_by_expiry])
def test_nobody_is_enrolled_any_more(tree, body, clerk, stop):
    batch = make_open_batch(body, clerk)
    code = stop(body, tree)
    assert code in {ground.code for ground in window_grounds(again(batch), at("2026-04-20 10:00"))}


@STOPS
def test_the_arrangement_is_not_locked(body, clerk, code, stop):
    make_rooms(body)
    make_staff(body)
    batch = make_ready_batch(body)
    sittings.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    sittings.propose_roster(actor=clerk, at=at("2026-05-18 10:00"), batch=batch, seed=7)
    stop(body, "2026-05-20")
    assert code in codes_of(
        lambda: sittings.lock_arrangement(actor=clerk, at=at("2026-05-25 09:00"), batch=again(batch))
    )


@STOPS
def test_no_certificate_is_numbered(body, clerk, code, stop):
    batch = make_confirmed_batch(body, clerk, passed=2)
    stop(body, "2026-06-14")
    assert code in codes_of(
        lambda: number_certificates(actor=clerk, at=at("2026-06-15 10:00"), batch=again(batch), key="late")
    )
    assert not again(batch).certificates.exists()


def test_what_was_announced_before_the_winding_up_is_carried_through(tree, body, clerk):
    """JL-2025-1§13: wound up before the end; what was begun is settled, also by issuing (our reading)."""
    batch = make_confirmed_batch(body, clerk, passed=2)
    order(make_actor(tree["changchun"], "city_officer"), body, on="2026-06-10")
    assert list(scope_grounds(again(batch), date(2026, 6, 15))) == []
    number_certificates(actor=clerk, at=at("2026-06-15 10:00"), batch=again(batch), key="wound-up")
    assert again(batch).certificates.count() == 2


def test_an_expired_body_keeps_its_duties(body, clerk):
    from tests.factories import make_certificates

    batch = make_confirmed_batch(body, clerk, passed=1)
    certificate = make_certificates(batch, clerk)[0]
    expire(body, "2026-07-01")
    manager = make_actor(body.organisation, "body_manager")
    revoked = revoke(actor=manager, at=at("2026-08-01"), certificate=certificate, reason="样例", decision="样例决")
    assert revoked.state == "revoked"


@STOPS
def test_an_exam_arranged_before_does_not_begin(body, clerk, code, stop):
    batch = make_arranged_batch(body, released=True)
    stop(body, "2026-05-30")
    grounds = {ground.code for ground in scope_grounds(again(batch), date(2026, 5, 30))}
    assert code in grounds
    assert code in codes_of(lambda: sittings.start_exam(actor=clerk, at=at("2026-05-30 08:00"), batch=again(batch)))


@pytest.mark.requirement("FIL-12")
def test_under_the_pilot_nobody_is_commissioned(tree):
    pilot = make_body(tree["province"], kind="employer", regime="22-2019")
    other = another_body(tree["changchun"], "6-31-01-03", place="2201")
    with pytest.raises(Refused) as refused:
        make_batch(pilot, make_actor(pilot.organisation, "exam_clerk"), site=other.sites.get())
    ground = next(each for each in refused.value.grounds if each.code == "delegated")
    assert [cite.key for cite in ground.cites] == ["JL-2019-133§5(1)"]


@pytest.mark.requirement("FIL-12")
def test_anothers_site_is_refused_everywhere_else_too(tree, body, clerk):
    other = another_body(tree["jilin_city"], "6-31-01-03", place="2202")
    assert {"delegated", "not-in-scope"} <= codes_of(lambda: make_batch(body, clerk, site=other.sites.get()))
