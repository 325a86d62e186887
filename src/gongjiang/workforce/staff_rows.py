"""Rows of a sheet of staff: what each appoints whom to, and every problem of every row."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.sheets.cells import parse_date
from gongjiang.kernel.sheets.model import Row
from gongjiang.law.codes import normalise
from gongjiang.standards.models import Level, Occupation
from gongjiang.standards.queries import CURRENT_EDITION
from gongjiang.workforce.columns import (
    HEADINGS,
    LEVEL_WORDS,
    RANK_WORDS,
    ROLE_WORDS,
    STAFF_COLUMNS,
    WRITER_WORDS,
    YES_NO,
)
from gongjiang.workforce.rules import LEVELS, AppointmentSpec

SEPARATORS = str.maketrans(dict.fromkeys("，,;；/ \n", "、"))
RANGES = str.maketrans(dict.fromkeys("—–－~～至到", "-"))
LONGEST = {"name": 60, "employer": 100, "certificate": 60, "room": 60}
COLUMN_OF = {
    "name": "name",
    "name-differs": "name",
    "identity": "identity",
    "role": "role",
    "external-by-centre": "role",
    "body-role": "role",
    "assessor-scope": "occupations",
    "rank": "levels",
    "not-regular": "regular",
    "no-training": "certificate",
    "certificate": "certificate",
    "certificate-of-another": "certificate",
    "certificate-scope": "certificate",
    "certificate-used": "certificate",
    "before-examination": "since",
    "exam-after-appointment": "examined_on",
    "term-missing": "until",
    "term-order": "until",
    "term-too-long": "until",
    "term-overlap": "since",
}
"""Which column a ground of the rules is shown under."""


@dataclass
class StaffRow:
    """One row with the appointments that it states and its problems, each as plain data."""

    row: Row
    specs: list[AppointmentSpec] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)

    @property
    def identity(self) -> str:
        """Return the person's number in its usual form."""
        return str(normalise(self.row.text("identity")).text)

    def wrong(self, column: str, code: str, what: str, mend: str, cites: Sequence[str] = ()) -> None:
        """Note a problem of a cell; its words show no identity number."""
        if not any((each["column"], each["code"]) == (column, code) for each in self.problems):
            told = {"column": column, "code": code, "what": what, "mend": mend, "cites": list(cites)}
            self.problems.append(told)

    def refuse(self, grounds: Iterable[Ground]) -> None:
        """Note the grounds of the rules, each under its column."""
        for ground in grounds:
            column = COLUMN_OF.get(ground.code, "since")
            cell = self.row["identity"]
            if ground.code == "identity" and (cell.is_empty or cell.kind == "number"):
                continue
            self.wrong(column, ground.code, str(ground.why), str(ground.way_on), [cite.key for cite in ground.cites])


def occupations_in(rows: Iterable[Row]) -> dict[str, Occupation]:
    """Return the catalogue's occupations by the codes that the rows name."""
    codes = sorted({code for row in rows for code in _codes(row)})
    found: dict[str, Occupation] = {}
    for start in range(0, len(codes), 500):
        some = Occupation.objects.filter(edition=CURRENT_EDITION, code__in=codes[start : start + 500])
        found |= {each.code: each for each in some.order_by("-pk")}
    return found


def read_row(row: Row, occupations: dict[str, Occupation], source: str) -> StaffRow:
    """Return the row with the appointments that it states, and what can't be read of it."""
    made = StaffRow(row)
    for column in STAFF_COLUMNS:
        _check_cell(made, column.key, column.required, column.kind)
    since, until = _day(made, "since"), _day(made, "until")
    examined_on = _day(made, "examined_on")
    role = _role(made)
    regular = _choice(made, "regular", YES_NO)
    highest = _highest_level(made)
    codes = _codes(row)
    for code in codes:
        if code not in occupations:
            what = _("The catalogue has no occupation %(code)s.") % {"code": code[:20]}
            made.wrong("occupations", "occupation", what, _("Look it up under Standards."))
    if role is None or since is None or any(code not in occupations for code in codes):
        return made
    named: list[Occupation | None] = [occupations[code] for code in codes]
    made.specs = [
        AppointmentSpec(
            name=row.text("name"),
            identity=row.text("identity"),
            role=role,
            since=since,
            until=until + timedelta(days=1) if until else None,
            occupation=occupation,
            highest_level=highest if occupation else "",
            rank=RANK_WORDS.get(row.text("role"), ""),
            employer=row.text("employer"),
            is_regular=bool(regular),
            usual_room=row.text("room"),
            certificate=row.text("certificate"),
            examined_on=examined_on,
            source=source,
        )
        for occupation in named or [None]
    ]
    return made


