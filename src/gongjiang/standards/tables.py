"""Tables of the catalogue's pages."""

from collections.abc import Iterable, Sequence
from datetime import date
from urllib.parse import quote

from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.files import CSV
from gongjiang.kernel.parts import BadRow, Cell, CellProblem, Column, Row, Table
from gongjiang.kernel.sheet_rows import SheetRefused
from gongjiang.law.places import place as place_of
from gongjiang.standards.difference import Change, Entry
from gongjiang.standards.models import (
    AccessQualification,
    AssessmentSpecification,
    EmployerLevel,
    Level,
    LevelPermit,
    NewOccupation,
    Occupation,
    PartKind,
    SpecialisedProject,
    UnjoinedStandard,
)
from gongjiang.standards.states import SpecificationState as S

SHOWN_ROWS = 200
LOOK = {S.FILED: "ok", S.REFUSED: "no", S.WITHDRAWN: "na", S.RETURNED: "wait", S.SUBMITTED: "wait"}


def download(data: bytes, name: str) -> HttpResponse:
    """Return CSV made for this request as a file that no browser runs."""
    response = HttpResponse(data, content_type=CSV)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def bad_rows(refused: SheetRefused) -> list[BadRow]:
    """Return the rows with problems as a page shows them, at most 200."""
    by_row: dict[int, list[CellProblem]] = {}
    for each in refused.problems:
        if each.row is not None:
            heading = refused.headers.get(each.column, next(iter(refused.headers.values()), each.column))
            words = " ".join(part for part in (each.what, each.why) if part)
            by_row.setdefault(each.row, []).append(CellProblem(heading, "", words, each.mend))
    rows = {row.number: row for row in refused.rows}
    return [
        BadRow(number, {h: rows[number].text(key) for key, h in refused.headers.items()}, tuple(problems))
        for number, problems in sorted(by_row.items())[:SHOWN_ROWS]
        if number in rows
    ]


def change_words() -> dict[str, str]:
    """Return what a line of a difference is called."""
    return {"added": _("added"), "removed": _("removed"), "renamed": _("renamed"), "moved": _("code changed")}


def difference_table(changes: Iterable[Change], old: int, new: int) -> Table:
    """Return the difference between two editions, one line a change."""
    looks, words = {"added": "ok", "removed": "no", "renamed": "go", "moved": "go"}, change_words()
    rows = tuple(
        Row((Cell(words[each.kind], state=looks[each.kind]), _entry(each.old), _entry(each.new))) for each in changes
    )
    columns = (Column(_("Change")), Column(str(old)), Column(str(new)))
    return Table(_("Changes"), columns, rows, empty=_("The two editions say the same."))


def _entry(entry: Entry | None) -> Cell | str:
    return Cell(entry[1], sub=entry[0]) if entry else "—"


def reason_words() -> dict[str, str]:
    """Return why a row of the official catalogue doesn't join by itself."""
    return {
        "class": _("not of a skill-type class"),
        "code": _("the edition has no such code, or another name under it"),
        "edition": _("states no year"),
        "levels": _("states none of the five levels"),
        "twice": _("stands twice in the catalogue"),
    }


def unjoined_table(found: Iterable[UnjoinedStandard], *, may_join: bool) -> Table:
    """Return rows that don't join, with the reason and what became of them."""
    words = reason_words()
    rows = tuple(
        Row(
            (
                Cell(each.title, sub=each.job_types, url=reverse("standard-join", args=[each.pk]) if may_join else ""),
                each.code,
                each.edition or "—",
                Cell(_("joined on %(day)s") % {"day": each.joined_on}, state="ok")
                if each.joined_on
                else words[each.reason],
                each.suggested_code or "—",
            )
        )
        for each in found
    )
    columns = tuple(map(Column, (_("Standard"), _("Code"), _("Edition"), _("Why it doesn't join"), _("Perhaps"))))
    return Table(_("Standards that join no occupation"), columns, rows, empty=_("Every row joins."))


def new_table(found: Iterable[NewOccupation], *, may_enter: bool) -> Table:
    """Return what was published after the edition, with its code once it is known."""
    rows = []
    for each in found:
        open_to_entry = may_enter and each.kind == "occupation" and each.occupation_id is None
        url = reverse("new-occupation-code", args=[each.pk]) if open_to_entry else ""
        if each.occupation is not None:
            url = reverse("occupation", args=[each.occupation.code])
        state = (
            Cell(_("in the catalogue"), state="ok") if each.occupation_id else Cell(_("code not known"), state="wait")
        )
        name = Cell(each.name, sub=each.parent, url=url)
        rows.append(Row((name, each.get_kind_display(), each.batch, each.code or "—", state, each.status)))
    columns = tuple(
        map(
            Column,
            (
                _("Occupation or job type"),
                _("Kind of entry"),
                _("Batch of publication"),
                _("Code"),
                _("State"),
                _("Published"),
            ),
        )
    )
    return Table(_("Published after the edition"), columns, tuple(rows), empty=_("Nothing was published since."))


