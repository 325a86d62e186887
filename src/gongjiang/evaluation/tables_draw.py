"""A draw as the parts of a page show it. What the public sees names nobody."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.evaluation.models import Draw, Panelist
from gongjiang.evaluation.rules_draw import UNABLE
from gongjiang.evaluation.rules_pool import REASONS, Pool
from gongjiang.kernel.parts import Act, Cell, Column, Row, Table


@dataclass(frozen=True, slots=True)
class Chip:
    """One person of the pool in the picture of a draw: on the panel, a reserve, gone, or excluded with why."""

    id: str
    kind: str
    note: str


def reason_words(kinds: Sequence[str]) -> str:
    """Return the kinds of reason in the reader's language."""
    return "、".join(_("Can't come") if kind == UNABLE else str(REASONS[kind]) for kind in kinds)


def chips(draw: Draw) -> list[Chip]:
    """Return the pool in the order of the lot: the panel as it is now, the reserves, who left, who was excluded."""
    left = {each["out"]: each["kind"] for each in draw.replacements}
    came = {each["in"] for each in draw.replacements}
    shown = [Chip(each, "left" if each in left else "in", _place(n)) for n, each in enumerate(draw.result, start=1)]
    for number, each in enumerate(draw.reserves, start=1):
        kind = "left" if each in left else "in" if each in came else "reserve"
        shown.append(Chip(each, kind, _("reserve %(n)s") % {"n": number}))
    return shown + [Chip(each["id"], "out", reason_words(each["kinds"])) for each in draw.exclusions]


def _place(number: int) -> str:
    return _("drawn %(n)s") % {"n": number}


def pool_table(draw: Draw) -> Table:
    """Return the frozen pool as published."""
    outcome = {each.id: each for each in chips(draw)}
    looks = {"in": "ok", "reserve": "go", "left": "na", "out": "no"}
    rows = [
        Row(
            (
                each["id"],
                "、".join(each["fields"]),
                each["of"],
                Cell(outcome[each["id"]].note, state=looks[outcome[each["id"]].kind]),
            )
        )
        for each in draw.pool
    ]
    columns = tuple(map(Column, (_("Public id"), _("Can judge"), _("Pool of"), _("Outcome"))))
    empty = _("The pool is frozen at the draw and stands here then.")
    return Table(_("The frozen pool"), columns, tuple(rows), empty, filter_here=True)


def replacements_table(draw: Draw) -> Table:
    """Return who came in for whom, and who was passed over."""
    rows = [
        Row(
            (
                each["out"],
                each["in"],
                reason_words([each["kind"]]),
                "；".join(f"{one['id']} {reason_words(one['kinds'])}" for one in each["passed_over"]),
            )
        )
        for each in draw.replacements
    ]
    columns = tuple(map(Column, (_("Left"), _("Came in"), _("Why"), _("Passed over"))))
    return Table(_("Replacements"), columns, tuple(rows), _("Nobody was replaced."))


def preview_table(pool: Pool) -> Table:
    """Return the pool as it stands now, for the officer: who would be in the lot, and who not and why."""
    rows = []
    for each in pool.experts:
        kinds = pool.exclusions.get(each.public_id, ())
        state = Cell(reason_words(kinds), state="no") if kinds else Cell(_("in the lot"), state="ok")
        fields = "、".join(field.occupation.name for field in each.fields.all())
        name = Cell(each.name, sub=each.public_id, url=reverse("expert", args=[each.pk]))
        rows.append(Row((name, fields, each.organisation.name, state)))
    columns = tuple(map(Column, (_("Expert"), _("Can judge"), _("Pool of"), _("As it stands now"))))
    empty = _("Nobody is in the pool; import a sheet of experts first.")
    return Table(_("The pool as it stands now"), columns, tuple(rows), empty, filter_here=True)


def panel_table(panel: Sequence[Panelist], *, may: bool) -> Table:
    """Return the panel with names, for the officer."""
    rows = []
    for each in panel:
        expert = each.expert
        cells: list[object] = [
            each.letter,
            Cell(expert.name, sub=expert.public_id, url=reverse("expert", args=[expert.pk])),
            Cell(expert.employer, sub=expert.title),
            Cell(_("confirmed"), state="ok") if each.confirmed_at else Cell(_("not confirmed"), state="wait"),
        ]
        if may:
            lead = Act(_("Name to lead"), reverse("panelist-lead", args=[each.pk]), "post")
            cells.append(Cell(act=Act(_("Replace"), reverse("panelist-replace", args=[each.pk]))))
            cells.append(Cell(_("leads")) if each.is_lead else Cell(act=lead))
        rows.append(Row(tuple(cells)))
    columns = [Column(_("Stands as")), Column(_("Expert")), Column(_("Place of work")), Column(_("Will come"))]
    if may:
        columns += [Column(""), Column("")]
    return Table(_("The panel"), tuple(columns), tuple(rows), _("Nobody is on the panel."))
