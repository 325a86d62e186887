"""The sheets of lists: an edition of the classification, access-type occupations, specialised projects."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.kernel import sheet_rows
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.sheet_rows import Sheet, first_twice
from gongjiang.kernel.sheets.model import Column, Row
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_occupation_code
from gongjiang.law.model import Citation, Place
from gongjiang.standards.models import Occupation
from gongjiang.standards.sheets.common import code_of, current_occupations, names, occupation_of

EDITION = (
    Column("code", "职业编码", ("编码", "代码"), required=True, example="6-31-01-03"),
    Column("name", "职业名称", ("职业",), required=True, example="电工"),
    Column("group_name", "小类名称", ("小类",), example="机械设备修理人员"),
    Column("mark", "标识", (), example="", how_to_fill="绿色职业填 L，数字职业填 S，两者填 L/S"),
    Column("job_types", "工种", (), how_to_fill="多个用、隔开"),
    Column("aliases", "别名", ("曾用名",), how_to_fill="多个用、隔开"),
    Column("became", "现职业编码", (), how_to_fill="编码或名称已变的，填现行版大典的编码"),
)
ACCESS = (
    Column("code", "职业编码", ("编码",), required=True, example="4-07-05-01"),
    Column("name", "职业名称", ("职业",), required=True, example="保安员"),
    Column("title", "资格名称", ("职业资格名称",), required=True, example="保安员资格"),
    Column("issuer", "实施部门", ("实施单位",), required=True, example="公安机关"),
    Column("since", "施行日期", (), required=True, kind="date", example="2021-12-02"),
    Column("until", "失效日期", (), kind="date", how_to_fill="仍有效的留空"),
)
PROJECTS = (
    Column("code", "项目编码", ("编码",), required=True, example="14-001"),
    Column("name", "项目名称", ("名称",), required=True, example="面食制作"),
    Column("since", "施行日期", (), required=True, kind="date", example="2024-01-01"),
    Column("until", "失效日期", (), kind="date", how_to_fill="仍有效的留空"),
    Column("level", "等级", (), how_to_fill="专项职业能力不分等级，留空"),
)
MARKS = {"": "", "L": "L", "S": "S", "L/S": "LS", "S/L": "LS", "LS": "LS"}


@dataclass(frozen=True, slots=True)
class EditionRow:
    """An occupation as an edition's list tells it; ``became`` is what it is in the current edition."""

    code: str
    name: str
    group_name: str
    mark: str
    job_types: tuple[str, ...]
    aliases: tuple[str, ...]
    became: Occupation | None


@dataclass(frozen=True, slots=True)
class AccessRow:
    """An occupation of the access type and its qualification."""

    occupation: Occupation
    title: str
    issuer: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A project of the specialised competence test."""

    code: str
    name: str
    since: date
    until: date | None


def read_edition(content: bytes, *, place: Place, on: date) -> list[EditionRow]:
    """Return an edition's occupations.

    :raises SheetRefused: with every problem of every row; the classes that can be filed are those of the place's law.
    """
    sheet = sheet_rows.read(content, EDITION, _("Import an edition of the classification"))
    known = current_occupations(sheet.rows, "became")
    classes = ask.OCCUPATION_CLASSES.get(place=place, day=on)
    found = []
    for row in sheet.rows:
        code = code_of(sheet, row)
        major = parse_occupation_code(code).major_class if code else None
        if classes and major is not None and major not in classes.value:
            sheet.wrong_by_law(row, "code", [_outside(major, classes.cites)])
        mark = sheet.choice(row, "mark", MARKS) if row.text("mark") else ""
        became = occupation_of(sheet, row, known, "became") if row.text("became") else None
        found.append(
            EditionRow(
                code,
                row.text("name"),
                row.text("group_name"),
                mark or "",
                names(row.text("job_types")),
                names(row.text("aliases")),
                became,
            )
        )
    _note_twice(sheet, ("code", "name"))
    sheet.refuse_if_wrong()
    return found


def _outside(major: int, cites: tuple[Citation, ...]) -> Ground:
    return Ground(
        _("Class %(major)s isn't a class of skill-type occupations.") % {"major": major},
        _("Leave the row out."),
        cites,
        "not-skill-class",
    )


def read_access(content: bytes) -> list[AccessRow]:
    """Return the access-type occupations of a list.

    :raises SheetRefused: with every problem of every row.
    """
    sheet = sheet_rows.read(content, ACCESS, _("Import access-type occupations"))
    known = current_occupations(sheet.rows)
    found = []
    for row in sheet.rows:
        occupation = occupation_of(sheet, row, known)
        if occupation is not None and row.text("name") and row.text("name") != occupation.name:
            why = _("Under this code stands “%(name)s”.") % {"name": occupation.name}
            sheet.wrong(row, "name", why, _("Compare code and name with the list."), "name-differs")
        since, until = _interval(sheet, row)
        if occupation is not None and since is not None:
            found.append(AccessRow(occupation, row.text("title"), row.text("issuer"), since, until))
    _note_twice(sheet, ("code", "title", "since"))
    sheet.refuse_if_wrong()
    return found


def read_projects(content: bytes, *, place: Place, on: date) -> list[ProjectRow]:
    """Return the specialised projects of a list; a level in any row is refused (XZ-2024-2§8).

    :raises SheetRefused: with every problem of every row.
    """
    sheet = sheet_rows.read(content, PROJECTS, _("Import specialised projects"))
    rule = ask.LEVELS_BY_EVALUATION_KIND.get(place=place, day=on, kind=ask.SPECIALISED)
    found = []
    for row in sheet.rows:
        if row.text("level"):
            why, mend = _("A specialised competence has no level."), _("Leave the cell empty.")
            sheet.wrong_by_law(row, "level", [Ground(why, mend, rule.cites if rule else (), "level-on-specialised")])
        since, until = _interval(sheet, row)
        if since is not None:
            found.append(ProjectRow(row.text("code"), row.text("name"), since, until))
    _note_twice(sheet, ("code",))
    sheet.refuse_if_wrong()
    return found


def _interval(sheet: Sheet, row: Row) -> tuple[date | None, date | None]:
    since, until = sheet.day(row, "since"), sheet.day(row, "until")
    if since is not None and until is not None and until <= since:
        why, mend = _("It would end before it begins."), _("Compare the two days.")
        sheet.wrong(row, "until", why, mend, "days-out-of-order")
    return since, until


def _note_twice(sheet: Sheet, columns: Iterable[str]) -> None:
    keys = tuple(columns)
    twice = first_twice(sheet.rows, lambda row: tuple(row.text(key) for key in keys))
    for row in sheet.rows:
        if row.number in twice:
            why = _("The same stands in row %(row)s.") % {"row": twice[row.number]}
            sheet.wrong(row, keys[0], why, _("Remove one of the two."), "row-twice")
