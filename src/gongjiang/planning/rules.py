"""What a plan and an announcement must satisfy, each as grounds of a refusal with its article."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.bodies.published import fee_grounds, publication_grounds
from gongjiang.bodies.queries import may_assess
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.eligibility import clause_set, level_key
from gongjiang.law.model import Citation
from gongjiang.law.places import place
from gongjiang.planning import composition, own_levels
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import opening_rule, regime_of
from gongjiang.planning.states import BatchState
from gongjiang.standards import basis
from gongjiang.standards.models import BasisKind, NationalStandard

if TYPE_CHECKING:
    from gongjiang.planning.actions import BatchPlan, LineSpec

UNIFORM = "uniform-2023"


def wrong_with_plan(body: AssessmentBody, plan: "BatchPlan", today: date) -> list[Ground]:
    """Return every reason against the plan: days, lines, scope and term on the first and the last exam day."""
    grounds = [*_wrong_days(plan, today), *_wrong_lines(plan), *_delegated(body, plan, today)]
    for spec in plan.lines:
        grounds += may_assess(body, spec.occupation, spec.level, on=plan.exam_from, site=plan.site)
        grounds += _wrong_occupation(body, spec, plan.exam_from)
        grounds += _wrong_ways(body, spec, plan.exam_from, today)
    if plan.lines and plan.exam_until != plan.exam_from:
        first = plan.lines[0]
        grounds += may_assess(body, first.occupation, first.level, on=plan.exam_until, site=plan.site)
    return list(dict.fromkeys(grounds))


def _delegated(body: AssessmentBody, plan: "BatchPlan", today: date) -> list[Ground]:
    """Return the ground that the site is another body's: under the pilot nobody is authorised or commissioned."""
    if plan.site.body_id == body.pk:
        return []
    rule = ask.DELEGATION_FORBIDDEN.get(place=place(body.regime), day=today)
    why = _("%(site)s is a site of %(other)s.") % {"site": plan.site.name, "other": plan.site.body.name}
    if rule and rule.value:
        why += _(" A body may not authorise or commission another to assess for it.")
    return [Ground(why, _("Choose a filed site of your own."), rule.cites if rule else (), "delegated")]


def wrong_with_announcement(batch: Batch, at: datetime) -> list[Ground]:
    """Return every reason against announcing now: a missing element, an ended scope, unpublished rules or fees."""
    grounds = [*scope_grounds(batch, batch.exam_from), *unpublished(batch, at.date())]
    rule = opening_rule(batch, at.date())
    if rule and batch.state == BatchState.DRAFT:
        grounds.append(
            Ground(
                _("Here an exam is opened on application only."),
                _("Apply for the opening; the announcement follows its approval."),
                rule.cites,
                "opening-not-approved",
            )
        )
    if at.date() > batch.enrolment_from:
        grounds.append(
            Ground(
                _("Enrolment would have begun on %(day)s, before the announcement.") % {"day": batch.enrolment_from},
                _("Plan the batch anew with later days."),
                code="announced-too-late",
            )
        )
    grounds += dict.fromkeys([*_given_way(batch, at.date()), *composition.against_lines(batch, at.date())])
    asked, cites = elements_asked(batch, at.date())
    elements = elements_of(batch)
    missing = [name for name in asked if not elements.get(name)]
    if missing:
        names = ", ".join(str(ELEMENT_LABELS()[name]) for name in missing)
        grounds.append(
            Ground(
                _("The announcement lacks: %(names)s.") % {"names": names},
                _("Complete the batch; it can be announced then."),
                cites,
                "element-missing",
            )
        )
    return grounds


def unpublished(batch: Batch, day: date) -> list[Ground]:
    """Return which of the body's rules and fees aren't published, and where a line's fee isn't the published one."""
    lines = [(line.occupation, line.level, line.fee) for line in batch.lines.select_related("occupation")]
    return [*publication_grounds(batch.body, day), *fee_grounds(batch.body, lines, day)]


def scope_grounds(batch: Batch, on: date) -> Iterable[Ground]:
    """Return why the body may not assess one of the batch's lines on the day, once each."""
    found: list[Ground] = []
    for line in batch.lines.select_related("occupation"):
        found += may_assess(
            batch.body, line.occupation, line.level, on=on, site=batch.site, begun_on=batch.announced_on
        )
    return dict.fromkeys(found)


def not_applied_for(batch: Batch, today: date) -> list[Ground]:
    """Return the ground that the place asks for no application before an exam, or what isn't published for one."""
    if opening_rule(batch, today):
        return unpublished(batch, today)
    return [
        Ground(
            _("No rule in force for %(place)s asks for an application.") % {"place": regime_of(batch).name},
            _("Announce the batch directly."),
            code="no-opening-here",
        )
    ]


def enrolment_still_open(batch: Batch, at: datetime) -> list[Ground]:
    """Return the ground that enrolment runs through its last day."""
    if at.date() > batch.enrolment_until:
        return []
    return [
        Ground(
            _("Enrolment is announced through %(day)s, 24:00.") % {"day": batch.enrolment_until},
            _("Close it from the next day on."),
            code="enrolment-open",
        )
    ]


def reason_missing(reason: str) -> list[Ground]:
    """Return the ground that an act which others must understand was given no reason."""
    if reason.strip():
        return []
    return [
        Ground(_("No reason is given."), _("Write the reason; those concerned will read it."), code="reason-missing")
    ]


