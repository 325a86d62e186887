"""Writing scores, results and the lines of a notice: parts of larger acts, which check first and record themselves."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import audit, notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import PublicNotice, StoredFile
from gongjiang.law import questions as ask
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.results import queries
from gongjiang.results.contents import GROUPS
from gongjiang.results.entry import PLACES, ScoreRow
from gongjiang.results.marks import judge, mask_name
from gongjiang.results.models import PostedResult, Result, Score, ScoreSheet
from gongjiang.results.rules import marking_cites

ROWS = 500


def lock(batch: Batch) -> Batch:
    """Lock the batch's row and return it as it stands: whoever changes its scores or results waits here."""
    locked = Batch.everything.select_for_update(of=("self",)).select_related("body__organisation", "site")
    return locked.get(pk=batch.pk)


def write_sheet(
    *,
    batch: Batch,
    part: str,
    rows: Sequence[ScoreRow],
    actor: Actor,
    at: datetime,
    key: str,
    reason: str = "",
    file: StoredFile | None = None,
) -> tuple[ScoreSheet, list[audit.Act]]:
    """Write a sheet with its scores; those that stood before are superseded, never changed. Returns what to record."""
    assert actor.user_id is not None  # only staff enter scores
    sheet = ScoreSheet.everything.create(
        batch=batch, part=part, file=file, key=key, reason=reason, entered_by_id=actor.user_id, entered_at=at
    )
    standing = Score.objects.filter(
        enrolment__batch=batch, enrolment_id__in=[row.enrolment.pk for row in rows], part=part, superseded=False
    )
    old = list(standing)
    for score in old:
        score.superseded = True
    Score.objects.bulk_update(old, ["superseded"], batch_size=ROWS)
    new = Score.objects.bulk_create([_score(sheet, row) for row in rows], batch_size=ROWS)
    cites = marking_cites(batch)
    acts = [audit.Act("score.supersede", score, {"by_sheet": sheet.pk}, cites, reason) for score in old]
    acts += [audit.Act("score.enter", score, {"sheet": sheet.pk}, cites) for score in new]
    facts = {"part": part, "scores": len(new), "corrected": len(old)}
    return sheet, [audit.Act("score_sheet.enter", sheet, facts, cites, reason, about=batch), *acts]


def _score(sheet: ScoreSheet, row: ScoreRow) -> Score:
    return Score(
        sheet=sheet,
        enrolment=row.enrolment,
        part=sheet.part,
        value=None if row.void or row.value is None else row.value.quantize(PLACES),
        is_absent=row.absent and not row.void,
        is_void=row.void,
        scorer=row.scorer,
        **(dict(zip(GROUPS, row.groups, strict=True)) if row.groups and not row.void else {}),
    )


def compute(batch: Batch, enrolments: Iterable[Enrolment], at: datetime) -> list[Result]:
    """Make or make anew the results of the candidates from scores and vetoes that stand; every part has a score."""
    required, scores = queries.required_parts(batch), queries.current_scores(batch)
    vetoes = queries.vetoes_in_force(batch)
    people = list(enrolments)
    known = {result.enrolment_id: result for result in queries.results_in(batch)}
    fresh: list[Result] = []
    again: list[Result] = []
    for enrolment in people:
        asked = required[enrolment.line_id]
        veto = vetoes.get(enrolment.pk)
        outcome, parts = judge(
            asked, {each.kind: scores[enrolment.pk, each.kind] for each in asked}, vetoed=veto is not None
        )
        result = known.get(enrolment.pk) or Result(enrolment=enrolment)
        result.outcome, result.parts, result.computed_at, result.veto = outcome, parts, at, veto
        (again if result.pk else fresh).append(result)
    Result.everything.bulk_update(again, ["outcome", "parts", "computed_at", "veto"], batch_size=ROWS)
    return [*again, *Result.everything.bulk_create(fresh, batch_size=ROWS)]


def post_anew(batch: Batch, result: Result, at: datetime) -> PublicNotice:
    """Post one changed result anew, for as long as the law asks for on this day (MRK-03)."""
    term = ask.RESULT_NOTICE_WORKING_DAYS.at(place=regime_of(batch), day=at.date())
    notice = notices.open_notice(
        kind="result",
        subject=result.enrolment,
        title=f"{batch.title}　成绩公示（更正）",
        place=regime_of(batch),
        on=at.date(),
        working_days=term.value,
        cites=term.cites,
    )
    post_lines(notice, [result])
    return notice


def post_lines(notice: PublicNotice, results: Sequence[Result]) -> None:
    """Freeze the results as lines of the notice: names and identity numbers masked, nothing else of the person."""
    PostedResult.objects.bulk_create(
        [_line(notice, position, result) for position, result in enumerate(results, 1)], batch_size=ROWS
    )


SHOWN_OF_A_PART = ("part", "score", "absent", "void", "pass_mark", "full_mark", "passed", "standard")


def _line(notice: PublicNotice, position: int, result: Result) -> PostedResult:
    enrolment = result.enrolment
    line = enrolment.line
    parts: list[dict[str, Any]] = [{name: part[name] for name in SHOWN_OF_A_PART} for part in result.parts]
    return PostedResult(
        notice=notice,
        enrolment=enrolment,
        position=position,
        name=mask_name(enrolment.name),
        identity=enrolment.candidate.identity_masked,
        occupation=f"{line.occupation.name}（{line.job_type}）" if line.job_type else line.occupation.name,
        level=line.level,
        parts=parts,
        outcome=result.outcome,
    )
