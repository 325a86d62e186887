"""The kernel's own pages, by role."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile

from gongjiang.accounts.models import Organisation, RoleAssignment
from gongjiang.kernel import checkpoints, clock, identity, messages
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import AuditEntry, HolidayNotice, Message, PlaceSetting

pytestmark = pytest.mark.django_db
PAGES = {
    "/inbox/": {"provincial_officer": 200, "exam_clerk": 200, "public": 302},
    "/settings/": {"provincial_officer": 200, "exam_clerk": 403, "public": 302},
    "/settings/room.size/": {"provincial_officer": 200, "exam_clerk": 403, "public": 302},
    "/settings/no.such/": {"provincial_officer": 404, "exam_clerk": 403, "public": 302},
    "/settings/?place=99": {"provincial_officer": 404, "exam_clerk": 403, "public": 302},
    "/settings/calendar/": {"provincial_officer": 200, "exam_clerk": 403, "public": 302},
    "/settings/look-ups/": {"provincial_officer": 200, "exam_clerk": 403, "public": 302},
    "/audit/": {"provincial_officer": 200, "exam_clerk": 200, "public": 200},
    "/audit/checkpoints.json": {"provincial_officer": 200, "exam_clerk": 200, "public": 200},
    "/audit/verify_audit.py": {"provincial_officer": 200, "exam_clerk": 200, "public": 200},
}


@pytest.fixture
def sign_in(client):
    def make(role):
        if role == "public":
            return client
        organisation = Organisation.objects.create(kind="province", name="样例", place_code="22", path="/1/")
        user = get_user_model().objects.create(username=role, display_name="丁卯春")
        RoleAssignment.objects.create(user=user, organisation=organisation, role=role, since=date(2020, 1, 1))
        client.force_login(user)
        client.user = user
        return client

    return make


@pytest.mark.parametrize(("url", "roles"), PAGES.items())
@pytest.mark.parametrize("role", ["provincial_officer", "exam_clerk", "public"])
def test_who_may_open_which_page(sign_in, url, roles, role):
    assert sign_in(role).get(url).status_code == roles[role]


def test_a_value_is_set_for_the_province_and_shown_with_its_source(sign_in):
    client = sign_in("provincial_officer")
    since = clock.today() + timedelta(days=3)
    response = client.post("/settings/room.size/?place=22", {"value_": "24", "since": since, "source": "吉林样例通知"})
    assert (response.status_code, response["Location"]) == (302, "/settings/room.size/?place=22")
    row = PlaceSetting.objects.get()
    assert (row.name, row.place_code, row.value, row.since) == ("room.size", "22", 24, since)
    assert row.set_by_id == client.user.pk
    assert "吉林样例通知" in client.get("/settings/room.size/?place=22").content.decode()


def test_a_value_of_several_parts_is_set_whole(sign_in):
    client = sign_in("provincial_officer")
    parts = {f"value_{level}": str(30 - int(level)) for level in "12345"}
    client.post("/settings/eligibility.soft_age/?place=22", {**parts, "since": clock.today(), "source": "样例通知"})
    assert PlaceSetting.objects.get().value == {"1": 29, "2": 28, "3": 27, "4": 26, "5": 25}


def test_a_refused_value_keeps_the_form_and_says_why(sign_in):
    client = sign_in("provincial_officer")
    yesterday = clock.today() - timedelta(days=1)
    response = client.post("/settings/room.size/?place=22", {"value_": "24", "since": yesterday, "source": "样例通知"})
    assert response.status_code == 409
    assert 'value="24"' in response.content.decode()
    assert PlaceSetting.objects.count() == 0


def test_another_provinces_value_is_refused(sign_in):
    client = sign_in("provincial_officer")
    response = client.post(
        "/settings/room.size/?place=14", {"value_": "24", "since": clock.today(), "source": "样例通知"}
    )
    assert response.status_code == 403
    assert AuditEntry.objects.get().outcome == "refused"


def test_a_notice_is_loaded_from_a_file(sign_in):
    client = sign_in("provincial_officer")
    lines = "date,name,kind\n" + "".join(f"2031-{d},样例,休\n" for d in ("01-01", "05-01", "10-01"))
    file = SimpleUploadedFile("2031.csv", lines.encode("utf-8-sig"))
    response = client.post("/settings/calendar/", {"year": "2031", "source": "样例通知", "file": file})
    assert (response.status_code, HolidayNotice.objects.get().year) == (302, 2031)
    bad = client.post("/settings/calendar/", {"year": "2032", "source": "样例通知", "text": "date,name,kind\n"})
    assert bad.status_code == 409
    assert HolidayNotice.objects.count() == 1


def test_a_number_is_shown_to_a_script_or_on_a_page_and_never_in_an_address(sign_in, monkeypatch):
    client = sign_in("exam_clerk")
    monkeypatch.setattr(identity, "_REVEALABLE", {})
    record = Message.objects.create(key="k", subject="s", text="229901199003070014", sent_at=clock.now())
    identity.register_revealable("kernel.Message", "text", lambda actor: Message.objects.all())
    url = identity.reveal_url(record, "text")
    assert url == f"/reveal/kernel.message/text/{record.pk}/"
    shown = client.post(url, {"purpose": "核对入场身份"}, headers={"accept": "application/json"})
    assert shown.json() == {"value": "229901199003070014"}
    assert "no-store" in shown["Cache-Control"]
    assert "229901199003070014" in client.post(url, {"purpose": "核对入场身份"}).content.decode()
    assert client.get(url).status_code == 405
    assert client.post(url, {"purpose": ""}).status_code == 409
    assert client.post(f"/reveal/kernel.message/key/{record.pk}/", {"purpose": "核对入场身份"}).status_code == 404
    outcomes = list(AuditEntry.objects.values_list("action", "outcome"))
    assert outcomes == [
        ("identity.reveal", "done"),
        ("identity.reveal", "done"),
        ("identity.reveal", "refused"),
        ("scope.not_found", "refused"),
    ]


def test_the_inbox_shows_own_messages_and_marks_them_read(sign_in):
    client = sign_in("exam_clerk")
    messages.tell(user=client.user, key="a", subject="公示期满", text="可以签发。", at=clock.now())
    messages.tell(person_key="k", key="b", subject="别人的消息", text="x", at=clock.now())
    page = client.get("/inbox/").content.decode()
    assert "公示期满" in page
    assert "别人的消息" not in page
    assert client.post("/inbox/").status_code == 302
    assert Message.objects.get(key="a").read_at is not None


def test_the_public_page_shows_checkpoints_and_gives_the_verifier(client):
    made = checkpoints.publish_checkpoint(at=clock.now(), actor=system("night"))
    page = client.get("/audit/").content.decode()
    assert made.hash in page
    assert made.signature in page
    assert [c["seq"] for c in client.get("/audit/checkpoints.json").json()["checkpoints"]] == [made.seq]
    source = client.get("/audit/verify_audit.py")
    assert source.content.startswith(b"#!/usr/bin/env python3")
