"""The public directory, a body's page, decisions at their address, open data and the API."""

import csv
import io
from datetime import date

import pytest
from django.utils.html import escape
from tests.factories import at, make_actor, make_body, make_organisation, make_tree, make_user

from gongjiang.accounts.queries import actor_for
from gongjiang.bodies import actions, directory, queries, sections
from gongjiang.bodies.actions import Ruling, SiteSpec
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.refusal import Refused
from gongjiang.law.model import Citation
from gongjiang.standards.queries import occupation_by_code

pytestmark = pytest.mark.django_db
CREDIT_CODES = ("91350100M000100Y43", "91350100M000100X9H", "12100000400000624D")
DAY = date(2026, 6, 1)
CITES = (Citation.parse("JL-2025-1§8"),)


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"], scope=(("6-31-01-03", "4"), ("6-31-01-03", "3")))


@pytest.fixture
def officer(tree):
    return make_actor(tree["changchun"], "city_officer")


def ruling(since: str, **more) -> Ruling:
    return Ruling("样例决定", "样例长春市人社局", date.fromisoformat(since), cites=CITES, **more)


def another(tree, number: int, **changes) -> AssessmentBody:
    given = {"name": f"样例机构 {number}", "code": f"S00002299905{number}", "credit_code": CREDIT_CODES[number]}
    return make_body(tree["jilin_city"], **{**given, **changes})


@pytest.mark.requirement("FIL-11")
def test_the_standing_of_the_filter_is_that_of_each_body(tree, body, officer):
    suspended, ended = another(tree, 1), another(tree, 2, filed_until=date(2026, 5, 1))
    jilin = make_actor(tree["jilin_city"], "city_officer")
    actions.suspend(actor=jilin, at=at("2026-03-01"), body=suspended, reason="整改", decision="1 号")
    actions.begin_winding_up(actor=officer, at=at("2026-04-01"), body=body, ruling=ruling("2026-04-10"))
    states = ("filed", "suspended", "winding_up", "expired", "terminated")
    for day in (date(2026, 2, 1), date(2026, 4, 15), date(2026, 5, 1), date(2029, 1, 1)):
        for state in states:
            found = {each.pk for each in directory.directory(standing=state, on=day)}
            told = {each.pk for each in directory.directory() if queries.standing(each, day) == state}
            assert (day, state, found) == (day, state, told)
    assert [each.pk for each in directory.directory(standing="expired", on=date(2026, 5, 1))] == [ended.pk]


@pytest.mark.requirement("FIL-11")
@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["样例机构 1", "长春榫卯技能评价中心（样例）"]),
        ({"text": "榫卯"}, ["长春榫卯技能评价中心（样例）"]),
        ({"text": "s00002299905"}, ["样例机构 1"]),
        ({"division": "2202"}, ["样例机构 1"]),
        ({"division": "220102"}, ["长春榫卯技能评价中心（样例）"]),
        ({"occupation": "电工", "level": "3"}, ["长春榫卯技能评价中心（样例）"]),
        ({"occupation": "6-31-01-03", "level": "4"}, ["样例机构 1", "长春榫卯技能评价中心（样例）"]),
        ({"occupation": "电工", "level": "5"}, []),
        ({"kind": "employer"}, []),
    ],
)
def test_the_directory_finds_what_is_asked(tree, body, asked, found):
    other = another(tree, 1, place_code="2202")
    other.sites.update(division="220202")
    assert sorted(each.name for each in directory.directory(**asked, on=DAY)) == found


@pytest.mark.requirement("FIL-11", "FIL-10")
def test_what_was_dropped_isnt_found_any_more(body, officer):
    cell = body.scope.get(level="3")
    actions.change_scope(actor=officer, at=at("2026-04-01"), body=body, drop=[cell], ruling=ruling("2026-04-01"))
    assert list(directory.directory(occupation="电工", level="3", on=DAY)) == []
    assert list(directory.directory(occupation="电工", level="3", on=date(2026, 3, 31))) == [body]


@pytest.mark.requirement("FIL-11")
@pytest.mark.parametrize("n", [1, 3])
def test_the_list_takes_the_same_queries_for_one_body_and_three(tree, n, client, django_assert_num_queries, set_clock):
    set_clock("2026-06-01 10:00")
    for number in range(n):
        another(tree, number)
    client.get("/directory/")
    with django_assert_num_queries(6):
        page = client.get("/directory/?occupation=电工&standing=filed")
    assert page.context["count"] == n


