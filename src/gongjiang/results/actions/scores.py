"""Entering scores, confirming them by a second person, and making results of them."""

import hashlib
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit, idempotency, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.results import entry, permissions, queries, rules, writing
from gongjiang.results.entry import ScoreRow, ScoresRefused
from gongjiang.results.models import ScoreSheet
from gongjiang.results.reading import read_scores


@transaction.atomic
def enter_scores(
    *,
    actor: Actor,
    at: datetime,
    batch: Batch,
    part: str,
    scores: Sequence[ScoreRow],
    key: str,
    file: StoredFile | None = None,
    reason: str = "",
) -> ScoreSheet:
    """Enter scores of one part (JL-2024-5§25): all rows or none; the same key and rows give the same sheet.

    Who was absent or is void by the exam day's record is added without being typed. A row that differs from the score
    on record is a correction: it supersedes that score and needs a reason. Rows that repeat it are left out.

    :raises NotAllowed: wrong role, or the batch isn't being marked.
    :raises ScoresRefused: with every problem of every row.
    :raises Refused: nothing new is given.
    """
    asked = _("Enter scores")
    rules.require_role(actor, permissions.ENTER, asked, batch)
    request = {"batch": batch.pk, "part": part, "rows": [_digest(row) for row in scores], "reason": reason}
    pk, _now = idempotency.once(
        key=key,
        action="score.enter",
        request=request,
        at=at,
        do=lambda: _enter(actor, at, batch, part, scores, key, file, reason).pk,
    )
    return ScoreSheet.everything.get(pk=pk)


@transaction.atomic
def import_scores(
    *, actor: Actor, at: datetime, batch: Batch, content: bytes, key: str, reason: str = ""
) -> list[ScoreSheet]:
    """Enter the scores of a sheet (scores.xlsx), a score sheet a part; the same key and file give the same sheets.

    :raises NotAllowed: wrong role, or the batch isn't being marked.
    :raises ScoresRefused: with every problem of every row of the sheet; nothing of it was taken over.
    """
    asked = _("Import scores")
    rules.require_role(actor, permissions.ENTER, asked, batch)
    pks, _now = idempotency.once(
        key=key,
        action="score.import",
        request={"batch": batch.pk, "sha256": hashlib.sha256(content).hexdigest(), "reason": reason},
        at=at,
        do=lambda: _import(actor, at, batch, content, key, reason),
    )
    return list(ScoreSheet.everything.filter(pk__in=pks).order_by("pk"))


@transaction.atomic
def confirm_sheet(*, actor: Actor, at: datetime, sheet: ScoreSheet) -> ScoreSheet:
    """Confirm a sheet that somebody else entered.

    :raises NotAllowed: wrong role, or the batch is past that.
    :raises Refused: the same person entered it, it is confirmed or superseded, or a score was edited since.
    """
    asked = _("Confirm the sheet")
    rules.require_role(actor, permissions.CONFIRM, asked, sheet)
    batch = writing.lock(sheet.batch)
    rules.require_state(batch, asked, BatchState.MARKING, BatchState.ON_NOTICE)
    sheet = ScoreSheet.everything.select_for_update().get(pk=sheet.pk)
    refuse_if(asked, [*rules.against_sheet(sheet, actor), *rules.edited_scores(batch)], subject=sheet)
    sheet.confirmed_by_id, sheet.confirmed_at = actor.user_id, at
    sheet.save(update_fields=["confirmed_by_id", "confirmed_at"])
    facts = {"part": sheet.part, "scores": sheet.scores.filter(superseded=False).count()}
    audit.record(
        actor=actor,
        action="score_sheet.confirm",
        subject=sheet,
        at=at,
        facts=facts,
        cites=rules.marking_cites(batch),
        about=batch,
    )
    return sheet


@transaction.atomic
def confirm_scores(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Close the marking and make the results: each part by its own pass mark, none averaged (CAT-04).

    :raises NotAllowed: wrong state or role.
    :raises Refused: a candidate's part has no score, a sheet no second person, or a score was edited.
    """
    current = writing.lock(batch)
    refuse_if(_("Confirm the scores"), rules.against_scores(current), subject=batch)
    results = writing.compute(current, queries.examinees(current), at)
    batch.scored_on = at.date()
    batch.save(update_fields=["scored_on"])
    facts = {"results": len(results), "passed": sum(result.outcome == "passed" for result in results)}
    workflow.apply(batch, "confirm_scores", actor=actor, at=at, facts=facts)
    cites = rules.marking_cites(batch)
    acts = [audit.Act("result.compute", result, {"outcome": result.outcome}, cites) for result in results]
    audit.record_many(actor=actor, at=at, acts=acts)
    return batch


def _enter(
    actor: Actor,
    at: datetime,
    batch: Batch,
    part: str,
    scores: Sequence[ScoreRow],
    key: str,
    file: StoredFile | None,
    reason: str,
) -> ScoreSheet:
    asked = _("Enter scores")
    current = writing.lock(batch)
    rules.require_state(current, asked, BatchState.MARKING)
    known = entry.known_of(current, part)
    problems = list(entry.problems_of(scores, known, reason=reason))
    if problems:
        raise ScoresRefused(asked, problems, subject=batch)
    rows = _new(scores, known, part)
    if not rows:
        way = _("Enter scores that aren't on record yet, or a correction with its reason.")
        ground = Ground(_("Nothing new is given."), way, rules.marking_cites(batch), "nothing-new")
        raise Refused(asked, [ground], subject=batch)
    sheet, acts = writing.write_sheet(
        batch=current, part=part, rows=rows, actor=actor, at=at, key=key[:80], reason=reason.strip(), file=file
    )
    audit.record_many(actor=actor, at=at, acts=acts)
    return sheet


def _import(actor: Actor, at: datetime, batch: Batch, content: bytes, key: str, reason: str) -> list[int]:
    asked = _("Import scores")
    current = writing.lock(batch)
    rules.require_state(current, asked, BatchState.MARKING)
    reading = read_scores(content, current, today=at.date())
    problems = list(reading.problems)
    known = {part: entry.known_of(current, part) for part in reading.rows}
    for part, rows in reading.rows.items():
        problems += entry.problems_of(rows, known[part], reason=reason)
    if problems:
        problems.sort(key=lambda each: each.row or 0)
        raise ScoresRefused(asked, problems, subject=batch, numbered=True)
    return [
        _enter(actor, at, current, part, rows, f"{key[:60]}:{part}", None, reason).pk
        for part, rows in reading.rows.items()
        if _new(rows, known[part], part)
    ]


def _new(scores: Sequence[ScoreRow], known: entry.Known, part: str) -> list[ScoreRow]:
    """Return the rows that say something new, and those that the exam day's record adds."""
    fresh = []
    for row in scores:
        standing = known.scores.get((row.enrolment.pk, part))
        if standing is None or not entry.same(row, standing):
            fresh.append(row)
    return [*fresh, *entry.added_by_the_day(scores, known)]


def _digest(row: ScoreRow) -> list[object]:
    groups = [list(row.groups)] if row.groups else []
    return [row.enrolment.pk, row.value, row.absent, row.void, row.scorer, *groups]
