"""Reads of scores, results, notices and objections: whose they are and what stands in the way."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import CharField, Q, QuerySet
from django.db.models.functions import Cast

from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.planning.models import Batch, LinePart
from gongjiang.results.models import EthicsVeto, Outcome, PostedResult, Result, Score, ScoreSheet
from gongjiang.sittings.models import Attendance, Misconduct
from gongjiang.standards.models import PartKind

OF_BATCH = "the batch was reached within the actor's scope"
# What no page of results shows is neither fetched nor decrypted.
SECRET = ("enrolment__phone", "enrolment__candidate__identity")
VEILED = ("enrolment__phone",)
Key = tuple[int, str]


def results_for(actor: Actor) -> QuerySet[Result]:
    """Return the results in the actor's part of the tree; for a candidate the own ones, once posted."""
    if actor.kind == "candidate":
        own = Result.objects.unscoped("a candidate's own results").filter(
            enrolment__candidate__person_key=actor.person_key, enrolment__batch__noticed_on__isnull=False
        )
        found = own if actor.person_key else own.none()
    else:
        found = Result.objects.for_actor(actor)
    return found.select_related(
        "enrolment__candidate", "enrolment__line__occupation", "enrolment__batch__body__organisation", "veto"
    ).defer(*SECRET)


def result_for(actor: Actor, pk: int) -> Result:
    """Return one result of the actor's.

    :raises Result.DoesNotExist: also for another's.
    """
    return results_for(actor).get(pk=pk)


def sheets_for(actor: Actor) -> QuerySet[ScoreSheet]:
    """Return the score sheets in the actor's part of the tree, newest first."""
    return ScoreSheet.objects.for_actor(actor).select_related("batch__body")


def sheet_for(actor: Actor, pk: int) -> ScoreSheet:
    """Return one score sheet of the actor's.

    :raises ScoreSheet.DoesNotExist: also for another's.
    """
    return sheets_for(actor).get(pk=pk)


def objections_for(actor: Actor) -> QuerySet[Objection]:
    """Return the objections about the actor's results, oldest first."""
    keys = results_for(actor).order_by().annotate(key=Cast("pk", CharField())).values("key")
    return Objection.objects.filter(about_kind="results.result", about_id__in=keys).select_related("notice")


def objection_for(actor: Actor, pk: int) -> Objection:
    """Return one objection about a result of the actor's.

    :raises Objection.DoesNotExist: also for another's.
    """
    return objections_for(actor).get(pk=pk)


def objections_in(batch: Batch) -> QuerySet[Objection]:
    """Return the objections about results of the batch, oldest first."""
    return Objection.objects.filter(notice__in=notices_in(batch)).select_related("notice")


def result_of(objection: Objection) -> Result:
    """Return the result that the objection is about; the caller has reached the objection within its scope."""
    return Result.everything.select_related(
        "enrolment__candidate", "enrolment__line__occupation", "enrolment__batch__body__organisation", "veto"
    ).get(pk=int(objection.about_id))


def confirmed_passes(batch: Batch) -> QuerySet[Result]:
    """Return the results that a certificate may follow: every part passed, confirmed after notice (JL-2024-5§26)."""
    return _results_in(batch).filter(outcome=Outcome.PASSED, confirmed_on__isnull=False)


def _results_in(batch: Batch) -> QuerySet[Result]:
    found = Result.objects.unscoped(OF_BATCH).filter(enrolment__batch=batch, enrolment__state=EnrolmentState.ELIGIBLE)
    return found.order_by("enrolment_id")


def results_in(batch: Batch) -> QuerySet[Result]:
    """Return the batch's results with their candidates."""
    return _results_in(batch).select_related("enrolment__candidate", "enrolment__line__occupation").defer(*SECRET)


def examinees(batch: Batch) -> QuerySet[Enrolment]:
    """Return the candidates whom the batch examines: the eligible ones."""
    return (
        Enrolment.objects.unscoped(OF_BATCH)
        .filter(batch=batch, state=EnrolmentState.ELIGIBLE)
        .select_related("line__occupation", "candidate")
        .defer("phone", "candidate__identity")
        .order_by("line_id", "pk")
    )


