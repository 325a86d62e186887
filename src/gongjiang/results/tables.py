"""Scores, results, notices and objections as the tables of pages."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel import calendars, notices
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import Objection
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.planning.models import Batch
from gongjiang.results import shown
from gongjiang.results.models import PostedResult, Result, Score, ScoreSheet
from gongjiang.results.queries import PartProgress
from gongjiang.results.rules import part_label
from gongjiang.standards.models import Level


def progress_table(batch: Batch, progress: Iterable[PartProgress], *, may_enter: bool) -> Table:
    """Return how far each part's scores have come."""
    rows = []
    for each in progress:
        url = reverse("score-entry", args=[batch.pk, each.part]) if may_enter else ""
        state = _("whole") if each.is_whole else _("%(n)s to enter") % {"n": each.due - each.entered}
        if each.entered == each.due and each.unconfirmed:
            state = _("awaits a second person")
        look = "ok" if each.is_whole else "wait" if each.entered == each.due else "go"
        rows.append(
            Row(
                (
                    Cell(part_label(each.part), url=url),
                    each.due,
                    each.entered,
                    each.absent,
                    each.void,
                    each.unconfirmed,
                    Cell(state, state=look),
                )
            )
        )
    columns = (
        Column(_("Part")),
        Column(_("Candidates"), numeric=True),
        Column(_("On record"), numeric=True),
        Column(_("Absent"), numeric=True),
        Column(_("Void"), numeric=True),
        Column(_("Unconfirmed"), numeric=True),
        Column(_("Position")),
    )
    return Table(_("Scores by part"), columns, tuple(rows), empty=_("The parts appear once candidates are eligible."))


def sheets_table(sheets: Iterable[ScoreSheet], counts: Mapping[int, int], names: Mapping[int, str]) -> Table:
    """Return the score sheets of a batch: who entered what, who confirmed it."""
    rows = []
    for sheet in sheets:
        if sheet.confirmed_at:
            state = Cell(_("confirmed"), state="ok", sub=names.get(sheet.confirmed_by_id or 0, ""))
        elif counts.get(sheet.pk, 0):
            state = Cell(_("awaits a second person"), state="wait")
        else:
            state = Cell(_("superseded"), state="na")
        rows.append(
            Row(
                (
                    Cell(part_label(sheet.part), url=reverse("score-sheet", args=[sheet.pk]), sub=sheet.reason),
                    counts.get(sheet.pk, 0),
                    Cell(
                        names.get(sheet.entered_by_id, ""), sub=f"{sheet.entered_at.astimezone(SHANGHAI):%m-%d %H:%M}"
                    ),
                    state,
                )
            )
        )
    columns = (
        Column(_("Score sheet")),
        Column(_("Standing scores"), numeric=True),
        Column(_("Entered by")),
        Column(_("Confirmation")),
    )
    return Table(_("Score sheets"), columns, tuple(rows), empty=_("A sheet appears here each time scores are entered."))


def scores_table(scores: Iterable[Score], previous: Mapping[int, Score]) -> Table:
    """Return the scores of a sheet, beside what they superseded."""
    rows = []
    for score in scores:
        before = previous.get(score.enrolment_id)
        line = score.enrolment.line
        rows.append(
            Row(
                (
                    Cell(score.enrolment.name, sub=score.enrolment.candidate.identity_masked),
                    Cell(line.occupation.name, sub=str(Level(line.level).label)),
                    Cell(shown.score_text(score), sub=_("superseded since") if score.superseded else ""),
                    shown.score_text(before) or "—",
                    score.scorer or "—",
                ),
                kind="off" if score.superseded else "",
            )
        )
    columns = (
        Column(_("Candidate")),
        Column(_("Occupation and level")),
        Column(_("Score"), numeric=True),
        Column(_("Before"), numeric=True),
        Column(_("Marked by")),
    )
    return Table(_("Scores of the sheet"), columns, tuple(rows), filter_here=True)


