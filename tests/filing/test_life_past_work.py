from datetime import date

import pytest
from tests.factories import at, make_actor, make_body, make_certificates, make_confirmed_batch, make_tree
from tests.filing.life import examined

from gongjiang.certificates.actions import revoke
from gongjiang.filing import past_work
from gongjiang.filing.past_work import Figure, PastWork
from gongjiang.planning.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-08")]
SINCE, UNTIL = date(2025, 10, 1), date(2028, 7, 1)


@pytest.fixture
def tree():
    return make_tree()


def test_the_work_is_counted_from_the_records(tree):
    body = make_body(tree["changchun"])
    clerk = make_actor(body.organisation, "certificate_clerk", "exam_clerk", "body_manager")
    batch = make_confirmed_batch(body, clerk, passed=3, failed=2)
    certificates = make_certificates(batch, clerk)
    revoke(actor=clerk, at=at("2026-06-20"), certificate=certificates[0], reason="样例原因", decision="样例决定")
    Batch.everything.filter(pk=batch.pk).update(
        state="reported", issued_on=date(2026, 6, 15), reported_on=date(2026, 8, 20)
    )
    examined(body, "6-18-02-04", on=date(2027, 5, 1))
    examined(body, "6-18-02-04", on=date(2025, 9, 30))
    other = make_body(tree["jilin_city"], credit_code="91350100M000100X9H", code="S000022999018")
    examined(other, "6-31-01-03", on=date(2026, 5, 1))

    work = past_work.past_work(body, SINCE, UNTIL)

    counts = {figure.key: (figure.value, figure.of) for figure in work.figures}
    assert counts == {
        "batches": (2, None),
        "batches_cancelled": (0, None),
        "passed": (3, 5),
        "certificates": (3, None),
        "corrected": (0, 3),
        "revoked": (1, 3),
        "objections_upheld": (0, 0),
        "appeals_upheld": (0, 0),
        "misconduct": (0, None),
        "reports_late": (1, 1),
        "suspensions": (0, None),
        "assessors": (0, None),
        "findings": (0, None),
        "findings_open": (0, 0),
        "findings_overdue": (0, 0),
        "self_checks": (0, None),
        "complaints_upheld": (0, 0),
    }
    # Thirty working days from 06-15, with the Dragon Boat Festival on 06-19 between, end on 07-28.
    assert work.figure("reports_late").worst == 23
    assert [(y.name, y.batches, y.candidates, y.passed) for y in work.years] == [("2026", 1, 5, 3), ("2027", 1, 0, 0)]
    assert [(o.code, o.batches, o.candidates, o.passed) for o in work.occupations] == [
        ("6-18-02-04", 1, 0, 0),
        ("6-31-01-03", 1, 5, 3),
    ]


def test_what_is_frozen_reads_back_as_it_was(tree):
    work = past_work.past_work(make_body(tree["changchun"]), SINCE, UNTIL)
    assert PastWork.from_content(work.as_content()) == work


def test_an_app_above_adds_its_figures(tree, monkeypatch):
    monkeypatch.setattr(past_work, "_sources", [])
    past_work.contribute(lambda body, since, until: [Figure("penalties", 2)])
    work = past_work.past_work(make_body(tree["changchun"]), SINCE, UNTIL)
    assert work.figure("penalties") == Figure("penalties", 2)
    assert work.figure("unknown") is None
