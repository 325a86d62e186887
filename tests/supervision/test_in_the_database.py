"""What holds also behind the actions' back, and when several act at once."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from tests.factories import at, make_actor, make_body, make_tree
from tests.supervision.test_complaints import send
from tests.supervision.test_findings import record

from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed
from gongjiang.supervision.actions import take_up_complaint
from gongjiang.supervision.models import Complaint, Finding

pytestmark = [pytest.mark.databases, pytest.mark.requirement("SUP-01", "SUP-03")]


def at_once(*calls) -> list[str]:
    """Run the calls at the same time and return the kinds of error, empty where one went through."""
    gate, ends = threading.Barrier(len(calls)), []

    def run(call) -> None:
        gate.wait()
        try:
            call()
            ends.append("")
        except NotAllowed as refused:
            ends.append(refused.codes[0])
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ends)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"state": "inquiry"},
        {"state": "answered"},
        {"state": "answered", "outcome": "upheld", "answered_on": date(2026, 6, 20)},
        {"state": "lost"},
    ],
)
def test_no_complaint_stands_past_a_step(body, change):
    send(body)
    with pytest.raises(IntegrityError), transaction.atomic():
        Complaint.everything.update(**change)


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"state": "rectified"}, {"state": "closed"}, {"due_on": date(2026, 6, 8)},
                                    {"subject": "weather"}])  # fmt: skip
def test_no_finding_stands_past_a_step(body, officer, change):
    record(officer, body)
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.everything.update(**change)


@pytest.mark.django_db(transaction=True)
def test_the_same_form_sent_three_times_at_once_is_one_complaint():
    body = make_body(make_tree()["changchun"])
    receipts = []
    assert at_once(*[lambda: receipts.append(send(body))] * 3) == ["", "", ""]
    assert len(set(receipts)) == Complaint.everything.count() == 1
    assert AuditEntry.objects.filter(action="complaint.file").count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_take_it_up_at_once_one_has_it():
    tree = make_tree()
    send(make_body(tree["changchun"]))
    complaint, officers = Complaint.everything.get(), [make_actor(tree["changchun"], "city_officer") for _ in range(2)]

    def take(actor):
        return lambda: take_up_complaint(actor=actor, at=at("2026-06-11"), complaint=complaint)

    assert at_once(*map(take, officers)) == ["", "wrong-state"]
    complaint.refresh_from_db()
    assert complaint.handled_by_id in {officer.user_id for officer in officers}
    assert AuditEntry.objects.filter(action="complaint.take_up").count() == 1


@pytest.mark.django_db(transaction=True)
def test_findings_recorded_at_once_bear_numbers_without_gap_or_double():
    tree = make_tree()
    body, officer = make_body(tree["changchun"]), make_actor(tree["changchun"], "city_officer")
    assert at_once(*[lambda: record(officer, body)] * 4) == [""] * 4
    assert sorted(Finding.everything.values_list("number", flat=True)) == [f"JC-2026-000{n}" for n in range(1, 5)]
