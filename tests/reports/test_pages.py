"""The pages of reports: the board, a batch's report from preparing to the receipt, and strangers."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_certificates, make_confirmed_batch, make_user

from gongjiang.reports.models import RejectedRow, ReportPackage

pytestmark = pytest.mark.requirement("RPT-01")


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(connection) as found:
        assert client.get(url).status_code == 200
    return len(found)


def test_the_board_costs_the_same_for_one_batch_and_for_three(world):
    officer = signed_in(make_user(world.tree["changchun"], "city_officer"))
    alone = queries(officer, "/reports/")
    for start in (50, 90):
        batch = make_confirmed_batch(world.body, world.clerk, passed=1, start=start)
        make_certificates(batch, world.clerk, on="2026-06-16 10:00")
    assert queries(officer, "/reports/") == alone


def test_a_report_goes_from_preparing_to_the_receipt_on_the_page(world):
    clerk = signed_in(make_user(world.body.organisation, "certificate_clerk"))
    url = f"/batches/{world.batch.pk}/report/"
    assert clerk.get(url).status_code == 200
    for _ in range(2):
        assert clerk.post(f"{url}prepare/").status_code == 302
    package = ReportPackage.everything.get()
    for sheet in ("data", "results", "confirmation"):
        assert clerk.get(f"/reports/{package.pk}/files/{sheet}/").status_code == 200
    assert clerk.get(f"/reports/{package.pk}/files/other/").status_code == 404
    assert clerk.post(f"/reports/{package.pk}/send/").status_code == 302
    number = world.certificates[0].number
    form = {"receipt": "HZ-1", "rejected": f"{number}\t所在单位有误"}
    assert clerk.post(f"/reports/{package.pk}/receipt/", form).status_code == 302
    row = RejectedRow.objects.get()
    assert "所在单位有误" in clerk.get(url).content.decode()
    fix = {f"{row.pk}-fix": "改为全称", f"{row.pk}-employer": "样例墨斗机电集团"}
    assert clerk.post(f"/reports/{package.pk}/rows/{row.pk}/fix/", fix).status_code == 302
    clerk.post(f"{url}prepare/")
    again = ReportPackage.everything.get(resends=package)
    clerk.post(f"/reports/{again.pk}/send/")
    clerk.post(f"/reports/{again.pk}/receipt/", {"receipt": "HZ-2"})
    world.batch.refresh_from_db()
    assert world.batch.state == "reported"
    assert clerk.get(url).status_code == 200
    assert clerk.get("/reports/?show=reported").status_code == 200


def test_a_line_that_is_no_row_is_told(world):
    clerk = signed_in(make_user(world.body.organisation, "certificate_clerk"))
    clerk.post(f"/batches/{world.batch.pk}/report/prepare/")
    package = ReportPackage.everything.get()
    clerk.post(f"/reports/{package.pk}/send/")
    response = clerk.post(f"/reports/{package.pk}/receipt/", {"receipt": "HZ-1", "rejected": "甲子"}, follow=True)
    assert "甲子" in response.content.decode()
    package.refresh_from_db()
    assert (package.state, RejectedRow.objects.count()) == ("sending", 0)


def test_another_city_sees_neither_page_nor_file(world):
    clerk = signed_in(make_user(world.body.organisation, "certificate_clerk"))
    clerk.post(f"/batches/{world.batch.pk}/report/prepare/")
    package = ReportPackage.everything.get()
    stranger = signed_in(make_user(world.tree["jilin_city"], "city_officer"))
    for url in (f"/batches/{world.batch.pk}/report/", f"/reports/{package.pk}/files/data/"):
        assert stranger.get(url).status_code == 404
    assert world.batch.title not in stranger.get("/reports/").content.decode()
    assert Client().get(f"/reports/{package.pk}/files/data/").status_code == 302
