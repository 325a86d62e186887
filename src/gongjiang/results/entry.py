"""Checking scores before they are taken over: every problem of every row at once."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.uploads.problems import Problem
from gongjiang.law.model import Provision
from gongjiang.planning.models import Batch, LinePart
from gongjiang.results import contents, queries
from gongjiang.results.models import Score

SHOWN = 50  # so many problems stand in the refusal itself; the page and the report have all
PLACES = Decimal("0.01")
LONGEST_SCORER = 60


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One candidate's score in a part as it was given. ``number`` is the row of the sheet that it came from.

    ``groups`` are the marks by ability, work performance and ethics, where the law of the place has them told apart.
    """

    enrolment: Enrolment
    value: Decimal | None = None
    absent: bool = False
    void: bool = False
    scorer: str = ""
    number: int | None = None
    groups: tuple[Decimal, Decimal, Decimal] | None = None


class ScoresRefused(Refused):
    """Nothing was taken over; ``problems`` holds every problem of every row.

    A problem's row is the row of the sheet, or the enrolment's id where scores were typed (``numbered`` is false).
    """

    def __init__(
        self, asked: str, problems: Iterable[Problem], *, subject: object | None = None, numbered: bool = False
    ) -> None:
        self.problems = tuple(problems)
        grounds = [
            Ground(
                " ".join(part for part in (_place_of(each) if numbered else "", each.what, each.why) if part),
                each.mend,
                code=each.code,
            )
            for each in self.problems[:SHOWN]
        ]
        more = len(self.problems) - SHOWN
        if more > 0:
            grounds.append(
                Ground(_("%(n)s further problems.") % {"n": more}, _("The problem sheet lists them all."), code="more")
            )
        super().__init__(asked, grounds, subject=subject)


@dataclass
class Known:
    """What is on record of a batch's part, read once for all rows."""

    part: str
    marks: dict[int, LinePart]
    eligible: dict[int, Enrolment]
    scores: dict[queries.Key, Score]
    void: set[queries.Key]
    came: dict[queries.Key, bool]
    content: Provision[tuple[str, ...]] | None = None
    seen: Counter[int] = field(default_factory=Counter)


def known_of(batch: Batch, part: str) -> Known:
    """Read what the rows of a part are checked against."""
    marks = {line: each for line, parts in queries.required_parts(batch).items() for each in parts if each.kind == part}
    return Known(
        part,
        marks,
        {enrolment.pk: enrolment for enrolment in queries.examinees(batch)},
        queries.current_scores(batch),
        queries.void_parts(batch),
        queries.attendance(batch),
        contents.asked(batch, part),
    )


def problems_of(rows: Sequence[ScoreRow], known: Known, *, reason: str) -> Iterator[Problem]:
    """Yield every problem of every row of one part."""
    for row in rows:
        found = list(_problems(row, known))
        yield from found
        known.seen[row.enrolment.pk] += 1
        standing = known.scores.get((row.enrolment.pk, known.part))
        if not found and standing and not same(row, standing) and not reason.strip():
            yield _problem(
                row,
                "score",
                "correction-without-reason",
                _("%(name)s has another score on record.") % {"name": row.enrolment.name},
                _("A score is never overwritten; a correction supersedes it, with its reason."),
                _("Write why the score is corrected, or leave the row out."),
            )


def added_by_the_day(rows: Sequence[ScoreRow], known: Known) -> list[ScoreRow]:
    """Return rows for those who need no entry: void by misconduct or absent by the check-in, and not yet on record."""
    given = {row.enrolment.pk for row in rows}
    found = []
    for enrolment in known.eligible.values():
        key = (enrolment.pk, known.part)
        if enrolment.pk in given or key in known.scores or enrolment.line_id not in known.marks:
            continue
        if key in known.void:
            found.append(ScoreRow(enrolment, void=True))
        elif known.came.get(key) is False:
            found.append(ScoreRow(enrolment, absent=True))
    return found


def same(row: ScoreRow, score: Score) -> bool:
    """Say whether the row says what the standing score says."""
    marks = (row.value, row.void, row.groups) == (score.value, score.is_void, score.groups)
    return marks and (row.void or row.absent == score.is_absent)


