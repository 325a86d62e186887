"""The home page of each role, and how the work queue is grouped."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.factories import make_organisation, make_user
from tests.portal.conftest import candidate_account, set_clock

from gongjiang.accounts.models import RoleAssignment
from gongjiang.kernel import queue
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import AuditEntry, Objection
from gongjiang.kernel.queue import QueueItem
from gongjiang.kernel.roles import AUTHORITY_ROLES, BODY_ROLES
from gongjiang.law.calendar import Calendar
from gongjiang.planning.models import Batch
from gongjiang.portal import queries, waiting
from gongjiang.portal.views_home import first_of

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"
TODAY = date(2026, 6, 17)
CALENDAR = Calendar.default()


def item(deadline: date | None, *, key: str = "announce:1", provisional: bool = False) -> QueueItem:
    return QueueItem("办事", "", "2026 年第 1 批", "/batches/1/", "打开", deadline, provisional, key=key)


def test_days_off_before_a_holiday() -> None:
    off = waiting.next_days_off(TODAY, CALENDAR)
    assert (off.first, off.last, off.name, off.working_days) == (date(2026, 6, 19), date(2026, 6, 21), "端午节", 1)


def test_days_off_are_the_next_even_within_a_stretch() -> None:
    off = waiting.next_days_off(date(2026, 6, 20), CALENDAR)
    assert (off.first, off.last, off.name, off.working_days) == (date(2026, 6, 27), date(2026, 6, 28), "", 5)


@pytest.mark.parametrize(
    ("deadline", "provisional", "group"),
    [
        (date(2026, 6, 16), False, "over"),
        (date(2026, 6, 16), True, "soon"),
        (date(2026, 6, 17), False, "soon"),
        (date(2026, 6, 18), False, "soon"),
        (date(2026, 6, 21), False, "soon"),
        (date(2026, 6, 22), False, "later"),
        (None, False, "later"),
    ],
)
def test_an_item_falls_into_its_group(deadline: date | None, provisional: bool, group: str) -> None:
    off = waiting.next_days_off(TODAY, CALENDAR)
    assert waiting.kind_of(item(deadline, provisional=provisional), TODAY, off) == group


def test_groups_keep_order_and_leave_out_the_empty() -> None:
    off = waiting.next_days_off(TODAY, CALENDAR)
    groups = waiting.groups_of([item(date(2026, 6, 16)), item(date(2026, 6, 23)), item(None)], TODAY, off)
    assert [(group.label, group.kind, len(group.items)) for group in groups] == [
        ("已逾期", "over", 1),
        ("节后", "later", 2),
    ]
    assert groups[0].items[0].due is not None
    assert (groups[0].items[0].due.overdue_by, groups[1].items[1].due) == (1, None)


def test_the_first_items_keep_everything_overdue() -> None:
    off = waiting.next_days_off(TODAY, CALENDAR)
    items = [item(date(2026, 6, 16)) for _n in range(4)] + [item(date(2026, 6, 23)) for _n in range(3)]
    shown, left = first_of(waiting.groups_of(items, TODAY, off), 3)
    assert ([len(group.items) for group in shown], left) == ([4], 3)


def test_deadlines_ahead_by_kind() -> None:
    items = [
        item(date(2026, 6, 16), key="report.prepare:1"),
        item(date(2026, 6, 23), key="objection:4"),
        item(date(2026, 6, 23), key="lock_arrangement:4"),
        item(date(2026, 8, 1)),
        item(None),
    ]
    chart = waiting.ahead(items, TODAY)
    assert chart is not None
    assert chart.categories == ("已逾期", "06-23")
    assert [(series.role, series.values) for series in chart.series] == [
        ("indigo", (1, 0)),
        ("jade", (0, 1)),
        ("amber", (0, 1)),
    ]
    assert waiting.ahead([item(None)], TODAY) is None


@pytest.fixture
def two_items(monkeypatch):
    def source(_actor: Actor, _today: date):
        yield QueueItem("上报成绩", "", "第 9 批", "/batches/9/", "生成", date(2026, 6, 16), key="report:9")
        yield QueueItem("锁定考场", "", "第 15 批", "/batches/15/", "打开", date(2026, 6, 18), key="lock:15")

    monkeypatch.setattr(queue, "_sources", [(frozenset({"exam_clerk"}), source)])


def test_the_title_states_the_position(world, two_items, sign_in) -> None:
    page = sign_in(world.body.organisation, "exam_clerk").get("/home/").content.decode()
    assert "<h1>2 件事等您，1 件已逾期</h1>" in page
    assert "06-19 – 06-21 端午节放假，放假前除今天外还有 1 个工作日" in page
    assert page.index("上报成绩") < page.index("锁定考场")
    assert 'class="over"' in page


def test_the_header_counts_what_waited(world, two_items, sign_in) -> None:
    client = sign_in(world.body.organisation, "exam_clerk")
    client.get("/home/")
    assert '<span class="cnt">2</span>' in client.get("/batches/").content.decode()


@pytest.mark.parametrize("role", BODY_ROLES)
def test_every_role_of_a_body_has_a_home(world, sign_in, role: str) -> None:
    response = sign_in(world.body.organisation, role).get("/home/")
    assert response.status_code == 200
    assert world.foreign.title not in response.content.decode()


@pytest.mark.parametrize("role", AUTHORITY_ROLES)
def test_every_role_of_an_authority_sees_its_area(world, sign_in, role: str) -> None:
    response = sign_in(world.tree["province"], role).get("/home/")
    page = response.content.decode()
    assert response.status_code == 200
    assert "今日辖区" in page
    assert (world.noticed.title in page, world.foreign.title in page) == (True, True)


def test_a_city_sees_its_own_bodies_only(world, sign_in) -> None:
    page = sign_in(world.tree["changchun"], "city_officer").get("/home/").content.decode()
    assert (world.noticed.title in page, world.foreign.title in page) == (True, False)
    assert world.other_body.name not in page


def test_a_stranger_signs_in_first(client: Client, db) -> None:
    response = client.get("/home/")
    assert (response.status_code, response["Location"]) == (302, "/account/login/?next=/home/")


def test_someone_without_a_role_is_told_whom_it_is_open_to(client: Client, tree) -> None:
    client.force_login(make_user(tree["province"]), backend=BACKEND)
    assert client.get("/home/").status_code == 403


def test_a_candidate_is_led_to_the_own_page(world, client: Client) -> None:
    client.force_login(candidate_account(world.enrolment), backend=BACKEND)
    assert client.get("/home/")["Location"] == "/mine/"


@pytest.mark.requirement("RPT-01")
def test_an_overdue_report_stands_with_the_area(world, sign_in) -> None:
    Batch.everything.filter(pk=world.issued.pk).update(issued_on=date(2026, 6, 15))
    client = sign_in(world.tree["changchun"], "city_officer")
    set_clock("2026-07-28 10:00")
    assert "辖区内逾期未上报" not in client.get("/home/").content.decode()
    set_clock("2026-07-29 10:00")
    page = client.get("/home/").content.decode()
    assert "辖区内逾期未上报" in page
    assert "逾期 1 个工作日" in page


def test_figures_of_an_area(world) -> None:
    city = world.tree["changchun"]
    officer = Actor("staff", 1, "", frozenset({"city_officer"}), city.pk, city.path)
    found = queries.area_figures(officer, TODAY, reports=0, objections=0)
    assert (found.bodies, found.on_file, found.batches, found.on_notice) == (1, 1, 3, 1)
    assert queries.counts_by_step(officer)["notice"] == 1
    assert list(queries.ending_soon(officer, TODAY)) == []
    assert list(queries.objections_overdue(officer, TODAY)) == list(Objection.objects.none())


def test_someone_in_two_organisations_chooses(world, client: Client) -> None:
    user = make_user(world.body.organisation, "exam_clerk")
    RoleAssignment.objects.create(
        user=user, organisation=world.other_body.organisation, role="exam_clerk", since=date(2020, 1, 1)
    )
    client.force_login(user, backend=BACKEND)
    page = client.get("/home/").content.decode()
    assert (world.noticed.title in page, world.foreign.title in page) == (True, False)
    response = client.post("/home/act-for/", {"organisation": world.other_body.organisation.pk})
    assert response["Location"] == "/home/"
    page = client.get("/home/").content.decode()
    assert (world.noticed.title in page, world.foreign.title in page) == (False, True)
    entry = AuditEntry.objects.get(action="account.act_for")
    assert entry.facts == {"from": world.body.organisation_id, "to": world.other_body.organisation_id}


@pytest.mark.parametrize("organisation", ["", "x", "0", "99999999999999999999"])
def test_nobody_acts_where_no_role_is_held(world, sign_in, organisation: str) -> None:
    client = sign_in(world.body.organisation, "exam_clerk")
    assert client.post("/home/act-for/", {"organisation": organisation}).status_code == 403
    assert client.post("/home/act-for/", {"organisation": world.other_body.organisation_id}).status_code == 403
    assert "organisation_id" not in client.session


def test_home_asks_as_many_queries_for_three_batches_as_for_one(world, sign_in, django_assert_num_queries) -> None:
    mine = Batch.everything.filter(body=world.body)
    mine.update(state="issued", noticed_on=date(2026, 6, 4), issued_on=date(2026, 6, 15))
    client = sign_in(world.body.organisation, "assessor")
    client.get("/home/")
    with CaptureQueriesContext(connection) as three:
        assert client.get("/home/").content.decode().count('class="mini"') == 3
    mine.exclude(pk=world.noticed.pk).update(state="cancelled")
    with django_assert_num_queries(len(three)):
        assert client.get("/home/").content.decode().count('class="mini"') == 1


def test_duties_show_once_released(released, sign_in, client: Client) -> None:
    set_clock("2026-05-28 09:00")
    duty = released.duties.filter(role="invigilator").first()
    user = make_user(released.body.organisation, "invigilator")
    duty.member.user = user
    duty.member.save()
    client.force_login(user, backend=BACKEND)
    assert "我的考务安排" in client.get("/home/").content.decode()
    arrangement = released.arrangements.get(superseded=False)
    arrangement.released_at = None
    arrangement.save()
    assert "我的考务安排" not in client.get("/home/").content.decode()


def test_no_organisation_no_batches(db) -> None:
    organisation = make_organisation("body", "别处", "2203")
    actor = Actor("staff", 1, "", frozenset({"exam_clerk"}), organisation.pk, organisation.path or "")
    assert list(queries.under_way(actor)) == []
