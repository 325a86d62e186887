"""What the panel found, as a whole: only of sheets that were opened; before that, how many are sealed and no more."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from gongjiang.evaluation import scoring
from gongjiang.evaluation.letters import in_order
from gongjiang.evaluation.models import Criterion, Evaluation, Mark, Panelist, Photo, Sheet, Stage
from gongjiang.evaluation.queries.mending import Mending, mendings_of
from gongjiang.evaluation.queries.panel import Row, Tree, sealed_now, stage_now, tree_of
from gongjiang.evaluation.queries.record import active_panel
from gongjiang.evaluation.queries.shapes import DrawnDot, Given, OnPaper, Said, ScoredRow, VetoLine

WIDTH, MARGIN, SMALLEST, STEP, LARGEST = 200, 10, 3, 2, 9  # of the picture of dots, in its own units


@dataclass(frozen=True, slots=True)
class Summary:
    """An evaluation as far as it may be shown. Without opened sheets every list of findings is empty."""

    evaluation: Evaluation
    letters: tuple[str, ...]
    stage: Stage | None
    sealed: int
    size: int
    opened_at: datetime | None = None
    paper_opened_at: datetime | None = None
    average: Decimal | None = None
    full: Decimal = Decimal(0)
    totals: tuple[Given, ...] = ()
    rows: tuple[ScoredRow, ...] = ()
    vetoes: tuple[VetoLine, ...] = ()
    on_paper: tuple[OnPaper, ...] = ()
    opinions: tuple[tuple[Stage, tuple[Said, ...]], ...] = ()
    mendings: tuple[Mending, ...] = ()
    photos: int = 0
    arrived: int = 0
    total_dots: tuple[DrawnDot, ...] = ()
    total_mean_x: int = 0
    conditions: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def highest(self) -> Given | None:
        return max(self.totals, key=lambda each: each.points, default=None)

    @property
    def lowest(self) -> Given | None:
        return min(self.totals, key=lambda each: each.points, default=None)

    @property
    def apart(self) -> tuple[ScoredRow, ...]:
        return tuple(row for row in self.rows if row.apart)

    @property
    def met_on_paper(self) -> int:
        return sum(1 for each in self.on_paper if each.is_met)

    @property
    def weak_on_paper(self) -> bool:
        """Whether anybody found something not met on the materials."""
        return any(each.against for each in self.on_paper)

    @property
    def unsettled(self) -> tuple[ScoredRow, ...]:
        return tuple(row for row in self.rows if not row.settled)

    @property
    def vetoes_clear(self) -> int:
        return sum(1 for line in self.vetoes if line.state in ("clear", "mended"))

    @property
    def vetoes_open(self) -> tuple[VetoLine, ...]:
        return tuple(line for line in self.vetoes if line.state in ("raised", "waiting"))

    @property
    def mendings_open(self) -> tuple[Mending, ...]:
        return tuple(each for each in self.mendings if each.is_open)


def summary(evaluation: Evaluation, *, on: date | None = None) -> Summary:
    """Return what may be shown of the evaluation, which the caller has reached within its scope.

    ``on`` is the day on which lateness is seen; without it nothing is called late.
    """
    panel = in_order(active_panel(evaluation))
    stage = stage_now(evaluation)
    sealed, size = sealed_now(evaluation, stage) if stage else (len(panel), len(panel))
    sheets = _opened(panel)
    tree = tree_of(evaluation.criteria)
    mendings = tuple(mendings_of(evaluation, on=on))
    technical = sheets.get(Stage.TECHNICAL, {})
    on_paper = tuple(_on_paper(sheets.get(Stage.PRELIMINARY, {}), tree))
    rows = tuple(_rows(technical, tree, evaluation)) if technical else ()
    totals = _totals(rows)
    vetoes = tuple(_vetoes(technical, tree, mendings)) if technical else ()
    return Summary(
        evaluation=evaluation,
        letters=tuple(each.letter for each in panel),
        stage=stage,
        sealed=sealed,
        size=size,
        opened_at=_opened_at(technical),
        paper_opened_at=_opened_at(sheets.get(Stage.PRELIMINARY, {})),
        average=scoring.average([each.points for each in totals]) if totals else None,
        full=tree.full,
        totals=totals,
        rows=rows,
        vetoes=vetoes,
        on_paper=on_paper,
        opinions=tuple((each, _opinions(held)) for each, held in sheets.items()),
        mendings=mendings,
        photos=Photo.objects.filter(panelist__in=panel).count() if technical else 0,
        arrived=sum(1 for each in panel if each.arrived_at),
        total_dots=_dots([each.points for each in totals], tree.full),
        total_mean_x=_mean_x([each.points for each in totals], tree.full),
        conditions=_conditions(tree, on_paper, vetoes, mendings, bool(technical)),
    )


def average_of(evaluation: Evaluation) -> Decimal | None:
    """Return the mean of the experts' totals in the opened technical sheets; None where there are none."""
    held = _opened(in_order(active_panel(evaluation))).get(Stage.TECHNICAL, {})
    totals = _totals(tuple(_rows(held, tree_of(evaluation.criteria), evaluation))) if held else ()
    return scoring.average([each.points for each in totals]) if totals else None


Held = dict[str, tuple[Sheet, dict[int, Mark]]]


