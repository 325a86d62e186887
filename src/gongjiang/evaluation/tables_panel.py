"""A panel's work as the parts of a page show it."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.evaluation.forms_panel import AnswerForm, OrderForm
from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Evaluation, Panelist, Sheet, Stage
from gongjiang.evaluation.permissions import KEEPERS
from gongjiang.evaluation.queries import Summary, active_panel
from gongjiang.evaluation.queries.mending import Mending
from gongjiang.evaluation.queries.panel import cites_of, stage_now, stages_of, tree_of
from gongjiang.evaluation.queries.shapes import ScoredRow
from gongjiang.evaluation.states import EvaluationState
from gongjiang.kernel import calendars, settings_of_place
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.parts import Act, Cell, Column, Deadline, Row, Step, Table, until
from gongjiang.kernel.timeline import TimelineItem, timeline_for

S = EvaluationState
CANT_COME = ("drawn", "visit")


def own_crumbs(evaluation: Evaluation, last: str = "") -> list[tuple[str, str]]:
    """Return the way to a page below an expert's own place."""
    first = (_("My panels"), reverse("evaluation-mine"))
    if not last:
        return [first, (evaluation.number, "")]
    return [first, (evaluation.number, reverse("evaluation-place", args=[evaluation.pk])), (last, "")]


def panels_table(places: Sequence[Panelist]) -> Table:
    """Return the panels of an expert."""
    rows = tuple(
        Row(
            (
                Cell(
                    each.evaluation.applicant_name,
                    sub=each.evaluation.number,
                    url=reverse("evaluation-place", args=[each.evaluation_id]),
                ),
                each.evaluation.get_state_display(),
                each.evaluation.visit_on or "—",
                each.letter + (f" · {_('leads the panel')}" if each.is_lead else ""),
                next_step(each),
            )
        )
        for each in places
    )
    heads = (_("Applicant"), _("State"), _("Day of the visit"), _("Your letter"), _("Next step"))
    empty = _("You aren't on a panel now. When you are drawn, the evaluation appears here and you get a message.")
    return Table(_("My panels"), tuple(Column(head) for head in heads), rows, empty=empty)


def next_step(place: Panelist) -> Cell:
    """Return what an expert does next on a panel."""
    evaluation = place.evaluation
    if evaluation.state in (S.CONCLUDED, S.STOPPED):
        return Cell(_("Nothing more"), state="na")
    if place.confirmed_at is None and evaluation.state in (S.DRAWN, S.VISIT):
        return Cell(_("Say whether you can come"), state="wait")
    stage = stage_now(evaluation) if evaluation.state == S.VISIT else None
    if stage is None:
        opened = evaluation.state == S.OPENED
        return Cell(_("Agree, and look at what is mended") if opened else _("Wait for the start"), state="go")
    if Sheet.objects.filter(panelist=place, stage=stage, sealed_at__isnull=False).exists():
        return Cell(_("Sealed; wait for the others"), state="ok")
    if stage == Stage.TECHNICAL and evaluation.site_visit and place.arrived_at is None:
        return Cell(_("Sign in at the site"), state="wait")
    return Cell(_("Write your sheet"), state="wait")


@dataclass(frozen=True, slots=True)
class Work:
    """What an expert has before him or her: the steps, what to do now, and whether signing in waits."""

    steps: tuple[Step, ...]
    acts: tuple[Act, ...]
    arriving: bool


def work_of(place: Panelist, told: Summary, now: datetime) -> Work:
    """Return where an expert's work on a panel stands."""
    evaluation, pk = place.evaluation, place.evaluation_id
    sheets = {each.stage: each for each in Sheet.objects.filter(panelist=place)}
    arriving, acts = False, []
    if evaluation.state in CANT_COME:
        if place.confirmed_at is None:
            acts.append(Act(_("I can come"), reverse("evaluation-confirm", args=[pk]), "post", "primary", "check"))
        if not any(sheet.sealed_at for sheet in sheets.values()):
            acts.append(Act(_("I am tied, or can't come"), reverse("panelist-replace", args=[place.pk])))
    stage = told.stage if evaluation.state == S.VISIT else None
    if stage is not None:
        own = sheets.get(stage)
        arriving = stage == Stage.TECHNICAL and evaluation.site_visit and place.arrived_at is None
        if not arriving and (own is None or own.sealed_at is None):
            label = _("Write the sheet: %(stage)s") % {"stage": stage.label}
            url = reverse("evaluation-sheet", args=[pk, stage])
            acts.insert(0, Act(label, url, "get", "plain" if place.confirmed_at is None else "primary", "half"))
    return Work(tuple(_steps(place, sheets, told)), tuple(acts), arriving)