def required_parts(batch: Batch) -> dict[int, list[LinePart]]:
    """Return per line of the batch its parts as they were announced, in order."""
    parts: dict[int, list[LinePart]] = {line: [] for line in batch.lines.values_list("pk", flat=True)}
    for part in LinePart.objects.filter(line__batch=batch).select_related("line__standard").order_by("pk"):
        parts[part.line_id].append(part)
    return parts


def part_kinds(batch: Batch) -> list[str]:
    """Return the kinds of part that any line of the batch has, in the order of the assessment."""
    found = {part.kind for parts in required_parts(batch).values() for part in parts}
    return [kind for kind in PartKind.values if kind in found]


def current_scores(batch: Batch) -> dict[Key, Score]:
    """Return the scores that stand, by enrolment and part, with their sheets."""
    found = Score.objects.filter(enrolment__batch=batch, superseded=False).select_related("sheet")
    return {(score.enrolment_id, score.part): score for score in found}


def void_parts(batch: Batch) -> set[Key]:
    """Return the parts that are void by misconduct, by enrolment."""
    found: set[Key] = set()
    rows = Misconduct.objects.filter(sitting__batch=batch, effect__in=("part_void", "all_void"))
    for enrolment, part, effect in rows.values_list("enrolment_id", "sitting__part", "effect"):
        kinds = PartKind.values if effect == "all_void" else [part]
        found |= {(enrolment, kind) for kind in kinds}
    return found


def attendance(batch: Batch) -> dict[Key, bool]:
    """Return who came to which part; who has no entry isn't in it."""
    rows = Attendance.objects.filter(sitting__batch=batch)
    return {(enrolment, part): present for enrolment, part, present in rows.values_list(
        "enrolment_id", "sitting__part", "present"
    )}  # fmt: skip


@dataclass(frozen=True, slots=True)
class PartProgress:
    """How far one part's scores have come: candidates due, entered (with absent and void), confirmed by another."""

    part: str
    due: int
    entered: int
    absent: int
    void: int
    unconfirmed: int

    @property
    def is_whole(self) -> bool:
        return self.entered == self.due and not self.unconfirmed


def progress(batch: Batch) -> list[PartProgress]:
    """Return each part's progress, in three queries."""
    required = required_parts(batch)
    scores = current_scores(batch)
    lines = dict(examinees(batch).values_list("pk", "line_id"))
    found = []
    for kind in PartKind.values:
        due = [pk for pk, line in lines.items() if any(part.kind == kind for part in required[line])]
        if due:
            entered = [scores[pk, kind] for pk in due if (pk, kind) in scores]
            found.append(
                PartProgress(
                    kind,
                    len(due),
                    len(entered),
                    sum(score.is_absent and not score.is_void for score in entered),
                    sum(score.is_void for score in entered),
                    sum(score.sheet.confirmed_at is None for score in entered),
                )
            )
    return found


def missing_scores(batch: Batch) -> list[tuple[Enrolment, str]]:
    """Return every eligible candidate's part that has neither score nor absence nor voidness on record."""
    required, scores = required_parts(batch), current_scores(batch)
    return [
        (enrolment, part.kind)
        for enrolment in examinees(batch)
        for part in required[enrolment.line_id]
        if (enrolment.pk, part.kind) not in scores
    ]


def open_sheets(batch: Batch) -> QuerySet[ScoreSheet]:
    """Return the sheets whose scores stand and that no second person confirmed."""
    return (
        ScoreSheet.objects.unscoped(OF_BATCH)
        .filter(batch=batch, confirmed_at__isnull=True, scores__superseded=False)
        .distinct()
    )


def people_behind(result: Result) -> set[int]:
    """Return who entered or confirmed a score of the candidate, or proposed or decided on a veto.

    None of them may reply to an objection (JL-2024-5§25).
    """
    rows = Score.objects.filter(enrolment_id=result.enrolment_id).values_list(
        "sheet__entered_by_id", "sheet__confirmed_by_id"
    )
    vetoes = EthicsVeto.everything.filter(enrolment_id=result.enrolment_id)
    pairs = [*rows, *vetoes.values_list("proposed_by_id", "decided_by_id")]
    return {user for pair in pairs for user in pair if user is not None}