@pytest.mark.requirement("FIL-11", "GOV-08")
def test_the_public_page_shows_scope_terms_rules_and_the_three_kinds_of_supervision(body, client, set_clock):
    set_clock("2026-06-01 10:00")
    page = client.get(f"/directory/{body.code}/")
    grids = page.context["grids"]
    assert [(grid.site.name, grid.levels) for grid in grids] == [
        ("样例考点", ("五级/初级工", "四级/中级工", "三级/高级工", "二级/技师", "一级/高级技师"))
    ]
    assert grids[0].rows[0].cells == (None, date(2025, 10, 1), date(2025, 10, 1), None, None)
    text = page.content.decode()
    for words in (
        "没有监管发现问题的记录。",
        "没有自查记录。",
        "没有投诉举报记录。",
        "考务管理办法（样例）",
        "430",
        "JD-2025-0001",
    ):
        assert (words, words in text) == (words, True)


@pytest.mark.requirement("GOV-08")
def test_what_an_app_knows_of_supervision_stands_on_the_page(body, client, monkeypatch):
    shown = Table("样例", (Column("问题"),), (Row((Cell("样例问题：考场监控缺失"),)),))
    monkeypatch.setitem(sections._sources, "findings", [lambda each, _day: shown if each == body else None])

    text = client.get(f"/directory/{body.code}/").content.decode()
    assert ("样例问题：考场监控缺失" in text, "没有监管发现问题的记录。" in text) == (True, False)
    assert "没有自查记录。" in text


@pytest.mark.requirement("FIL-11")
def test_every_decision_has_its_own_address_for_good(body, officer, client, set_clock):
    set_clock("2026-06-01 10:00")
    changes = {"registered_address": "长春市样例路 11 号", "legal_representative": "戊辰夏"}
    amended = actions.amend(
        actor=officer,
        at=at("2026-04-01"),
        body=body,
        changes=changes,
        ruling=ruling("2026-04-01", letter_number="备 9 号"),
    )
    page = client.get(f"/decisions/{amended.number}/").content.decode()
    for words in ("长春市样例路 9 号", "长春市样例路 11 号", "备 9 号", "第8条", "戊＊＊"):
        assert (words, words in page) == (words, True)
    assert "戊辰夏" not in page
    assert client.get("/decisions/JD-2026-9999/").status_code == 404
    assert client.get(f"/decisions/{amended.number}/letter.pdf").status_code == 404


@pytest.mark.requirement("FIL-11")
def test_the_letter_of_a_decision_is_public(body, officer, client):
    from gongjiang.kernel import files

    letter = files.store_made(b"%PDF-1.7 letter", media_type=files.PDF, at=at("2026-04-01"))
    ended = actions.begin_winding_up(
        actor=officer, at=at("2026-04-01"), body=body, ruling=ruling("2026-04-01", document=letter)
    )
    answer = client.get(f"/decisions/{ended.number}/letter.pdf")
    assert (answer.status_code, answer["Content-Type"], answer.content) == (200, files.PDF, b"%PDF-1.7 letter")


@pytest.mark.requirement("FIL-11")
def test_how_a_decision_stands(tree, body, officer):
    notice = PublicNotice.objects.create(
        kind="filing", subject_kind="x", subject_id="1", title="样例", place_code="2201", posted_on=date(2026, 3, 1),
        working_days=5, last_day=date(2026, 3, 8),
    )  # fmt: skip
    given = {"actor": officer, "body": body}
    renewed = actions.renew(
        at=at("2028-07-01"), since=date(2028, 10, 1), until=date(2031, 10, 1),
        ruling=ruling("2028-10-01", until=date(2031, 10, 1), notice=notice), **given,
    )  # fmt: skip

    def stands(day: str) -> str:
        return directory.decision_standing(directory.decisions().get(pk=renewed.pk), date.fromisoformat(day))

    assert [stands(day) for day in ("2028-09-30", "2028-10-01", "2031-10-01")] == ["coming", "in_force", "ended"]
    raised = Objection.objects.create(
        notice=notice, about_kind="x", about_id="1", person_key="k", text="样例", raised_at=at("2026-03-02"), key="k1",
        reply_working_days=5, reply_last_day=date(2026, 3, 9),
    )  # fmt: skip
    assert stands("2028-10-01") == "objection"
    Objection.objects.filter(pk=raised.pk).update(
        replied_at=at("2026-03-03"), reply="样例答复", upheld=False, replied_by_id=1
    )
    assert stands("2028-10-01") == "in_force"
    actions.end_filing(at=at("2028-08-01"), kind="voluntary", ruling=ruling("2028-08-01"), **given)
    assert stands("2028-08-01") == "replaced"


