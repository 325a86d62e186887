"""What the register shows on the boards: terms that end, bodies by division, late reports, sites of other bodies."""

from collections import Counter
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies import queries, tables
from gongjiang.bodies.directory import counts_by_division
from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.owed import Owed, outstanding
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.pictures import Chart, Series

MONTHS = 24
SHOWN = 20


def terms_ending(actor: Actor, today: date) -> dict[str, Any] | None:
    """Return the terms that end in the next two years, by month, and those that end first."""
    found = list(queries.ending_until(actor, today, _month(today, MONTHS)))
    counted = Counter(f"{body.filed_until:%Y-%m}" for body in found)
    months = [f"{_month(today, n):%Y-%m}" for n in range(MONTHS)]
    chart = Chart(
        _("Terms ending by month"),
        tuple(months),
        (Series(_("Bodies"), tuple(counted[month] for month in months), "amber"),),
        axis=_("Bodies"),
    )
    rows = [
        Row(
            (
                Cell(body.name, sub=body.code, url=reverse("body", args=[body.pk])),
                tables.place_name(body.place_code),
                body.filed_until,
                (body.filed_until - today).days,
            )
        )
        for body in found[:SHOWN]
    ]
    columns = (
        Column(_("Body")),
        Column(_("Division")),
        Column(_("Term ends")),
        Column(_("Days left"), numeric=True),
    )
    empty = _("No term ends within two years.")
    return {"chart": chart, "table": Table(_("Terms ending first"), columns, tuple(rows), empty=empty), "n": len(found)}


def divisions(actor: Actor, today: date) -> dict[str, Any] | None:
    """Return the bodies on file in the actor's area as tiles by division."""
    bodies = queries.bodies_for(actor).filter(queries.on_file_on(today))
    counts = counts_by_division(bodies)
    return {"tiles": tables.division_tiles(counts, ""), "n": sum(counts.values())}


def late_reports(actor: Actor, today: date) -> dict[str, Any] | None:
    """Return who is late with plan, summary or statistics: a row a body, a column a report, most days late first."""
    bodies = queries.bodies_for(actor).prefetch_related("terms")
    late = [row for row in outstanding(bodies, today) if row[1].due_on < today]
    owed = {each.label: each for _body, each, _state in late}
    of_body: dict[AssessmentBody, dict[str, str]] = {}
    for body, each, state in late:
        of_body.setdefault(body, {})[each.label] = state
    rows = [
        Row(
            (
                Cell(body.name, sub=body.code, url=reverse("body-reports", args=[body.pk])),
                *(_late_cell(states.get(label), each, today) for label, each in owed.items()),
            )
        )
        for body, states in sorted(of_body.items(), key=lambda item: -len(item[1]))[:SHOWN]
    ]
    columns = (Column(_("Body")), *(Column(f"{each.label} · {each.due_on:%m-%d}") for each in owed.values()))
    foot = _("Days late since the day on which each was due.") if late else ""
    table = Table(_("Late reports"), columns, tuple(rows), empty=_("Nobody is late with a report."), foot=foot)
    cites = tuple(dict.fromkeys(cite for each in owed.values() for cite in each.cites))
    return {"table": table, "n": len(late), "bodies": len(of_body), "cites": cites}


def _late_cell(state: str | None, owed: Owed, today: date) -> Cell:
    """Return how late a report is; nothing where the body handed it in or doesn't owe it."""
    if state is None:
        return Cell("")
    return Cell((today - owed.due_on).days, state="no", sub=_("returned") if state == "returned" else "")


def guests(actor: Actor, today: date) -> dict[str, Any] | None:
    """Return the sites on the actor's ground of bodies that another authority filed (MOHRSS-2020-17§11)."""
    sites = list(queries.guest_sites(actor)[:SHOWN])
    if not sites:
        return None
    return {"table": tables.sites_table(sites), "n": len(sites)}


def _month(today: date, ahead: int) -> date:
    months = today.year * 12 + today.month - 1 + ahead
    return date(months // 12, months % 12 + 1, 1)
