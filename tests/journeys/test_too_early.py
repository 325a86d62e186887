"""A step tried before its day: refused through the last day 23:59, open the next day at 00:00."""

import pytest
from tests.factories import make_arranged_batch, make_noticed_batch, make_open_batch, make_user
from tests.journeys.conftest import sign_in

from gongjiang.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db


@pytest.fixture
def manager(body):
    return sign_in(make_user(body.organisation, "body_manager", "exam_clerk", "certificate_clerk"))


@pytest.mark.requirement("MRK-03")
def test_results_are_final_only_after_the_notices_last_day(body, manager, set_clock):
    batch = make_noticed_batch(body)  # posted on 06-15: 06-19 to 06-21 are holidays, the last day is 06-23
    set_clock("2026-06-23 23:59")
    early = manager.post(f"/batches/{batch.pk}/results/confirm/")
    text = early.content.decode()
    assert early.status_code == 409
    assert "2026-06-23" in text
    assert "吉人社规〔2024〕5号" in text
    batch.refresh_from_db()
    assert batch.state == "on_notice"
    entry = AuditEntry.objects.filter(outcome="refused").get()
    assert (entry.subject_id, entry.facts["status"]) == (str(batch.pk), 409)
    assert entry.cites == ["JL-2024-5§25"]

    set_clock("2026-06-24 00:00")
    assert manager.post(f"/batches/{batch.pk}/results/confirm/").status_code == 302
    batch.refresh_from_db()
    assert batch.state == "confirmed"


@pytest.mark.requirement("CRT-01")
def test_nothing_is_issued_while_results_are_on_notice(body, manager, set_clock):
    batch = make_noticed_batch(body)
    set_clock("2026-06-17 10:24")
    answer = manager.post(f"/batches/{batch.pk}/issue/", {"key": "too-early"})
    assert answer.status_code in (403, 409)
    assert batch.certificates.count() == 0


@pytest.mark.requirement("ENR-01")
def test_enrolment_closes_after_its_last_day(body, manager, set_clock):
    batch = make_open_batch(body)
    set_clock("2026-04-30 23:59")
    assert manager.post(f"/batches/{batch.pk}/close-enrolment/").status_code == 409
    set_clock("2026-05-01 00:00")
    assert manager.post(f"/batches/{batch.pk}/close-enrolment/").status_code == 302


@pytest.mark.requirement("ARR-06")
def test_seats_stay_secret_until_they_are_released(body, manager, set_clock):
    batch = make_arranged_batch(body)
    reviewer = sign_in(make_user(body.organisation, "eligibility_reviewer"))
    set_clock("2026-05-26 09:00")
    assert manager.post(f"/batches/{batch.pk}/arrangement/release/").status_code == 409
    seat = batch.arrangements.get(superseded=False).seats.select_related("enrolment", "room").first()
    seen = reviewer.get(f"/batches/{batch.pk}/arrangement/")
    assert seen.status_code == 404 or seat.enrolment.name not in seen.content.decode()
    set_clock("2026-05-27 09:00")
    assert manager.post(f"/batches/{batch.pk}/arrangement/release/").status_code == 302
    assert seat.enrolment.name in reviewer.get(f"/batches/{batch.pk}/arrangement/").content.decode()
