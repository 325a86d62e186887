"""The public home: figures, notices with the days left, enrolments that are open, bodies by city, and no leak."""

import re
from datetime import date

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_user
from tests.portal.conftest import set_clock

from gongjiang.certificates.models import Certificate
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import PublicNotice
from gongjiang.portal import queries_public
from gongjiang.portal.views_public import short_name

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 17)


def test_figures_of_the_day(world) -> None:
    found = queries_public.figures(TODAY)
    assert (found.on_file, found.bodies, found.occupations) == (2, 2, 1)
    assert (found.certificates, found.notices, found.posted, found.enrolling) == (2, 2, 8, 1)


def test_figures_leave_out_what_is_over(world) -> None:
    world.other_body.terms.update(until=TODAY)
    Certificate.everything.filter(pk=world.certificates[0].pk).update(state="numbered")
    PublicNotice.objects.update(last_day=date(2026, 6, 16))
    found = queries_public.figures(TODAY)
    assert (found.on_file, found.bodies, found.certificates, found.notices, found.posted) == (1, 2, 1, 0, 0)


def test_a_notice_runs_through_its_last_day(world) -> None:
    assert queries_public.running_notices(date(2026, 6, 23)).count() == 2
    assert queries_public.running_notices(date(2026, 6, 24)).count() == 0
    PublicNotice.objects.update(provisional=True)
    assert queries_public.running_notices(date(2026, 6, 24)).count() == 2


def test_the_page_shows_what_is_posted_and_open(world, client: Client) -> None:
    page = client.get("/").content.decode()
    assert "查一张职业技能等级证书的真伪" in page
    assert 'action="/verify/"' in page
    for notice in PublicNotice.objects.all():
        assert f'href="/notices/{notice.pk}/"' in page
    assert page.count("剩 3 个工作日") == 2
    assert f'href="/announcements/{world.announced.number}/"' in page
    assert "06-26" in page
    assert f"{world.other_body.name} 的备案自" in page
    assert 'href="/directory/?division=2201"' in page


def test_no_persons_data_stand_on_it(world, client: Client) -> None:
    page = client.get("/").content.decode()
    people = Enrolment.everything.select_related("candidate")
    shown = [each.pk for each in people if each.name in page or each.candidate.identity_masked in page]
    assert shown == []
    assert [each.number for each in world.certificates if each.number in page] == []


def test_a_notice_that_just_ran_out_is_told(world, client: Client) -> None:
    set_clock("2026-06-24 09:00")
    page = client.get("/").content.decode()
    assert "今天没有成绩在公示" in page
    assert re.search(r"于 <span class=\"nb\">2026-06-15</span> 公示，<span class=\"nb\">2026-06-23</span> 期满", page)


def test_signed_in_people_go_home_from_the_root(world, sign_in) -> None:
    client = sign_in(world.body.organisation, "exam_clerk")
    assert client.get("/")["Location"] == "/home/"
    assert client.get("/public/").status_code == 200


def test_an_empty_province_still_has_a_page(client: Client, db) -> None:
    page = client.get("/").content.decode()
    assert "今天没有成绩在公示" in page
    assert "今天没有批次在报名" in page


def test_english_with_chinese_data(world, client: Client) -> None:
    page = client.get("/", headers={"accept-language": "en"}).content.decode()
    assert "Is this skill-level certificate real?" in page
    assert "3 working days left" in page
    assert world.body.name in page


def test_the_language_is_switched_and_kept(client: Client, db) -> None:
    response = client.post("/i18n/setlang/", {"language": "en", "next": "/law/"})
    assert (response.status_code, response["Location"]) == (302, "/law/")
    assert "All questions" not in client.get("/law/").content.decode()
    assert "questions the platform asks of the law" in client.get("/law/").content.decode()
    client.post("/i18n/setlang/", {"language": "zh-hans", "next": "/law/"})
    assert "平台向法规问的" in client.get("/law/").content.decode()


def test_as_many_queries_for_two_notices_as_for_one(world, client: Client, django_assert_num_queries) -> None:
    client.get("/")
    with CaptureQueriesContext(connection) as captured:
        client.get("/")
    two = len(captured)
    PublicNotice.objects.filter(subject_id=str(world.foreign.pk)).update(withdrawn_on=TODAY)
    cache.clear()
    client.get("/")
    with django_assert_num_queries(two):
        assert client.get("/").status_code == 200


def test_short_names_of_divisions() -> None:
    assert [short_name(name) for name in ("长春市", "延边朝鲜族自治州", "吉林市")] == ["长春", "延边", "吉林"]


def test_robots_stay_out_of_what_names_people(client: Client, db, settings) -> None:
    text = client.get("/robots.txt").content.decode().splitlines()
    assert text[0] == "User-agent: *"
    assert {"Disallow: /mine/", "Disallow: /notices/", "Disallow: /search/", "Disallow: /account/"} <= set(text)
    assert "Disallow: /law/" not in text
    settings.DEMO = True
    assert client.get("/robots.txt").content.decode().splitlines() == ["User-agent: *", "Disallow: /"]


@pytest.mark.parametrize("path", ["/", "/law/", "/law/questions/body-kinds/", "/robots.txt", "/nowhere/"])
def test_every_answer_bears_the_headers(world, client: Client, path: str) -> None:
    assert client.head(path).status_code == client.get(path).status_code
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe-inline" not in policy.partition("style-src")[0]
    assert (headers["X-Content-Type-Options"], headers["X-Frame-Options"]) == ("nosniff", "DENY")
    assert headers["Referrer-Policy"] == "same-origin"


def test_what_isnt_there_says_so(client: Client, tree) -> None:
    page = client.get("/nowhere/")
    assert page.status_code == 404
    assert "工匠" in page.content.decode()
    client.force_login(make_user(tree["province"]), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/search/").status_code == 403