def vetoes_for(actor: Actor) -> QuerySet[EthicsVeto]:
    """Return the vetoes in the actor's part of the tree, newest first; candidates reach theirs by their result."""
    found = EthicsVeto.objects.for_actor(actor) if actor.kind == "staff" else EthicsVeto.everything.none()
    return found.select_related("enrolment__batch__body__organisation", "enrolment__line__occupation").defer(*VEILED)


def veto_for(actor: Actor, pk: int) -> EthicsVeto:
    """Return one veto of the actor's.

    :raises EthicsVeto.DoesNotExist: also for another's.
    """
    return vetoes_for(actor).get(pk=pk)


def vetoes_in(batch: Batch) -> QuerySet[EthicsVeto]:
    """Return the vetoes about candidates of the batch, newest first."""
    found = EthicsVeto.objects.unscoped(OF_BATCH).filter(enrolment__batch=batch)
    return found.select_related("enrolment__batch").defer(*VEILED)


def vetoes_in_force(batch: Batch) -> dict[int, EthicsVeto]:
    """Return the vetoes that stand confirmed, by enrolment."""
    return {veto.enrolment_id: veto for veto in vetoes_in(batch).filter(upheld=True, lifted_at=None)}


def notices_in(batch: Batch) -> QuerySet[PublicNotice]:
    """Return the batch's notice and those re-opened for single candidates, newest first."""
    enrolments = Enrolment.everything.filter(batch=batch).order_by().annotate(key=Cast("pk", CharField()))
    return PublicNotice.objects.filter(
        Q(subject_kind="planning.batch", subject_id=str(batch.pk))
        | Q(subject_kind="enrolment.enrolment", subject_id__in=enrolments.values("key")),
        kind="result",
        withdrawn_on=None,
    )


def notice_of(result: Result) -> PublicNotice | None:
    """Return the notice on which the result stands: the one re-opened for the candidate, else the batch's."""
    return notices.newest_on(result.enrolment) or notices.newest_on(result.enrolment.batch)


def public_notices() -> QuerySet[PublicNotice]:
    """Return the result notices that anyone may read, newest first."""
    return PublicNotice.objects.filter(kind="result", withdrawn_on=None)


def running_notices(at: datetime) -> QuerySet[PublicNotice]:
    """Return the result notices within which objections may be raised at the instant."""
    today = at.astimezone(SHANGHAI).date()
    return public_notices().filter(Q(last_day__gte=today) | Q(provisional=True), posted_on__lte=today)


def batches_of(found: list[PublicNotice]) -> dict[int, Batch]:
    """Return the batch of each notice, with two queries however many there are."""
    people = [int(notice.subject_id) for notice in found if notice.subject_kind == "enrolment.enrolment"]
    of_person = dict(Enrolment.everything.filter(pk__in=people).values_list("pk", "batch_id"))
    keys = {
        notice.pk: int(notice.subject_id)
        if notice.subject_kind == "planning.batch"
        else of_person.get(int(notice.subject_id))
        for notice in found
    }
    batches = Batch.everything.select_related("body").in_bulk([key for key in keys.values() if key is not None])
    return {pk: batches[key] for pk, key in keys.items() if key in batches}


def posted_in(notice: PublicNotice) -> QuerySet[PostedResult]:
    """Return the masked lines of a notice, in order."""
    return PostedResult.objects.filter(notice=notice)


def batch_of(notice: PublicNotice) -> Batch | None:
    """Return the batch that a result notice belongs to; it is public once noticed."""
    if notice.subject_kind == "planning.batch":
        pk: Any = int(notice.subject_id)
    else:
        pk = Enrolment.everything.filter(pk=int(notice.subject_id)).values_list("batch_id", flat=True).first()
    return Batch.everything.select_related("body__organisation", "site").filter(pk=pk).first()
