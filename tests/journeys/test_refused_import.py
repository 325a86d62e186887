"""A sheet with a wrong row: the clerk sees every problem, nobody is enrolled, until the good rows are chosen."""

import io

import pytest
from openpyxl import load_workbook
from tests.enrolment.people import person, sheet
from tests.factories import make_open_batch, make_user
from tests.journeys.conftest import sign_in

from gongjiang.enrolment.models import Enrolment, ImportRun
from gongjiang.kernel.models import AuditEntry

pytestmark = pytest.mark.django_db
ROWS = (person(1), person(2, phone="1380"), person(3, own_since="2024-05"), person(4))


def uploaded(client, batch):
    """Send the sheet as the upload page does and open the page that it leads to."""
    page = client.get(f"/batches/{batch.pk}/enrolments/import/")
    key = page.context["form"]["key"].value()
    content = io.BytesIO(sheet(ROWS))
    content.name = "报名表.xlsx"
    answer = client.post(f"/batches/{batch.pk}/enrolments/import/", {"sheet": content, "key": key})
    assert answer.status_code == 302
    return answer["Location"]


@pytest.mark.requirement("ENR-02")
def test_every_problem_is_shown_and_nobody_is_enrolled(body, set_clock, django_capture_on_commit_callbacks):
    batch = make_open_batch(body, lines=(("6-31-01-03", "4"),))
    set_clock("2026-04-20 10:00")
    client = sign_in(make_user(body.organisation, "exam_clerk"))
    with django_capture_on_commit_callbacks(execute=True):
        address = uploaded(client, batch)
    page = client.get(address)
    text = page.content.decode()
    run = ImportRun.everything.get()
    assert (run.state, run.rows_read, run.rows_good) == ("checked", 4, 2)
    assert "4 行里有 2 行" in text or "4 行中有 2 行" in text or "2" in str(page.context["left"])
    assert "手机号码" in text
    assert "18-4" in text
    assert str(ROWS[1]["identity"]) not in text

    refused = client.post(f"{address}confirm/", {"choice": "all"})
    assert refused.status_code == 409
    assert Enrolment.everything.count() == 0
    entry = AuditEntry.objects.filter(outcome="refused").get()
    assert entry.facts["codes"] == ["bad-rows"]

    marked = load_workbook(io.BytesIO(client.get(f"{address}report/").content))
    rows = list(marked.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert len(rows) == 2

    taken = client.post(f"{address}confirm/", {"choice": "good"}, follow=True)
    assert taken.status_code == 200
    assert sorted(Enrolment.everything.values_list("name", flat=True)) == sorted([ROWS[0]["name"], ROWS[3]["name"]])
    again = client.post(f"{address}confirm/", {"choice": "good"}, follow=True)
    assert Enrolment.everything.count() == 2, again.status_code
