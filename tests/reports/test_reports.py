"""The report of a batch: its sheet cell by cell, its term, what came back, and nothing twice."""

import io
from datetime import date

import openpyxl
import pytest
from tests.factories import at, make_actor, make_confirmed_batch

from gongjiang.certificates import actions as certificates
from gongjiang.certificates.models import Certificate
from gongjiang.kernel import files
from gongjiang.kernel.models import AuditEntry
from gongjiang.kernel.queue import items_for
from gongjiang.kernel.refusal import NotAllowed, Refused
from gongjiang.planning.models import Batch
from gongjiang.reports import actions, queries
from gongjiang.reports.actions.sending import SentBack
from gongjiang.reports.models import RejectedRow, ReportPackage
from gongjiang.reports.rows import HEADINGS

pytestmark = pytest.mark.requirement("RPT-01")
DAY = at("2026-06-16 09:00")


def prepared(world):
    return actions.prepare_report(actor=world.clerk, at=DAY, batch=world.batch)


def sent(world):
    return actions.send_report(actor=world.clerk, at=DAY, package=prepared(world))


def receipt(world, package, number="HZ-1", rejected=(), when=DAY):
    return actions.read_receipt(actor=world.clerk, at=when, package=package, receipt=number, rejected=rejected)


def sheet(stored):
    book = openpyxl.load_workbook(io.BytesIO(files.read(stored)))
    return book.active


