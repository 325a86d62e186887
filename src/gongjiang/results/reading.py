"""Reading scores.xlsx: rows matched to candidates by identity number, every problem told, nothing written."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.sheets.model import Row, header_aliases, required_keys
from gongjiang.kernel.sheets.read import read_table
from gongjiang.kernel.uploads.problems import Problem, Unreadable, localise
from gongjiang.law.codes import mask_identity, parse_identity
from gongjiang.planning.models import Batch
from gongjiang.results import queries
from gongjiang.results.columns import PARTS, SCORE_COLUMNS
from gongjiang.results.contents import GROUPS
from gongjiang.results.entry import LONGEST_SCORER, ScoreRow
from gongjiang.standards.models import PartKind

PART_OF = dict(zip(PARTS, (PartKind.THEORY.value, PartKind.PRACTICAL.value, PartKind.PANEL.value), strict=True))
ABSENT, VOID = {"缺考", "缺"}, {"作废", "无效"}


@dataclass
class ScoreReading:
    """What a sheet says: rows by part, the rows as shown (identity masked), as given, and every problem."""

    rows: dict[str, list[ScoreRow]] = field(default_factory=dict)
    shown: dict[int, dict[str, str]] = field(default_factory=dict)
    given: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    total: int = 0


def read_scores(content: bytes, batch: Batch, *, today: date) -> ScoreReading:
    """Read a sheet of scores of the batch; a file that can't be read is told as problems too."""
    reading = ScoreReading()
    try:
        table = read_table(content, header_aliases=header_aliases(SCORE_COLUMNS), required=required_keys(SCORE_COLUMNS))
        people = {enrolment.candidate.person_key: enrolment for enrolment in queries.examinees(batch)}
        for row in table.rows:
            _take(row, people, reading, today)
        found = [*table.info.problems, *table.problems]
    except Unreadable as unreadable:
        reading.rows.clear()
        found = list(unreadable.problems)
    reading.problems[:0] = [localise(each, _) for each in found]
    if not reading.total and not reading.problems:
        what, mend = _("The sheet has no rows."), _("Fill in the template and upload that.")
        reading.problems.append(Problem(None, "", "no-rows", what, "", mend))
    return reading


def _take(row: Row, people: dict[str, Enrolment], reading: ScoreReading, today: date) -> None:
    reading.total += 1
    reading.given.append(row)
    shown = {column.key: row.text(column.key) for column in SCORE_COLUMNS}
    reading.shown[row.number] = {**shown, "identity": mask_identity(shown["identity"])}
    enrolment, found = _person(row, people, today)
    part = PART_OF.get(row.text("part"))
    if part is None:
        what = _("“%(part)s” is no part.") % {"part": row.text("part")}
        found.append(
            Problem(row.number, "part", "part-unknown", what, "", _("Choose one: %(all)s.") % {"all": "、".join(PARTS)})
        )
    value, absent, void = None, row.text("score") in ABSENT, row.text("score") in VOID
    if row.text("score") and not (absent or void):
        value = _number(row.text("score"))
        if value is None:
            what = _("“%(text)s” is no score.") % {"text": row.text("score")}
            found.append(Problem(row.number, "score", "not-a-number", what, "", _("Write a number, or 缺考.")))
    groups = _groups(row, found)
    if found or enrolment is None or part is None:
        reading.problems += found
        return
    scorer = row.text("scorer")[:LONGEST_SCORER]
    reading.rows.setdefault(part, []).append(ScoreRow(enrolment, value, absent, void, scorer, row.number, groups))


def _groups(row: Row, found: list[Problem]) -> tuple[Decimal, Decimal, Decimal] | None:
    """Return the marks by group of content, None where all are empty; what is no number is added to the problems."""
    texts = [row.text(group) for group in GROUPS]
    if not any(texts):
        return None
    values = [_number(text) if text else None for text in texts]
    for group, text, value in zip(GROUPS, texts, values, strict=True):
        if value is None:
            what, mend = (
                _("“%(text)s” is no score.") % {"text": text},
                _("Write all three marks; they sum to the score."),
            )
            found.append(Problem(row.number, group, "not-a-number", what, "", mend))
    ability, performance, ethics = (value if value is not None else Decimal(0) for value in values)
    return ability, performance, ethics


def _person(row: Row, people: dict[str, Enrolment], today: date) -> tuple[Enrolment | None, list[Problem]]:
    cell = row["identity"]
    if cell.kind == "number":
        what, why = _("The identity number stands in a numeric cell."), _("Spreadsheets round its last digits.")
        mend = _("Set the column to text and write it again.")
        return None, [Problem(row.number, "identity", "numeric-identity", what, why, mend)]
    identity = parse_identity(cell.value, today=today)
    if not identity.valid:
        why = " ".join(reason.text("zh") for reason in identity.reasons)
        what = _("The identity number is wrong.")
        return None, [Problem(row.number, "identity", "identity-wrong", what, why, _("Compare it with the roll."))]
    enrolment = people.get(blind_index(identity.text))
    if enrolment is None:
        what = _("No eligible candidate of this batch has this identity number.")
        return None, [
            Problem(row.number, "identity", "unknown-candidate", what, "", _("Remove the row, or correct it."))
        ]
    if row.text("name") != enrolment.name:
        what = _("The name isn't the one enrolled under this identity number.")
        why = _("The sheet says %(name)s.") % {"name": row.text("name")}
        return enrolment, [Problem(row.number, "name", "name-differs", what, why, _("Compare both with the roll."))]
    return enrolment, []


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None
