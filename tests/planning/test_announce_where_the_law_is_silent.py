"""A place whose law names no elements of an announcement: the batch's own are told, and no other place's article."""

from datetime import date

import pytest
from tests.factories import at, make_actor, make_batch, make_body, make_organisation

from gongjiang.planning.actions import announce
from gongjiang.planning.states import BatchState


@pytest.mark.django_db
def test_xinzhou_announces_all_that_the_batch_knows_and_cites_nothing():
    shanxi = make_organisation("province", "样例晋省人社厅", "14")
    xinzhou = make_organisation("city", "样例忻州市人社局", "1409", shanxi)
    body = make_body(xinzhou, regime="1409", place_code="1409", code="S000014999017")
    clerk = make_actor(body.organisation, "exam_clerk", "body_manager")
    batch = make_batch(body, clerk)
    announcement = announce(actor=clerk, at=at("2026-03-31 09:00"), batch=batch)
    batch.refresh_from_db()
    assert (batch.state, batch.announced_on) == (BatchState.ANNOUNCED, date(2026, 3, 31))
    assert sorted(announcement.elements) == ["assessment", "conditions", "fee", "level", "occupation", "time"]
    assert announcement.cites == []
