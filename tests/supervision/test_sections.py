"""The three on a body's page, equal to what is recorded; and what filing makes of them."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from tests.factories import at, make_actor, make_user
from tests.filing_factories import make_application
from tests.supervision.test_complaints import answered, send, taken_up
from tests.supervision.test_findings import record
from tests.supervision.test_self_checks import publish

from gongjiang.bodies.sections import supervision_of
from gongjiang.filing.checks import items
from gongjiang.kernel.parts import Cell
from gongjiang.supervision import queries
from gongjiang.supervision.actions import close_finding, report_rectification
from gongjiang.supervision.models import Complaint

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("GOV-08")]
TODAY = date(2026, 7, 1)


def told(body) -> list[list[list[object]]]:
    """Return the rows of the three tables, each cell as its plain values."""
    return [
        [[_plain(cell) for cell in row.cells] for table in section.tables for row in table.rows]
        for section in supervision_of(body, TODAY)
    ]


def _plain(cell: object) -> object:
    if not isinstance(cell, Cell):
        return cell
    return cell.due.last_day if cell.due else (cell.text, cell.sub) if cell.sub else cell.text


def test_nothing_is_told_where_nothing_is_recorded(body):
    assert told(body) == [[], [], []]
    assert [link for section in supervision_of(body, TODAY) for link in section.links] == [
        ("Complain about this body", f"/directory/{body.code}/complain/")
    ]


def test_the_three_stand_on_the_page_as_they_are_recorded(body, other_body, officer, manager):
    late = record(officer, body)
    record(officer, body, is_public=False, text="内部提示。")
    done = record(officer, body, subject="marking", text="阅卷记录缺签名。", found_on=date(2026, 6, 1))
    report_rectification(actor=manager, at=at("2026-06-12"), finding=done, text="已补。已培训。")
    close_finding(actor=officer, at=at("2026-06-13"), finding=done)
    publish(manager, body, problems="监控有死角。", measures="六月底前补装。")
    send(body)
    send(body, key="f" * 32, subject="room_order", name="", contact="")
    send(other_body, key="e" * 32)
    complaint = Complaint.everything.get(number="TS-2026-0001")
    taken_up(complaint, officer)
    answered(complaint, officer)
    assert told(body) == [
        [
            [("Fees taken", late.text), date(2026, 6, 8), date(2026, 6, 30), "Overdue"],
            [("Marking of papers", done.text), date(2026, 6, 1), date(2026, 6, 30), "Re-checked and closed"],
        ],
        [
            [
                date(2026, 6, 1),
                "Laws, rules and policies、Fees taken",
                ("Problems found", "监控有死角。"),
                "六月底前补装。",
            ]
        ],
        [
            ["Order in the exam rooms", date(2026, 6, 10), "Complaint received", "—"],
            ["Fees taken", date(2026, 6, 10), "Complaint answered", ("Borne out", "反映情况属实，已责令退还。")],
        ],
    ]


def test_both_pages_of_the_body_show_them(tree, body, officer, manager):
    record(officer, body)
    record(officer, body, is_public=False, text="内部提示。")
    publish(manager, body, problems="监控有死角。", measures="六月底前补装。")
    send(body)
    inside = Client()
    inside.force_login(make_user(tree["changchun"], "city_officer"))
    public = Client().get(reverse("directory-body", args=[body.code])).content.decode()
    record_page = inside.get(reverse("body", args=[body.pk])).content.decode()
    for page in (public, record_page):
        assert "收费公示与实际收取不一致。" in page
        assert "六月底前补装。" in page
        assert "内部提示" not in page
        assert f"/directory/{body.code}/complain/" in page
    assert (f"/bodies/{body.pk}/findings/new/" in record_page, "findings/new" in public) == (True, False)


@pytest.mark.requirement("FIL-08")
def test_the_figures_of_a_time_are_counted(body, other_body, officer, manager):
    report_rectification(actor=manager, at=at("2026-06-12"), finding=record(officer, body), text="已整改完毕。")
    record(officer, body)
    record(officer, body, found_on=date(2026, 5, 31))
    record(make_actor(other_body.authority, "city_officer"), other_body)
    publish(manager, body)
    send(body)
    complaint = Complaint.everything.get()
    taken_up(complaint, officer)
    answered(complaint, officer)
    assert queries.figures(body, date(2026, 6, 1), date(2026, 7, 1)) == {
        "findings": (2, None),
        "findings_open": (2, 2),
        "findings_overdue": (1, 2),
        "self_checks": (1, None),
        "complaints_upheld": (1, 1),
    }


@pytest.mark.requirement("FIL-10")
@pytest.mark.parametrize(("day", "met"), [("2026-06-30", True), ("2026-07-01", False)])
def test_an_overdue_rectification_speaks_against_a_clean_record_of_added_occupations(tree, body, officer, day, met):
    body.regime = "1409"
    body.save()
    record(officer, body)
    application, _manager = make_application(kind="addition", state="draft", body=body, on="2026-06-20 09:00")
    item = next(each for each in items(application, date.fromisoformat(day)) if each.key == "clean_record")
    finding = item.findings[-1]
    assert (finding.met, finding.text) == (
        met,
        f"Supervision in this term: 1 findings, 1 not closed, {0 if met else 1} overdue.",
    )
    assert ("check-clean-record" in [gap.code for gap in item.gaps]) is not met
