"""The pages of the life of a filing: each opens for those it is for, shows what it is about, and does what it says."""

from datetime import date

import pytest
from django.test import Client
from tests.factories import at, make_actor, make_batch, make_body, make_examinee, make_tree, make_user
from tests.filing.life import another_body, application, examined, xinzhou_tree
from tests.filing.test_life_earlier import STATED, enter
from tests.filing.test_life_termination import order

from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import panels_life, refund_sheet, waiting_life, winding_up
from gongjiang.filing.actions.life_reports import make_change_report
from gongjiang.filing.change_reports import Quarter
from gongjiang.filing.models import EarlierFiling, Refund, Termination
from gongjiang.kernel import clock
from gongjiang.planning.models import Batch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr(clock, "now", lambda: at("2026-06-10 10:00"))


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


def client_of(organisation, *roles) -> Client:
    client = Client()
    client.force_login(make_user(organisation, *roles))
    return client


def text_of(client, url: str, status: int = 200) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.requirement("FIL-09")
def test_an_end_is_ordered_wound_up_and_ended_on_its_pages(tree, body):
    officer = client_of(tree["changchun"], "city_officer")
    told = {"breach": "breach_of_27", "text": "样例", "evidence": "样例卷 1", "decision": "样例决 1"}
    assert officer.post(f"/bodies/{body.pk}/terminate/", told).status_code == 302
    termination = Termination.everything.get()
    url = f"/terminations/{termination.pk}/"
    manager, approver = client_of(body.organisation, "body_manager"), client_of(tree["changchun"], "city_approver")
    assert "档案" in text_of(manager, url)
    refused = approver.post(f"{url}end/", {"decision": "样例决 2"})
    assert refused.status_code == 409
    assert "吉人社规〔2025〕1号 第12条" in refused.content.decode()
    assert manager.post(f"{url}items/archives/", {"text": "样例路 9 号"}).status_code == 302
    assert approver.post(f"{url}end/", {"decision": "样例决 2"}).status_code == 302
    assert AssessmentBody.everything.get(pk=body.pk).terminated_on == date(2026, 6, 10)
    assert "样例路 9 号" in text_of(approver, url)
    assert "责令" in text_of(Client(), f"/directory/{body.code}/")
    text_of(client_of(tree["jilin_city"], "city_officer"), url, 404)
    assert body.name in text_of(officer, "/terminations/")
    assert body.name not in text_of(client_of(tree["jilin_city"], "city_officer"), "/terminations/")


@pytest.mark.requirement("FIL-09")
def test_refunds_are_ticked_off_or_read_from_the_sheet_with_every_error(tree, body):
    clerk = make_actor(body.organisation, "exam_clerk")
    batch = make_batch(body, clerk)
    people = [make_examinee(batch, n) for n in range(4)]
    Batch.everything.filter(pk=batch.pk).update(state="cancelled")
    termination = order(make_actor(tree["changchun"], "city_officer"), body, on="2026-06-10")
    url = f"/terminations/{termination.pk}/refunds/"
    manager = client_of(body.organisation, "body_manager")
    told = {"chosen": [str(people[0].pk)], "refunded_on": "2026-06-10", "reference": "样例回单 1"}
    assert manager.post(url, told).status_code == 302
    assert [each.enrolment_id for each in Refund.objects.all()] == [people[0].pk]
    assert people[1].name in text_of(manager, url)

    def sheet(*rows: str):
        from django.core.files.uploadedfile import SimpleUploadedFile

        lines = ["报名号,退费金额（元）,退费日期,退费凭证号", *rows]
        return {"sheet": SimpleUploadedFile("r.csv", "\n".join(lines).encode())}

    good = f"{people[1].pk},430,2026-06-09,样例回单 2"
    bad = [f"{people[0].pk},430,2026-06-09,x", f"{people[2].pk},40,2026-06-11,", "abc,430,2026-06-09,x"]
    answer = manager.post(f"{url}read/", sheet(good, *bad))
    page = answer.content.decode()
    assert (answer.status_code, Refund.objects.count()) == (422, 1)
    assert all(words in page for words in ("abc", "430", str(people[0].pk)))
    assert manager.post(f"{url}read/", sheet(good)).status_code == 302
    assert Refund.objects.count() == 2
    assert client_of(tree["changchun"], "city_officer").post(f"{url}read/", sheet(good)).status_code == 403
    out = manager.get(f"{url}sheet/")
    read = refund_sheet.read_refunds(out.content, winding_up.unrefunded(termination), date(2026, 6, 10))
    assert {row.number for row in read.bad} == {2, 3}
    assert all({problem.column for problem in row.problems} == {"退费日期"} for row in read.bad)