def _problems(row: ScoreRow, known: Known) -> Iterator[Problem]:
    name, key = row.enrolment.name, (row.enrolment.pk, known.part)
    told = {"name": name}
    if row.enrolment.pk not in known.eligible:
        why = _("Only eligible candidates of this batch have scores in it.")
        yield _problem(row, "identity", "not-examined", _("%(name)s isn't examined here.") % told, why, _REMOVE())
        return
    mark = known.marks.get(row.enrolment.line_id)
    if mark is None:
        why = _("The standard has no such part at this level.")
        yield _problem(row, "part", "no-such-part", _("%(name)s has no such part.") % told, why, _REMOVE())
        return
    if known.seen[row.enrolment.pk]:
        what = _("%(name)s stands twice for this part.") % told
        yield _problem(row, "identity", "twice", what, "", _("Leave one row."))
    wrong = list(_wrong_value(row, mark)) or list(_wrong_groups(row, known))
    yield from wrong or _wrong_by_the_day(row, key, known)


def _wrong_value(row: ScoreRow, mark: LinePart) -> Iterator[Problem]:
    if row.value is None:
        if not (row.absent or row.void):
            what, why = _("The score is empty."), _("An empty cell isn't a zero.")
            yield _problem(row, "score", "empty", what, why, _("Write the score; for the absent write 缺考."))
        return
    if row.absent or row.void:
        what = _("%(name)s: a score and an absence at once.") % {"name": row.enrolment.name}
        yield _problem(row, "score", "both", what, "", _("Give one of the two."))
    if not 0 <= row.value <= mark.full_mark:
        what = _("%(value)s is no score.") % {"value": row.value}
        why = _("The part has 0 to %(full)s marks.") % {"full": f"{mark.full_mark.normalize():f}"}
        yield _problem(row, "score", "out-of-range", what, why, _("Write the score as marked."))
    elif row.value != row.value.quantize(PLACES):
        what = _("%(value)s has more than two decimals.") % {"value": row.value}
        yield _problem(row, "score", "decimals", what, "", _("Write at most two."))


def _wrong_groups(row: ScoreRow, known: Known) -> Iterator[Problem]:
    if row.value is not None:
        for code, what, why, mend in contents.wrong_groups(row.enrolment.name, row.value, row.groups, known.content):
            yield _problem(row, "score", code, what, why, mend)


def _wrong_by_the_day(row: ScoreRow, key: queries.Key, known: Known) -> Iterator[Problem]:
    name, came = row.enrolment.name, known.came.get(key)
    if key in known.void and not row.void:
        what = _("%(name)s: this part is void by misconduct.") % {"name": name}
        mend = _("Write 作废, or leave the row out.")
        yield _problem(row, "score", "void-by-misconduct", what, _("The exam day's record says so."), mend)
    elif key not in known.void and row.void:
        what = _("%(name)s: no misconduct on record makes this part void.") % {"name": name}
        mend = _("Record the misconduct first, or write the score.")
        yield _problem(row, "score", "no-misconduct", what, "", mend)
    elif row.value is not None and came is False:
        what = _("%(name)s was absent from this part.") % {"name": name}
        mend = _("Write 缺考, or have the check-in corrected.")
        yield _problem(row, "score", "was-absent", what, _("The check-in says so."), mend)
    elif row.absent and not row.void and came is True:
        what = _("%(name)s was present at this part.") % {"name": name}
        mend = _("Write the score, or have the check-in corrected.")
        yield _problem(row, "score", "was-present", what, _("The check-in says so."), mend)


def _problem(row: ScoreRow, column: str, code: str, what: str, why: str, mend: str) -> Problem:
    return Problem(row.number if row.number is not None else row.enrolment.pk, column, code, what, why, mend)


def _place_of(problem: Problem) -> str:
    return _("Row %(n)s:") % {"n": problem.row} if problem.row is not None else ""


def _REMOVE() -> str:  # noqa: N802 - a text, translated when read
    return _("Remove the row.")
