"""Which steps the law of the place asks of an application on its day, and which of them are done.

The states are few and the same everywhere; what lies between them is asked of the law. Accepting, deliberating and
signing are steps of every application, also where no document names them: three people answer for the three.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from gongjiang.evaluation.states import EvaluationState
from gongjiang.filing.conditions import conditions_of, papers_of
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import place as place_of

S = ApplicationState
ALWAYS = ("application", "acceptance", "deliberation", "filing_letter")
# Every step there is, in the order in which they follow one another.
ORDER = (
    "application", "acceptance", "document_check", "preliminary_evaluation", "technical_evaluation",
    "consolidated_evaluation", "work_evaluation", "deliberation", "public_notice", "undertaking", "filing_letter",
    "directory",
)  # fmt: skip
PANEL = ("technical_evaluation", "consolidated_evaluation")
CHECKS = ("document_check", "preliminary_evaluation", "technical_evaluation", "consolidated_evaluation")
# Done in one act with another step, or signed beside it: no station of the step bar.
BESIDE = ("undertaking", "directory")
ENDED = (S.REFUSED, S.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class FlowStep:
    """One step: its key, the articles that ask for it (none where it is the platform's own), its day, its state.

    ``state`` is ``done``, ``now``, ``todo``, or ``off`` once the application left the way.
    """

    key: str
    cites: tuple[Citation, ...]
    done_on: date | None = None
    state: str = "todo"


def asked(*, kind: str, body_kind: str, place: Place, day: date) -> dict[str, tuple[Citation, ...]]:
    """Return the steps that an application of the kind goes through, in order, each with its articles.

    Where no document of the place speaks of the kind, its papers are checked item by item.
    """
    rule = ask.FILING_STEPS.get(place=place, day=day, kind=kind)
    steps: dict[str, tuple[Citation, ...]] = dict.fromkeys(ALWAYS, ())
    if rule:
        steps.update(zip(rule.value, ((cite,) for cite in rule.cites), strict=True))
    if not steps.keys() & {*CHECKS, "work_evaluation"}:
        steps["document_check"] = ()
    if not _posted(body_kind, place, day):
        steps.pop("public_notice", None)
    signed = ask.UNDERTAKING_SIGNED.get(place=place, day=day) if kind == ApplicationKind.FIRST else None
    if signed and signed.value:
        steps["undertaking"] = signed.cites
    return {key: steps[key] for key in ORDER if key in steps}


def _posted(body_kind: str, place: Place, day: date) -> bool:
    rule = ask.SELECTION_NOTICE_REQUIRED.get(place=place, day=day, kind=body_kind)
    return bool(rule and rule.value)


def frozen(application: Application, day: date) -> list[dict[str, Any]]:
    """Return the steps as the application keeps them from its first submission on."""
    steps = asked(
        kind=application.kind,
        body_kind=application.applicant.kind,
        place=place_of(application.regime),
        day=application.applied_on or day,
    )
    return [{"key": key, "cites": [cite.key for cite in cites]} for key, cites in steps.items()]


def plan_of(application: Application, day: date) -> dict[str, tuple[Citation, ...]]:
    """Return the application's steps with their articles: the frozen ones, before the submission those of the day."""
    kept = application.flow or frozen(application, day)
    return {step["key"]: tuple(Citation.parse(key) for key in step["cites"]) for step in kept}


def asks(application: Application, step: str, day: date) -> bool:
    """Say whether the step is one of the application's."""
    return step in plan_of(application, day)


def asks_panel(application: Application, day: date) -> bool:
    """Say whether a panel of experts evaluates the applicant."""
    return any(asks(application, step, day) for step in PANEL)


def cites_of(application: Application, step: str, day: date) -> tuple[Citation, ...]:
    """Return the articles on which the step rests in this application; none where it is the platform's own."""
    return plan_of(application, day).get(step, ())


def items_of(application: Application, day: date) -> dict[str, tuple[Citation, ...]]:
    """Return the items on which the authority writes an opinion each: conditions, papers, or the work done so far."""
    plan = plan_of(application, day)
    if "work_evaluation" in plan:
        return {"work_evaluation": plan["work_evaluation"]}
    conditions = {each.key: each.cites for each in conditions_of(application, day)}
    if conditions and "document_check" not in plan:
        return conditions
    return conditions | {each.key: each.cites for each in papers_of(application, day)}


def steps_of(application: Application, day: date) -> tuple[FlowStep, ...]:
    """Return the application's steps with what was done when, and which one is under way."""
    plan, days = plan_of(application, day), _days(application, day)
    left = application.state in ENDED
    now = "" if left else next((key for key in plan if key not in days and key not in BESIDE), "")
    return tuple(
        FlowStep(key, cites, days.get(key), "done" if key in days else _open(key, now, left))
        for key, cites in plan.items()
    )


def _open(key: str, now: str, left: bool) -> str:
    return "off" if left else "now" if key == now else "todo"


def _days(application: Application, day: date) -> dict[str, date]:
    """Return the day on which each step was done, of those that are."""
    evaluated, evaluation = application.evaluated_on, application.evaluation
    opinion = evaluated or _opined(application, day)
    concluded = evaluated or (_local(evaluation.concluded_at) if evaluation else None)
    waits = application.state in {S.DRAFT, S.RETURNED}
    days: dict[str, date | None] = {
        "application": None if waits else _local(application.submitted_at),
        "acceptance": application.accepted_on,
        "document_check": opinion,
        "preliminary_evaluation": opinion,
        "technical_evaluation": concluded or _visited(application),
        "consolidated_evaluation": concluded,
        "work_evaluation": opinion,
        "deliberation": application.deliberated_on,
        "public_notice": application.cleared_on,
        "undertaking": _local(application.undertaking_at),
        "filing_letter": application.decided_on if application.state == S.FILED else None,
        "directory": application.decided_on if application.state == S.FILED else None,
    }
    return {key: each for key, each in days.items() if each is not None}


def _opined(application: Application, day: date) -> date | None:
    """Return the day of the last opinion once there is one on every item."""
    if application.accepted_on is None:
        return None
    written = dict(application.opinions.values_list("item", "written_at"))
    items = items_of(application, day)
    return _local(max(written.values())) if items and items.keys() <= written.keys() else None


def _visited(application: Application) -> date | None:
    evaluation = application.evaluation
    seen = evaluation is not None and evaluation.state == EvaluationState.OPENED
    return evaluation.visit_on if evaluation is not None and seen else None


def _local(at: datetime | None) -> date | None:
    return at.astimezone(SHANGHAI).date() if at else None
