"""The pool, its people and its standards as the parts of a page show them."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.evaluation import rules_ties
from gongjiang.evaluation.conditions import CONDITIONS
from gongjiang.evaluation.models import CriteriaVersion, Expert, Tie, TieKind
from gongjiang.evaluation.rules_criteria import Node
from gongjiang.kernel.identity import reveal_url
from gongjiang.kernel.parts import Act, BadRow, Cell, CellProblem, Column, Row, Table
from gongjiang.kernel.pictures import Chart, Series
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.law.codes import mask_identity

SHOWN_ROWS = 200


def download(data: bytes, name: str, media_type: str) -> HttpResponse:
    """Return bytes made for this request as a file that no browser runs or keeps."""
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def standing(expert: Expert, day: date) -> Cell:
    """Return whether the expert can be drawn on the day, with why not."""
    if expert.since > day or (expert.until is not None and expert.until <= day):
        why = (
            _("from %(day)s") % {"day": expert.since}
            if expert.since > day
            else _("until %(day)s") % {"day": expert.until}
        )
        return Cell(_("Not in the pool"), sub=why, state="na")
    if expert.nda_since is None or expert.nda_until is None:
        return Cell(_("Can't be drawn"), sub=_("no confidentiality agreement"), state="no")
    if not expert.nda_since <= day < expert.nda_until:
        return Cell(_("Can't be drawn"), sub=_("agreement until %(day)s") % {"day": expert.nda_until}, state="no")
    return Cell(_("Can be drawn"), state="ok")


def experts_table(experts: Iterable[Expert], day: date) -> Table:
    """Return the pool: who, what each can judge, until when, and whether each can be drawn today."""
    rows = [
        Row(
            (
                Cell(each.name, sub=each.public_id, url=reverse("expert", args=[each.pk])),
                Cell(each.employer, sub=each.title),
                "、".join(field.occupation.name for field in each.fields.all()),
                Cell(each.organisation.name),
                Cell(each.until or _("no end"), sub=_("since %(day)s") % {"day": each.since}),
                standing(each, day),
            )
        )
        for each in experts
    ]
    columns = (
        Column(_("Expert")),
        Column(_("Place of work")),
        Column(_("Can judge")),
        Column(_("Pool of")),
        Column(_("Until")),
        Column(_("Today")),
    )
    empty = _("Experts stand here once a sheet is imported or somebody is entered.")
    return Table(_("Experts"), columns, tuple(rows), empty)


def ties_table(ties: Iterable[Tie]) -> Table:
    """Return the ties that were declared or entered."""
    rows = [
        Row(
            (
                Cell(each.organisation_name, sub=each.credit_code),
                each.get_kind_display(),
                each.note,
                Cell(each.until or "", sub=""),
                each.declared_at.date(),
            )
        )
        for each in ties
    ]
    columns = tuple(map(Column, (_("Organisation"), _("Tie"), _("Note"), _("Until"), _("Declared"))))
    return Table(_("Declared ties"), columns, tuple(rows), _("None is declared."))


def found_table(expert: Expert, day: date) -> Table:
    """Return the ties that the registers show."""
    rows = [
        Row((Cell(name, sub=code), str(TieKind(kind).label)))
        for kind, code, name in rules_ties.found_in_registers(expert, day)
    ]
    columns = (Column(_("Organisation")), Column(_("Tie")))
    return Table(_("Found in the registers"), columns, tuple(rows), _("The registers show none."))


def facts_of(expert: Expert, *, own: bool) -> list[tuple[object, ...]]:
    """Return the facts of an expert; the number masked, to be shown to officers for a purpose."""
    number = Cell(
        identity=mask_identity(str(expert.identity)), reveal_url="" if own else reveal_url(expert, "identity")
    )
    agreement = f"{expert.nda_since} – {expert.nda_until}" if expert.nda_since else _("none")
    return [
        (_("Public id"), expert.public_id, _("stands for the name in a published draw")),
        (_("Identity number"), number),
        (_("Place of work"), expert.employer, expert.employer_code),
        (_("Professional title"), expert.title or "—"),
        (_("Can judge"), "、".join(f"{each.occupation.name} {each.occupation.code}" for each in expert.fields.all())),
        (_("Pool of"), expert.organisation.name),
        (_("Term"), f"{expert.since} – {expert.until or _('no end')}", expert.left_why),
        (_("Non-disclosure agreement"), agreement),
        (_("Last training in professional ethics"), expert.ethics_on or "—"),
        (_("Account"), expert.user.username if expert.user else _("none")),
    ]


def coverage_chart(rows: Sequence[tuple[str, str, int, int]]) -> Chart:
    """Return experts by group of occupations: those who can be drawn, and those who can't now."""
    groups = [(group, list(some)) for group, some in groupby(rows, key=lambda row: row[0])]
    fit = [max(row[2] for row in some) for _group, some in groups]
    rest = [max(row[3] - row[2] for row in some) for _group, some in groups]
    series = (Series(_("can be drawn"), tuple(fit), "jade"), Series(_("can't be drawn now"), tuple(rest), "amber"))
    return Chart(_("Experts by group of occupations"), tuple(group for group, _s in groups), series, "stack")