def clause_set_for(standard: NationalStandard, batch: Batch) -> str:
    """Return the clause set that governs: the standard's own, or the uniform one where the place's setting says so.

    The clauses of a specification or of an own level are its own: the setting is about national standards.
    """
    if standard.kind != BasisKind.NATIONAL:
        return standard.clause_set
    policy = setting("eligibility.policy", place=regime_of(batch), day=batch.planned_on).value
    return UNIFORM if policy == "uniform_2023" else standard.clause_set


def elements_asked(batch: Batch, day: date) -> tuple[tuple[str, ...], tuple[Citation, ...]]:
    """Return what an announcement must tell and by which articles; where the law is silent all that the batch knows."""
    rule = ask.ANNOUNCEMENT_ELEMENTS.get(place=regime_of(batch), day=day)
    return (rule.value, rule.cites) if rule else (tuple(ELEMENT_LABELS()), ())


def elements_of(batch: Batch) -> dict[str, Any]:
    """Return what the announcement tells, by element of the law: time, occupation, level, conditions, fee.

    Beside these: how each line is assessed, by part.
    """
    lines = list(batch.lines.select_related("occupation", "standard", "own_level").prefetch_related("parts"))
    return {
        "time": {
            "enrolment": [batch.enrolment_from.isoformat(), batch.enrolment_until.isoformat()],
            "exam": [batch.exam_from.isoformat(), batch.exam_until.isoformat()],
            "site": batch.site.name,
            "address": batch.site.address,
        },
        "occupation": [
            {"code": line.occupation.code, "name": line.occupation.name, "job_type": line.job_type} for line in lines
        ],
        "level": [line.level for line in lines],
        "conditions": [
            {**_conditions(line.clause_set, line.level, line.standard), **own_levels.frozen(line)} for line in lines
        ],
        "fee": [format(line.fee, "f") for line in lines],
        "assessment": [composition.frozen(line) for line in lines],
    }


def _conditions(set_id: str, level: str, standard: NationalStandard) -> dict[str, Any]:
    clauses = clause_set(set_id)
    scope = standard.experience_scope
    return {
        "standard": f"{standard.title}（{standard.edition}年版）",
        "set": set_id,
        "clauses": [[c.id, c.words(scope).zh, c.words(scope).en] for c in clauses.at_level(level_key(level))],  # type: ignore[arg-type]
    }


def ELEMENT_LABELS() -> dict[str, str]:  # noqa: N802 - a table, translated when read
    """Return the names of the announcement's elements in the reader's language."""
    return {
        "time": _("Time"),
        "occupation": _("Occupation (job type)"),
        "level": _("Announced level"),
        "conditions": _("Eligibility requirements"),
        "fee": _("Fee schedule"),
    }


def _wrong_days(plan: "BatchPlan", today: date) -> list[Ground]:
    grounds = []
    if plan.enrolment_from < today:
        grounds.append(
            Ground(
                _("Enrolment would begin on %(day)s, in the past.") % {"day": plan.enrolment_from},
                _("Choose a day from today on."),
                code="enrolment-in-the-past",
            )
        )
    if not plan.enrolment_from <= plan.enrolment_until < plan.exam_from <= plan.exam_until:
        grounds.append(
            Ground(
                _("The days are out of order."),
                _("Enrolment begins, ends, then the exam begins and ends."),
                code="days-out-of-order",
            )
        )
    return grounds


def _wrong_lines(plan: "BatchPlan") -> list[Ground]:
    if not plan.lines:
        return [Ground(_("No occupation is chosen."), _("Add at least one occupation and level."), code="no-lines")]
    keys = [(spec.occupation.pk, spec.level, spec.job_type) for spec in plan.lines]
    if len(set(keys)) < len(keys):
        return [Ground(_("A line stands twice."), _("Remove the second."), code="line-twice")]
    return []


def asker(body: AssessmentBody) -> basis.Asker:
    """Return the body as the one who assesses by a standard or by a specification of its own."""
    return basis.Asker(body.organisation, body.kind, place(body.regime))


def _wrong_occupation(body: AssessmentBody, spec: "LineSpec", on: date) -> list[Ground]:
    who = asker(body)
    grounds = [
        *basis.grounds_against(who, spec.occupation, spec.level, on=on, job_type=spec.job_type),
        *basis.access_type(spec.occupation, who.place, on=on),
        *own_levels.against_step(who, spec, on),
    ]
    if spec.fee < 0:
        grounds.append(Ground(_("A fee is negative."), _("Write the fee in yuan, or 0."), code="fee-negative"))
    return grounds


def _wrong_ways(body: AssessmentBody, spec: "LineSpec", on: date, today: date) -> Iterable[Ground]:
    who = asker(body)
    standard = basis.basis_for(who, spec.occupation, spec.level, on=on, job_type=spec.job_type)
    return composition.wrong_with_ways(spec, standard, who.place, today) if standard else ()


def _given_way(batch: Batch, on: date) -> Iterable[Ground]:
    """Yield why a specification may not be announced: a national standard took its place by then or by the exam."""
    for line in batch.lines.select_related("standard"):
        for day in {on: None, batch.exam_from: None}:
            yield from basis.against_use(line.standard, regime_of(batch), on=day)
