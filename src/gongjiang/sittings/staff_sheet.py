"""The staff sheet: what each row appoints whom to."""

from datetime import date

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import sheet_rows as sheets
from gongjiang.kernel.sheets.model import Row
from gongjiang.law.codes import normalise
from gongjiang.law.places import place
from gongjiang.sittings.columns import STAFF_COLUMNS
from gongjiang.standards.models import Level, Occupation
from gongjiang.standards.queries import CURRENT_EDITION
from gongjiang.workforce.rules import AppointmentSpec, wrong_with

ROLE_WORDS = {
    "主考": "chief_officer",
    "考务组长": "administration_lead",
    "工作人员": "staff",
    "监考员": "invigilator",
    "考评员": "assessor",
    "内部质量督导员": "internal_supervisor",
    "安全员": "safety_officer",
}
YES_NO = {"是": True, "否": False}
LEVEL_WORDS = {
    "5": "5", "4": "4", "3": "3", "2": "2", "1": "1",
    "五": "5", "四": "4", "三": "3", "二": "2", "一": "1",
}  # fmt: skip
SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ \n", "、"))
RANGES = str.maketrans(dict.fromkeys("—–－~～至到", "-"))
COLUMN_OF = {"name": "name", "identity": "identity", "assessor-scope": "occupations", "not-regular": "regular"}


def read_staff(content: bytes, *, body: AssessmentBody, today: date) -> list[AppointmentSpec]:
    """Return the appointments that the sheet states, one for each role and occupation.

    :raises SheetRefused: with every problem of every row; rules of the law among them with their articles.
    """
    sheet = sheets.read(content, STAFF_COLUMNS, _("Import staff"))
    codes = {code for row in sheet.rows for code in _codes(row)}
    occupations = {
        occupation.code: occupation
        for occupation in Occupation.objects.filter(edition=CURRENT_EDITION, code__in=codes).order_by("-pk")
    }
    twice = sheets.first_twice(sheet.rows, _key)
    specs: list[AppointmentSpec] = []
    for row in sheet.rows:
        if row.number in twice:
            why = _("The same appointment stands in row %(row)s.") % {"row": twice[row.number]}
            sheet.wrong(row, "identity", why, _("Remove one of them."), "row-twice")
        specs += _specs(sheet, row, occupations, body, today)
    _same_person_same_name(sheet)
    sheet.refuse_if_wrong()
    return specs


def _specs(
    sheet: sheets.Sheet, row: Row, occupations: dict[str, Occupation], body: AssessmentBody, today: date
) -> list[AppointmentSpec]:
    since, until = sheet.day(row, "appointed_on"), sheet.day(row, "appointed_until")
    role = sheet.choice(row, "role", ROLE_WORDS)
    regular = sheet.choice(row, "regular", YES_NO)
    unknown = [code for code in _codes(row) if code not in occupations]
    for code in unknown:
        why = _("The catalogue has no occupation %(code)s.") % {"code": code}
        sheet.wrong(row, "occupations", why, _("Look it up under Standards."), "occupation")
    highest = _highest_level(sheet, row)
    if role is None or since is None or unknown:
        return []
    named: list[Occupation | None] = [occupations[code] for code in _codes(row)]
    found = [
        AppointmentSpec(
            name=row.text("name"),
            identity=row.text("identity"),
            role=role,
            since=since,
            until=until,
            occupation=occupation,
            highest_level=highest if occupation else "",
            employer=row.text("employer"),
            is_regular=bool(regular),
            usual_room=row.text("room"),
        )
        for occupation in named or [None]
    ]
    told = {ground for spec in found for ground in wrong_with(spec, place(body.regime), today)}
    for ground in sorted(told, key=lambda each: each.code):
        if not (ground.code in ("name", "identity") and row[ground.code].kind in ("empty", "number")):
            sheet.wrong_by_law(row, COLUMN_OF.get(ground.code, "appointed_until"), [ground])
    return found


def _codes(row: Row) -> list[str]:
    return [code for code in row.text("occupations").translate(SEPARATORS).split("、") if code]


def _highest_level(sheet: sheets.Sheet, row: Row) -> str:
    """Return the highest level of a range such as ``5-3``; note a problem where it can't be read."""
    text = row.text("levels").translate(RANGES).replace("级", "")
    parts = [LEVEL_WORDS.get(part) for part in text.split("-")] if text else []
    if not text:
        return ""
    levels = [part for part in parts if part is not None]
    if len(levels) != len(parts) or len(parts) > 2:
        mend = _("Write the lowest and the highest level, such as 5-3.")
        sheet.wrong(row, "levels", _("The levels can't be read."), mend, "levels")
        return ""
    return Level(min(levels)).value  # 1 is the highest


def _key(row: Row) -> tuple[str, str, str]:
    return (normalise(row.text("identity")).text, row.text("role"), row.text("occupations").translate(SEPARATORS))


def _same_person_same_name(sheet: sheets.Sheet) -> None:
    names: dict[str, tuple[int, str]] = {}
    for row in sheet.rows:
        identity = normalise(row.text("identity")).text
        if not identity:
            continue
        number, name = names.setdefault(identity, (row.number, row.text("name")))
        if name != row.text("name"):
            why = _("Row %(row)s has the same number under another name.") % {"row": number}
            sheet.wrong(row, "name", why, _("Compare both with the document."), "name-differs")
