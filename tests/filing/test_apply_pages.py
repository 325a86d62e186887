"""The applicant's pages: open to it alone, saved section by section, without JavaScript."""

import re
from math import ceil

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from tests.factories import at, make_actor, make_body, make_tree
from tests.filing_factories import invented_credit_code, make_applicant, make_application, make_call, paper

from gongjiang.accounts.models import User
from gongjiang.filing.models import Applicant, Application, Correction, Snapshot
from gongjiang.kernel.models import AuditEntry, DemoClock
from gongjiang.kernel.queue import items_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree(db):
    shift = ceil((at("2026-03-05 10:00") - timezone.now()).total_seconds())
    DemoClock.objects.create(shift_seconds=shift)
    cache.clear()
    return make_tree()


def client_of(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.mark.parametrize("state", ["draft", "ready", "submitted"])
@pytest.mark.parametrize("kind", ["first", "addition", "amendment", "renewal", "termination"])
def test_every_kind_has_its_page(tree, kind, state):
    body = None if kind == "first" else make_body(tree["changchun"])
    cells = (("6-18-02-04", "4"),) if kind == "addition" else (("6-31-01-03", "4"),)
    application, manager = make_application(kind=kind, state=state, body=body, cells=cells)
    client = client_of(manager)
    page = client.get(reverse("own-application", args=[application.pk]))
    assert (page.status_code, application.number in text_of(page)) == (200, True)
    ready = 'name="declared_by"' in text_of(page)
    assert ready == (state == "ready" or (state == "draft" and not page.context["missing"]))
    assert application.number in text_of(client.get(reverse("filing")))
    assert client.get(reverse("application-new")).status_code == 200


@pytest.mark.requirement("FIL-01")
def test_public_pages_of_calls(tree):
    call = make_call(tree["changchun"])
    client = Client()
    assert call.number in text_of(client.get(reverse("calls")))
    assert call.title in text_of(client.get(reverse("call", args=[call.number])))
    assert client.get(reverse("call-pdf", args=[call.number]))["Content-Type"] == "application/pdf"
    assert client.get(reverse("call", args=["ZJ-2020-999"])).status_code == 404


@pytest.mark.requirement("FIL-01")
def test_an_officer_publishes_a_call_on_its_page(tree):
    client = client_of(make_actor(tree["changchun"], "city_officer"))
    sent = {
        "title": "样例征集公告",
        "text": "正文",
        "opens_on": "2026-03-05",
        "closes_on": "2026-04-05",
        "regime": "2201",
        "body_kinds": ["social"],
        "occupation_codes": "6-31-01-03\n6-18-02-04",
    }
    answer = client.post(reverse("call-new"), sent)
    assert answer["Location"] == "/calls/ZJ-2026-001/"
    page = text_of(client.get(answer["Location"]))
    assert "电工" in page
    assert "焊工" in page


def registration(**changes) -> dict[str, str]:
    sent = {
        "name": "样例准绳技能评价中心",
        "credit_code": invented_credit_code(),
        "kind": "social",
        "affiliation": "municipal",
        "place_code": "2201",
        "address": "样例路 1 号",
        "legal_representative": "甲子春",
        "main_business": "电工培训",
        "contact_name": "乙丑夏",
        "contact_phone": "0431-00000000",
        "username": "zhunsheng",
    }
    return sent | changes


def test_whoever_registers_gets_a_password_once_and_signs_in_with_it(tree):
    page = Client().post(reverse("filing-register"), registration())
    words = re.findall(r'class="once">([^<]+)<', text_of(page))
    assert (page.status_code, words[0], page["Cache-Control"]) == (
        200,
        "zhunsheng",
        "max-age=0, no-cache, no-store, must-revalidate, private",
    )
    user = User.objects.get(username="zhunsheng")
    assert (user.check_password(words[1]), user.must_change_password) == (True, True)
    assert user.roles.get().organisation == Applicant.everything.get().organisation


def test_registering_is_limited_by_address(tree, settings):
    settings.REGISTRATIONS_AN_HOUR = 2
    tries = [Client().post(reverse("filing-register"), registration(credit_code="x")).status_code for _n in range(3)]
    assert tries == [409, 409, 429]


def save(client, application, section, **sent):
    return client.post(reverse("own-application-save", args=[application.pk, section]), sent)


@pytest.mark.requirement("FIL-02")
def test_each_section_is_saved_by_itself(tree):
    application, manager = make_application(state="draft")
    client = client_of(manager)
    row = {"name": ["样例楼", ""], "address": ["样例路", ""], "division": ["220102", ""], "is_own": ["0", "1"]}
    assert save(client, application, "sites", **row)["Location"].endswith("#sites")
    save(client, application, "scope-add", cell=["6-31-01-03|4|样例楼"], anchor="scope")
    save(client, application, "scope-add", cell=["6-31-01-03|3|样例楼"])
    cells = sorted(application.scope.values_list("occupation__code", "level", "site_name"))
    assert cells == [("6-31-01-03", "3", "样例楼"), ("6-31-01-03", "4", "样例楼")]
    save(client, application, "scope", cell=["6-31-01-03|3|样例楼"])
    assert [row.level for row in application.scope.all()] == ["3"]
    save(client, application, "condition", **{"condition": "staff", "count-staff": "5", "text": "专职"})
    assert application.answers.get().numbers == {"staff": 5}
    upload = SimpleUploadedFile("报告.pdf", paper(), content_type="application/octet-stream")
    save(client, application, "paper", kind="application_report", file=upload)
    online = {"source": "信用中国", "checked_at": "2026-03-04T15:20"}
    save(client, application, "paper", kind="evidence", condition="clean_record", **online)
    held = application.materials.order_by("pk")
    assert [(m.kind, m.condition, m.verified_source) for m in held] == [
        ("application_report", "", ""),
        ("evidence", "clean_record", "信用中国"),
    ]
    save(client, application, "drop", material=str(held[0].pk))
    assert application.materials.filter(replaced_round=None).count() == 1
    assert save(client, application, "unknown").status_code == 404
    assert save(client, application, "condition", **{"condition": "staff", "count-staff": "many"}).status_code == 409


def test_the_search_says_why_an_occupation_cannot_be_asked_for(tree):
    application, manager = make_application(state="ready")
    page = client_of(manager).get(reverse("own-application", args=[application.pk]), {"q": "电工"})
    found = {each["occupation"].code: each for each in page.context["found"]}
    assert [level for level, _label in found["6-31-01-03"]["levels"]] == ["5", "4", "3", "2", "1"]
    closed = [each for each in found.values() if not each["levels"]]
    assert {ground.code for each in closed for ground in each["grounds"]} == {"no-standard"}


@pytest.mark.requirement("FIL-03")
def test_signed_on_the_page_it_is_submitted_once(tree):
    application, manager = make_application(state="ready")
    client = client_of(manager)
    page = client.get(reverse("own-application", args=[application.pk]))
    form = page.context["submit"]
    sent = {"key": form.initial["key"], "digest": form.initial["digest"], "declared_by": "甲子春"}
    for _time in range(2):
        answer = client.post(reverse("own-application-submit", args=[application.pk]), sent)
        assert answer.status_code == 302
    assert Snapshot.objects.get().digest == sent["digest"]


@pytest.mark.requirement("GOV-01")
def test_another_units_application_is_not_found_and_the_try_is_recorded(tree):
    application, _manager = make_application(state="ready")
    material = application.materials.filter(file__isnull=False).first()
    _unit, stranger = make_applicant()
    client = client_of(stranger)
    addresses = [
        client.get(reverse("own-application", args=[application.pk])),
        client.get(reverse("own-application-paper", args=[application.pk, material.pk])),
        client.post(reverse("own-application-submit", args=[application.pk])),
        save(client, application, "summary", summary="x"),
    ]
    assert [each.status_code for each in addresses] == [404] * 4
    assert not any(application.number in text_of(each) for each in addresses)
    assert AuditEntry.objects.filter(action="scope.not_found", actor_id=stranger.user_id).count() == 4


def test_own_papers_are_served_and_others_not(tree):
    application, manager = make_application(state="ready")
    other, _stranger = make_application(state="ready")
    client = client_of(manager)
    own, foreign = application.materials.first(), other.materials.first()
    assert client.get(reverse("own-application-paper", args=[application.pk, own.pk])).status_code == 200
    assert client.get(reverse("own-application-paper", args=[application.pk, foreign.pk])).status_code == 404


@pytest.mark.requirement("FIL-03")
def test_a_return_waits_in_the_queue_with_its_day_and_the_difference_shows(tree):
    from datetime import date

    application, manager = make_application()
    officer = make_actor(tree["changchun"], "city_officer")
    Application.everything.filter(pk=application.pk).update(state="returned")
    Correction.objects.create(
        application=application,
        round=1,
        items=[{"item": "venue", "text": "请补充场地证明"}],
        returned_by_id=officer.user_id,
        returned_at=at("2026-03-04"),
        due_on=date(2026, 3, 18),
    )
    own = [item for item in items_for(manager, date(2026, 3, 5)) if item.key == f"own-application:{application.pk}"]
    assert [(item.deadline, item.url) for item in own] == [
        (date(2026, 3, 18), reverse("own-application", args=[application.pk]))
    ]
    client = client_of(manager)
    assert "请补充场地证明" in text_of(client.get(reverse("own-application", args=[application.pk])))
    save(client, application, "condition", **{"condition": "venue", "count-area": "420"})
    page = client.get(reverse("own-application", args=[application.pk]))
    form = page.context["submit"]
    sent = {"key": "again", "digest": form.initial["digest"], "declared_by": "甲子春"}
    client.post(reverse("own-application-submit", args=[application.pk]), sent)
    shown = client.get(reverse("own-application", args=[application.pk]))
    assert 'id="difference"' in text_of(shown)
    changed = [(each["before"], each["after"]) for each in shown.context["differences"]]
    assert changed == [("3 平方米", "420 平方米")]


def test_lists_ask_as_often_for_one_row_as_for_three(tree):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    body = make_body(tree["changchun"])
    counts = []
    for kind in ("renewal", "termination", "amendment"):
        _application, manager = make_application(kind=kind, state="draft", body=body)
        client = client_of(manager)
        client.get(reverse("filing"))
        with CaptureQueriesContext(connection) as asked:
            client.get(reverse("filing"))
        counts.append(len(asked))
    assert counts[0] == counts[2], counts
