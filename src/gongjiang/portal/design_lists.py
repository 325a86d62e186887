"""The style page's lists: work queue, table, an upload's problems, of invented data."""

from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.utils.translation import gettext as _

from gongjiang.kernel.parts import (
    Act,
    BadRow,
    Cell,
    CellProblem,
    Choice,
    Column,
    Row,
    Table,
    WorkGroup,
    WorkItem,
    deadline,
    until,
)
from gongjiang.law.calendar import Calendar

TODAY = date(2026, 6, 17)
REPLY, REPORT = "JL-2024-5§25", "JL-2024-5§28"


def lists() -> dict[str, Any]:
    """Return the work queue, a table, a page of many, and an upload's problems."""
    waits = _("Objections raised during the notice will stand here, soonest deadline first.")
    return {
        "groups": groups(),
        "mine": [Choice(_("Mine"), "#queue", True, 3), Choice(_("The body's"), "#queue", False, 27)],
        "table": people(),
        "empty_table": Table(_("Objections"), (Column(_("Full name")),), (), waits),
        "page": Paginator(range(1, 301), 50).page(2),
        "columns": [_("Full name"), _("Identity number"), _("Level")],
        "bad_rows": bad_rows(),
        "bad_numbers": [7, 12, 13, 29, 41, 58, 77],
    }


def groups() -> list[WorkGroup]:
    """Return a work queue with one thing overdue, one soon and one later."""
    calendar = Calendar.default()
    late = WorkItem(
        _("Report results and certificates"),
        "#queue",
        _("Build the package"),
        deadline(date(2026, 5, 6), 30, TODAY, calendar, [REPORT]),
        _("issued 2026-05-06"),
        "第 9 批 · 焊工 四级",
        _("64 certificates"),
        (REPORT,),
    )
    soon = WorkItem(
        _("Lock rooms and staff"),
        "#queue",
        _("Open the arrangement"),
        until(TODAY + timedelta(days=1), TODAY, calendar),
        _("one pair of colleagues still sits side by side"),
        "第 15 批 · 车工 四级",
    )
    answer = deadline(date(2026, 6, 15), 5, TODAY, calendar, [REPLY])
    later = WorkItem(_("Answer an objection"), "#queue", _("Assign"), answer, "", "第 14 批 · 辛未明", "", (REPLY,))
    return [
        WorkGroup(_("Overdue"), "over", (late,)),
        WorkGroup(_("Before the holiday"), "soon", (soon,)),
        WorkGroup(_("After the holiday"), "later", (later,)),
    ]


def people() -> Table:
    """Return a table with a state, a masked number, a choice of rows and an export."""
    names = [
        ("甲子安", "9016", "三级", 78.0, 83.5, True),
        ("乙丑宁", "9040", "四级", 66.5, 91.0, True),
        ("辛未明", "9083", "四级", 71.0, 58.5, False),
    ]
    rows = tuple(
        Row(
            (
                name,
                Cell(identity=f"229***********{tail}", reveal_url="#table"),
                level,
                theory,
                practice,
                Cell(_("passed") if good else _("practical part not passed"), state="ok" if good else "no"),
            ),
            key=tail,
        )
        for name, tail, level, theory, practice, good in names
    )
    columns = (
        Column(_("Full name"), sort="name"),
        Column(_("Identity number")),
        Column(_("Level"), sort="level"),
        Column(_("Theory"), numeric=True, sort="theory"),
        Column(_("Practical"), numeric=True, sort="practical"),
        Column(_("Conclusion")),
    )
    choices = (
        Choice(_("All"), "#table", True, 3),
        Choice(_("Passed"), "#table", False, 2),
        Choice(_("Not passed"), "#table", False, 1),
    )
    return Table(
        _("Results"),
        columns,
        rows,
        choices=choices,
        bulk=(Act(_("Print the chosen"), "#table", icon="print"),),
        export_url="#table",
        foot=_("Identity numbers are masked."),
        filter_here=True,
        sort="name",
    )


def bad_rows() -> list[BadRow]:
    """Return rows of an upload with problems in their cells."""
    name, identity, level = _("Full name"), _("Identity number"), _("Level")
    return [
        BadRow(
            7,
            {name: "丙子清", identity: "2.29104E+17", level: "四级"},
            (
                CellProblem(
                    identity,
                    "2.29104E+17",
                    _("The cell is a number, so the last digits are lost."),
                    _("Set the column to text and fill it in again."),
                ),
            ),
        ),
        BadRow(
            29,
            {name: "戊寅虎", identity: "229***********9051", level: "二级"},
            (CellProblem(level, "二级", _("Filed up to level 3 only."), cites=("JL-2024-5§16",)),),
        ),
    ]
