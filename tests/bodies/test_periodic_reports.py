from datetime import date

import pytest
from tests.factories import at, make_actor, make_batch, make_body, make_tree, make_user

from gongjiang.bodies import actions, owed
from gongjiang.bodies.models import PeriodicReport
from gongjiang.bodies.queue import of_the_authority, of_the_body
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.refusal import NotAllowed, Refused

pytestmark = pytest.mark.django_db
CREDIT_CODES = ("91350100M000100Y43", "91350100M000100X9H", "12100000400000624D")


@pytest.fixture
def tree():
    return make_tree()


@pytest.fixture
def body(tree):
    return make_body(tree["changchun"])


@pytest.fixture
def manager(body):
    return make_actor(body.organisation, "body_manager", "exam_clerk")


@pytest.fixture
def officer(tree):
    return make_actor(tree["changchun"], "city_officer")


def periods(body, day: str) -> list[tuple[str, str, str]]:
    found = owed.owed_by(body, date.fromisoformat(day))
    return [(each.kind, each.period, each.due_on.isoformat()) for each in found]


@pytest.mark.requirement("FIL-14")
def test_what_is_owed_follows_the_law_and_the_settings_of_the_place(body):
    assert periods(body, "2026-04-10") == [
        ("statistics", "2025-Q4", "2026-01-15"),
        ("summary", "2025", "2026-01-31"),
        ("plan", "2026", "2026-03-31"),
        ("statistics", "2026-Q1", "2026-04-15"),
    ]
    cites = {each.kind: [cite.key for cite in each.cites] for each in owed.owed_by(body, date(2026, 4, 10))}
    assert cites == {
        "plan": ["JL-2024-5§7(9)"],
        "summary": ["JL-2024-5§7(9)"],
        "statistics": ["JL-2024-5§7(9)", "MOHRSS-2020-17§21"],
    }


@pytest.mark.requirement("FIL-14", "GOV-04")
def test_xinzhou_asks_for_statistics_only(tree):
    body = make_body(tree["changchun"], regime="1409")
    found = owed.owed_by(body, date(2026, 4, 10))
    assert [(each.kind, each.period, [c.key for c in each.cites]) for each in found] == [
        ("statistics", "2025-Q4", ["XZ-2024-2§20"]),
        ("statistics", "2026-Q1", ["XZ-2024-2§20"]),
    ]


@pytest.mark.requirement("FIL-14")
def test_nothing_is_owed_for_a_time_before_the_filing_or_after_its_end(body):
    assert periods(body, "2025-10-07") == []
    assert ("plan", "2025", "2025-03-31") not in periods(body, "2025-12-31")
    body.terms.update(until=date(2026, 1, 1))
    assert [each for each in periods(body, "2026-04-10") if each[1].startswith("2026")] == []


@pytest.mark.requirement("FIL-14")
def test_a_report_goes_in_with_the_figures_of_its_period(tree, body, manager, officer):
    make_batch(body, manager)
    given = {"actor": manager, "body": body, "kind": "plan", "period": "2026"}
    draft = actions.save_report(at=at("2026-02-01"), text="拟开展电工四级认定。", **given)
    assert (draft.state, draft.data, draft.due_on) == ("draft", {}, date(2026, 3, 31))

    report = actions.submit_report(at=at("2026-04-05"), text="拟开展电工四级认定一批。", **given)

    assert (report.state, report.data, report.submitted_on) == ("submitted", {"batches_planned": 1}, date(2026, 4, 5))
    entry = AuditEntry.objects.latest("seq")
    assert (entry.action, entry.facts["late_days"], entry.cites) == ("periodic_report.submit", 5, ["JL-2024-5§7(9)"])
    # Once, however many bodies and centres stand under the authority.
    make_body(tree["changchun"], name="样例二", code="S000022999019", credit_code=CREDIT_CODES[2])
    assert [item.key for item in of_the_authority(officer, date(2026, 4, 6))] == [f"periodic-report-{report.pk}"]
    with pytest.raises(Refused) as refused:
        actions.save_report(at=at("2026-04-06"), text="改", **given)
    assert refused.value.codes == ("handed-in",)

    actions.return_report(actor=officer, at=at("2026-04-07"), report=report, reason="请补充人数。")
    assert ("plan", "2026") in [(o.kind, o.period) for _b, o, _s in owed.outstanding([body], date(2026, 4, 8))]
    report = actions.submit_report(at=at("2026-04-08"), text="一批，四十人。", **given)
    actions.accept_report(actor=officer, at=at("2026-04-09"), report=report)
    assert PeriodicReport.everything.get().state == "accepted"
    assert ("plan", "2026") not in [(o.kind, o.period) for _b, o, _s in owed.outstanding([body], date(2026, 4, 10))]