@pytest.mark.requirement("FIL-06")
def test_an_earlier_filing_is_entered_and_confirmed_on_its_pages(tree):
    from django.core.files.uploadedfile import SimpleUploadedFile

    first, second = (client_of(tree["changchun"], "city_officer") for _n in range(2))
    told = {
        name: getattr(STATED, name)
        for name in ("name", "kind", "affiliation", "credit_code", "code", "legal_representative", "address")
    }
    told |= {"place_code": "2201", "regime": "2201", "filing_letter": STATED.filing_letter, "rule": STATED.rule}
    told |= {"filed_on": "2023-09-01", "filed_until": "2026-09-01"}
    told |= {"sites": "样例考点 | 样例路 2 号 | 220102\n6-31-01-03 4 3"}
    paper = SimpleUploadedFile("letter.pdf", b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    answer = first.post("/earlier-filings/new/", {**told, "source": paper})
    earlier = EarlierFiling.everything.get()
    assert answer.headers["Location"] == f"/earlier-filings/{earlier.pk}/"
    assert "吉人社规〔2022〕7号" in text_of(second, f"/earlier-filings/{earlier.pk}/")
    assert first.post(f"/earlier-filings/{earlier.pk}/confirm/").status_code == 409
    assert second.post(f"/earlier-filings/{earlier.pk}/confirm/").status_code == 302
    assert AssessmentBody.everything.get().filed_until == date(2026, 9, 1)
    text_of(client_of(tree["jilin_city"], "city_officer"), f"/earlier-filings/{earlier.pk}/", 404)
    assert STATED.name in text_of(first, "/earlier-filings/")


@pytest.mark.requirement("FIL-07")
def test_a_quarters_report_is_made_downloaded_and_sent_on_its_pages():
    tree = xinzhou_tree()
    officer = client_of(tree["city"], "city_officer")
    assert "第21条" in text_of(officer, "/change-reports/")
    answer = officer.post("/change-reports/make/", {"year": "2026", "quarter": "1"})
    url = answer.headers["Location"]
    text_of(officer, url)
    assert officer.get(f"{url}sheet/").content[:2] == b"PK"
    assert officer.get(f"{url}paper/").content[:5] == b"%PDF-"
    assert officer.post(f"{url}sent/now/", {"how": "样例文号"}).status_code == 302
    assert "样例文号" in text_of(client_of(tree["provincial_centre"], "centre_officer"), url)
    text_of(client_of(make_tree()["changchun"], "city_officer"), url, 404)


@pytest.mark.requirement("FIL-08")
def test_the_renewal_page_shows_term_thresholds_and_work():
    tree = xinzhou_tree()
    body = another_body(tree["city"], "6-31-01-03", "6-18-02-04", filed_until=date(2026, 9, 1))
    examined(body, "6-31-01-03", on=date(2026, 3, 1))
    page = text_of(client_of(body.organisation, "body_manager"), f"/bodies/{body.pk}/renewal/")
    assert "1 / 2" in page
    assert "电工" in page
    assert body.name in text_of(client_of(tree["city"], "city_officer"), "/renewals/")
    text_of(client_of(make_tree()["changchun"], "city_officer"), f"/bodies/{body.pk}/renewal/", 404)


@pytest.mark.requirement("FIL-10")
def test_the_thresholds_are_drawn_to_scale():
    body = another_body(xinzhou_tree()["city"], "6-31-01-03", "6-18-02-04", "6-18-01-01")
    examined(body, "6-31-01-03", "6-18-02-04")
    asked = application(body, codes=["4-10-01-05"])
    panel = panels_life.thresholds_panel(asked, date(2026, 6, 10))
    assert [(bar.said, bar.filled, bar.bound, bar.look) for bar in panel["bars"]] == [
        ("2 / 3", 666, 666, "ok"),
        ("0 / 1", 0, 666, "ok"),
        ("4", 800, 1000, "ok"),
    ]


def test_the_queue_tells_each_what_waits(tree, body):
    today = date(2028, 7, 2)
    manager = make_actor(body.organisation, "body_manager")
    officers = [make_actor(tree["changchun"], "city_officer") for _n in range(2)]
    assert [item.key for item in waiting_life.for_managers(manager, today)] == [f"renewal:{body.pk}"]
    assert [item.key for item in waiting_life.for_officers(officers[0], today)] == [f"renewal-late:{body.pk}"]
    earlier = enter(officers[0])
    assert f"earlier:{earlier.pk}" not in {item.key for item in waiting_life.for_officers(officers[0], today)}
    assert f"earlier:{earlier.pk}" in {item.key for item in waiting_life.for_officers(officers[1], today)}
    assert list(waiting_life.for_officers(make_actor(tree["jilin_city"], "city_officer"), today)) == []
    city = xinzhou_tree()["city"]
    reporter = make_actor(city, "city_officer")
    first, *_older = waiting_life.for_reporters(reporter, date(2026, 7, 2))
    assert (first.subject, first.deadline) == ("2026 年第 2 季度", date(2026, 7, 15))
    report = make_change_report(actor=reporter, at=at("2026-07-02"), authority=city, quarter=Quarter(2026, 2))
    assert report.sent_on is None


def test_the_comparison_answers_without_being_asked_and_as_json():
    page = text_of(Client(), "/law/compare/filing/")
    assert "忻人社办发〔2024〕2号" in page
    odd = text_of(Client(), "/law/compare/filing/?occupations=x&day=2026-13-01&kind=nothing")
    assert "忻人社办发〔2024〕2号" in odd
    told = Client().get("/law/compare/filing.json?kind=addition&body=social&occupations=6&day=2026-06-01").json()
    limit = next(row for row in told["rows"] if row["question"] == "MAX_OCCUPATIONS_FILED")
    assert limit["answers"]["1409"]["verdict"] is False
    assert limit["answers"]["2201"] is None
