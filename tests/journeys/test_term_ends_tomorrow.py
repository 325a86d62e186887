"""A body whose filing ends tomorrow: what is done today goes through, the same tomorrow is refused with the article."""

from datetime import date

import pytest
from tests.factories import at, make_actor, make_batch, make_body, make_confirmed_batch, make_user
from tests.journeys.conftest import sign_in

from gongjiang.bodies.queries import standing
from gongjiang.kernel.refusal import Refused
from gongjiang.planning.models import Batch

pytestmark = pytest.mark.django_db


@pytest.fixture
def body(tree):
    """A body filed through 2026-06-17: the 18th is the first day on which the term is over."""
    return make_body(tree["changchun"], filed_until=date(2026, 6, 18))


@pytest.fixture
def manager(body):
    return sign_in(make_user(body.organisation, "body_manager", "certificate_clerk", "exam_clerk"))


@pytest.mark.requirement("PLN-01")
def test_an_exam_is_planned_within_the_term_only(body):
    clerk = make_actor(body.organisation, "exam_clerk")
    days = {"enrolment_from": date(2026, 6, 1), "enrolment_until": date(2026, 6, 10)}
    last = make_batch(body, clerk, exam_from=date(2026, 6, 17), exam_until=date(2026, 6, 17), **days)
    assert last.state == "draft"
    with pytest.raises(Refused) as caught:
        make_batch(body, clerk, exam_from=date(2026, 6, 18), exam_until=date(2026, 6, 18), **days)
    assert caught.value.codes == ("expired",)
    assert [cite.key for cite in caught.value.cites] == ["JL-2025-1§7(5)"]
    assert Batch.everything.count() == 1


@pytest.mark.requirement("CRT-01")
def test_certificates_are_issued_on_the_last_day_and_not_on_the_next(body, manager, set_clock):
    clerk = make_actor(body.organisation, "exam_clerk")
    first = make_confirmed_batch(body, clerk, passed=1, start=10)
    second = make_confirmed_batch(body, clerk, passed=1, start=20)
    set_clock("2026-06-17 23:50")
    assert manager.post(f"/batches/{first.pk}/issue/", {"key": "on-the-last-day"}).status_code == 302
    assert first.certificates.count() == 1
    set_clock("2026-06-18 00:01")
    refused = manager.post(f"/batches/{second.pk}/issue/", {"key": "a-day-late"})
    assert refused.status_code == 409
    assert "2026-06-18" in refused.content.decode()
    assert second.certificates.count() == 0


def test_the_public_reads_that_the_term_is_over(body, client, set_clock):
    set_clock("2026-06-17 10:24")
    today = client.get(f"/directory/{body.code}/").content.decode()
    set_clock("2026-06-18 10:24")
    tomorrow = client.get(f"/directory/{body.code}/").content.decode()
    assert (standing(body, date(2026, 6, 17)), standing(body, date(2026, 6, 18))) == ("filed", "expired")
    assert "备案期满" in tomorrow.replace("备案期满日", "") or tomorrow != today
    assert today != tomorrow


def test_what_was_begun_is_refused_at_the_exam_after_the_term(body, set_clock):
    """The scope is asked again when it matters: an announced batch doesn't outlive the filing."""
    from gongjiang.planning import actions

    clerk = make_actor(body.organisation, "exam_clerk")
    days = {"enrolment_from": date(2026, 5, 1), "enrolment_until": date(2026, 5, 10)}
    batch = make_batch(body, clerk, exam_from=date(2026, 6, 17), exam_until=date(2026, 6, 17), **days)
    body.terms.update(until=date(2026, 6, 17))
    with pytest.raises(Refused) as caught:
        actions.announce(actor=clerk, at=at("2026-04-20 09:00"), batch=Batch.everything.get(pk=batch.pk))
    assert "expired" in caught.value.codes
