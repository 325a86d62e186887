"""The province's workforce in pictures, and what ends when."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.pictures import Chart, Series, Tile
from gongjiang.law.places import PLACES
from gongjiang.workforce.models import Appointment
from gongjiang.workforce.queries_pool import Gap
from gongjiang.workforce.tables import levels_text, role_label, scope_text, term_cell

# The province's divisions, roughly where they lie.
TILE_AT = {
    "2208": (1, 1),
    "2207": (1, 2),
    "2201": (2, 2),
    "2202": (2, 3),
    "2224": (2, 4),
    "2203": (3, 1),
    "2204": (3, 2),
    "2206": (3, 4),
    "2205": (4, 3),
}


def months_chart(counts: dict[date, int], since: date) -> Chart:
    """Return how many terms end in each of the next twelve months."""
    months, day = [], since.replace(day=1)
    for _each in range(12):
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    values = tuple(counts.get(month, 0) for month in months)
    names = tuple(f"{month:%Y-%m}" for month in months)
    return Chart(_("Terms that end, by month"), names, (Series(_("Terms"), values, "amber"),), unit=_("terms"))


def gaps_chart(gaps: Sequence[Gap]) -> Chart:
    """Return filed cells with and without an assessor, by occupation."""
    shown = gaps[:12]
    return Chart(
        _("Filed occupations and levels, with and without an assessor"),
        tuple(gap.name for gap in shown),
        (
            Series(_("With an assessor"), tuple(gap.covered for gap in shown), "jade"),
            Series(_("Without one"), tuple(gap.lacking for gap in shown), "cinnabar"),
        ),
        kind="stack",
        unit=_("cells"),
    )


def matrix_table(rows: Iterable[dict[str, object]]) -> Table:
    """Return how many assessors there are for each occupation, by the highest level they may assess."""
    levels = ("5", "4", "3", "2", "1")
    found: dict[tuple[str, str], dict[str, int]] = {}
    for row in rows:
        counts = found.setdefault((str(row["code"]), str(row["name"])), {})
        counts[str(row["highest_level"])] = int(str(row["n"]))
    base = reverse("workforce-pool")
    made = [
        Row(
            (
                Cell(name, sub=code, url=f"{base}?occupation={code}"),
                *(counts.get(level, 0) or "" for level in levels),
                sum(counts.values()),
            )
        )
        for (code, name), counts in sorted(found.items(), key=lambda item: -sum(item[1].values()))
    ]
    columns = (
        Column(_("Occupation")),
        *(Column(levels_text(level), numeric=True) for level in levels),
        Column(_("All"), numeric=True),
    )
    return Table(
        _("Assessors by occupation and levels"), columns, tuple(made), empty=_("No assessor is appointed yet.")
    )


def city_tiles(counts: dict[str, int]) -> tuple[Tile, ...]:
    """Return the cities as tiles with the number of assessors' terms in each."""
    base = reverse("workforce-pool")
    return tuple(
        Tile(PLACES[code].name, counts.get(code, 0), row, column, f"{base}?city={code}")
        for code, (row, column) in TILE_AT.items()
        if code in PLACES
    )


def expiry_table(terms: Iterable[Appointment], today: date) -> Table:
    """Return terms that end, soonest first."""
    rows = tuple(
        Row(
            (
                Cell(term.member.name, url=reverse("staff-member", args=[term.member_id])),
                term.member.home.name,
                Cell(role_label(term), sub=scope_text(term)),
                term_cell(term, today),
                (term.until - today).days if term.until else "",
            )
        )
        for term in terms
    )
    columns = (
        Column(_("Name")),
        Column(_("List of")),
        Column(_("Role")),
        Column(_("Last day")),
        Column(_("Days left"), numeric=True),
    )
    empty = _("No term ends in this span.")
    return Table(_("Terms that end"), columns, rows, empty=empty, export_url=reverse("staff-expiry-csv"))
