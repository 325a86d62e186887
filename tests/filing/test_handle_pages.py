"""The authority's pages: the queue by deadline, the record with what stands in the way, the public notice."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import at, make_actor, make_organisation, make_user
from tests.filing.handling import DAYS, advance, jilin, settle_panel, submitted, told

from gongjiang.accounts.models import User
from gongjiang.filing import actions, queries
from gongjiang.filing.actions import LackingItem, Objecting
from gongjiang.filing.models import Application, Objector
from gongjiang.kernel import clock, notices
from gongjiang.kernel.actor import PUBLIC
from gongjiang.kernel.models import AuditEntry, Objection
from gongjiang.kernel.queue import items_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return jilin()


@pytest.fixture
def case(office):
    return submitted(office)


@pytest.fixture
def stand(monkeypatch, settings):
    settings.DEMO = True

    def stand_at(when: str) -> None:
        monkeypatch.setattr(clock, "now", lambda: at(when))

    return stand_at


def client_of(actor) -> Client:
    client = Client()
    client.force_login(User.objects.get(pk=actor.user_id))
    return client


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


@pytest.mark.requirement("FIL-06")
def test_the_record_says_before_the_act_what_stands_in_its_way(office, case, stand):
    application, manager = case
    advance(application, manager, office, "accept")
    stand(DAYS["opinions"])
    page = words(client_of(office.first).get(reverse("application", args=[application.pk])))

    assert "尚未组织专家组评估" in page
    assert "尚未写意见" in page
    assert "怎样才可以" in page
    assert re.search(
        r"机构申报.{1,20}03-02.{1,20}受理.{1,20}03-03.{1,20}初评.+技术评估.+综合汇总.+专题审议.+公示.+备案通知", page
    )
    assert "5 项基本条件" in page


@pytest.mark.requirement("FIL-06")
def test_an_application_goes_from_hand_to_hand_by_its_pages(office, case, stand):
    application, manager = case
    first, second, signer = client_of(office.first), client_of(office.second), client_of(office.signer)

    def post(client, name, when, **data):
        stand(when)
        answer = client.post(reverse(name, args=[application.pk]), data)
        assert answer.status_code == 302, words(answer)[:600]
        application.refresh_from_db()

    post(first, "application-accept", DAYS["accept"])
    items = {f"met_{key}": "met" for key in queries_items(application)}
    post(first, "application-opinions", DAYS["opinions"], **items)
    post(first, "application-open-evaluation", DAYS["open"])
    settle_panel(application)
    post(first, "application-conclude", DAYS["conclude"])
    post(second, "application-deliberate", DAYS["deliberate"], text="样例：专题会议同意", favourable="yes")
    post(first, "application-post-notice", DAYS["post"])
    post(first, "application-clear", DAYS["clear"])
    post(client_of(manager), "own-application-undertaking", DAYS["undertake"], signed_by="甲子春")
    post(signer, "application-sign", DAYS["sign"])

    assert application.state == "filed"
    letter = first.get(reverse("application-letter", args=[application.pk]))
    assert (letter["Content-Type"], letter.content[:4]) == ("application/pdf", b"%PDF")
    page = words(first.get(reverse("application", args=[application.pk])))
    assert application.letter_number in page
    assert application.body.code in page


def queries_items(application):
    from gongjiang.filing import flow

    return flow.items_of(application, application.applied_on)


def test_a_refusal_of_the_act_is_a_page_with_the_article(office, case, stand):
    application, manager = case
    advance(application, manager, office, "post")
    stand("2026-04-01 10:00")
    answer = client_of(office.first).post(reverse("application-clear", args=[application.pk]))
    assert answer.status_code == 409
    assert "公示至 2026-04-02 24:00" in words(answer)
    assert AuditEntry.objects.get(outcome="refused").cites == ["JL-2025-1§7(5)"]


@pytest.mark.requirement("GOV-03")
def test_another_citys_officer_gets_404_and_the_try_is_kept(office, case):
    application, _manager = case
    other = make_organisation("city", "样例白山市人社局", "2206", office.organisation.parent)
    client = Client()
    client.force_login(make_user(other, "city_officer"))
    for name in ("application", "application-opinions", "application-letter", "application-return"):
        assert client.get(reverse(name, args=[application.pk])).status_code == 404
    assert client.post(reverse("application-accept", args=[application.pk])).status_code == 404
    assert AuditEntry.objects.filter(action="scope.not_found").count() == 5
    assert application.applicant.name not in words(client.get(reverse("filing-queue")))


@pytest.mark.requirement("FIL-04")
def test_a_return_by_the_page_names_the_items(office, case, stand):
    application, _manager = case
    stand(DAYS["accept"])
    client = client_of(office.first)
    assert "缺什么" in words(client.get(reverse("application-return", args=[application.pk])))
    client.post(
        reverse("application-return", args=[application.pk]), {"lacks_venue": "缺第 2 页", "mend_venue": "补交"}
    )
    assert application.corrections.get().items == [{"item": "venue", "lacks": "缺第 2 页", "mend": "补交"}]


@pytest.mark.requirement("FIL-04")
def test_the_officer_sees_what_the_resubmission_changed(office, case, stand):
    from tests.filing_factories import hand_in

    application, manager = case
    item = LackingItem("venue", "面积不清", "写明面积")
    actions.return_for_correction(**told(office.first, application, "2026-03-03 09:00"), items=[item])
    actions.answer_condition(
        **told(manager, application, "2026-03-04 09:00"), condition="venue", text="", numbers={"area": 480}
    )
    application.refresh_from_db()
    hand_in(application, manager, on="2026-03-04 10:00")
    stand("2026-03-05 10:00")
    page = words(client_of(office.first).get(reverse("application", args=[application.pk])))
    before, _heading, changed = page.partition("再次提交改了什么")
    assert "480 平方米" in before
    assert re.search(r"场地 申报条件 3 平方米 480 平方米", changed)


def test_the_queue_is_by_last_day_with_what_waits_and_what_is_late(office, stand):
    one, _manager = submitted(office)
    two, manager = submitted(office)
    advance(two, manager, office, "accept")
    stand("2026-03-12 10:00")
    client = client_of(office.first)
    page = client.get(reverse("filing-queue"))
    text = words(page)
    assert "2 件申请在本单位，1 件超期" in text
    assert text.index(one.number) < text.index(two.number)
    assert {item.key for item in items_for(office.first, at("2026-03-12").date())} >= {
        f"filing:accept:{one.pk}", f"filing:opinion:{two.pk}",
    }  # fmt: skip


def test_each_role_is_told_what_waits_for_it(office, case):
    application, manager = case

    def waiting(actor, when: str) -> list[str]:
        found = items_for(actor, at(when).date())
        return [item.key.split(":")[1] for item in found if item.key.endswith(f":{application.pk}")]

    assert waiting(office.first, DAYS["accept"]) == ["accept"]
    assert waiting(office.signer, DAYS["accept"]) == []
    advance(application, manager, office, "conclude")
    assert (waiting(office.first, DAYS["deliberate"]), waiting(office.second, DAYS["deliberate"])) == (
        [], ["deliberate"],
    )  # fmt: skip
    advance_from(application, manager, office, "deliberate", "post")
    assert waiting(office.first, "2026-03-30") == []
    assert waiting(manager, "2026-03-30") == ["undertaking"]
    assert waiting(office.first, DAYS["clear"]) == ["clear"]
    advance_from(application, manager, office, "clear", "undertake")
    assert waiting(office.signer, DAYS["sign"]) == ["sign_letter"]
    assert waiting(make_actor(office.organisation, "city_approver"), DAYS["sign"]) == []


def advance_from(application, manager, office, first: str, last: str) -> None:
    from tests.filing.handling import STEPS, _step

    for step in STEPS[STEPS.index(first) : STEPS.index(last) + 1]:
        application.refresh_from_db()
        _step(step, application, manager, office, DAYS[step])


@pytest.mark.requirement("FIL-06")
def test_anybody_objects_on_the_public_notice_and_stays_unnamed(office, case, stand):
    application, manager = case
    advance(application, manager, office, "post")
    notice = notices.newest_on(application)
    stand("2026-03-30 10:00")
    public, url = Client(), reverse("filing-notice", args=[notice.pk])
    assert application.applicant.name in words(public.get(reverse("filing-notices")))
    page = public.get(url)
    assert "电工" in words(page)
    key = re.search(r'name="key" value="([^"]+)"', page.content.decode())[1]
    told_ = {"key": key, "name": "甲辰秋", "contact": "0431-00000009", "text": "考点不是自有场地"}
    for _twice in range(2):
        assert public.post(url, told_).status_code == 302

    objection = Objection.objects.get()
    shown = words(public.get(url))
    assert "1 件异议" in shown
    assert [each for each in ("甲辰秋", "0431-00000009", "考点不是自有场地") if each in shown] == []
    client = client_of(office.third)
    page = reverse("application-objection", args=[application.pk, objection.pk])
    assert "甲辰秋" in words(client.get(page))
    assert client.post(page, {"text": "已核对产权证", "upheld": "no"}).status_code == 302
    objection.refresh_from_db()
    assert (objection.upheld, objection.replied_by_id) == (False, office.third.user_id)
    assert words(client_of(office.first).get(page)).count("已核对产权证") == 1


def test_after_the_notice_no_form_is_shown(office, case, stand):
    application, manager = case
    advance(application, manager, office, "post")
    notice = notices.newest_on(application)
    stand("2026-04-03 00:01")
    page = words(Client().get(reverse("filing-notice", args=[notice.pk])))
    assert "提交异议" not in page
    assert "公示已结束" in page


def test_the_contact_is_encrypted_at_rest(office, case):
    from django.db import connection

    application, manager = case
    advance(application, manager, office, "post")
    actions.object_to_filing(
        actor=PUBLIC, at=at("2026-03-30 10:00"), notice=notices.newest_on(application), key="k",
        objecting=Objecting("甲辰秋", "0431-00000009", "样例"),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, contact FROM filing_objector")
        kept = b"".join(bytes(value) for value in cursor.fetchone())
    assert "甲辰秋".encode() not in kept
    assert Objector.objects.get().contact == "0431-00000009"


def test_the_pilots_eight_steps_stand_as_a_strip(stand):
    from gongjiang.law.places import JILIN_PILOT

    office = jilin("province")
    application, manager = submitted(office, body_kind="employer", regime=JILIN_PILOT.code)
    advance(application, manager, office, "accept")
    stand(DAYS["opinions"])
    page = words(client_of(office.first).get(reverse("application", args=[application.pk])))
    steps = "试点征集 考核验收 规范备案 公布目录 开考申请 过程督导 结果审核 信息服务"
    assert steps in page
    assert "吉人社函字〔2019〕133号" in page


def test_a_withdrawn_application_leaves_the_queue(office, case, stand):
    application, manager = case
    write = told(manager, application, DAYS["accept"])
    actions.withdraw(**write, reason="样例：另行申请")
    stand(DAYS["accept"])
    assert application.number not in words(client_of(office.first).get(reverse("filing-queue")))
    assert queries.application_for(office.first, application.pk) == Application.everything.get(pk=application.pk)
