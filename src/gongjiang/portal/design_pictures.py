"""The style page's pictures, drawn from invented data."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.kernel.pictures import Career, Chart, Seat, SeatingPlan, Series, Span, Tile

EMPLOYERS = {"a": "墨斗汽车", "b": "准绳轴承", "c": "规矩热电", "-": ""}
ROOM = ("ab-c", "ba-b", "-caa")
NAMES = "甲子安 乙丑宁 丙寅生 丁卯夏 戊辰光 己巳田 庚午成 辛未明 壬申远 癸酉禾 甲戌川 乙亥航"
CITIES = ["白城 1", "松原 1", "长春 4", "吉林 2", "延边 1", "四平 1", "辽源 0", "梅河口 0", "通化 1", "白山 0"]


def pictures() -> dict[str, Any]:
    """Return one picture of each kind."""
    return {
        "chart": chart(),
        "rates": rates(),
        "plan": plan(),
        "life": life(),
        "tiles": tiles(),
        "figures": [
            (_("Bodies with a filing in force"), 11, _("of 12")),
            (_("Certificates in force"), "1,509", ""),
            (_("Results on notice"), 3, _("batches")),
        ],
        "counts": [1, 1, 2, 5, 9, 16, 25, 24, 18, 10, 5],
    }


def chart() -> Chart:
    """Return deadlines ahead, by kind."""
    return Chart(
        _("Deadlines of the next 30 days"),
        ("06-16", "06-18", "06-23", "06-24", "06-26", "06-30", "07-01"),
        (
            Series(_("Reports"), (1, 1, 0, 0, 0, 1, 0), "indigo"),
            Series(_("Notices and objections"), (0, 0, 1, 1, 0, 0, 0), "jade"),
            Series(_("Enrolment and exams"), (0, 3, 0, 0, 2, 0, 1), "amber"),
        ),
        kind="stack",
        axis=_("Day"),
    )


def rates() -> Chart:
    """Return batches by state, as lying bars."""
    states = (_("Planned"), _("Enrolling"), _("Exam"), _("On notice"), _("Issued"))
    return Chart(_("Batches by state"), states, (Series(_("Batches"), (3, 4, 2, 3, 8)),), kind="flat", axis=_("State"))


def plan() -> SeatingPlan:
    """Return a small room with one pair of colleagues side by side."""
    seats, names = [], NAMES.split()
    for row, line in enumerate(ROOM, 1):
        for column, mark in enumerate(line, 1):
            n = len(seats)
            clash = row == 3 and mark == "a"
            seats.append(
                Seat(
                    row,
                    column,
                    f"{n + 1:02}",
                    names[n],
                    EMPLOYERS[mark],
                    pinned=n == 0,
                    moved=n == 5,
                    conflict=clash,
                )
            )
    return SeatingPlan(_("Theory room 01: twelve seats, one conflict"), tuple(seats), _("Platform"), (("11", "12"),))


def life() -> Career:
    """Return a working life with a certificate on the way."""
    return Career(
        (
            Span("规矩热电（样例）", date(2018, 8, 1), date(2020, 12, 31), "other"),
            Span("墨斗汽车（样例） 维修电工", date(2021, 3, 1), date(2026, 5, 15), "own"),
            Span(_("since the certificate: 4 years 11 months 25 days"), date(2021, 5, 20), date(2026, 5, 15), "sum"),
        ),
        ((date(2021, 5, 20), _("level 4")),),
    )


def tiles() -> list[Tile]:
    """Return the divisions of Jilin, roughly where they lie."""
    parted = [each.split() for each in CITIES]
    return [
        Tile(name, int(value), n // 5 + 1, n % 5 + 1, "#tiles", name == "长春")
        for n, (name, value) in enumerate(parted)
    ]
