"""Reads about enrolments and imports: whose they are, what they look like, what the law says of them."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from gongjiang.enrolment import facts as facts_of
from gongjiang.enrolment.models import Appeal, Enrolment, Evidence, ImportRow, ImportRun, ImportState, Override
from gongjiang.enrolment.rules.context import counting_day, governing_day, keys_of
from gongjiang.enrolment.states import EnrolmentState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.law import questions as ask
from gongjiang.law.eligibility import Verdict, assess, level_key
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch, BatchLine
from gongjiang.planning.queries import regime_of
from gongjiang.planning.rules import scope_grounds
from gongjiang.planning.states import BatchState

S = EnrolmentState
# From the announcement until the certificates are out: a batch in which people are.
LIVE = tuple(
    state
    for state in BatchState.values
    if state not in {BatchState.DRAFT, BatchState.AWAITING_OPENING, BatchState.APPROVED}
    and state not in {BatchState.ISSUED, BatchState.REPORTED, BatchState.CANCELLED}
)


def enrolments_for(actor: Actor) -> QuerySet[Enrolment]:
    """Return the enrolments that the actor may see: a candidate's own, a staff member's part of the tree."""
    if actor.kind == "candidate":
        own = Enrolment.objects.unscoped("a candidate's own enrolments")
        found = own.filter(candidate__person_key=actor.person_key) if actor.person_key else own.none()
    else:
        found = Enrolment.objects.for_actor(actor)
    return found.select_related(
        "candidate", "line__occupation", "line__standard", "line__own_level", "batch__body", "photo"
    )


def enrolment_for(actor: Actor, pk: int) -> Enrolment:
    """Return one enrolment of the actor's.

    :raises Enrolment.DoesNotExist: also for one that is another's.
    """
    return enrolments_for(actor).get(pk=pk)


def imports_for(actor: Actor) -> QuerySet[ImportRun]:
    """Return the imports in the actor's part of the tree; candidates have none."""
    return ImportRun.objects.for_actor(actor).select_related("batch__body", "job")


def import_for(actor: Actor, pk: int) -> ImportRun:
    """Return one import of the actor's.

    :raises ImportRun.DoesNotExist: also for one that is another's.
    """
    return imports_for(actor).get(pk=pk)


def eligible_of(batch: Batch) -> QuerySet[Enrolment]:
    """Return who of a batch was found eligible, in the order of enrolment; the caller reached the batch in scope."""
    return Enrolment.objects.unscoped("the batch was reached within scope").filter(batch=batch, state=S.ELIGIBLE)


def of_batch(batch: Batch) -> QuerySet[Enrolment]:
    """Return the enrolments of a batch that the caller reached within scope."""
    found = Enrolment.objects.unscoped("the batch was reached within scope").filter(batch=batch)
    return found.select_related("candidate", "line__occupation", "line__standard", "line__own_level", "batch__body")


def counts_of(batch: Batch) -> dict[str, int]:
    """Return how many enrolments of the batch stand in each state, every state named."""
    return state_counts(of_batch(batch))


def counts_by_line(batch: Batch) -> dict[tuple[tuple[str, str, str], str], int]:
    """Return how many stand in each state by (occupation code, name, level), in the order of codes and levels."""
    rows = of_batch(batch).select_related(None).order_by("line__occupation__code", "-line__level")
    names = ("line__occupation__code", "line__occupation__name", "line__level")
    return {
        ((row[names[0]], row[names[1]], row[names[2]]), row["state"]): row["n"]
        for row in rows.values(*names, "state").annotate(n=Count("pk"))
    }


def state_counts(found: QuerySet[Enrolment]) -> dict[str, int]:
    """Return how many of these enrolments stand in each state, every state named."""
    rows = found.order_by().select_related(None).values("state").annotate(n=Count("pk"))
    return dict.fromkeys(S.values, 0) | {row["state"]: row["n"] for row in rows}


def verdict_of(
    enrolment: Enrolment,
    facts: Mapping[str, Any] | None = None,
    birth_date: date | None = None,
    line: BatchLine | None = None,
    counted_on: date | None = None,
) -> Verdict:
    """Return what the clauses that govern the enrolment's line say of its facts, counted to the batch's day.

    Other ``facts``, birth date or line may be tried: a correction asks so whether eligibility still holds
    (JL-2024-5§30).

    :raises NoClauses: the clause set doesn't speak of the level.
    """
    chosen = line or enrolment.line
    stated = enrolment.facts if facts is None else facts
    read = facts_of.read_facts(stated, birth_date=birth_date or enrolment.candidate.born_on)
    scope: Any = chosen.standard.experience_scope
    return assess(
        chosen.clause_set, level_key(chosen.level), read.facts, counted_on or counting_day(enrolment.batch), scope
    )


def eligibility_cites(batch: Batch) -> tuple[Citation, ...]:
    """Return the articles by which eligibility is reviewed."""
    rule = ask.ELIGIBILITY_BY_STANDARD.get(place=regime_of(batch), day=governing_day(batch))
    return rule.cites if rule else ()


def evidence_cites(batch: Batch) -> tuple[Citation, ...]:
    """Return the articles by which evidence is checked and kept (JL-2024-5§17)."""
    rule = ask.EVIDENCE_RETAINED.get(place=regime_of(batch), day=governing_day(batch))
    return rule.cites if rule else ()


def one_at_a_time(batch: Batch) -> tuple[str, ...] | None:
    """Return the articles by which a person is enrolled for one occupation at a time, None where nobody asks so."""
    rule = ask.ONE_OCCUPATION_AT_A_TIME.get(place=regime_of(batch), day=governing_day(batch))
    return keys_of(rule) if rule and rule.value else None


