"""A candidate sees the own enrolments, results and certificates, and nobody else's."""

from datetime import date

import pytest
from django.test import Client
from tests.factories import at, make_actor
from tests.portal.conftest import candidate_account, set_clock

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import messages
from gongjiang.kernel.identity import reveal
from gongjiang.kernel.models import Objection
from gongjiang.results import actions as results

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def failed(world):
    """The candidate whose practical part fell short."""
    return world.noticed.enrolments.get(result__parts__1__score="58.5")


def signed(client: Client, enrolment: Enrolment) -> Client:
    client.force_login(candidate_account(enrolment), backend=BACKEND)
    return client


def test_the_page_states_where_one_stands(world, client, failed) -> None:
    page = signed(client, failed).get("/mine/").content.decode()
    assert f"<h1>{failed.name}，电工 四级/中级工，成绩公示中</h1>" in page
    assert "58.5" in page
    assert "不合格，60 分合格" in page
    assert "剩 3 个工作日" in page
    assert "还不能：有科目未合格" in page


def test_nobody_elses_name_stands_on_it(world, client, failed) -> None:
    page = signed(client, failed).get("/mine/").content.decode()
    others = Enrolment.everything.exclude(candidate=failed.candidate).values_list("name", flat=True)
    assert [name for name in others if name in page and name != failed.name] == []
    assert failed.candidate.identity not in page


def test_an_enrolment_of_somebody_else_isnt_there(world, client, failed) -> None:
    other = Enrolment.everything.exclude(candidate=failed.candidate).first()
    signed(client, failed)
    assert client.get(f"/mine/{other.pk}/").status_code == 404
    assert client.get(f"/mine/{failed.pk}/").status_code == 200


def test_staff_have_no_page_of_their_own_here(world, sign_in) -> None:
    assert sign_in(world.body.organisation, "exam_clerk").get("/mine/").status_code == 403


def test_a_stranger_signs_in_first(client, db) -> None:
    assert client.get("/mine/")["Location"] == "/account/login/?next=/mine/"


@pytest.mark.requirement("MRK-03")
def test_an_objection_is_raised_and_its_reply_awaited(world, client, failed) -> None:
    signed(client, failed)
    assert f'href="/results/{failed.result.pk}/"' in client.get("/mine/").content.decode()
    form = client.get(f"/results/{failed.result.pk}/").context["form"]
    sent = {"text": "操作技能第 3 处接线我画对了。", "key": form["key"].value()}
    assert client.post(f"/results/{failed.result.pk}/object/", sent).status_code == 302
    objection = Objection.objects.get()
    assert (objection.about_id, objection.reply_last_day) == (str(failed.result.pk), date(2026, 6, 25))
    page = client.get("/mine/").content.decode()
    assert "您的异议已受理" in page
    assert "2026-06-25" in page


@pytest.mark.requirement("MRK-03")
def test_after_the_notice_no_objection(world, client, failed) -> None:
    signed(client, failed)
    set_clock("2026-06-24 00:05")
    assert "您可以对成绩提出异议" not in client.get("/mine/").content.decode()


def test_results_stay_hidden_until_posted(world, client) -> None:
    enrolment = world.noticed.enrolments.order_by("pk").first()
    batch = world.noticed
    type(batch).everything.filter(pk=batch.pk).update(noticed_on=None, state="scored")
    page = signed(client, enrolment).get("/mine/").content.decode()
    assert "评分中" in page
    assert "理论知识考试</p><b>" not in page


@pytest.mark.requirement("ARR-06")
def test_the_ticket_shows_once_released(released, client) -> None:
    set_clock("2026-05-28 09:00")
    enrolment = released.enrolments.order_by("pk").first()
    page = signed(client, enrolment).get("/mine/").content.decode()
    assert enrolment.ticket_number in page
    assert "座位" in page
    arrangement = released.arrangements.get(superseded=False)
    arrangement.released_at = None
    arrangement.save()
    hidden = client.get("/mine/").content.decode()
    assert enrolment.ticket_number not in hidden
    assert 'id="ticket"' not in hidden


def test_certificates_stand_below(world, client) -> None:
    certificate = world.certificates[0]
    page = signed(client, certificate.result.enrolment).get("/mine/").content.decode()
    assert certificate.number in page
    assert world.certificates[1].number not in page


def test_a_numbered_certificate_is_seen_by_nobody(world, client) -> None:
    certificate = world.certificates[0]
    type(certificate).everything.filter(pk=certificate.pk).update(state="numbered")
    assert certificate.number not in signed(client, certificate.result.enrolment).get("/mine/").content.decode()


def test_who_saw_the_number_stands_with_the_purpose(world, client, failed) -> None:
    signed(client, failed)
    assert "没有人看过全文" in client.get("/mine/").content.decode()
    reviewer = make_actor(world.body.organisation, "eligibility_reviewer")
    reveal(record=failed.candidate, field="identity", actor=reviewer, purpose="与身份证核对", at=at("2026-06-16 09:00"))
    other = Enrolment.everything.exclude(candidate=failed.candidate).first()
    reveal(record=other.candidate, field="identity", actor=reviewer, purpose="核对别人的", at=at("2026-06-16 09:01"))
    page = client.get("/mine/").content.decode()
    assert "资格审核人员: 与身份证核对" in page
    assert "核对别人的" not in page


def test_messages_of_the_candidate_only(world, client, failed) -> None:
    messages.tell(
        key="a", subject="给您的", text="内容", at=at("2026-06-16 09:00"), person_key=failed.candidate.person_key
    )
    messages.tell(key="b", subject="给别人的", text="内容", at=at("2026-06-16 09:00"), person_key="x" * 64)
    page = signed(client, failed).get("/mine/").content.decode()
    assert ("给您的" in page, "给别人的" in page) == (True, False)


def test_a_reply_shows_on_the_timeline(world, client, failed) -> None:
    objection = results.object_to_result(
        actor=make_actor(world.body.organisation, "exam_clerk"),
        at=at("2026-06-16 09:40"),
        result=failed.result,
        text="接线图第 3 处我画对了。",
        key="o1",
    )
    results.reply_to_objection(
        actor=make_actor(world.body.organisation, "body_manager"),
        at=at("2026-06-17 09:00"),
        objection=objection,
        text="复核后维持原分。",
        upheld=False,
    )
    page = signed(client, failed).get("/mine/").content.decode()
    assert "异议不成立" in page
    assert "复核后维持原分。" in page


def test_no_personal_data_in_addresses(world, client, failed) -> None:
    page = signed(client, failed).get("/mine/")
    links = page.content.decode().split('href="')[1:]
    secrets = (failed.name, failed.candidate.identity, failed.candidate.person_key, failed.candidate.identity_masked)
    assert [link for link in links if any(secret in link.split('"')[0] for secret in secrets)] == []
    assert "no-store" in page["Cache-Control"]


def test_someone_without_enrolments_is_shown_the_way(world, client) -> None:
    user = candidate_account(world.enrolment)
    user.person_key = "f" * 64
    user.save()
    client.force_login(user, backend=BACKEND)
    page = client.get("/mine/").content.decode()
    assert "您还没有报名" in page
    assert 'href="/announcements/"' in page
