"""The demo: a way in without a password, a clock that moves to what comes next, and none of it in production."""

from datetime import date, datetime

import pytest
from django.contrib.auth import SESSION_KEY
from django.test import Client
from tests.factories import at, make_user
from tests.portal.conftest import candidate_account, set_clock

from gongjiang.kernel import clock
from gongjiang.kernel.actor import PUBLIC, system
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import AuditEntry, DemoClock, Objection, PublicNotice
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.models import Batch
from gongjiang.portal import actions, demo_data
from gongjiang.portal.queries_clock import last_instant, target_of
from gongjiang.portal.views_demo import TRY
from gongjiang.reports.models import ReportPackage
from gongjiang.results import actions as results

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 6, 17, 10, 24, tzinfo=SHANGHAI)


@pytest.fixture
def demo(settings):
    settings.DEMO = True


def instant(text: str) -> datetime:
    return at(text)


def test_outside_the_demo_there_is_none_of_it(client: Client, tree) -> None:
    user = make_user(tree["province"], "provincial_officer")
    assert client.get("/demo/").status_code == 404
    assert client.post("/demo/sign-in/", {"account": user.pk}).status_code == 404
    assert client.post("/demo/clock/", {"step": "day"}).status_code == 404
    assert (DemoClock.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_in_production_the_actions_refuse_too(settings, tree) -> None:
    settings.DEMO = settings.TEST = False
    user = make_user(tree["province"], "provincial_officer")
    user.is_demo = True
    for call in (
        lambda: actions.enter_demo(actor=PUBLIC, at=NOW, user=user),
        lambda: actions.move_demo_clock(actor=PUBLIC, at=NOW, step="day"),
        lambda: actions.set_demo_clock(actor=system("demo"), at=NOW, to=NOW),
    ):
        with pytest.raises(NotAllowed):
            call()
    DemoClock.objects.create(shift_seconds=86_400)
    assert abs((clock.now() - datetime.now(SHANGHAI)).total_seconds()) < 5


def test_a_way_in_for_each_person(demo, client: Client, world) -> None:
    clerk = make_user(world.body.organisation, "exam_clerk", "body_manager", name="丁卯春")
    real = make_user(world.body.organisation, "scorer", name="非演示人")
    clerk.is_demo = True
    clerk.save()
    page = client.get("/demo/").content.decode()
    assert f'<input type="hidden" name="account" value="{clerk.pk}">' in page
    assert "丁卯春" in page
    assert str(TRY["body_manager"]) in page
    assert real.display_name not in page


def test_one_click_signs_in(demo, client: Client, tree) -> None:
    user = make_user(tree["province"], "provincial_officer")
    user.is_demo = True
    user.save()
    client.session["left over"] = "x"
    response = client.post("/demo/sign-in/", {"account": user.pk})
    assert (response.status_code, response["Location"]) == (302, "/home/")
    assert client.session[SESSION_KEY] == str(user.pk)
    assert client.get("/home/").status_code == 200
    assert AuditEntry.objects.get(action="demo.sign_in").subject_id == str(user.pk)


def test_a_candidate_comes_in_too(demo, client: Client, world) -> None:
    user = candidate_account(world.enrolment)
    user.is_demo = True
    user.save()
    assert client.post("/demo/sign-in/", {"account": user.pk}, follow=True).request["PATH_INFO"] == "/mine/"


@pytest.mark.parametrize("account", ["", "x", "0", "-1", "99999999999999999999999"])
def test_nobody_unknown_comes_in(demo, client: Client, tree, account: str) -> None:
    assert client.post("/demo/sign-in/", {"account": account}).status_code == 404


def test_only_the_demos_people_come_in(demo, client: Client, tree) -> None:
    real = make_user(tree["province"], "provincial_officer")
    assert client.post("/demo/sign-in/", {"account": real.pk}).status_code == 404
    with pytest.raises(NotAllowed):
        actions.enter_demo(actor=PUBLIC, at=NOW, user=real)
    assert SESSION_KEY not in client.session


@pytest.mark.parametrize(
    ("step", "since", "to"),
    [
        pytest.param("day", "2026-06-17 10:24", "2026-06-18 10:24", id="an ordinary day"),
        pytest.param("day", "2026-06-18 10:24", "2026-06-22 10:24", id="over the holiday"),
        pytest.param("day", "2026-02-13 09:00", "2026-02-14 09:00", id="a Saturday that is worked"),
        pytest.param("week", "2026-06-17 10:24", "2026-06-24 10:24", id="a week"),
    ],
)
def test_the_clock_moves(db, step: str, since: str, to: str) -> None:
    set_clock(since)
    move = actions.move_demo_clock(actor=PUBLIC, at=instant(since), step=step)
    assert move.to == instant(to)
    assert abs((clock.now() - instant(to)).total_seconds()) < 5
    entry = AuditEntry.objects.get(action="demo.clock")
    assert (entry.at, entry.facts["step"]) == (instant(to), step)


def test_the_next_deadline_is_the_soonest_of_all(world) -> None:
    """A notice and enrolment open the day after their last day; replies and reports are due on theirs."""
    seen = []
    now = NOW
    for _n in range(5):
        target = target_of("deadline", now)
        if target is None:
            break
        seen.append((target.to.date(), target.what))
        now = target.to
    assert seen == [
        (date(2026, 6, 24), f"“{PublicNotice.objects.order_by('title').first().title}”公示期满"),
        (date(2026, 6, 27), "“2026 年第 4 批”报名截止"),
    ]


def test_an_objection_comes_before_the_later_ones(world) -> None:
    result = world.enrolment.result
    actor = world.clerk
    results.object_to_result(actor=actor, at=instant("2026-06-16 09:00"), result=result, text="请复核", key="k")
    Objection.objects.update(reply_last_day=date(2026, 6, 22))
    assert target_of("deadline", NOW).to == instant("2026-06-22 08:30")
    assert target_of("deadline", NOW).what == "异议答复的最后一天"


def test_a_report_and_an_exam_are_deadlines(world) -> None:
    PublicNotice.objects.update(withdrawn_on=date(2026, 6, 16))
    Batch.everything.filter(pk=world.announced.pk).update(state="ready")
    assert target_of("deadline", NOW).what == "“2026 年第 4 批”考试"
    ReportPackage.everything.create(
        batch=world.issued,
        number="R1",
        due_on=date(2026, 7, 1),
        rows_digest="0" * 64,
        row_count=2,
        prepared_at=NOW,
    )
    assert target_of("deadline", NOW).to == instant("2026-07-01 08:30")


def test_without_a_deadline_the_clock_says_so(db) -> None:
    with pytest.raises(Refused) as refused:
        actions.move_demo_clock(actor=PUBLIC, at=NOW, step="deadline")
    assert refused.value.codes == ("no-deadline",)
    with pytest.raises(Refused):
        actions.move_demo_clock(actor=PUBLIC, at=NOW, step="year")
    assert DemoClock.objects.count() == 0


def test_the_ribbon_moves_the_clock_and_returns(demo, client: Client, world) -> None:
    page = client.get("/law/").content.decode()
    assert 'action="/demo/clock/"' in page
    response = client.post("/demo/clock/", {"step": "day", "next": "/law/?place=22"}, follow=True)
    assert response.redirect_chain == [("/law/?place=22", 302)]
    assert "时钟拨到 2026-06-18" in response.content.decode()


@pytest.mark.parametrize("away", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", ""])
def test_the_ribbon_leads_nowhere_else(demo, client: Client, world, away: str) -> None:
    assert client.post("/demo/clock/", {"step": "day", "next": away})["Location"] == "/public/"


def test_the_clock_needs_a_post_with_a_token(demo, world) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert strict.get("/demo/clock/").status_code == 405
    assert strict.post("/demo/clock/", {"step": "day"}).status_code == 403


def test_only_the_platform_sets_the_clock(db) -> None:
    with pytest.raises(NotAllowed):
        actions.set_demo_clock(actor=PUBLIC, at=NOW, to=NOW)


def test_the_demo_goes_on_where_it_was_left(world) -> None:
    left = last_instant()
    set_clock("2026-09-17 10:24")
    demo_data.resume()
    assert 0 <= (clock.now() - left).total_seconds() < 70
    demo_data.resume()
    assert 0 <= (clock.now() - left).total_seconds() < 70


def test_what_the_command_knows_of_the_data(tree, tmp_path, monkeypatch) -> None:
    def known() -> tuple[bool, bool, bool]:
        return demo_data.is_loaded(), demo_data.is_half_loaded(), demo_data.is_foreign()

    monkeypatch.setattr(demo_data, "MARK", tmp_path / "loaded")
    assert known() == (False, False, False)
    user = make_user(tree["province"], "provincial_officer")
    assert known() == (False, False, True)
    user.is_demo = True
    user.save()
    assert known() == (False, True, False)
    demo_data.MARK.write_text("")
    assert known() == (True, False, False)
