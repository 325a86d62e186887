"""Panels at work for tests: experts who confirm, sign in, score and seal through the actions."""

from datetime import date
from decimal import Decimal

from tests.evaluation_factories import expert_actor, make_evaluation, make_officer
from tests.factories import at

from gongjiang.evaluation import actions
from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Evaluation, Panelist, Sheet
from gongjiang.evaluation.queries import active_panel
from gongjiang.evaluation.queries.panel import tree_of

BEGUN, VISIT, SEALED, OPENED = (
    at("2026-05-14 09:00"),
    at("2026-05-20 09:30"),
    at("2026-05-20 15:40"),
    at("2026-05-20 16:00"),
)
ADDRESS = "样例路 9 号实训楼"
# Points by expert and group that the mock-up shows: only the bank of items lies more than a fifth apart.
MARKS = {
    "1": (18, 19, 17, 18, 18),
    "2": (21, 22, 20, 19, 22),
    "3": (17, 18, 13, 18, 17),
    "4": (13, 14, 12, 12, 13),
    "5": (9, 9, 10, 8, 9),
    "6": (9, 9, 10, 9, 9),
}


def panel_of(evaluation: Evaluation) -> list[Panelist]:
    return in_order(
        active_panel(evaluation).select_related("evaluation__criteria", "evaluation__organisation", "expert")
    )


def place_of_letter(evaluation: Evaluation, letter: str) -> Panelist:
    return next(each for each in panel_of(evaluation) if each.letter == letter)


def make_begun(organisation, *, officer=None, **changes) -> Evaluation:
    """Return an evaluation whose five experts have confirmed and begun; the visit is on 2026-05-20."""
    officer = officer or make_officer(organisation)
    evaluation = make_evaluation(organisation, officer=officer, **changes)
    for each in panel_of(evaluation):
        actions.confirm(actor=expert_actor(each), at=at("2026-05-13 09:00"), panelist=each)
    if evaluation.site_visit:
        day = date(2026, 5, 20)
        actions.schedule_visit(actor=officer, at=BEGUN, evaluation=evaluation, day=day, address=ADDRESS)
    return actions.begin(actor=officer, at=BEGUN, evaluation=evaluation)


def arrive_all(evaluation: Evaluation) -> None:
    for each in panel_of(evaluation):
        place = actions.Whereabouts(where="三层 305")
        actions.arrive(actor=expert_actor(each), at=VISIT, panelist=each, place=place)


def full_marks(evaluation: Evaluation, stage: str, **groups: int) -> list[actions.MarkSpec]:
    """Return marks for every item of a stage: full points, less what the named groups (``g3=13``) are to sum up to."""
    tree = tree_of(evaluation.criteria)
    marks = []
    for row in tree.rows:
        less = row.full - Decimal(groups.get(f"g{row.criterion.code}", row.full))
        for item in row.items:
            taken = min(less, item.points)
            less -= taken
            reason = "现场所见不足" if taken else ""
            if stage == "preliminary":
                marks.append(actions.MarkSpec(item.code, met=True))
            else:
                marks.append(actions.MarkSpec(item.code, points=item.points - taken, reason=reason))
    if stage == "technical":
        marks += [actions.MarkSpec(each.code, met=False) for each in tree.vetoes]
    return marks


def write(
    panelist: Panelist, stage: str, marks, *, opinion: str = "符合开展认定的要求", version: int = 0, key: str = ""
):
    """Save the panelist's sheet."""
    return actions.save_sheet(
        actor=expert_actor(panelist),
        at=SEALED,
        panelist=panelist,
        stage=stage,
        spec=actions.SheetSpec(version=version, marks=marks, opinion=opinion),
        key=key or f"save-{panelist.pk}-{stage}-{version}",
    )


def write_and_seal(panelist: Panelist, stage: str, marks, **more) -> Sheet:
    saved = write(panelist, stage, marks, **more)
    actor = expert_actor(panelist)
    return actions.seal(actor=actor, at=SEALED, panelist=panelist, stage=stage, version=saved.version)


def seal_all(evaluation: Evaluation, stage: str, *, vetoes: dict[str, str] | None = None) -> None:
    """Have everybody seal: on paper all met, at the site the marks of MARKS; ``vetoes`` maps letter to veto code."""
    for n, each in enumerate(panel_of(evaluation)):
        groups = {f"g{code}": points[n] for code, points in MARKS.items()}
        marks = full_marks(evaluation, stage, **groups)
        raised = (vetoes or {}).get(each.letter)
        marks = [
            actions.MarkSpec(mark.code, met=True, reason="2 号机位有死角") if mark.code == raised else mark
            for mark in marks
        ]
        write_and_seal(each, stage, marks)


def make_opened(organisation, *, officer=None, vetoes: dict[str, str] | None = None, **changes) -> Evaluation:
    """Return an evaluation with all sheets of all its stages opened."""
    officer = officer or make_officer(organisation)
    evaluation = make_begun(organisation, officer=officer, **changes)
    for stage in evaluation.stages:
        if stage == "technical" and evaluation.site_visit:
            arrive_all(evaluation)
        seal_all(evaluation, stage, vetoes=vetoes if stage == "technical" else None)
        evaluation = actions.open_sheets(actor=officer, at=OPENED, evaluation=evaluation, stage=stage)
    return evaluation


def agree(evaluation: Evaluation, code: str = "3") -> None:
    """Have the lead write the consensus on a row, and everybody sign it."""
    panel = panel_of(evaluation)
    lead = next(each for each in panel if each.is_lead)
    row = actions.write_consensus(
        actor=expert_actor(lead),
        at=OPENED,
        evaluation=evaluation,
        criterion=evaluation.criteria.criteria.get(code=code),
        text="丙按题量扣分，其余按题库管理扣分，结论一致：题量须补足。",
    )
    for each in panel:
        actions.sign_consensus(actor=expert_actor(each), at=OPENED, consensus=row, written_at=row.written_at)
