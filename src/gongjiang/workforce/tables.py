"""People, terms, courses and the pool as the parts of a page show them."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from gongjiang.kernel.identity import reveal_url
from gongjiang.kernel.parts import Cell, Choice, Column, Row, Table
from gongjiang.law.codes import mask_identity
from gongjiang.standards.models import Level
from gongjiang.workforce.models import (
    Appointment,
    Basis,
    PersonalRelation,
    StaffMember,
    StaffRole,
)
from gongjiang.workforce.queries import is_in_force

SOON = timedelta(days=90)


def levels_text(level: str) -> str:
    """Return 'levels 5 to 3' of a highest level; levels outside the five by their name."""
    if level in ("5", ""):
        return str(Level(level).label).partition("/")[0].partition(",")[0] if level else ""
    if level.isdecimal():
        return pgettext("levels", "5 – %(highest)s") % {"highest": level}
    return str(Level(level).label)


def scope_text(term: Appointment) -> str:
    """Return an appointment's occupation and levels, empty where it has none."""
    if term.occupation is None:
        return ""
    return f"{term.occupation.name} {levels_text(term.highest_level)}"


def term_cell(term: Appointment, today: date) -> Cell:
    """Return how a term stands: running, ending soon, over, or to come."""
    if term.until is None:
        return Cell(_("no end"), state="ok")
    last = (term.until - timedelta(days=1)).isoformat()
    if term.since > today:
        return Cell(_("from %(day)s") % {"day": term.since}, state="go")
    if term.until <= today:
        return Cell(last, state="na", sub=term.end_reason or _("over"))
    return Cell(last, state="wait" if term.until - today <= SOON else "ok")


def basis_cell(term: Appointment) -> Cell:
    """Return what a term rests on; what was brought in says so, and by whose statement."""
    if term.basis == Basis.TRAINED and term.training:
        url = reverse("training-certificate", args=[term.training_id])
        return Cell(term.training.certificate_number or "", url=url)
    if term.basis == Basis.BROUGHT_IN:
        stated = term.stated_certificate or _("no certificate stated")
        return Cell(_("Brought in"), state="wait", sub=f"{stated} · {term.source}")
    return Cell(_("not asked for"))


def people_table(people: Iterable[StaffMember], today: date, *, homes: bool, choices: Sequence[Choice] = ()) -> Table:
    """Return people with what they are appointed to; with their home where a reader sees several lists."""
    rows = tuple(Row(tuple(_person(member, today, homes))) for member in people)
    columns = (
        Column(_("Name")),
        *((Column(_("List of")),) if homes else ()),
        Column(_("Role")),
        Column(_("Occupation and levels")),
        Column(_("Term until")),
    )
    empty = _("People appear here once they are appointed, one by one or from a sheet.")
    return Table(_("Staff"), columns, rows, empty=empty, choices=tuple(choices))


def _person(member: StaffMember, today: date, homes: bool) -> Iterable[object]:
    running = [term for term in member.appointments.all() if is_in_force(term, today)]
    shown = running or list(member.appointments.all())[:1]
    scopes = [text for text in map(scope_text, shown) if text]
    yield Cell(member.name, sub=member.employer, url=reverse("staff-member", args=[member.pk]))
    if homes:
        yield member.home.name
    yield "、".join(dict.fromkeys(str(role_label(term)) for term in shown)) or _("none yet")
    yield Cell(scopes[0] if scopes else "", sub="；".join(scopes[1:4]))
    yield term_cell(min(shown, key=lambda term: term.until or date.max), today) if shown else ""


def role_label(term: Appointment) -> str:
    """Return a role in the reader's language; an assessor of the senior rank is called so."""
    if term.rank == "senior":
        return _("Senior assessor")
    return str(term.get_role_display())


def terms_table(terms: Iterable[Appointment], today: date, *, may_end: bool = False) -> Table:
    """Return one person's terms."""
    rows = []
    for term in terms:
        letter = reverse("appointment-letter", args=[term.pk]) if term.letter_number else ""
        cells: list[object] = [
            Cell(role_label(term), sub=scope_text(term)),
            term.since,
            term_cell(term, today),
            basis_cell(term),
            Cell(term.letter_number or "", url=letter),
        ]
        if may_end:
            running = is_in_force(term, today)
            cells.append(Cell(_("End early"), url=reverse("appointment-end", args=[term.pk])) if running else "")
        rows.append(Row(tuple(cells)))
    columns = (
        Column(_("Role")),
        Column(_("Since")),
        Column(_("Last day")),
        Column(_("Rests on")),
        Column(_("Letter")),
        *((Column(_("Change")),) if may_end else ()),
    )
    return Table(
        _("Terms"), columns, tuple(rows), empty=_("No appointment yet; training and an examination come first.")
    )


def relations_table(relations: Iterable[PersonalRelation], *, ends_of: StaffMember | None = None) -> Table:
    """Return a person's relations, the other party masked; with the way to end each for who keeps the list."""
    rows = []
    for each in relations:
        told = (each.get_kind_display(), each.other_shown, each.get_origin_display(), each.declared_at.date())
        url = reverse("staff-relation-end", args=[ends_of.pk, each.pk]) if ends_of else ""
        ends = (Cell(_("End the relation"), url=url),) if url and each.until is None else ("",) if url else ()
        rows.append(Row((*told, *ends)))
    columns = [Column(_("Relation")), Column(_("Other party")), Column(_("Origin")), Column(_("Since"))]
    columns += [Column(_("Change"))] if ends_of else []
    empty = _("None declared. Kin, teachers, masters and employers of candidates stay away from their assessment.")
    return Table(_("Relations"), tuple(columns), tuple(rows), empty=empty)


def identity_cell(member: StaffMember) -> Cell:
    """Return the masked number with the way to have it shown for a purpose."""
    return Cell(identity=mask_identity(member.identity), reveal_url=reveal_url(member, "identity"))


def role_choices(counts: dict[str, int], current: str, base: str = "?") -> list[Choice]:
    """Return the filter of a register by role, with counts."""
    every = Choice(_("All"), base, current == "")
    named = [
        Choice(str(StaffRole(role).label), f"{base}role={role}", current == role, counts[role])
        for role in StaffRole.values
        if counts.get(role)
    ]
    return [every, *named]
