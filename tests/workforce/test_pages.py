from datetime import date, timedelta

import pytest
from django.test import Client
from tests.factories import at, invented_identity, make_actor, make_body, make_tree, make_user

from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry
from gongjiang.standards.queries import occupation_by_code
from gongjiang.workforce import actions, queries_pool, queries_register
from gongjiang.workforce.models import StaffMember
from gongjiang.workforce.queries_pool import Asked, CappedPaginator
from gongjiang.workforce.rules import AppointmentSpec

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 10)
ELECTRICIAN, WELDER = "6-31-01-03", "6-18-02-04"


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def bodies(tree):
    scope = ((ELECTRICIAN, "4"), (ELECTRICIAN, "3"), (WELDER, "4"))
    here = make_body(tree["changchun"], scope=scope)
    there = make_body(
        tree["jilin_city"], scope=((WELDER, "5"),), place_code="2202", name="吉林墨斗技能评价中心（样例）",
        code="S000022999018", credit_code="12100000400000624D",
    )  # fmt: skip
    return here, there


def enter(body, number, name, code=ELECTRICIAN, level="3", since=date(2025, 3, 1), **changes):
    told = {"occupation": occupation_by_code(code) if code else None, "highest_level": level, "role": "assessor"}
    spec = AppointmentSpec(name=name, identity=invented_identity(number), since=since, **{**told, **changes})
    actions.appoint(actor=system("test"), at=at("2026-03-10"), body=body, specs=[spec])


@pytest.fixture
def people(bodies):
    here, there = bodies
    enter(here, 1, "甲子衡")
    enter(here, 2, "乙丑衡", level="4")
    enter(here, 3, "丙寅衡", since=date(2023, 3, 1), until=date(2026, 3, 1))
    enter(there, 4, "丁卯衡", WELDER, level="1")
    enter(there, 5, "戊辰衡", code=None, level="", role="invigilator")
    enter(
        there, 1, "甲子衡", WELDER, level="5", since=date(2023, 6, 1), until=date(2026, 6, 1)
    )  # the same person elsewhere


def names(actor, **asked):
    return [member.name for member in queries_pool.pool(actor, Asked(**asked), TODAY)]


@pytest.mark.requirement("STF-01")
def test_the_pool_is_narrowed_by_what_is_asked(tree, people):
    province = make_actor(tree["province"], "provincial_officer")

    assert sorted(names(province)) == ["丁卯衡", "乙丑衡", "甲子衡", "甲子衡"]
    assert names(province, occupation=ELECTRICIAN) == names(province, occupation="电工") == ["乙丑衡", "甲子衡"]
    assert names(province, occupation=ELECTRICIAN, level="3") == ["甲子衡"]
    assert names(province, level="2") == names(province, rank="senior") == ["丁卯衡"]
    assert names(province, city="2202", text="甲") == ["甲子衡"]
    assert names(province, role="invigilator") == ["戊辰衡"]
    assert names(province, text="乙") == ["乙丑衡"]
    assert sorted(names(make_actor(tree["changchun"], "city_officer"))) == ["乙丑衡", "甲子衡"]


def test_the_count_stops_where_nobody_pages(tree, people, monkeypatch):
    monkeypatch.setattr(queries_pool, "COUNTED", 2)
    found = queries_pool.pool(make_actor(tree["province"], "provincial_officer"), Asked(), TODAY)

    paginator = CappedPaginator(found, 1)

    assert (paginator.count, paginator.is_more, paginator.num_pages) == (2, True, 2)
    few = CappedPaginator(found.filter(name="乙丑衡"), 1)
    assert (few.count, few.is_more) == (1, False)


@pytest.mark.requirement("STF-01")
def test_matrix_cities_gaps_and_ends_are_those_of_the_rows(tree, people):
    province = make_actor(tree["province"], "provincial_officer")

    cells = {(row["code"], row["highest_level"]): row["n"] for row in queries_pool.matrix(province, TODAY)}
    assert cells == {(ELECTRICIAN, "3"): 1, (ELECTRICIAN, "4"): 1, (WELDER, "1"): 1, (WELDER, "5"): 1}
    assert queries_pool.by_city(province, TODAY) == {"2201": 2, "2202": 2}
    # The body of Changchun has no welder at all; that of Jilin city covers its only cell.
    gaps = {(gap.code, gap.cells, gap.covered, gap.lacking) for gap in queries_pool.gaps(province, TODAY)}
    assert gaps == {(WELDER, 2, 1, 1), (ELECTRICIAN, 2, 2, 0)}
    ending = queries_register.terms_ending(province, TODAY, TODAY + timedelta(days=90))
    assert [(term.member.name, term.until) for term in ending] == [("甲子衡", date(2026, 6, 1))]
    months = queries_register.ends_by_month(province, TODAY, TODAY + timedelta(days=366))
    assert months == {date(2026, 6, 1): 1}


@pytest.mark.parametrize(
    "path", ["/workforce/", "/workforce/pool/", "/workforce/expiry/?days=180", "/workforce/courses/"]
)
def test_a_list_asks_the_same_of_the_database_for_one_row_and_three(tree, bodies, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    here, there = bodies
    client = Client()
    client.force_login(make_user(tree["province"], "provincial_officer"))
    counts = []
    for numbers in ((1,), (2, 3)):
        for number in numbers:
            enter((here, there)[number % 2], number, f"甲{number}衡", (ELECTRICIAN, WELDER)[number % 2])
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        counts.append(len(seen))

    assert counts[0] == counts[1]


def test_a_register_shows_its_people_and_nobody_elses(tree, bodies, people):
    here, _there = bodies
    client = Client()
    client.force_login(make_user(here.organisation, "body_manager"))

    shown = client.get("/workforce/").content.decode()
    theirs = StaffMember.everything.get(name="丁卯衡")

    assert "乙丑衡" in shown
    assert "丁卯衡" not in shown
    assert client.get(f"/workforce/people/{theirs.pk}/").status_code == 404
    assert client.get(f"/workforce/bodies/{theirs.body_id}/").status_code == 404
    own = StaffMember.everything.get(name="乙丑衡")
    record = client.get(f"/workforce/people/{own.pk}/").content.decode()
    assert invented_identity(2) not in record
    assert "补录" in record


def test_exports_are_masked_and_recorded(tree, bodies, people):
    here, _there = bodies
    client = Client()
    client.force_login(make_user(here.organisation, "body_manager"))

    register = client.get("/workforce/export.csv").content.decode("utf-8-sig")
    forecast = client.get("/workforce/expiry.csv").content.decode("utf-8-sig")

    assert "乙丑衡" in register
    assert [
        each for each in (invented_identity(1), invented_identity(2), "丁卯衡") if each in register + forecast
    ] == []
    facts = [entry.facts["what"] for entry in AuditEntry.objects.filter(action="staff.export").order_by("seq")]
    assert facts == ["register", "expiry"]