def coverage_table(rows: Sequence[tuple[str, str, int, int]], size: int) -> Table:
    """Return the occupations with how many experts can be drawn, the scarce ones marked."""
    shown = [
        Row((Cell(name, sub=group), Cell(fit, state="no" if fit == 0 else "wait" if fit < size else "ok"), every))
        for group, name, fit, every in rows
    ]
    columns = (Column(_("Occupation")), Column(_("Can be drawn"), numeric=True), Column(_("In the pool"), numeric=True))
    return Table(_("Experts by occupation"), columns, tuple(shown), _("Nobody is in the pool yet."), filter_here=True)


def bad_rows(refused: SheetRefused) -> list[BadRow]:
    """Return the rows with problems as a page shows them: numbers of persons masked, at most 200."""
    by_row: dict[int, list[CellProblem]] = {}
    for each in refused.problems:
        if each.row is not None:
            heading = refused.headers.get(each.column, each.column)
            words = " ".join(part for part in (each.what, each.why) if part)
            by_row.setdefault(each.row, []).append(CellProblem(heading, "", words, each.mend))
    rows = {row.number: row for row in refused.rows}
    return [
        BadRow(
            number,
            {
                heading: mask_identity(rows[number].text(key)) if key == "identity" else rows[number].text(key)
                for key, heading in refused.headers.items()
            },
            tuple(problems),
        )
        for number, problems in sorted(by_row.items())[:SHOWN_ROWS]
        if number in rows
    ]


def versions_table(versions: Iterable[CriteriaVersion], day: date, places: dict[str, str]) -> Table:
    """Return the standards: of which place, which version, in force or draft."""
    rows = []
    for each in versions:
        state = Cell(_("Draft"), state="wait")
        if each.published_at:
            over = each.until is not None and each.until <= day
            state = Cell(_("Over"), state="na") if over else Cell(_("In force"), state="ok")
            if each.since > day:
                state = Cell(_("In force later"), state="go")
        term = f"{each.since} – {each.until or ''}" if each.published_at else "—"
        demo = _("demo, issued by no authority") if each.is_demo else each.source
        rows.append(
            Row(
                (
                    Cell(each.title, sub=demo, url=reverse("criteria", args=[each.pk])),
                    each.version,
                    places.get(each.place_code, each.place_code),
                    term,
                    state,
                )
            )
        )
    columns = tuple(map(Column, (_("Evaluation standard"), _("Version"), _("Holds for"), _("Term"), _("State"))))
    return Table(_("Evaluation standards"), columns, tuple(rows), _("No standard stands here yet."))


def lines_table(group: Node | None, nodes: Sequence[Node], version: CriteriaVersion, *, may_edit: bool) -> Table:
    """Return the items of a group, or the veto items where no group is given."""
    rows = []
    for node in nodes:
        change = Act(_("Change"), reverse("criteria-line", args=[version.pk]) + f"?code={quote(node.code)}")
        points = format(node.points.normalize() + 0, "f") if node.parent else _("veto")
        condition = str(CONDITIONS[node.condition]) if node.condition else ""
        cells = (Cell(f"{node.code} {node.title}", sub=condition), points, node.evidence, node.deduction)
        rows.append(Row((*cells, Cell(act=change)) if may_edit else cells))
    columns = [Column(_("Item")), Column(_("Points"), numeric=True), Column(_("Evidence")), Column(_("Deduction"))]
    if may_edit:
        columns.append(Column(""))
    title = f"{group.code} {group.title}" if group else _("Veto items")
    return Table(title, tuple(columns), tuple(rows), _("None yet."))
