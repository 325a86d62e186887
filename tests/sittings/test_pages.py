from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories import (
    at,
    make_arranged_batch,
    make_body,
    make_exam_batch,
    make_ready_batch,
    make_rooms,
    make_staff,
    make_tree,
    make_user,
)

from gongjiang.enrolment.models import Enrolment
from gongjiang.sittings.models import Attendance, Seat

pytestmark = pytest.mark.django_db
PAGES = ("arrangement", "roster", "exam-day")


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def now(monkeypatch):
    """Let the platform's clock be set."""

    def set_to(text):
        monkeypatch.setattr("gongjiang.kernel.clock.now", lambda: at(text))

    set_to("2026-05-26 09:00")
    return set_to


def sign_in(client, organisation, *roles):
    user = make_user(organisation, *roles)
    client.force_login(user)
    return user


@pytest.mark.requirement("ARR-03")
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_clerk_sees_each_room_as_a_picture(client, body, now, language):
    make_rooms(body)
    make_staff(body)
    batch = make_ready_batch(body)
    sign_in(client, body.organisation, "exam_clerk")
    client.cookies["django_language"] = language
    page = reverse("arrangement", args=[batch.pk])

    assert client.post(reverse("arrangement-make", args=[batch.pk])).status_code == 302
    client.post(reverse("roster-draw", args=[batch.pk]))
    html = client.get(page).content.decode()

    assert html.count('class="seat k-') == 4  # of eight; the others sit in the second room
    assert "理论第 1 考场" in html
    locked = client.post(reverse("arrangement-lock", args=[batch.pk]))
    assert locked.status_code == 302
    for name in PAGES:
        assert client.get(reverse(name, args=[batch.pk])).status_code == 200


@pytest.mark.requirement("ARR-06")
@pytest.mark.parametrize("role", ["invigilator", "assessor", "scorer", "eligibility_reviewer", "internal_supervisor"])
def test_before_the_release_no_page_and_no_paper_shows_seats_or_staff(client, body, now, role):
    batch = make_arranged_batch(body)
    sign_in(client, body.organisation, role)
    names = [e.name for e in batch.enrolments.all()] + [d.member.name for d in batch.duties.all()]
    urls = [reverse(name, args=[batch.pk]) for name in PAGES]
    urls += [reverse("exam-paper", args=[batch.pk, kind]) for kind in ("tickets", "seating-plan", "door-signs")]
    urls += [reverse("batch", args=[batch.pk]), reverse("sitting-list")]

    for url in urls:
        response = client.get(url)
        assert response.status_code in (200, 403)
        assert response.status_code == 403 or "/batches/" not in url or url == reverse("batch", args=[batch.pk])
        text = response.content.decode()
        assert [name for name in names if name in text] == []


@pytest.mark.requirement("ARR-06")
def test_a_candidate_gets_the_own_ticket_once_released_and_nobody_elses(client, body, now):
    batch = make_arranged_batch(body, released=True)
    mine, other = Enrolment.everything.filter(batch=batch)[:2]
    user = make_user(body.organisation)
    user.person_key = mine.candidate.person_key
    user.save()
    client.force_login(user)

    assert client.get(reverse("own-ticket", args=[mine.pk])).status_code == 404
    now("2026-05-27 09:00")
    response = client.get(reverse("own-ticket", args=[mine.pk]))
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert client.get(reverse("own-ticket", args=[other.pk])).status_code == 404
    assert client.get(reverse("arrangement", args=[batch.pk])).status_code == 403


@pytest.mark.requirement("GOV-01")
def test_another_bodys_clerk_finds_nothing(client, tree, body, now):
    batch = make_arranged_batch(body, released=True)
    told = {"code": "S000022999019", "credit_code": "91440300708461136T", "name": "吉林刨花（样例）"}
    other = make_body(tree["jilin_city"], **told)
    sign_in(client, other.organisation, "exam_clerk", "body_manager")

    for name in (*PAGES, "sitting-schedule", "briefing", "arrangement-unlock"):
        assert client.get(reverse(name, args=[batch.pk])).status_code == 404
    for name in ("arrangement-make", "arrangement-lock", "roster-draw", "exam-start", "exam-end", "check-in"):
        assert client.post(reverse(name, args=[batch.pk])).status_code == 404


@pytest.mark.requirement("EXM-01")
def test_at_the_door_a_candidate_is_found_and_recorded_once(client, body, now):
    batch = make_exam_batch(body)
    now("2026-05-30 08:45")
    sign_in(client, body.organisation, "invigilator")
    page = reverse("exam-day", args=[batch.pk])
    someone = batch.enrolments.first()

    html = client.post(page, {"q": someone.ticket_number[-5:]}).content.decode()
    assert html.count('id="seat-') == 1
    assert someone.name in html
    assert someone.candidate.identity_masked in html
    assert someone.candidate.identity not in html

    seat = Seat.objects.get(enrolment=someone, sitting__part="theory")
    form = {"seat": seat.pk, "present": "yes", "papers": "1", "key": "door-1"}
    for _each in range(2):
        assert client.post(reverse("check-in", args=[batch.pk]), form).status_code == 302
    assert Attendance.objects.get().present is True
    without = {**form, "key": "door-2"}
    del without["papers"]
    assert client.post(reverse("check-in", args=[batch.pk]), without).status_code == 409


