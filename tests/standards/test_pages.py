"""The catalogue's pages: what they say, to whom, and with how many queries."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import make_body, make_tree, make_user
from tests.standards_records import PDF, UNSTANDARDISED, make_level, make_permit, make_specification

from gongjiang.standards.models import (
    AssessmentSpecification,
    EmployerLevel,
    NationalStandard,
    NewOccupation,
    Occupation,
    UnjoinedStandard,
)

pytestmark = pytest.mark.django_db
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def employer(tree):
    return make_body(tree["changchun"], kind="employer")


def client_of(organisation, *roles: str) -> Client:
    client = Client()
    client.force_login(make_user(organisation, *roles))
    return client


@pytest.fixture
def officer(tree) -> Client:
    return client_of(tree["province"], "provincial_officer")


@pytest.fixture
def manager(employer) -> Client:
    return client_of(employer.organisation, "body_manager")


def page(client: Client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.content.decode()[:800]
    return answer.content.decode()


@pytest.mark.requirement("CAT-01")
def test_an_older_code_or_name_leads_to_the_present_occupation(client):
    found = page(client, "standards", q="公共营养师")

    assert "营养师" in found
    assert "← 公共营养师 4-14-02-01" in found
    assert "4-06-02-02" in page(client, "occupation", "2-02-21-11")
    assert client.get(reverse("occupation", args=["6-99-99-99"])).status_code == 404


@pytest.mark.requirement("CAT-02")
def test_an_occupation_shows_its_standards_over_time_and_how_the_result_follows(client):
    told = page(client, "occupation", "4-03-02-01")

    assert "标准沿革" in told
    assert "药膳制作师" in told
    assert "各部分均达到合格分方为合格" in told
    assert "准入类" in page(client, "occupation", "4-07-05-01")


@pytest.mark.requirement("CAT-01")
def test_the_difference_between_editions_as_page_and_csv(client):
    told = page(client, "catalogue-diff", 2015, 2022, kind="renamed")
    assert "公共营养师" in told
    assert "只有少量示例条目" in told
    content = client.get(reverse("catalogue-diff-csv", args=[2015, 2022])).content.decode("utf-8-sig")
    assert "更名,4-14-02-01,公共营养师,4-14-02-01,营养师\r\n" in content
    assert client.get(reverse("catalogue-diff", args=[1999, 2022])).status_code == 404
    assert "智能网联汽车装调运维员" in page(client, "catalogue")


@pytest.mark.requirement("CAT-01")
def test_an_officer_imports_an_edition_and_reads_every_problem(officer):
    url = reverse("catalogue-import", args=["edition"])
    assert "职业编码" in officer.get(url).content.decode()
    bad = SimpleUploadedFile("大典.csv", "职业编码,职业名称\n6-31,电工\n2-02-10-09,样例\n".encode())

    answer = officer.post(url, {"file": bad, "source": "2015年版大典", "edition": "2015"})

    told = answer.content.decode()
    assert answer.status_code == 409
    assert ("这不是职业编码" in told, "第 2 大类不属技能类职业" in told) == (True, True)
    bad.seek(0)
    marked = officer.post(url, {"file": bad, "source": "2015年版大典", "edition": "2015", "report": "1"})
    assert marked["Content-Type"] == EXCEL
    good = SimpleUploadedFile("大典.csv", "职业编码,职业名称\n6-31-01-03,电工\n".encode())
    answer = officer.post(url, {"file": good, "source": "2015年版大典", "edition": "2015"}, follow=True)
    assert "新增 1 条，更新 0 条，0 条未变" in answer.content.decode()
    assert Occupation.objects.filter(edition=2015).count() == 1
    template = officer.get(reverse("catalogue-template", args=["standards"]))
    assert (template["Content-Type"], template.content[:2]) == (EXCEL, b"PK")
    assert officer.get(reverse("catalogue-import", args=["poems"])).status_code == 404


@pytest.mark.requirement("CAT-02")
def test_an_officer_joins_a_standard_by_hand(officer, client):
    row = UnjoinedStandard.objects.get(title="钳工")
    assert "钳工" in page(client, "standards-unjoined", reason=row.reason)
    url = reverse("standard-join", args=[row.pk])

    wrong = officer.post(url, {"occupation": "6-20-01-01", "edition": "甲", "levels": ["5"], "reason": "同一职业"})
    assert (wrong.status_code, "版本没有年份" in wrong.content.decode()) == (409, True)
    told = {"occupation": "6-20-01-01", "edition": "2020", "levels": ["5", "4"], "reason": "更名为装配钳工"}
    answer = officer.post(url, told, follow=True)

    row.refresh_from_db()
    assert (row.standard.occupation.name, row.standard.title, row.standard.edition) == ("装配钳工", "钳工", "2020")
    assert sorted(row.standard.levels.values_list("level", flat=True)) == ["4", "5"]
    assert "“钳工 (2020)”已衔接" in answer.content.decode()
    again = officer.post(url, told)
    assert again.status_code == 409
    assert "\r\n6-20-01-01,钳工," not in client.get(reverse("standards-unjoined-csv")).content.decode()


@pytest.mark.requirement("CAT-01")
def test_a_new_occupation_is_certified_once_its_code_is_known(officer, client):
    new = NewOccupation.objects.get(name="网络主播")
    url = reverse("new-occupation-code", args=[new.pk])

    for code in ("4-13", "2-02-10-09", "6-31-01-03"):
        assert officer.post(url, {"code": code, "source": "样例发布文件"}).status_code == 409
    answer = officer.post(url, {"code": "4-13-99-90", "source": "样例发布文件"}, follow=True)

    assert "网络主播已可纳入等级认定" in answer.content.decode()
    assert Occupation.objects.get(code="4-13-99-90").added_by == "第六批 2024-07"
    assert "4-13-99-90" in page(client, "standards", q="网络主播")


FORM = {
    "occupation": UNSTANDARDISED, "title": "样例船舶修理评价规范", "edition": "2026", "job_types": "",
    "in_force": "2026-04-01", "clause_set": "uniform-2023", "scope": "own+related", "levels": ["4", "3"],
    "theory_minutes": "90", "theory_pass_mark": "60", "theory_ratio": "15", "theory_least": "2",
    "theory_way": "theory_exam", "practical_minutes": "120", "practical_pass_mark": "60", "practical_ratio": "5",
    "practical_least": "3", "practical_way": "practical_exam", "panel_way": "work_record_review",
}  # fmt: skip


@pytest.mark.requirement("CAT-02")
def test_a_specification_goes_its_way_through_the_pages(employer, manager, officer, client):
    document = SimpleUploadedFile("规范.pdf", PDF)
    answer = manager.post(reverse("specification-new"), {**FORM, "document": document}, follow=True)
    specification = AssessmentSpecification.everything.get()
    assert "样例船舶修理评价规范" in answer.content.decode()
    assert manager.get(reverse("specification-document", args=[specification.pk]))["Content-Type"] == "application/pdf"
    assert "样例船舶修理评价规范" in page(manager, "specification-revise", specification.pk)

    manager.post(reverse("specification-submit", args=[specification.pk]))
    assert "受理" in page(officer, "specification", specification.pk)
    officer.post(reverse("specification-accept", args=[specification.pk]))
    empty = officer.post(reverse("specification-file", args=[specification.pk]), {"number": "", "filed_on": ""})
    assert empty.status_code == 200
    told = {"number": "样例备〔2026〕1 号", "filed_on": str(specification.drafted_on)}
    officer.post(reverse("specification-file", args=[specification.pk]), told)

    specification.refresh_from_db()
    assert specification.state == "filed"
    assert "样例备〔2026〕1 号" in page(client, "filed-specifications")
    assert "样例备〔2026〕1 号" in page(client, "occupation", UNSTANDARDISED)
    assert NationalStandard.objects.get(kind="specification").owner == employer.organisation


def test_a_form_that_lacks_something_says_what(manager):
    lacking = manager.post(reverse("specification-new"), {**FORM, "occupation": "9-9", "practical_least": ""})

    assert lacking.status_code == 200
    assert ("现行版大典没有该编码" in lacking.content.decode()) is True
    assert not AssessmentSpecification.everything.exists()


@pytest.mark.requirement("CAT-02")
def test_a_social_organisation_reads_why_not(tree):
    social = make_body(tree["changchun"])

    answer = client_of(social.organisation, "body_manager").get(reverse("specification-new"))

    assert answer.status_code == 409
    assert "只能依据国家职业标准评价" in answer.content.decode()


@pytest.mark.requirement("CAT-03")
def test_levels_are_added_permitted_and_ended_through_the_pages(tree, employer, manager, officer):
    told = {"occupation": "6-31-01-03", "level": "chief", "requirement": "样例条件", "since": "2026-07-01"}
    told |= {"panel_minutes": 40, "panel_pass_mark": 70, "panel_ratio": 5, "panel_least": 3}
    told |= {"below": "1", "below_months": 24}
    assert manager.post(reverse("level-add"), told).status_code == 302
    level = EmployerLevel.everything.get()
    ladder = page(manager, "level-ladder")
    assert ("首席技师" in ladder, "满 24 个月" in ladder, "70/100" in ladder) == (True, True, True)
    assert manager.post(reverse("own-level-end", args=[level.pk]), {"until": "2026-09-01"}).status_code == 302
    other = make_body(
        tree["changchun"], name="样例刨花评价中心", code="S000022999019", credit_code="12100000400000624D"
    )
    asked = {"organisation": other.organisation_id, "occupation": "6-31-01-03", "level": "master"}
    answer = officer.post(
        reverse("level-permit"), {**asked, "since": "2026-07-01", "reason": "全省唯一评价点"}, follow=True
    )
    assert "全省唯一评价点" in answer.content.decode()
    permit = other.organisation.level_permits.get()
    ended = {"until": "2026-09-01", "reason": "已有其他评价点"}
    assert officer.post(reverse("level-permit-end", args=[permit.pk]), ended).status_code == 302


@pytest.mark.requirement("GOV-05")
@pytest.mark.requirement("GOV-06")
def test_kinds_and_ladder_are_public_and_cite(client):
    told = page(client, "evaluation-kinds", place="1409", kind="specialised", level="4")
    assert ("专项职业能力不分等级" in told, "样例-001" in told, "保安员资格" in told) == (True, True, True)
    told = page(client, "evaluation-kinds", place="1409", kind="level", level="4", code="保安员")
    assert "不纳入职业技能等级认定" in told
    ladder = page(client, "level-ladder", place="22")
    assert ("特级技师" in ladder, "副高级职称" in ladder) == (True, True)


def queries_of(client: Client, name: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        page(client, name)
    return len(caught)


@pytest.mark.parametrize("name", ["specification-list", "filed-specifications", "level-ladder", "catalogue"])
def test_lists_ask_as_often_for_three_rows_as_for_one(employer, officer, name):
    page(officer, name)
    counts = []
    for rows in (1, 3):
        while AssessmentSpecification.everything.count() < rows:
            make_specification(employer, state="filed")
            make_level(employer, level="master", step=f"{AssessmentSpecification.everything.count()} 档")
            make_permit(employer, since=date(2026, 1, AssessmentSpecification.everything.count()))
        counts.append(queries_of(officer, name))

    assert counts[0] == counts[1]