def _steps(place: Panelist, sheets: dict[str, Sheet], told: Summary) -> Iterable[Step]:
    evaluation = place.evaluation
    yield _step("confirm", _("Confirmed"), place.confirmed_at, now=evaluation.state == S.DRAWN)
    for stage in stages_of(evaluation):
        here = told.stage == stage and evaluation.state == S.VISIT
        if stage == Stage.TECHNICAL and evaluation.site_visit:
            yield _step("arrive", _("At the site"), place.arrived_at, now=here)
        own = sheets.get(stage)
        sealed_at = own.sealed_at if own else None
        ready = here and (stage != Stage.TECHNICAL or not evaluation.site_visit or place.arrived_at is not None)
        yield _step(f"seal-{stage}", str(stage.label), sealed_at, now=ready)
        opened_at = told.opened_at if stage == Stage.TECHNICAL else told.paper_opened_at
        yield _step(f"open-{stage}", _("Opened together"), opened_at, now=here and sealed_at is not None)
    yield _step("conclude", _("Opinion"), evaluation.concluded_at, now=evaluation.state == S.OPENED)


def _step(key: str, label: str, at: datetime | None, *, now: bool) -> Step:
    if at is not None:
        return Step(key, label, f"{at.astimezone(SHANGHAI):%m-%d %H:%M}", "done")
    return Step(key, label, _("now") if now else "", "now" if now else "todo")


def events_of(evaluation: Evaluation) -> list[TimelineItem]:
    """Return what happened, without the drafts that everybody saved."""
    return [each for each in timeline_for(evaluation, limit=120) if each.action != "sheet.save"]


@dataclass(frozen=True, slots=True)
class Order:
    """Something to be mended as a page shows it, with what its reader may do."""

    mending: Mending
    due: Deadline
    may_recheck: bool = False
    may_answer: bool = False
    form: AnswerForm | None = None
    proof_url: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """A row that lies apart, with what its reader may do about the panel's word on it."""

    row: ScoredRow
    may_write: bool
    may_sign: bool


def orders_of(told: Summary, today: date, *, place: Panelist | None = None, answers: bool = False) -> list[Order]:
    """Return what is to be mended, for an expert, an officer, or (``answers``) the applicant."""
    evaluation, calendar = told.evaluation, calendars.current()
    there = place is not None and (place.arrived_at is not None or not evaluation.site_visit)
    running = evaluation.state == S.OPENED
    return [
        Order(
            mending=each,
            due=until(each.row.due_on, today, calendar, cites_of(evaluation), done_on=_answered_on(each)),
            may_recheck=running and there and each.state == "answered",
            may_answer=answers and running and each.state in ("ordered", "answered"),
            form=AnswerForm(initial={"key": secrets.token_urlsafe(16)}, prefix=None) if answers else None,
            proof_url=reverse("evaluation-proof", args=[evaluation.pk, each.row.pk]) if each.row.proof_id else "",
        )
        for each in told.mendings
    ]


def _answered_on(each: Mending) -> date | None:
    return each.row.answered_at.astimezone(SHANGHAI).date() if each.row.answered_at else None


def panel_parts(
    request: HttpRequest, evaluation: Evaluation, told: Summary, *, place: Panelist | None = None
) -> dict[str, Any]:
    """Return what the pages of an expert and of an officer share: the panel, the words, the orders, the opening."""
    today, opened = request.now.date(), evaluation.state == S.OPENED
    leads = place is not None and place.is_lead
    may_order = opened and (leads or request.actor.has(*KEEPERS))
    words = [
        Word(row, opened and leads, opened and place is not None and not _signed(row, place)) for row in told.apart
    ]
    all_sealed = told.stage is not None and evaluation.state == S.VISIT and told.sealed == told.size > 0
    return {
        "panel": in_order(active_panel(evaluation)),
        "consensus_words": words,
        "orders": orders_of(told, today, place=place),
        "order_form": OrderForm(order_items(evaluation), due_on=usual_due(evaluation, today)) if may_order else None,
        "may_open": all_sealed,
        "may_begin": evaluation.state == S.DRAWN,
    }


def _signed(row: ScoredRow, place: Panelist) -> bool:
    return row.consensus is None or place in row.consensus.signed_by.all()


def order_items(evaluation: Evaluation) -> list[Any]:
    """Return what an order can be about: veto items first, then rows and items in order."""
    tree = tree_of(evaluation.criteria)
    return [*tree.vetoes, *(item for row in tree.rows for item in row.items)]


def usual_due(evaluation: Evaluation, today: date) -> date:
    """Return the last day that the place usually gives for mending."""
    days = settings_of_place.setting("evaluation.mending_days", place=evaluation.regime, day=today)
    return calendars.current().term(today, int(days.value)).last_day
