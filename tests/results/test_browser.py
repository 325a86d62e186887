"""Score entry and the public notice in a browser: by keyboard, without JavaScript, on a phone."""

from decimal import Decimal

import pytest
from django.urls import reverse
from tests.factories import at, make_body, make_marking_batch, make_noticed_batch, make_tree, make_user

from gongjiang.kernel import clock
from gongjiang.results import queries
from gongjiang.results.models import Score

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.browser]


@pytest.fixture
def scorer(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(clock, "now", lambda: at("2026-06-17 10:24"))
    body = make_body(make_tree()["changchun"])
    return make_user(body.organisation, "scorer", name="庚午成"), body


@pytest.mark.parametrize("kind", ["page", "plain_page"])
def test_scores_are_typed_down_the_column_and_sent_with_enter(request, live_server, scorer, sign_in_browser, axe, kind):
    user, body = scorer
    batch = make_marking_batch(body, candidates=3)
    people = list(queries.examinees(batch).order_by("pk"))
    page = request.getfixturevalue(kind)
    sign_in_browser(page, user)
    page.goto(live_server.url + reverse("score-entry", args=[batch.pk, "theory"]))
    if kind == "page":
        assert axe(page) == []

    page.focus(f"#s{people[0].pk}")
    for value in ("78.5", "60", "59.5"):
        page.keyboard.type(value)
        page.keyboard.press("Tab")
    page.focus(f"#s{people[2].pk}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/scores/")

    found = {score.enrolment_id: score.value for score in Score.objects.all()}
    assert found == dict(zip([each.pk for each in people], map(Decimal, ("78.50", "60.00", "59.50")), strict=True))


def test_the_notice_fits_a_phone_and_names_nobody_in_full(live_server, scorer, phone_page, axe):
    _user, body = scorer
    batch = make_noticed_batch(body)
    notice = queries.public_notices().get()
    phone_page.goto(live_server.url + reverse("notice", args=[notice.pk]))

    assert axe(phone_page) == []
    assert phone_page.evaluate("document.documentElement.scrollWidth") <= phone_page.viewport_size["width"]
    text = phone_page.inner_text("main")
    assert [each.name for each in queries.examinees(batch) if each.name in text] == []
    assert "剩 3 个工作日" in " ".join(text.split())
