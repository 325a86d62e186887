"""A winding-up as the parts of a page show it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.bodies.tables import place_name
from gongjiang.enrolment.models import Enrolment
from gongjiang.filing import rules_life, winding_up
from gongjiang.filing.models import Refund, Termination
from gongjiang.filing.states import TerminationState
from gongjiang.filing.winding_up import WindingUpItem
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Cell, Column, Row, Step, Table
from gongjiang.kernel.roles import AUTHORITY_ROLES

S = TerminationState
LOOK = {S.WINDING_UP: "wait", S.ENDED: "na", S.HANDED_OVER: "go"}


def terminations_table(found: Iterable[Termination]) -> Table:
    """Return the filings that wind up or ended."""
    rows = tuple(
        Row(
            (
                Cell(each.body.name, sub=each.body.code, url=rules_life.url_of(each)),
                place_name(each.body.place_code),
                each.get_kind_display(),
                each.opened_on,
                each.ended_on or "—",
                Cell(each.get_state_display(), state=LOOK[TerminationState(each.state)]),
            )
        )
        for each in found
    )
    columns = (_("Body"), _("Division"), _("Kind"), _("Winding up since"), _("Ended on"), _("State"))
    empty = _("No filing winds up. One ends at the body's own application, or by order from the body's page.")
    return Table(_("Ends of filings"), tuple(Column(label) for label in columns), rows, empty=empty)


def crumbs(found: Termination, actor: Actor, *, deeper: bool = False) -> list[tuple[str, str]]:
    """Return the way to the page: for the authority through its list, for the body from its winding-up."""
    way = [(_("Ends of filings"), reverse("termination-list"))] if actor.has(*AUTHORITY_ROLES) else []
    return [*way, (found.body.name, rules_life.url_of(found) if deeper else "")]


def steps(found: Termination, items: Sequence[WindingUpItem]) -> list[Step]:
    """Return the stages of the end: opened, settled, ended, duties that go on, and the hand-over where there is one."""
    over = winding_up.is_over(found)
    still_open = [item for item in items if item.is_open]
    opened = _("Ordered") if found.kind == "ordered" else _("Applied for")
    settling = "done" if not still_open or over else "now"
    bar = [
        Step("open", opened, f"{found.opened_on:%m-%d}", "done"),
        Step("settle", _("Winding up"), _settled_words(len(items) - len(still_open), len(items)), settling),
        Step(
            "end", _("Filing ended"), f"{found.ended_on:%m-%d}" if found.ended_on else "", _end_state(found, still_open)
        ),
        Step("duties", _("Duties go on"), "", "now" if over else "todo"),
    ]
    if found.state == S.HANDED_OVER:
        bar.insert(3, Step("hand_over", _("Taken over"), "", "done"))
    return bar


def _settled_words(settled: int, of: int) -> str:
    return _("%(n)s of %(of)s settled") % {"n": settled, "of": of}


def _end_state(found: Termination, still_open: Sequence[WindingUpItem]) -> str:
    if winding_up.is_over(found):
        return "done"
    return "lock" if still_open else "now"


def checklist_table(found: Termination, items: Sequence[WindingUpItem], actor: Actor) -> Table:
    """Return the checklist: what, how much of it is open, on what article, and where it is settled."""
    bears = rules_life.bears(actor, found)
    rows = tuple(
        Row(
            (
                Cell(item.label, sub=_told(item), cites=item.cites),
                Cell(_("settled"), state="ok") if not item.is_open else Cell(_open_words(item), state="wait"),
                _where(found, item, bears=bears),
            ),
            kind="late" if item.is_open else "",
        )
        for item in items
    )
    columns = (Column(_("To settle")), Column(_("State")), Column(""))
    return Table(_("What is settled before the filing ends"), columns, rows)


def _told(item: WindingUpItem) -> str:
    if item.answer:
        return item.answer.text
    return item.way_on if item.count else ""


def _open_words(item: WindingUpItem) -> str:
    return _("to be stated") if item.key == winding_up.ARCHIVES else str(item.count)


def _where(found: Termination, item: WindingUpItem, *, bears: bool) -> Cell:
    if not item.is_open:
        return Cell(_("Look"), url=item.url) if item.key == "fees" else Cell("")
    answers = found.state == S.HANDED_OVER or item.key == winding_up.ARCHIVES
    if answers and bears:
        return Cell(_("Answer"), url=reverse("termination-answer", args=[found.pk, item.key]))
    return Cell(_("Go there"), url=item.url) if item.url and not answers else Cell("")


def facts(found: Termination) -> list[tuple[str, object]]:
    """Return the facts of the end."""
    body = found.body
    told: list[tuple[str, object]] = [
        (_("Kind of end"), found.get_kind_display()),
        (_("Winding up since"), found.opened_on),
        (_("Ground"), found.ground or "—"),
        (_("Evidence kept"), found.evidence or "—"),
        (_("Ended on"), found.ended_on or "—"),
        (_("Authority"), body.authority.name),
    ]
    if body.duties_with:
        told.append((_("Duties with"), body.duties_with.name))
    return told


def duties_table(found: Termination) -> Table:
    """Return the duties that go on after the end, with who bears them."""
    duties = found.body.duties.select_related("holder")
    rows = tuple(
        Row((each.get_kind_display(), each.since, Cell(each.holder.name, cites=tuple(each.cites)))) for each in duties
    )
    columns = (Column(_("Duty")), Column(_("Since")), Column(_("Borne by")))
    empty = _("They begin with the end of the filing: re-checking, correcting, revoking, keeping the archives.")
    return Table(_("Duties that go on"), columns, rows, empty=empty)


def next_acts(found: Termination, items: Sequence[WindingUpItem], actor: Actor) -> list[Act]:
    """Return what the actor can do next; what is closed says what would open it."""
    acts = []
    if rules_life.bears(actor, found) and any(item.is_open and item.key == "fees" for item in items):
        acts.append(Act(_("Record refunds"), reverse("termination-refunds", args=[found.pk]), icon="check"))
    if actor.organisation_id == found.body.authority_id and actor.has(*rules_life.SIGNERS):
        n = sum(item.is_open for item in items)
        if not winding_up.is_over(found):
            unless = ngettext("Once %(n)s open item is settled", "Once %(n)s open items are settled", n) % {"n": n}
            url = reverse("termination-end", args=[found.pk])
            acts.append(Act(_("End the filing"), url, look="primary", unless=unless if n else ""))
        if found.state != S.HANDED_OVER:
            note = _("Where the body is gone")
            acts.append(Act(_("Take the duties over"), reverse("termination-hand-over", args=[found.pk]), note=note))
    return acts


@dataclass(frozen=True, slots=True)
class RefundGroup:
    """The fees of one batch that are to be refunded."""

    key: str
    number: str
    title: str
    rows: tuple[Enrolment, ...]
    total: Decimal


def refund_groups(due: Iterable[Enrolment]) -> list[RefundGroup]:
    """Return what is to be refunded, batch by batch."""
    groups = []
    for batch, rows in groupby(due, key=lambda each: each.batch):
        people = tuple(rows)
        total = sum((each.line.fee for each in people), Decimal(0))
        groups.append(RefundGroup(f"batch-{batch.pk}", batch.number, batch.title, people, total))
    return groups


def refunds_table(found: Termination) -> Table:
    """Return the refunds on record."""
    made = list(Refund.objects.filter(termination=found).order_by("-pk"))
    names = dict(
        Enrolment.objects.unscoped(winding_up.OF_BODY)
        .filter(pk__in=[each.enrolment_id for each in made])
        .values_list("pk", "name")
    )
    rows = tuple(
        Row(
            (
                Cell(names.get(each.enrolment_id, "—"), sub=str(each.enrolment_id)),
                f"{each.amount:.2f}",
                each.refunded_on,
                each.reference,
            )
        )
        for each in made
    )
    columns = (
        Column(_("Candidate")),
        Column(_("Yuan"), numeric=True),
        Column(_("Refunded on")),
        Column(_("Reference")),
    )
    return Table(_("Refunded"), columns, rows, empty=_("No refund is on record yet."))
