"""The chain in a real browser: what waits, the batch, the act; the public's verification; a candidate on a phone."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from tests.factories import make_actor, make_catalogue, make_certificate, make_noticed_batch, make_tree, make_user
from tests.journeys.conftest import candidate_user

from gongjiang.kernel import files
from gongjiang.results.models import Result

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WIDTH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def tree(transactional_db):
    make_catalogue()
    return make_tree()


def aside(make):
    """Make something in a thread of its own: sealing runs an event loop, and this thread has the browser's."""

    def inside():
        try:
            return make()
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(inside).result()


def fits(page: Page) -> bool:
    """Say whether nothing sticks out to the right."""
    return bool(page.evaluate(WIDTH) <= 0)


def test_from_the_queue_to_the_batch_to_the_act(page: Page, axe, sign_in_browser, live_server, body, set_clock):
    batch = make_noticed_batch(body)
    sign_in_browser(page, make_user(body.organisation, "body_manager", name="己巳衡"))
    set_clock("2026-06-23 16:00")
    page.goto(f"{live_server.url}/batches/{batch.pk}/")
    expect(page.get_by_text("2026-06-24").first).to_be_visible()
    assert axe(page) == []

    set_clock("2026-06-24 08:00")
    page.goto(f"{live_server.url}/home/")
    expect(page.locator("h1")).to_contain_text(re.compile(r"\d+ 件事"))
    assert axe(page) == []
    page.locator("main a.btn", has_text=re.compile("确认|打开|办理")).first.click()
    expect(page).to_have_url(re.compile(rf"/batches/{batch.pk}/"))
    assert axe(page) == []
    page.locator("button, a", has_text="确认成绩").last.click()
    expect(page.get_by_text("成绩已确认").first).to_be_visible()
    batch.refresh_from_db()
    assert (batch.state, batch.confirmed_on) == ("confirmed", date(2026, 6, 24))


def test_the_public_verifies_by_number_and_by_the_paper(page: Page, axe, live_server, body, set_clock, tmp_path):
    set_clock("2026-06-17 10:24")
    clerk = make_actor(body.organisation, "exam_clerk", "certificate_clerk")
    made = aside(lambda: make_certificate(clerk, body, start=90))
    page.goto(f"{live_server.url}/verify/")
    assert axe(page) == []
    page.fill("input[name=number]", made.number)
    page.fill("input[name=name]", made.holder_name)
    page.press("input[name=name]", "Enter")
    expect(page.locator(".vd")).to_contain_text("有效")
    assert axe(page) == []
    assert made.number not in page.url
    assert made.candidate.identity not in page.content()

    paper = tmp_path / "certificate.pdf"
    paper.write_bytes(files.read(made.copies.get().file))
    page.goto(f"{live_server.url}/verify/")
    page.set_input_files("input[type=file]", paper)
    button = page.locator("form:has(input[type=file]) button").first
    if button.is_visible():
        button.click()
    expect(page.locator(".vd")).to_contain_text("有效")


def test_a_candidate_objects_on_a_phone(phone_page: Page, axe, sign_in_browser, live_server, body, set_clock):
    batch = make_noticed_batch(body)
    failed = Result.everything.filter(enrolment__batch=batch, outcome="failed").order_by("pk").first()
    set_clock("2026-06-17 10:24")
    sign_in_browser(phone_page, candidate_user(failed.enrolment))
    phone_page.goto(f"{live_server.url}/mine/")
    expect(phone_page.locator("main")).to_contain_text(failed.enrolment.name)
    assert fits(phone_page)
    assert axe(phone_page) == []

    phone_page.goto(f"{live_server.url}/results/{failed.pk}/")
    assert fits(phone_page)
    assert axe(phone_page) == []
    phone_page.fill("textarea[name=text]", "理论第 12 题漏计 2 分，请复核。")
    phone_page.locator("form:has(textarea[name=text]) button").last.click()
    expect(phone_page.locator("main")).to_contain_text("2026-06-25")
    assert axe(phone_page) == []


def test_the_public_pages_fit_a_phone(phone_page: Page, axe, live_server, body, set_clock):
    make_noticed_batch(body)
    set_clock("2026-06-17 10:24")
    for path in ("/public/", "/verify/", "/directory/", f"/directory/{body.code}/", "/notices/", "/announcements/"):
        phone_page.goto(live_server.url + path)
        assert fits(phone_page), path
        assert axe(phone_page) == [], path