def _opened(panel: Sequence[Panelist]) -> dict[Stage, Held]:
    """Return the opened sheets with their marks, by stage and letter, in the panel's order."""
    rows = Sheet.objects.filter(panelist__in=panel, opened_at__isnull=False).prefetch_related("marks")
    by_place = {(sheet.stage, sheet.panelist_id): sheet for sheet in rows}
    found: dict[Stage, Held] = {}
    for stage in Stage:
        held = {
            each.letter: (sheet, {mark.criterion_id: mark for mark in sheet.marks.all()})
            for each in panel
            if (sheet := by_place.get((stage.value, each.pk)))
        }
        if held:
            found[stage] = held
    return found


def _opened_at(held: Held) -> datetime | None:
    return next((sheet.opened_at for sheet, _marks in held.values()), None)


def _opinions(held: Held) -> tuple[Said, ...]:
    return tuple(Said(letter, sheet.opinion) for letter, (sheet, _marks) in held.items())


def _rows(held: Held, tree: Tree, evaluation: Evaluation) -> Iterable[ScoredRow]:
    limit = evaluation.criteria.spread_percent
    agreed = {each.criterion_id: each for each in evaluation.consensus.prefetch_related("signed_by")}
    for row in tree.rows:
        points = [_points(row, marks) for _sheet, marks in held.values()]
        apart = scoring.lies_apart(points, row.full, limit)
        far = scoring.outliers(points) if apart else frozenset()
        consensus = agreed.get(row.criterion.pk)
        yield ScoredRow(
            criterion=row.criterion,
            full=row.full,
            given=tuple(Given(letter, points[n], n in far) for n, letter in enumerate(held)),
            average=scoring.average(points),
            spread=scoring.spread(points, row.full),
            apart=apart,
            dots=_dots(points, row.full),
            mean_x=_mean_x(points, row.full),
            reasons=tuple((item, said) for item in row.items if (said := _reasons(item, held))),
            consensus=consensus,
            signatures=len(consensus.signed_by.all()) if consensus else 0,
        )


def _points(row: Row, marks: dict[int, Mark]) -> Decimal:
    given = (marks[item.pk].points for item in row.items if item.pk in marks)
    return sum((each for each in given if each is not None), Decimal(0))


def _reasons(item: Criterion, held: Held) -> tuple[Said, ...]:
    found = ((letter, marks.get(item.pk)) for letter, (_sheet, marks) in held.items())
    return tuple(Said(letter, mark.reason, mark.points) for letter, mark in found if mark and mark.reason)


def _totals(rows: Sequence[ScoredRow]) -> tuple[Given, ...]:
    letters = [each.letter for each in rows[0].given] if rows else []
    sums = [sum((row.given[n].points for row in rows), Decimal(0)) for n in range(len(letters))]
    return tuple(Given(letter, total) for letter, total in zip(letters, sums, strict=True))


def _vetoes(held: Held, tree: Tree, mendings: Sequence[Mending]) -> Iterable[VetoLine]:
    for item in tree.vetoes:
        found = ((letter, marks.get(item.pk)) for letter, (_sheet, marks) in held.items())
        said = tuple(Said(letter, mark.reason) for letter, mark in found if mark and mark.met)
        order = next((each for each in reversed(mendings) if each.row.criterion_id == item.pk), None)
        state = "clear"
        if said:
            state = "raised" if order is None else "mended" if order.row.met else "waiting"
        yield VetoLine(item, said, state, order.row.due_on if order and state == "waiting" else None)


def _on_paper(held: Held, tree: Tree) -> Iterable[OnPaper]:
    for item in tree.items if held else ():
        found = [(letter, marks.get(item.pk)) for letter, (_sheet, marks) in held.items()]
        against = tuple(Said(letter, mark.reason) for letter, mark in found if mark and mark.met is False)
        yield OnPaper(item, sum(1 for _letter, mark in found if mark and mark.met), len(found), against)


def _conditions(
    tree: Tree,
    on_paper: Sequence[OnPaper],
    vetoes: Sequence[VetoLine],
    mendings: Sequence[Mending],
    seen: bool,
) -> dict[str, tuple[str, str]]:
    """Return for each condition of the law how it stands on paper and at the site: ok, no, wait, or empty so far."""
    papers = {each.criterion.pk: each.is_met for each in on_paper}
    waiting = {each.row.criterion_id for each in mendings if each.is_open}
    raised = {line.criterion.pk for line in vetoes if line.state == "raised"}
    parents = {item.pk: row.criterion for row in tree.rows for item in row.items}
    found: dict[str, tuple[str, str]] = {}
    named: dict[str, set[int]] = {}
    for item in (*tree.items, *tree.vetoes):
        condition = item.condition or (parents[item.pk].condition if item.pk in parents else "")
        if condition:
            named.setdefault(condition, set()).update({item.pk, *([parents[item.pk].pk] if item.pk in parents else [])})
    for condition, pks in named.items():
        judged = [papers[pk] for pk in pks if pk in papers]
        paper = ("ok" if all(judged) else "no") if judged else ""
        site = ("no" if pks & raised else "wait" if pks & waiting else "ok") if seen else ""
        found[condition] = (paper, site)
    return found


def _x(points: Decimal, full: Decimal) -> int:
    return MARGIN + round((WIDTH - 2 * MARGIN) * points / full) if full else MARGIN


def _dots(points: Sequence[Decimal], full: Decimal) -> tuple[DrawnDot, ...]:
    return tuple(
        DrawnDot(_x(each.points, full), min(LARGEST, SMALLEST + STEP * (each.count - 1)), each.points, each.count)
        for each in scoring.dots(points)
    )


def _mean_x(points: Sequence[Decimal], full: Decimal) -> int:
    return _x(scoring.average(points), full) if points else MARGIN