@pytest.mark.requirement("EXM-05")
def test_a_breach_is_recorded_from_the_page(client, body, now):
    batch = make_exam_batch(body)
    now("2026-05-30 09:10")
    sign_in(client, body.organisation, "invigilator")
    seat = Seat.objects.filter(sitting__part="theory", arrangement__batch=batch).first()
    client.post(reverse("check-in", args=[batch.pk]), {"seat": seat.pk, "present": "yes", "papers": "1", "key": "k"})

    url = reverse("misconduct", args=[batch.pk, seat.pk])
    assert client.get(url).status_code == 200
    form = {"code": "phone", "facts": "09:05 使用手机", "heard": "承认", "key": "m1"}
    assert client.post(url, form).status_code == 302
    html = client.get(reverse("exam-day", args=[batch.pk])).content.decode()
    assert "使用手机或其他无线设备" in html


def test_the_lists_take_as_many_queries_for_three_batches_as_for_one(client, body, now):
    make_arranged_batch(body)
    sign_in(client, body.organisation, "exam_clerk")
    url = reverse("sitting-list")
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    make_ready_batch(body, title="第 2 批")
    make_ready_batch(body, title="第 3 批")
    with CaptureQueriesContext(connection) as three:
        client.get(url)

    assert len(three) == len(one)


@pytest.mark.parametrize("name", ["room-list", "staff-list"])
def test_stock_lists_take_as_many_queries_for_many_rows_as_for_few(client, body, now, name):
    make_rooms(body, theory=1, practical=0)
    make_staff(body, invigilators=1, assessors=0)
    sign_in(client, body.organisation, "body_manager")
    client.get(reverse(name))
    with CaptureQueriesContext(connection) as few:
        assert client.get(reverse(name)).status_code == 200
    make_rooms(body, theory=4, practical=4)
    make_staff(body)
    with CaptureQueriesContext(connection) as many:
        client.get(reverse(name))

    assert len(many) == len(few)


@pytest.mark.requirement("ARR-05")
def test_the_briefing_is_recorded_from_the_page(client, body, now):
    batch = make_arranged_batch(body)
    sign_in(client, body.organisation, "body_manager")
    now("2026-05-29 15:00")
    members = list(batch.duties.values_list("member_id", flat=True))

    assert client.get(reverse("briefing", args=[batch.pk])).status_code == 200
    assert client.post(reverse("briefing", args=[batch.pk]), {"attended": members}).status_code == 302
    batch.refresh_from_db()
    assert batch.briefed_on == date(2026, 5, 29)


@pytest.mark.requirement("ARR-04")
def test_after_the_lock_the_manager_replaces_somebody_from_the_page(client, body, now):
    make_staff(body, invigilators=6)
    batch = make_arranged_batch(body)
    sign_in(client, body.organisation, "body_manager")
    duty = batch.duties.filter(role="invigilator").first()
    url = reverse("duty-replace", args=[batch.pk, duty.pk])
    named = set(batch.duties.values_list("member_id", flat=True))
    html = client.get(url).content.decode()
    free = next(m for m in body.staff.filter(appointments__role="invigilator") if m.pk not in named)
    assert f'value="{free.pk}"' in html

    assert client.post(url, {"member": free.pk, "reason": "临时生病"}).status_code == 302
    page = client.get(reverse("roster", args=[batch.pk])).content.decode()
    assert "临时生病" in page


def test_a_bad_room_sheet_is_shown_with_every_problem(client, body, now):
    import io

    from django.core.files.uploadedfile import SimpleUploadedFile

    from gongjiang.kernel.sheets.write import write_table
    from gongjiang.sittings.columns import ROOM_COLUMNS

    target = io.BytesIO()
    values = {"site": "别处", "address": "x", "room": "甲", "kind": "操场", "inspected_on": "2026-03-02"}
    write_table(target, [c.header_zh for c in ROOM_COLUMNS], [[values.get(c.key, "") for c in ROOM_COLUMNS]])
    sign_in(client, body.organisation, "exam_clerk")

    shown = client.post(reverse("room-list"), {"file": SimpleUploadedFile("rooms.xlsx", target.getvalue())})
    back = client.post(
        reverse("room-list"), {"file": SimpleUploadedFile("rooms.xlsx", target.getvalue()), "report": "1"}
    )

    assert shown.status_code == 409
    assert shown.content.decode().count('class="bad"') == 3
    assert back["Content-Disposition"].startswith("attachment")
    template = client.get(reverse("exam-template", args=["rooms"]))
    assert template.content[:2] == b"PK"