def specifications_table(found: Sequence[AssessmentSpecification], *, own: bool, public: bool) -> Table:
    """Return specifications with their state; the owner's name where there are several."""
    rows = []
    for each in found:
        text = each.standard
        page = ("occupation", text.occupation.code) if public else ("specification", each.pk)
        url = reverse(page[0], args=page[1:])
        state = Cell(each.get_state_display(), state=LOOK.get(S(each.state), "go"))
        filed = Cell(each.filing_number, sub=f"{each.filed_on:%Y-%m-%d}") if each.filed_on else "—"
        owner = () if own else (str(text.owner),)
        rows.append(
            Row((Cell(text.title, sub=text.edition, url=url), Cell(text.occupation.name, sub=text.occupation.code),
                 *owner, state, filed))
        )  # fmt: skip
    names = [_("Specification"), _("Occupation"), *([] if own else [_("Organisation")]), _("State"), _("Filing number")]
    empty = _("A specification appears here once an employer writes one for an occupation without a national standard.")
    return Table(_("Assessment specifications"), tuple(map(Column, names)), tuple(rows), empty=empty)


def permits_table(found: Iterable[LevelPermit], today: date, *, may_end: bool) -> Table:
    """Return the levels permitted beyond the law's rule, with their reasons."""
    rows = tuple(
        Row(
            (
                Cell(str(each.owner), url=reverse("level-permit-end", args=[each.pk]) if _open(each, may_end) else ""),
                Cell(each.occupation.name, sub=each.occupation.code),
                str(Level(each.level).label),
                _interval(each, today),
                Cell(each.reason, cites=tuple(each.cites)),
            )
        )
        for each in found
    )
    columns = tuple(map(Column, (_("Organisation"), _("Occupation"), _("Level"), _("In force"), _("Reason"))))
    return Table(_("Further levels permitted"), columns, rows, empty=_("No further level is permitted."))


def own_levels_table(found: Iterable[EmployerLevel], today: date, *, may_end: bool) -> Table:
    """Return the levels that employers added."""
    rows = tuple(
        Row(
            (
                Cell(
                    each.label,
                    sub=str(each.owner),
                    url=reverse("own-level-end", args=[each.pk]) if _open(each, may_end) else "",
                ),
                Cell(each.occupation.name, sub=each.occupation.code),
                _interval(each, today),
                Cell(each.requirement, sub=_assessed(each), cites=tuple(each.cites)),
            )
        )
        for each in found
    )
    columns = tuple(map(Column, (_("Level"), _("Occupation"), _("In force"), _("Requirement"))))
    return Table(_("Levels that employers added"), columns, rows, empty=_("No employer added a level."))


def _assessed(each: EmployerLevel) -> str:
    """Return by what an own level is assessed: its parts, and the level to be held before."""
    if each.standard is None:
        return _("as the level is") if each.step else _("no part is told yet")
    parts = [part for level in each.standard.levels.all() for part in level.parts.all()]
    marks = [(part, f"{part.pass_mark.normalize():f}/{part.full_mark.normalize():f}") for part in parts]
    told = [f"{PartKind(part.kind).label} {mark}" for part, mark in marks]
    if each.below:
        held = _("%(level)s held for %(n)s months") % {"level": Level(each.below).label, "n": each.below_months}
        told.insert(0, held if each.below_months else _("%(level)s held") % {"level": Level(each.below).label})
    return " · ".join(told)


def _open(each: LevelPermit | EmployerLevel, may_end: bool) -> bool:
    return may_end and each.until is None


def _interval(each: LevelPermit | EmployerLevel, today: date) -> Cell:
    held = each.since <= today and (each.until is None or today < each.until)
    told = f"{each.since:%Y-%m-%d} – {f'{each.until:%Y-%m-%d}' if each.until else ''}".strip()
    return Cell(told, state="ok" if held else "na")


def marks(found: Occupation, access: frozenset[int]) -> str:
    """Return the marks of an occupation in words."""
    told = [_("green")] * found.is_green + [_("digital")] * found.is_digital + [_("access type")] * (found.pk in access)
    return ", ".join([*told, *([found.added_by] if found.added_by else [])])


def access_table(found: Iterable[AccessQualification]) -> Table:
    """Return the access qualifications, examples marked as such."""
    rows = tuple(
        Row(
            (
                Cell(each.occupation.name, sub=each.occupation.code),
                each.title,
                each.issuer,
                f"{each.since:%Y-%m-%d}",
                _source(each.source, example=each.is_example),
            )
        )
        for each in found
    )
    columns = tuple(map(Column, (_("Occupation"), _("Qualification"), _("Issuer"), _("From"), _("Source"))))
    return Table(_("Access-type occupations"), columns, rows, empty=_("The list hasn't been imported."))


def projects_table(found: Iterable[SpecialisedProject]) -> Table:
    """Return the specialised projects, examples marked as such."""
    rows = tuple(
        Row(
            (
                each.name,
                each.code,
                str(place_of(each.place_code)),
                f"{each.since:%Y-%m-%d}",
                _source(each.source, example=each.is_example),
            )
        )
        for each in found
    )
    columns = tuple(map(Column, (_("Project"), _("Code"), _("Province"), _("From"), _("Source"))))
    return Table(_("Specialised projects"), columns, rows, empty=_("The list hasn't been imported."))


def _source(source: str, *, example: bool) -> Cell | str:
    return Cell(_("example"), sub=source, state="wait") if example else source