def results_table(results: Iterable[Result], kinds: Iterable[str]) -> Table:
    """Return results with each part's score."""
    kinds = list(kinds)
    rows = []
    for result in results:
        by_part = {part["part"]: part for part in result.parts}
        line = result.enrolment.line
        rows.append(
            Row(
                (
                    Cell(
                        result.enrolment.name,
                        sub=result.enrolment.candidate.identity_masked,
                        url=reverse("result", args=[result.pk]),
                    ),
                    Cell(line.occupation.name, sub=str(Level(line.level).label)),
                    *(shown.part_score(by_part[kind]) if kind in by_part else "—" for kind in kinds),
                    Cell(result.get_outcome_display(), state=shown.LOOK[result.outcome]),
                )
            )
        )
    columns = (
        Column(_("Candidate")),
        Column(_("Occupation and level")),
        *(Column(part_label(kind), numeric=True) for kind in kinds),
        Column(_("Result")),
    )
    empty = _("Results appear once every score is confirmed by a second person.")
    return Table(_("Results"), columns, tuple(rows), empty=empty)


def posted_table(lines: Iterable[PostedResult], kinds: Iterable[str]) -> Table:
    """Return a notice's lines as the public sees them: names and identity numbers masked."""
    kinds = list(kinds)
    rows = []
    for line in lines:
        by_part = {part["part"]: part for part in line.parts}
        rows.append(
            Row(
                (
                    Cell(line.name, sub=line.identity),
                    Cell(line.occupation, sub=str(Level(line.level).label)),
                    *(shown.part_score(by_part[kind]) if kind in by_part else "—" for kind in kinds),
                    Cell(line.get_outcome_display(), state=shown.LOOK[line.outcome]),  # type: ignore[index]
                )
            )
        )
    columns = (
        Column(_("Candidate")),
        Column(_("Occupation and level")),
        *(Column(part_label(kind), numeric=True) for kind in kinds),
        Column(_("Result")),
    )
    return Table(_("Posted results"), columns, tuple(rows))


def objections_table(
    objections: Iterable[Objection], results: Mapping[int, Result], names: Mapping[int, str], today: date
) -> Table:
    """Return objections with the deadline of the reply and who gives it."""
    rows, calendar = [], calendars.current()
    for objection in objections:
        result = results[int(objection.about_id)]
        due = shown.reply_due(objection, today, calendar)
        if objection.replied_at:
            state = Cell(_("upheld") if objection.upheld else _("the score stands"), state="ok")
        elif objection.assigned_to_id:
            state = Cell(names.get(objection.assigned_to_id, ""), state="go")
        else:
            state = Cell(_("nobody assigned"), state="wait")
        rows.append(
            Row(
                (
                    Cell(
                        result.enrolment.name,
                        sub=objection.text[:60],
                        url=reverse("objection", args=[objection.pk]),
                    ),
                    Cell(result.enrolment.batch.title, sub=result.enrolment.batch.body.name),
                    Cell(due=due),
                    state,
                ),
                kind="bad" if due.kind == "over" else "",
            )
        )
    columns = (Column(_("Objection")), Column(_("Batch")), Column(_("Reply")), Column(_("Position")))
    empty = _("Objections appear here when a candidate raises one within a notice.")
    return Table(_("Objections"), columns, tuple(rows), empty=empty)


def batch_objections(objections: Iterable[Objection], at: datetime, *, linked: bool) -> Table:
    """Return a batch's objections for its page: what is said, since when, how it stands, until when."""
    rows, calendar = [], calendars.current()
    for objection in objections:
        if objection.replied_at:
            state = Cell(_("upheld") if objection.upheld else _("the score stands"), state="ok")
        elif notices.is_overdue(objection, at):
            state = Cell(_("reply overdue"), state="no")
        else:
            state = Cell(_("assigned") if objection.assigned_to_id else _("nobody assigned"), state="wait")
        url = reverse("objection", args=[objection.pk]) if linked else ""
        raised = f"{objection.raised_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}"
        due = Cell(due=shown.reply_due(objection, at.date(), calendar))
        rows.append(Row((Cell(objection.text[:60], sub=raised, url=url), state, due)))
    columns = (Column(_("Objection")), Column(_("Position")), Column(_("Reply")))
    return Table(_("Objections"), columns, tuple(rows))
