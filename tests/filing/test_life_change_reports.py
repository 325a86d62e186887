from datetime import date

import pytest
from tests.factories import at, make_actor, make_tree
from tests.filing.life import another_body, xinzhou_tree

from gongjiang.bodies.actions import Ruling, amend
from gongjiang.filing import change_reports
from gongjiang.filing.actions.life_reports import make_change_report, mark_sent
from gongjiang.filing.change_reports import Quarter, quarter_of
from gongjiang.filing.models import ChangeReport
from gongjiang.kernel import files
from gongjiang.kernel.actor import system
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.kernel.sheets.read import read_table

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("FIL-07")]
SECOND = Quarter(2026, 2)


@pytest.fixture
def tree():
    return xinzhou_tree()


@pytest.fixture
def officer(tree):
    return make_actor(tree["city"], "city_officer")


def amended(body, day: str, **changes):
    ruling = Ruling("样例变更", "样例忻州市人社局", date.fromisoformat(day), letter_number="样例")
    return amend(actor=system("test"), at=at(f"{day} 09:00"), body=body, changes=changes, ruling=ruling)


def test_a_quarters_amendments_are_listed_with_before_and_after(tree, officer):
    body = another_body(tree["city"], "6-31-01-03")
    stranger = another_body(make_tree()["changchun"], "6-31-01-03", place="2201")
    amended(body, "2026-03-31", registered_address="样例旧路 1 号")
    amended(body, "2026-04-01", registered_address="样例新路 1 号")
    amended(body, "2026-06-30", legal_representative="己巳秋", name="忻州准绳技能评价中心（样例）")
    amended(body, "2026-07-01", registered_address="样例又路 1 号")
    amended(stranger, "2026-05-01", registered_address="样例别路 1 号")

    report = make_change_report(actor=officer, at=at("2026-07-02"), authority=tree["city"], quarter=SECOND)

    assert [row[2:] for row in report.rows] == [
        ["2026-04-01", "注册地址", "样例旧路 1 号", "样例新路 1 号"],
        ["2026-06-30", "法定代表人", "—", "己巳秋"],
        ["2026-06-30", "名称", body.name, "忻州准绳技能评价中心（样例）"],
    ]
    assert (report.due_on, report.cites) == (date(2026, 7, 15), ["XZ-2024-2§21"])
    sheet = read_table(
        files.read(report.sheet), header_aliases={name: name for name in change_reports.HEADINGS}, required=()
    )
    assert [row.text("变更后") for row in sheet.rows] == [row[5] for row in report.rows]
    assert files.read(report.paper)[:5] == b"%PDF-"
    again = make_change_report(actor=officer, at=at("2026-07-09"), authority=tree["city"], quarter=SECOND)
    assert again.pk == report.pk


def test_a_quarter_without_amendments_is_reported_too(tree, officer):
    report = make_change_report(actor=officer, at=at("2026-07-01"), authority=tree["city"], quarter=SECOND)
    assert report.rows == []


def test_a_running_quarter_is_not_reported(tree, officer):
    with pytest.raises(Refused) as refused:
        make_change_report(actor=officer, at=at("2026-06-30 23:59"), authority=tree["city"], quarter=SECOND)
    assert refused.value.codes == ("quarter-running",)


def test_jilin_asks_for_no_such_report():
    city = make_tree()["changchun"]
    with pytest.raises(Refused) as refused:
        make_change_report(actor=make_actor(city, "city_officer"), at=at("2026-07-02"), authority=city, quarter=SECOND)
    assert refused.value.codes == ("no-report-here",)
    assert change_reports.owed(city, date(2026, 7, 2)) == []


def test_what_is_owed_ends_when_it_is_sent(tree, officer):
    today = date(2026, 7, 2)
    assert [(q.year, q.number) for q in change_reports.owed(tree["city"], today)] == [
        (2026, 2),
        (2026, 1),
        (2025, 4),
        (2025, 3),
    ]
    report = make_change_report(actor=officer, at=at("2026-07-02"), authority=tree["city"], quarter=SECOND)
    assert SECOND in change_reports.owed(tree["city"], today)
    sent = mark_sent(actor=officer, at=at("2026-07-03"), report=report, how="样例文号")
    assert (sent.sent_on, SECOND in change_reports.owed(tree["city"], today)) == (date(2026, 7, 3), False)
    with pytest.raises(Refused) as refused:
        mark_sent(actor=officer, at=at("2026-07-04"), report=report, how="样例文号")
    assert refused.value.codes == ("sent-already",)


def test_the_centre_reports_and_sees_it_and_another_city_does_not(tree):
    centre = make_actor(tree["centre"], "centre_officer")
    report = make_change_report(actor=centre, at=at("2026-07-02"), authority=tree["city"], quarter=SECOND)
    assert change_reports.report_for(centre, report.pk) == report
    assert change_reports.report_for(make_actor(tree["provincial_centre"], "centre_officer"), report.pk) == report
    elsewhere = make_tree()
    for stranger in (
        make_actor(elsewhere["changchun"], "city_officer"),
        make_actor(elsewhere["centre"], "centre_officer"),
    ):
        with pytest.raises(NotAllowed):
            mark_sent(actor=stranger, at=at("2026-07-03"), report=report, how="x")
        with pytest.raises(ChangeReport.DoesNotExist):
            change_reports.report_for(stranger, report.pk)


@pytest.mark.parametrize(
    ("day", "quarter"), [("2026-01-01", (2026, 1)), ("2026-03-31", (2026, 1)), ("2026-12-31", (2026, 4))]
)
def test_every_day_lies_in_one_quarter(day, quarter):
    found = quarter_of(date.fromisoformat(day))
    assert (found.year, found.number) == quarter
    assert found.since <= date.fromisoformat(day) < found.until
