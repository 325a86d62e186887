"""Bodies as the parts of a page show them."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, ExamSite, ScopeItem
from gongjiang.bodies.queries import standing, standing_label
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.pictures import Tile
from gongjiang.law.places import PLACES, place
from gongjiang.standards.models import Level

LOOK = {"filed": "ok", "suspended": "no", "winding_up": "wait", "expired": "na", "terminated": "na"}
# Where each of Jilin's divisions stands in the tile map, roughly as on a map: row and column from 1.
TILE_AT = {
    "2208": (1, 1),
    "2207": (1, 2),
    "2201": (2, 2),
    "2202": (2, 3),
    "2224": (2, 4),
    "2203": (3, 1),
    "2204": (3, 2),
    "220581": (3, 3),
    "2206": (3, 4),
    "2205": (4, 3),
}


def bodies_table(bodies: Iterable[AssessmentBody], today: date, *, url_name: str) -> Table:
    """Return the bodies as a table; ``url_name`` is the page that a name leads to."""
    by_code = url_name == "directory-body"
    rows = []
    for body in bodies:
        state = standing(body, today)
        url = reverse(url_name, args=[body.code if by_code else body.pk])
        rows.append(
            Row(
                (
                    Cell(body.name, sub=body.code, url=url),
                    body.get_kind_display(),
                    place_name(body.place_code),
                    Cell(body.filed_until, sub=_("first day after the term")),
                    Cell(standing_label(state), state=LOOK[state]),
                )
            )
        )
    columns = (
        Column(_("Body")),
        Column(_("Kind")),
        Column(_("Division")),
        Column(_("Term ends")),
        Column(_("Standing")),
    )
    return Table(
        _("Assessment bodies"),
        columns,
        tuple(rows),
        empty=_("No body on file matches. Leave out a filter, or search by the first letters of the code."),
    )


def scope_table(cells: Iterable[ScopeItem]) -> Table:
    """Return a body's filed scope: each occupation with its levels at each site."""
    grouped: dict[tuple[str, str, str, date, date | None], list[str]] = {}
    for cell in cells:
        key = (cell.occupation.name, cell.occupation.code, cell.site.name, cell.since, cell.until)
        grouped.setdefault(key, []).append(cell.level)
    rows = [
        Row((Cell(name, sub=code), levels_text(levels), site, since, until or _("with the term")))
        for (name, code, site, since, until), levels in grouped.items()
    ]
    columns = (
        Column(_("Occupation")),
        Column(_("Levels")),
        Column(_("Exam site")),
        Column(_("Since")),
        Column(_("Until")),
    )
    return Table(_("Filed scope"), columns, tuple(rows), empty=_("Nothing is filed yet."))


def levels_text(levels: Iterable[str]) -> str:
    """Return levels from the lowest to the highest in words."""
    order = {value: n for n, value in enumerate(Level.values)}
    return ", ".join(str(Level(level).label) for level in sorted(levels, key=order.__getitem__))


def division_tiles(counts: dict[str, int], current: str) -> tuple[Tile, ...]:
    """Return the province's divisions as tiles with the number of bodies in each."""
    base = reverse("directory")
    return tuple(
        Tile(PLACES[code].name, counts.get(code, 0), row, column, f"{base}?division={code}", code == current)
        for code, (row, column) in TILE_AT.items()
    )


def place_name(code: str) -> str:
    """Return a division's name, or its code where the platform carries no name for it."""
    return place(code).name if code in PLACES else code


def sites_table(sites: Iterable[ExamSite]) -> Table:
    """Return exam sites with their body and the authority that selected it."""
    rows = [
        Row(
            (
                Cell(site.name, sub=site.address),
                Cell(site.body.name, sub=site.body.code, url=reverse("directory-body", args=[site.body.code])),
                site.body.authority.name,
                place_name(site.division),
            )
        )
        for site in sites
    ]
    columns = (Column(_("Exam site")), Column(_("Body")), Column(_("Supervising authority")), Column(_("Division")))
    return Table(_("Exam sites"), columns, tuple(rows), empty=_("No site stands here."))