def test_the_sheet_has_the_eleven_columns_in_order_all_text(world):
    found = sheet(prepared(world).data_sheet)
    assert found.title == "Sheet1"
    rows = [[cell.value for cell in row] for row in found.iter_rows()]
    assert rows[0] == list(HEADINGS) == [
        "姓名", "证件类型", "证件号码", "所在单位", "职业名称", "工种名称",
        "职业技能等级", "证书编号", "发证日期", "评价机构", "发证机构",
    ]  # fmt: skip
    first = world.certificates[0]
    assert rows[1] == [
        first.holder_name, "201", first.identity, "样例墨斗机电有限公司", "电工", None,
        "4", "S000022999017264000001", "2026-06-15", "长春榫卯技能评价中心（样例）", "长春榫卯技能评价中心（样例）",
    ]  # fmt: skip
    assert len(rows) == 4
    kinds = {cell.data_type for row in found.iter_rows(min_row=2) for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_the_results_are_told_of_everybody_with_masked_numbers(world):
    rows = [[cell.value for cell in row] for row in sheet(prepared(world).result_sheet).iter_rows(min_row=2)]
    assert [row[-2] for row in rows] == ["合格"] * 3 + ["不合格"] * 2
    assert [bool(row[-1]) for row in rows] == [True] * 3 + [False] * 2
    assert all("*" in row[2] for row in rows)


def test_the_confirmation_sheet_is_a_pdf_with_the_count(world):
    from pypdf import PdfReader

    text = PdfReader(io.BytesIO(files.read(prepared(world).confirmation_sheet))).pages[0].extract_text()
    assert "职业技能等级证书数据审核确认表" in "".join(text.split())
    assert "新增3条" in "".join(text.split())


def test_the_term_counts_thirty_working_days_from_the_issue_date(world):
    package = prepared(world)
    # 2026-06-15 issued; 06-19 is a holiday; 30 working days end on 07-28.
    assert (package.due_on, package.due_provisional, package.due_cites) == (date(2026, 7, 28), False, ["JL-2024-5§28"])
    assert queries.due_of(world.batch).is_overdue(date(2026, 7, 28)) is False
    assert queries.due_of(world.batch).is_overdue(date(2026, 7, 29)) is True


def test_a_place_without_a_term_has_none_and_is_never_overdue(world):
    Batch.everything.filter(pk=world.batch.pk).update(regime="1409")
    world.batch.refresh_from_db()
    package = prepared(world)
    assert (package.due_on, package.due_cites) == (None, [])
    assert [row.is_overdue(date(2030, 1, 1)) for row in queries.board_rows(queries.board_for(world.clerk))] == [False]


def test_preparing_again_gives_the_same_package(world):
    assert prepared(world).pk == prepared(world).pk
    assert AuditEntry.objects.filter(action="report.prepare").count() == 1


def test_a_certificate_that_changed_stops_the_sending_until_the_rows_are_frozen_anew(world):
    package = prepared(world)
    manager = make_actor(world.body.organisation, "body_manager")
    certificates.revoke(actor=manager, at=DAY, certificate=world.certificates[0], reason="样例", decision="样例 1 号")
    with pytest.raises(Refused) as caught:
        actions.send_report(actor=world.clerk, at=DAY, package=package)
    assert caught.value.codes == ("rows-changed",)
    again = prepared(world)
    assert (again.pk, again.number, again.row_count) == (package.pk, package.number, 2)
    assert actions.send_report(actor=world.clerk, at=DAY, package=again).state == "sending"


def test_an_accepted_report_takes_the_batch_to_reported_once(world):
    package = sent(world)
    assert (package.state, package.sent_on) == ("sending", date(2026, 6, 16))
    assert actions.send_report(actor=world.clerk, at=at("2026-06-17"), package=package).sent_on == date(2026, 6, 16)
    found = receipt(world, package, when=at("2026-06-18 09:00"))
    world.batch.refresh_from_db()
    assert (found.state, found.receipt, world.batch.state) == ("accepted", "HZ-1", "reported")
    assert world.batch.reported_on == date(2026, 6, 18)
    assert receipt(world, package, when=at("2026-06-19")).receipt_on == date(2026, 6, 18)
    assert AuditEntry.objects.filter(action="batch.report").count() == 1


def test_rows_that_came_back_are_fixed_and_only_they_are_sent_again(world):
    package = sent(world)
    second = world.certificates[1]
    receipt(world, package, rejected=[SentBack(second.number, "所在单位有误")])
    world.batch.refresh_from_db()
    package.refresh_from_db()
    assert (package.state, world.batch.state) == ("rejected", "issued")
    with pytest.raises(Refused) as caught:
        prepared(world)
    assert caught.value.codes == ("rows-unfixed",)
    row = RejectedRow.objects.get()
    actions.fix_row(actor=world.clerk, at=DAY, row=row, fix="改为全称", employer="样例墨斗机电集团")
    again = prepared(world)
    assert (again.number, again.resends_id, again.covers) == (f"{world.batch.number}-R2", package.pk, [second.pk])
    cells = [cell.value for cell in next(sheet(again.data_sheet).iter_rows(min_row=2))]
    assert (cells[3], cells[7]) == ("样例墨斗机电集团", second.number)
    assert sheet(again.data_sheet).max_row == 2
    receipt(world, actions.send_report(actor=world.clerk, at=DAY, package=again), number="HZ-2")
    world.batch.refresh_from_db()
    assert world.batch.state == "reported"


def test_a_receipt_is_refused_that_fits_nothing(world):
    package = prepared(world)
    with pytest.raises(Refused) as caught:
        receipt(world, package, number=" ")
    assert caught.value.codes == ("wrong-state", "receipt-missing")
    sent(world)
    package.refresh_from_db()
    back = SentBack(world.certificates[0].number, "x")
    with pytest.raises(Refused) as caught:
        receipt(world, package, rejected=[back, back, SentBack("S000022999017264999999", "x")])
    assert caught.value.codes == ("row-unknown", "row-twice")
    assert RejectedRow.objects.count() == 0


def test_what_the_receiving_system_would_send_back_is_refused_beforehand(world):
    first, second, third = world.certificates
    Certificate.everything.filter(pk=first.pk).update(level="3")
    Certificate.everything.filter(pk=second.pk).update(identity_kind="foreign")
    third.identity = "229104199001010017"
    third.save(update_fields=["identity"])
    with pytest.raises(Refused) as caught:
        prepared(world)
    assert caught.value.codes == ("number-fields", "identity-code", "identity")
    assert first.number in caught.value.grounds[0].why
    assert third.identity not in str(caught.value)
    assert ReportPackage.everything.count() == 0


def test_papers_come_first_and_the_batch_must_be_issued(world):
    other = make_confirmed_batch(world.body, world.clerk, start=50)
    with pytest.raises(NotAllowed):
        actions.prepare_report(actor=world.clerk, at=DAY, batch=other)
    certificates.number_certificates(actor=world.clerk, at=DAY, batch=other, key="k")
    with pytest.raises(Refused) as caught:
        actions.prepare_report(actor=world.clerk, at=DAY, batch=other)
    assert caught.value.codes == ("papers-waiting",)


def test_only_reporters_report(world):
    scorer = make_actor(world.body.organisation, "scorer")
    package = prepared(world)
    for verb in (
        lambda: actions.send_report(actor=scorer, at=DAY, package=package),
        lambda: actions.read_receipt(actor=scorer, at=DAY, package=package, receipt="x"),
    ):
        with pytest.raises(NotAllowed):
            verb()
    package.refresh_from_db()
    assert package.state == "prepared"


def test_the_authority_sees_what_is_late_and_another_city_doesnt(world):
    officer = make_actor(world.tree["changchun"], "city_officer")
    other = make_actor(world.tree["jilin_city"], "city_officer")
    late, in_time = date(2026, 7, 29), date(2026, 7, 28)
    assert [row.batch.pk for row in queries.overdue_for(officer, late)] == [world.batch.pk]
    assert queries.overdue_for(officer, in_time) == queries.overdue_for(other, late) == []
    own = [item for item in items_for(world.clerk, in_time) if item.key == f"report:{world.batch.pk}"]
    assert [(item.deadline, item.provisional) for item in own] == [(date(2026, 7, 28), False)]
    watched = [item.subject for item in items_for(officer, late) if item.key.startswith("report:")]
    assert watched == [world.batch.title]