@pytest.mark.requirement("FIL-14")
@pytest.mark.parametrize(
    ("change", "codes"),
    [({"text": " "}, ("report-empty",)), ({"period": "2031"}, ("not-owed",)), ({"kind": "summary"}, ("not-owed",))],
)
def test_a_wrong_report_is_refused_whole(body, manager, change, codes):
    given = {"kind": "plan", "period": "2026", "text": "计划", **change}
    with pytest.raises(Refused) as refused:
        actions.submit_report(actor=manager, at=at("2026-02-01"), body=body, **given)
    assert (refused.value.codes, PeriodicReport.everything.count()) == (codes, 0)


@pytest.mark.requirement("FIL-14")
def test_the_body_doesnt_accept_its_own_report(body, manager):
    report = actions.submit_report(
        actor=manager, at=at("2026-02-01"), body=body, kind="plan", period="2026", text="计划"
    )
    with pytest.raises(NotAllowed) as refused:
        actions.accept_report(actor=manager, at=at("2026-02-02"), report=report)
    assert refused.value.codes == ("wrong-role",)


@pytest.mark.requirement("FIL-14")
def test_what_is_due_stands_in_the_bodys_queue(body, manager):
    keys = [(item.key.split("-", 2)[2], item.deadline) for item in of_the_body(manager, date(2026, 2, 20))]
    assert keys == [
        ("statistics-2025-Q4", date(2026, 1, 15)),
        ("summary-2025", date(2026, 1, 31)),
        ("plan-2026", date(2026, 3, 31)),
    ]


@pytest.mark.requirement("FIL-14")
def test_the_board_shows_who_is_late_and_the_pages_work(tree, body, client, set_clock):
    set_clock("2026-02-20 10:00")
    other = make_body(
        tree["jilin_city"], name="吉林墨线（样例）", code="S000022999018", credit_code="91350100M000100X9H"
    )
    other.sites.update(division="220202")
    client.force_login(make_user(tree["changchun"], "city_officer"))
    board = client.get("/boards/").content.decode()
    assert (board.count(body.name) > 0, other.name in board) == (True, False)
    assert "2 份报告逾期" in board

    client.force_login(make_user(body.organisation, "body_manager"))
    assert client.get(f"/bodies/{other.pk}/reports/").status_code == 404
    assert client.get(f"/bodies/{body.pk}/reports/").status_code == 200
    url = f"/bodies/{body.pk}/reports/summary/2025/"
    assert client.get(url).status_code == 200
    assert client.post(url, {"text": "本年度未开考。", "submit": "1"}).status_code == 302
    report = PeriodicReport.everything.get()
    client.force_login(make_user(tree["jilin_city"], "city_officer"))
    assert client.get(f"/periodic-reports/{report.pk}/").status_code == 404
    assert client.post(f"/periodic-reports/{report.pk}/accept/").status_code == 404
    client.force_login(make_user(tree["changchun"], "city_officer"))
    assert "本年度未开考。" in client.get(f"/periodic-reports/{report.pk}/").content.decode()
    assert client.post(f"/periodic-reports/{report.pk}/accept/").status_code == 302
    report.refresh_from_db()
    assert report.state == "accepted"


@pytest.mark.requirement("FIL-14")
@pytest.mark.parametrize("n", [1, 3])
def test_the_board_takes_the_same_queries_for_one_body_and_three(tree, n, django_assert_num_queries):
    from gongjiang.bodies.panels import late_reports

    for number in range(n):
        code, credit = (
            f"S00002299901{number}",
            ("91350100M000100Y43", "91350100M000100X9H", "12100000400000624D")[number],
        )
        make_body(tree["changchun"], name=f"样例 {number}", code=code, credit_code=credit)
    officer = make_actor(tree["changchun"], "city_officer")
    with django_assert_num_queries(4):
        shown = late_reports(officer, date(2026, 2, 20))
    assert shown["n"] == 2 * n
