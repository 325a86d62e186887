"""Acts on batches: planning, applying for the opening, announcing, closing enrolment, cancelling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody, ExamSite
from gongjiang.kernel import audit, idempotency, numbers, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law import questions as ask
from gongjiang.planning import composition, own_levels, rules
from gongjiang.planning.models import Announcement, Batch, BatchLine
from gongjiang.planning.queries import opening_rule, regime_of
from gongjiang.standards.basis import basis_for
from gongjiang.standards.models import EmployerLevel, Occupation


@dataclass(frozen=True, slots=True)
class LineSpec:
    """An occupation at a level that a batch is to assess, and its fee in yuan.

    ``ways`` names by part the method where it isn't the standard's own; ``talent_type`` what the assessment stresses.
    """

    occupation: Occupation
    level: str
    fee: Decimal
    job_type: str = ""
    step: EmployerLevel | None = None
    talent_type: str = ""
    ways: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BatchPlan:
    """What a batch is planned as. Enrolment and exam days are inclusive."""

    title: str
    site: ExamSite
    lines: Sequence[LineSpec]
    enrolment_from: date
    enrolment_until: date
    exam_from: date
    exam_until: date


@transaction.atomic
def plan_batch(*, actor: Actor, at: datetime, body: AssessmentBody, plan: BatchPlan, key: str) -> Batch:
    """Plan a batch within the body's filed scope and term at the exam date (JL-2024-5§7(5), §16).

    Each part of a line is assessed as its standard says, or by another method that fits it and that the law of the
    place knows (JL-2024-5§11).

    The same key and plan give the same batch.

    :raises Refused: with every reason: outside scope or term, no standard in force, days out of order, a method that
        isn't open.
    """
    refuse_if(_("Plan a batch"), rules.wrong_with_plan(body, plan, at.date()), subject=body)
    request = {"body": body.pk, "title": plan.title, "site": plan.site.pk, **_plan_facts(plan)}
    pk, _now = idempotency.once(
        key=key,
        action="batch.plan",
        request=request,
        at=at,
        do=lambda: _create(actor=actor, at=at, body=body, plan=plan).pk,
    )
    return Batch.everything.get(pk=pk)


@transaction.atomic
def apply_for_opening(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Apply to the authority for opening the exam, where the place asks for it (JL-2019-133§6).

    :raises Refused: the place asks for no such application.
    """
    refuse_if(_("Apply for opening"), rules.not_applied_for(batch, at.date()), subject=batch)
    rule = opening_rule(batch, at.date())
    workflow.apply(batch, "apply_for_opening", actor=actor, at=at, cites=rule.cites if rule else ())
    return batch


@transaction.atomic
def approve_opening(*, actor: Actor, at: datetime, batch: Batch, reason: str = "") -> Batch:
    """Approve the opening of the exam."""
    rule = opening_rule(batch, at.date())
    workflow.apply(batch, "approve_opening", actor=actor, at=at, cites=rule.cites if rule else (), reason=reason)
    return batch


@transaction.atomic
def return_opening(*, actor: Actor, at: datetime, batch: Batch, reason: str) -> Batch:
    """Return the application for opening with what is to be mended.

    :raises Refused: no reason is given.
    """
    refuse_if(_("Return the application"), rules.reason_missing(reason), subject=batch)
    rule = opening_rule(batch, at.date())
    workflow.apply(batch, "return_opening", actor=actor, at=at, cites=rule.cites if rule else (), reason=reason)
    return batch


@transaction.atomic
def announce(*, actor: Actor, at: datetime, batch: Batch) -> Announcement:
    """Publish the batch's announcement with the elements that the law asks for (JL-2024-5§15), frozen as they stand.

    Scope and term are asked again. The document is rendered from the frozen elements afterwards.

    :raises Refused: an element is missing, the scope ended, or an opening must be applied for first.
    """
    refuse_if(_("Publish the announcement"), rules.wrong_with_announcement(batch, at), subject=batch)
    cites = rules.elements_asked(batch, at.date())[1]
    elements = rules.elements_of(batch)
    batch.announced_on = at.date()
    batch.save(update_fields=["announced_on"])
    announcement = Announcement.objects.create(
        batch=batch,
        published_at=at,
        elements=elements,
        cites=[cite.key for cite in cites],
    )
    workflow.apply(batch, "announce", actor=actor, at=at, cites=cites, facts={"elements": sorted(elements)})
    return announcement


@transaction.atomic
def close_enrolment(*, actor: Actor, at: datetime, batch: Batch) -> Batch:
    """Close enrolment once its last day is over.

    :raises Refused: the last day isn't over.
    """
    refuse_if(_("Close enrolment"), rules.enrolment_still_open(batch, at), subject=batch)
    workflow.apply(batch, "close_enrolment", actor=actor, at=at)
    return batch


@transaction.atomic
def cancel(*, actor: Actor, at: datetime, batch: Batch, reason: str) -> Batch:
    """Cancel a batch before its enrolment closes, with a reason that candidates are told.

    :raises Refused: no reason is given.
    """
    refuse_if(_("Cancel the batch"), rules.reason_missing(reason), subject=batch)
    workflow.apply(batch, "cancel", actor=actor, at=at, reason=reason)
    return batch


def _create(*, actor: Actor, at: datetime, body: AssessmentBody, plan: BatchPlan) -> Batch:
    taken = numbers.take(f"batch:{body.code}:{at:%Y}", 1)
    batch = Batch.objects.create(
        body=body,
        number=f"{at:%Y}-{body.code[-6:]}-{taken.first:03}",
        title=plan.title,
        regime=body.regime,
        site=plan.site,
        enrolment_from=plan.enrolment_from,
        enrolment_until=plan.enrolment_until,
        exam_from=plan.exam_from,
        exam_until=plan.exam_until,
        planned_on=at.date(),
    )
    lines = BatchLine.objects.bulk_create([_line(batch, spec, plan.exam_from) for spec in plan.lines])
    composition.write_parts(lines, [spec.ways for spec in plan.lines])
    within = ask.PLAN_WITHIN_SCOPE.get(place=regime_of(batch), day=at.date())
    facts = {"number": batch.number, **_plan_facts(plan)}
    planned = audit.Act("batch.plan", batch, facts, within.cites if within else ())
    audit.record_many(actor=actor, at=at, acts=[taken.act(), planned])
    return batch


def _line(batch: Batch, spec: LineSpec, on: date) -> BatchLine:
    asker = rules.asker(batch.body)
    standard = basis_for(asker, spec.occupation, spec.level, on=on, job_type=spec.job_type)
    assert standard is not None  # refused above
    return BatchLine(
        batch=batch,
        occupation=spec.occupation,
        job_type=spec.job_type,
        level=spec.level,
        standard=standard,
        own_level=own_levels.chosen(asker, spec, on),
        clause_set=rules.clause_set_for(standard, batch),
        fee=spec.fee,
        talent_type=spec.talent_type,
    )


def _plan_facts(plan: BatchPlan) -> dict[str, Any]:
    return {
        "exam": [plan.exam_from, plan.exam_until],
        "enrolment": [plan.enrolment_from, plan.enrolment_until],
        "lines": [[spec.occupation.code, spec.level, spec.job_type, spec.fee, *_chosen(spec)] for spec in plan.lines],
    }


def _chosen(spec: LineSpec) -> list[Any]:
    """Return what the body chose of type and methods; nothing where it left both to the standard."""
    chosen: list[Any] = [spec.step.pk] if spec.step else []
    return [*chosen, spec.talent_type, dict(spec.ways)] if spec.talent_type or spec.ways else chosen