def _check_cell(made: StaffRow, key: str, required: bool, kind: str) -> None:
    cell, heading = made.row[key], HEADINGS[key]
    if required and cell.is_empty:
        made.wrong(key, "missing", _("“%(heading)s” is empty.") % {"heading": heading}, _("Fill it in."))
    if kind == "identity" and cell.kind == "number":
        what = _("The number stands in a numeric cell, which changes its last digits.")
        made.wrong(key, "numeric-identity", what, _("Make the column text, then type the number again."))
    if key in LONGEST and len(cell.value) > LONGEST[key]:
        told = {"heading": heading, "limit": LONGEST[key]}
        what = _("“%(heading)s” is longer than %(limit)s characters.") % told
        made.wrong(key, "too-long", what, _("Shorten it."))


def _day(made: StaffRow, key: str) -> date | None:
    if made.row[key].is_empty:
        return None
    found = parse_date(made.row[key])
    if found is None:
        made.wrong(key, "day", _("This isn't a day that exists."), _("Write it as 2026-03-02."))
    return found


def _choice(made: StaffRow, key: str, words: dict[str, Any]) -> Any:
    text = made.row.text(key)
    if text and text not in words:
        mend = _("Choose one of: %(words)s.") % {"words": "、".join(words)}
        made.wrong(key, "choice", _("The word isn't one of the list."), mend)
    return words.get(text)


def _role(made: StaffRow) -> str | None:
    if made.row.text("role") in WRITER_WORDS:
        what = _("Item writers aren't listed here: who they are is shielded.")
        mend = _("Register them one by one under Item writers.")
        made.wrong("role", "writer", what, mend, ["JL-2024-5§33"])
        return None
    found: str | None = _choice(made, "role", ROLE_WORDS)
    return found


def _codes(row: Row) -> list[str]:
    return list(dict.fromkeys(code for code in row.text("occupations").translate(SEPARATORS).split("、") if code))


def _highest_level(made: StaffRow) -> str:
    """Return the highest level of a range such as ``5-3``; note a problem where it can't be read."""
    text = made.row.text("levels").translate(RANGES).replace("级", "")
    if not text:
        return ""
    parts = [LEVEL_WORDS.get(part.strip()) for part in text.split("-")]
    levels = [part for part in parts if part is not None]
    if len(levels) != len(parts) or len(parts) > 2:
        made.wrong("levels", "levels", _("The levels can't be read."), _("Write lowest and highest, such as 5-3."))
        return ""
    return Level(max(levels, key=LEVELS.index)).value


def compare(rows: Sequence[StaffRow]) -> None:
    """Note rows that state the same appointment twice, and numbers that stand under two names."""
    names: dict[str, tuple[int, str]] = {}
    seen: dict[tuple[object, ...], int] = {}
    for made in rows:
        identity = made.identity
        if not identity:
            continue
        number, name = names.setdefault(identity, (made.row.number, made.row.text("name")))
        if name != made.row.text("name"):
            what = _("Row %(row)s has the same number under another name.") % {"row": number}
            made.wrong("name", "name-differs", what, _("Compare both with the document."))
        for spec in made.specs:
            key = (identity, spec.role, spec.occupation and spec.occupation.pk, spec.since)
            first = seen.setdefault(key, made.row.number)
            if first != made.row.number:
                what = _("The same appointment stands in row %(row)s.") % {"row": first}
                made.wrong("identity", "row-twice", what, _("Remove one of them."))
