"""The room sheet: the rooms of a body's sites with their grids, cameras and inspections."""

from datetime import date

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, ExamSite
from gongjiang.kernel import sheet_rows as sheets
from gongjiang.kernel.sheets.model import Row
from gongjiang.sittings.columns import ROOM_COLUMNS
from gongjiang.sittings.models import RoomKind
from gongjiang.sittings.rules_rooms import STATIONS_A_ROW, RoomSpec, wrong_with_room

KIND_WORDS = {
    "理论": RoomKind.THEORY,
    "操作": RoomKind.PRACTICAL,
    "综合评审": RoomKind.PANEL,
    "评分室": RoomKind.SCORING,
    "候考室": RoomKind.WAITING,
    "考务办公室": RoomKind.OFFICE,
}
YES_NO = {"是": True, "否": False}
COLUMN_OF = {"no-seats": "rows", "no-camera": "cameras", "inspection": "inspection_until", "too-many": "rows"}
MOST = 500


def read_rooms(content: bytes, *, body: AssessmentBody, today: date) -> dict[ExamSite, list[RoomSpec]]:
    """Return the rooms that the sheet states, by filed site.

    :raises SheetRefused: with every problem of every row.
    """
    sheet = sheets.read(content, ROOM_COLUMNS, _("Import rooms"))
    sites = {site.name: site for site in ExamSite.everything.filter(body=body)}
    twice = sheets.first_twice(sheet.rows, lambda row: (row.text("site"), row.text("room")))
    found: dict[ExamSite, list[RoomSpec]] = {}
    for row in sheet.rows:
        if row.number in twice:
            why = _("The same room stands in row %(row)s.") % {"row": twice[row.number]}
            sheet.wrong(row, "room", why, _("Remove one of them."), "row-twice")
        site = sites.get(row.text("site"))
        if site is None and row.text("site"):
            mend = _("Choose one of: %(words)s.") % {"words": "、".join(sites)}
            sheet.wrong(row, "site", _("The body has no filed site of this name."), mend, "site")
        spec = _spec(sheet, row, today)
        if site and spec:
            found.setdefault(site, []).append(spec)
    sheet.refuse_if_wrong()
    return found


def _spec(sheet: sheets.Sheet, row: Row, today: date) -> RoomSpec | None:
    kind = sheet.choice(row, "kind", KIND_WORDS)
    inspected, until = sheet.day(row, "inspected_on"), sheet.day(row, "inspection_until")
    rows, columns = sheet.count(row, "rows", MOST), sheet.count(row, "columns", MOST)
    stations, cameras = sheet.count(row, "stations", MOST), sheet.count(row, "cameras", MOST)
    access = sheet.choice(row, "access", YES_NO)
    if kind is None or inspected is None or until is None:
        return None
    if stations and not (rows and columns):
        columns = min(STATIONS_A_ROW, stations)
        rows = -(-stations // columns)
    spec = RoomSpec(
        name=row.text("room"),
        kind=kind,
        rows=rows,
        columns=columns,
        blocked=_spare(rows, columns, stations),
        is_accessible=bool(access),
        cameras=cameras,
        inspected_on=inspected,
        inspection_until=until,
    )
    if stations > rows * columns:
        why = _("There are more stations than places in the grid.")
        sheet.wrong(row, "stations", why, _("Correct the rows, the columns or the stations."), "stations")
    for ground in wrong_with_room(spec, today):
        sheet.wrong_by_law(row, COLUMN_OF.get(ground.code, "room"), [ground])
    return spec


def _spare(rows: int, columns: int, stations: int) -> tuple[tuple[int, int], ...]:
    """Return the places of the grid beyond the number of stations, the last ones from the door."""
    grid = [(row, column) for column in range(1, columns + 1) for row in range(1, rows + 1)]
    return tuple(grid[stations:]) if stations else ()