@pytest.mark.requirement("FIL-11")
def test_open_data_tells_what_the_register_holds(body, client, set_clock):
    set_clock("2026-06-01 10:00")
    AssessmentBody.everything.filter(pk=body.pk).update(name="=1+1", legal_representative="丁卯春")
    answer = client.get("/open-data/bodies.csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [(row["code"], row["name"], row["standing"], row["filed_until"]) for row in rows] == [
        (body.code, "'=1+1", "filed", "2028-10-01")
    ]
    assert "丁卯春" not in text
    scope = b"".join(client.get("/open-data/scope.json").streaming_content)
    import json

    told = json.loads(scope)
    assert told["as_of"] == "2026-06-01"
    assert [(row["occupation_code"], row["level"], row["until"]) for row in told["rows"]] == [
        ("6-31-01-03", "4", None),
        ("6-31-01-03", "3", None),
    ]
    for name, n in (("terms", 1), ("decisions", 1), ("rules", 3), ("fees", 4)):
        rows = json.loads(b"".join(client.get(f"/open-data/{name}.json").streaming_content))["rows"]
        assert (name, len(rows)) == (name, n)
    assert client.get("/open-data/people.csv").status_code == 404
    page = client.get("/open-data/").content.decode()
    assert all(name in page for name in ("filed_until", "occupation_code", "replaces"))


@pytest.mark.requirement("FIL-11")
def test_the_api_tells_terms_decisions_rules_and_fees(body, client, set_clock):
    set_clock("2026-06-01 10:00")
    told = client.get(f"/api/directory/{body.code}").json()
    assert told["terms"] == [
        {"since": "2025-10-01", "until": "2028-10-01", "letter_number": "样例备〔2025〕17 号", "rule": ""}
    ]
    assert [(each["number"], each["standing"]) for each in told["decisions"]] == [("JD-2025-0001", "in_force")]
    assert sorted(each["kind"] for each in told["rules"]) == ["certificates", "exam_administration", "quality"]
    assert sum(float(each["amount"]) for each in told["fees"] if each["level"] == "4") == 430
    assert [each["code"] for each in client.get("/api/directory?standing=filed").json()] == [body.code]
    assert client.get("/api/directory?standing=terminated").json() == []


@pytest.mark.requirement("GOV-02")
def test_only_the_authority_that_selected_a_body_sanctions_it(tree, body):
    given = {"at": at("2026-03-01"), "body": body}
    for place, role in (("province", "provincial_officer"), ("jilin_city", "city_officer")):
        with pytest.raises(Refused) as refused:
            actions.suspend(actor=make_actor(tree[place], role), reason="整改", decision="1 号", **given)
        assert refused.value.codes == ("not-its-authority",)
        assert [cite.key for cite in refused.value.cites] == ["JL-2025-1§5"]
    centre = make_organisation("centre", "样例长春市服务中心", "2201", tree["changchun"])
    actions.suspend(actor=make_actor(centre, "centre_officer"), reason="整改", decision="1 号", **given)
    assert body.suspensions.count() == 1


@pytest.mark.requirement("GOV-01")
def test_a_county_sees_its_own_subtree_only(tree, body):
    county = make_organisation("county", "样例农安县人社局", "220122", tree["changchun"])
    own = make_body(county, name="样例县机构", code="S000022999051", credit_code=CREDIT_CODES[1])
    actor = make_actor(county, "county_officer")
    assert list(queries.bodies_for(actor)) == [own]
    assert set(queries.bodies_for(make_actor(tree["changchun"], "city_officer"))) == {own, body}
    assert set(queries.bodies_for(make_actor(tree["province"], "provincial_officer"))) == {own, body}


@pytest.mark.requirement("GOV-07")
def test_a_province_sees_the_sites_of_ministry_bodies_on_its_ground(tree, client):
    ministry = make_organisation("ministry", "样例部", "00")
    body = make_body(ministry, code="S012322999051", place_code="11", name="样例全国机构")
    welder = occupation_by_code("6-18-02-04")
    sites = [SiteSpec("四平考点", "", "220302", [(welder, "4")]), SiteSpec("太原考点", "", "140105", [(welder, "4")])]
    actions.change_scope(
        actor=make_actor(ministry, "provincial_officer"), at=at("2026-03-01"), body=body, add=sites,
        ruling=ruling("2026-03-01"),
    )  # fmt: skip
    assert body.filed_with_the_ministry

    province = make_user(tree["province"], "provincial_officer")
    actor = actor_for(province, on=DAY)
    assert [site.name for site in queries.guest_sites(actor)] == ["四平考点", "样例考点"]
    assert list(queries.bodies_for(actor)) == []
    siping = make_organisation("city", "样例四平市人社局", "2203", tree["province"])
    assert [site.name for site in queries.guest_sites(make_actor(siping, "city_officer"))] == ["四平考点"]
    assert list(queries.guest_sites(make_actor(ministry, "provincial_officer"))) == []
    client.force_login(province)
    assert escape("样例全国机构") in client.get("/boards/").content.decode()