def enrolled_in(batch: Batch, person_keys: Iterable[str]) -> set[str]:
    """Return which of the people are enrolled in the batch."""
    found = Enrolment.objects.unscoped("a person is enrolled once a batch").filter(
        batch=batch, candidate__person_key__in=list(person_keys)
    )
    return set(found.exclude(state=S.WITHDRAWN).values_list("candidate__person_key", flat=True))


def enrolled_elsewhere(batch: Batch, person_keys: Iterable[str]) -> set[str]:
    """Return which of the people are enrolled in another batch, anybody's, that isn't over."""
    found = Enrolment.objects.unscoped("one occupation at a time, across all bodies").filter(
        candidate__person_key__in=list(person_keys), batch__state__in=LIVE
    )
    found = found.exclude(batch=batch).exclude(state__in=[S.WITHDRAWN, S.INELIGIBLE])
    return set(found.values_list("candidate__person_key", flat=True))


def window_grounds(batch: Batch, at: datetime) -> list[Ground]:
    """Return why nobody can be enrolled at the instant: not announced, not yet, over, or the filing ended."""
    rule = ask.PLAN_WITHIN_SCOPE.get(place=regime_of(batch), day=batch.exam_from)
    cites = rule.cites if rule else ()
    grounds = []
    if batch.state != BatchState.ANNOUNCED:
        why = _("The batch stands at “%(state)s”.") % {"state": batch.get_state_display()}
        way = _("Candidates are enrolled between the announcement and the close of enrolment.")
        grounds.append(Ground(why, way, cites, "not-open"))
    if at.date() < batch.enrolment_from:
        why = _("Enrolment was announced to begin on %(day)s.") % {"day": batch.enrolment_from}
        grounds.append(Ground(why, _("Come back then."), cites, "too-early"))
    elif at.date() > batch.enrolment_until:
        why = _("Enrolment was announced through %(day)s, 24:00.") % {"day": batch.enrolment_until}
        grounds.append(Ground(why, _("Choose a later batch."), cites, "too-late"))
    return grounds + list(scope_grounds(batch, batch.exam_from))


def undecided_of(batch: Batch) -> int:
    """Return how many of the batch's enrolments wait for a decision."""
    return of_batch(batch).filter(state__in=[S.SUBMITTED, S.RETURNED]).count()


def review_grounds(batch: Batch) -> list[Ground]:
    """Return why the review of the batch can't be completed: someone is undecided, an override or an appeal is open."""
    cites, grounds = eligibility_cites(batch), []
    waiting = undecided_of(batch)
    if waiting:
        why = _("%(count)s candidates have no decision yet.") % {"count": waiting}
        grounds.append(Ground(why, _("Decide each of them; the list shows who is left."), cites, "undecided"))
    if Override.objects.filter(enrolment__batch=batch, answered_at=None).exists():
        why = _("A second reviewer's answer is outstanding.")
        grounds.append(Ground(why, _("Have another reviewer confirm or decline it."), cites, "override-open"))
    if Appeal.objects.filter(enrolment__batch=batch, replied_at=None).exists():
        why = _("A candidate's appeal has no reply yet.")
        grounds.append(Ground(why, _("Reply to it first."), cites, "appeal-open"))
    return grounds


def open_import(batch: Batch) -> ImportRun | None:
    """Return the batch's newest import that isn't taken over or cancelled."""
    found = ImportRun.objects.unscoped("the batch was reached within scope").filter(batch=batch)
    return found.filter(state__in=[ImportState.READING, ImportState.CHECKED]).first()


def problem_kinds(run: ImportRun) -> dict[str, int]:
    """Return how often each kind of hard problem occurs in the run, the most frequent first."""
    found: dict[str, int] = {}
    bad = ImportRow.objects.filter(run=run, is_good=False).values_list("problems", flat=True)
    for problems in bad.iterator(chunk_size=2000):
        for each in problems:
            if not each["soft"]:
                found[each["code"]] = found.get(each["code"], 0) + 1
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


def rows_with(run: ImportRun, code: str) -> list[int]:
    """Return the ids of the run's rows that have a hard problem of the kind, at most 2,000 of them."""
    found = []
    bad = ImportRow.objects.filter(run=run, is_good=False).order_by("number").values_list("pk", "problems")
    for pk, problems in bad.iterator(chunk_size=2000):
        if any(each["code"] == code and not each["soft"] for each in problems):
            found.append(pk)
        if len(found) == 2000:
            break
    return found


def neighbours(enrolment: Enrolment) -> tuple[int | None, int | None, int, int]:
    """Return who waits before and after the candidate in the batch, its place among all, and how many there are."""
    everyone = of_batch(enrolment.batch).exclude(state=S.WITHDRAWN).order_by("pk").select_related(None)
    waiting = everyone.filter(state=S.SUBMITTED)
    before = waiting.filter(pk__lt=enrolment.pk).order_by("-pk").values_list("pk", flat=True).first()
    after = waiting.filter(pk__gt=enrolment.pk).values_list("pk", flat=True).first()
    return before, after, everyone.filter(pk__lte=enrolment.pk).count(), everyone.count()


def shared_papers(enrolment: Enrolment) -> set[int]:
    """Return the ids of this enrolment's papers whose very bytes another person's enrolment has too (abuse case 5)."""
    own = {each.file_id: each.pk for each in enrolment.evidence.all()}
    others = Evidence.objects.filter(file_id__in=own).exclude(enrolment__candidate_id=enrolment.candidate_id)
    return {own[file_id] for file_id in others.values_list("file_id", flat=True)}
