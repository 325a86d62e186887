"""A body's public page as pictures: its scope site by site, its terms as a bar, its decisions with their standing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.directory import decision_standing
from gongjiang.bodies.models import AssessmentBody, Decision, ExamSite, ScopeItem
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.kernel.pictures import Career, Span
from gongjiang.standards.models import Level

DECISION_LOOK = {"in_force": "ok", "coming": "go", "objection": "wait", "replaced": "na", "ended": "na"}
FIVE = ("5", "4", "3", "2", "1")


@dataclass(frozen=True, slots=True)
class GridRow:
    """One occupation: for each level of the grid the day since which it is on file, or None."""

    name: str
    code: str
    cells: tuple[date | None, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The scope at one site: which occupation at which level is on file."""

    site: ExamSite
    levels: tuple[str, ...]
    rows: tuple[GridRow, ...]


def scope_grids(cells: Iterable[ScopeItem], day: date) -> list[Grid]:
    """Return the scope in force on the day, a grid of occupation × level for each site."""
    held: dict[ExamSite, dict[tuple[str, str], dict[str, date]]] = {}
    for cell in cells:
        if cell.since <= day and (cell.until is None or day < cell.until):
            rows = held.setdefault(cell.site, {})
            rows.setdefault((cell.occupation.code, cell.occupation.name), {})[cell.level] = cell.since
    grids = []
    for site in sorted(held, key=lambda site: site.name):
        rows = held[site]
        used = {level for levels in rows.values() for level in levels}
        levels = [level for level in Level.values if level in used or level in FIVE]
        made = tuple(
            GridRow(name, code, tuple(rows[code, name].get(level) for level in levels)) for code, name in sorted(rows)
        )
        grids.append(Grid(site, tuple(str(Level(level).label) for level in levels), made))
    return grids


def term_bar(body: AssessmentBody, today: date) -> Career:
    """Return the filing terms as bars over the years, with today and the end marked."""
    spans = tuple(
        Span(term.letter_number, term.since, term.until, "own" if term.since <= today < term.until else "other")
        for term in body.terms.all()
    )
    marks = [(today, _("today"))]
    if body.winding_up_since:
        marks.append((body.winding_up_since, _("winding up")))
    if body.terminated_on:
        marks.append((body.terminated_on, _("ended")))
    return Career(spans, tuple(marks))


def decision_label(standing: str) -> str:
    """Return how a decision stands, in the reader's language."""
    return {
        "in_force": _("In force"),
        "coming": _("Takes effect later"),
        "objection": _("Under objection"),
        "replaced": _("Replaced"),
        "ended": _("No longer in force"),
    }[standing]


def decisions_table(decisions: Iterable[Decision], today: date) -> Table:
    """Return the history of decisions, newest first: what, when, on which article, how it stands."""
    rows = []
    for decision in decisions:
        standing = decision_standing(decision, today)
        rows.append(
            Row(
                (
                    Cell(decision.title, sub=decision.number, url=reverse("decision", args=[decision.number])),
                    Cell(decision.get_kind_display(), sub=decision.letter_number, cites=tuple(decision.cites)),
                    decision.since,
                    decision.until or "—",
                    Cell(decision_label(standing), state=DECISION_LOOK[standing]),
                )
            )
        )
    columns = (
        Column(_("Decision")),
        Column(_("Kind of decision")),
        Column(_("Since")),
        Column(_("Until")),
        Column(_("Standing")),
    )
    return Table(_("Decisions"), columns, tuple(rows), empty=_("No decision is recorded."))


def changes_of(decision: Decision) -> list[tuple[str, str, str]]:
    """Return what an amendment changed, as element, before and after; of a change of scope what came and went."""
    facts = decision.facts
    labels = element_labels()
    if "after" in facts:
        before = facts.get("before", {})
        return [
            (labels.get(key, key), _text(_masked(key, before.get(key))), _text(_masked(key, new)))
            for key, new in facts["after"].items()
        ]
    added = [(_("Added"), "—", _text(cell)) for cell in facts.get("added", [])]
    dropped = [(_("Dropped"), _text(cell), "—") for cell in facts.get("dropped", [])]
    return added + dropped


def element_labels() -> dict[str, str]:
    """Return the elements of a filing in the reader's language."""
    return {
        "name": _("Name of the body"),
        "registered_address": _("Registered address"),
        "legal_representative": _("Legal representative"),
        "exam_site": _("Exam site"),
        "affiliation": _("Affiliation"),
        "may_serve_others": _("May serve others"),
    }


def _text(value: object) -> str:
    if isinstance(value, list):
        return "，".join(_text(each) for each in value)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(value) if value not in (None, "") else "—"


def _masked(element: str, value: object) -> object:
    """Return the value as the public reads it: of a person's name its first character."""
    return f"{str(value)[:1]}＊＊" if element == "legal_representative" and value else value
