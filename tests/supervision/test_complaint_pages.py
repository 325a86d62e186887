"""The public form, its receipt and the officer's page: limits, refusals, and nothing that tells who it was."""

import re

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from tests.factories import make_actor, make_batch, make_user

from gongjiang.kernel.models import AuditEntry
from gongjiang.planning.models import Batch
from gongjiang.supervision.models import Complaint

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("SUP-03")]
TOLD = {"subject": "fees", "text": "现场另收材料费二百元。", "batch": "", "name": "甲子春", "contact": "13900002222"}


@pytest.fixture(autouse=True)
def _empty_cache():
    cache.clear()


def form_of(body, client=None) -> dict[str, str]:
    page = (client or Client()).get(reverse("complain", args=[body.code])).content.decode()
    return {**TOLD, "key": re.search(r'name="key" value="([0-9a-f]{32})"', page)[1]}


def send(body, client=None, **changes):
    return (client or Client()).post(reverse("complain", args=[body.code]), form_of(body) | changes)


def receipt_of(answer) -> dict[str, str]:
    number, word = re.findall(r'<dd class="certno">([^<]+)</dd>', answer.content.decode())
    return {"number": number, "word": word}


def test_anybody_complains_and_follows_it_without_anything_in_the_address(body, officer):
    answer = send(body, name="", contact="")
    assert (answer.status_code, "no-store" in answer["Cache-Control"]) == (200, True)
    receipt = receipt_of(answer)
    page = Client().post(reverse("complaint-status"), receipt)
    assert receipt["number"] in page.content.decode()
    assert Client().post(reverse("complaint-status"), receipt | {"word": "0000"}).status_code == 400
    assert reverse("complaint-status") == "/complaints/"


def test_the_same_form_again_gives_the_same_receipt(body):
    form, url = form_of(body), reverse("complain", args=[body.code])
    assert receipt_of(Client().post(url, form)) == receipt_of(Client().post(url, form))
    assert Complaint.everything.count() == 1


@pytest.mark.parametrize("changes", [{"text": ""}, {"text": "长" * 4001}, {"name": "长" * 61}, {"subject": "weather"},
                                     {"key": "1"}, {"batch": "2026-unknown"}])  # fmt: skip
def test_what_doesnt_fit_is_told_at_the_form(body, changes):
    assert send(body, **changes).status_code == 400
    assert not Complaint.everything.exists()


def test_only_an_announced_batch_of_this_body_is_taken(body, other_body):
    clerk = make_actor(other_body.organisation, "exam_clerk", "body_manager")
    foreign = make_batch(other_body, clerk)
    own = make_batch(body, make_actor(body.organisation, "exam_clerk", "body_manager"))
    assert send(body, batch=own.number).status_code == 400
    Batch.everything.update(announced_on="2026-03-30")
    assert send(body, batch=foreign.number).status_code == 400
    assert send(body, batch=own.number).status_code == 200
    assert Complaint.everything.get().batch == own


def test_an_address_that_sends_very_many_is_stopped_for_the_hour(body, settings):
    settings.COMPLAINTS_AN_HOUR = 2
    assert [send(body).status_code for _ in range(3)] == [200, 200, 429]
    assert Complaint.everything.count() == 2


def test_guessing_words_is_stopped(body, settings):
    settings.RECEIPT_MISSES_AN_HOUR = 2
    receipt = receipt_of(send(body))
    wrong = receipt | {"word": "0000"}
    answers = [Client().post(reverse("complaint-status"), told).status_code for told in (wrong, wrong, receipt)]
    assert answers == [400, 400, 429]


def test_who_is_signed_in_stays_unknown(body):
    client = Client()
    user = make_user(body.organisation, "body_manager")
    client.force_login(user)
    assert send(body, client).status_code == 200
    filed = AuditEntry.objects.filter(action="complaint.file")
    assert [(each.actor_kind, each.actor_id) for each in filed] == [("public", None)]


@pytest.mark.requirement("GOV-01", "GOV-08")
def test_no_page_of_the_body_or_the_public_tells_who_complained(tree, body):
    """Abuse case 52."""
    send(body)
    complaint = Complaint.everything.get()
    officer, manager = Client(), Client()
    officer.force_login(make_user(tree["changchun"], "city_officer"))
    manager.force_login(make_user(body.organisation, "body_manager"))
    officer.post(reverse("complaint-take-up", args=[complaint.pk]))
    told = {"outcome": "partly", "answer": "请您核对退款。", "public_answer": "部分属实，已责令退还。"}
    assert officer.post(reverse("complaint-answer", args=[complaint.pk]), told)["Location"] == reverse(
        "complaint", args=[complaint.pk]
    )
    pages = [
        Client().get(reverse("directory-body", args=[body.code])),
        manager.get(reverse("body", args=[body.pk])),
        manager.get(reverse("own-supervision")),
        manager.get(reverse("home")),
        officer.get(reverse("complaint-list") + "?show=all"),
    ]
    for page in pages:
        text = page.content.decode()
        assert page.status_code == 200
        assert [each for each in ("甲子春", "13900002222", "现场另收材料费", "请您核对退款") if each in text] == []
    assert "部分属实，已责令退还。" in pages[0].content.decode()
    assert manager.get(reverse("complaint", args=[complaint.pk])).status_code == 403


def test_the_officers_page_masks_who_complains_and_asks_for_the_purpose(tree, body):
    send(body)
    complaint = Complaint.everything.get()
    url, handler, colleague, above = reverse("complaint", args=[complaint.pk]), Client(), Client(), Client()
    handler.force_login(make_user(tree["changchun"], "city_officer"))
    colleague.force_login(make_user(tree["changchun"], "city_officer"))
    above.force_login(make_user(tree["province"], "provincial_officer"))
    reveal = reverse("reveal", args=["supervision.complaint", "contact", complaint.pk])
    assert reveal not in handler.get(url).content.decode()
    handler.post(reverse("complaint-take-up", args=[complaint.pk]))
    page = handler.get(url).content.decode()
    assert (reveal in page, "13900002222" in page, "现场另收材料费" in page) == (True, False, True)
    page = colleague.get(url).content.decode()
    assert (reveal in page, "现场另收材料费" in page) == (False, True)
    page = above.get(url).content.decode()
    assert (reveal in page, "现场另收材料费" in page) == (False, False)
    assert [each.post(reveal, {"purpose": "核对投诉"}).status_code for each in (colleague, above)] == [404, 404]
    assert "13900002222" in handler.post(reveal, {"purpose": "核对投诉"}).content.decode()


def test_a_complaint_is_sent_on_by_the_code_of_the_body(tree, body, other_body):
    send(body)
    complaint = Complaint.everything.get()
    client = Client()
    client.force_login(make_user(tree["changchun"], "city_officer"))
    url = reverse("complaint-send-on", args=[complaint.pk])
    assert client.post(url, {"code": "S000000000000", "reason": "考点不同"}).status_code == 400
    assert client.post(url, {"code": other_body.code, "reason": "考点属该机构"}).status_code == 302
    assert Complaint.everything.get().authority == tree["jilin_city"]
    assert client.get(reverse("complaint", args=[complaint.pk])).status_code == 404
