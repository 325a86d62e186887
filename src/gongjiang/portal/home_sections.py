"""What a role's home page shows beside the queue, as the parts of a page draw it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjiang.bodies.queries import own_body
from gongjiang.kernel import calendars
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.parts import Act, Cell, Column, Row, Step, Table, until
from gongjiang.kernel.pictures import Chart, Series
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.planning import tables as batches
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import step_labels
from gongjiang.portal import queries
from gongjiang.portal.queries import AreaFigures, UnderWay
from gongjiang.sittings.models import Duty, Sitting

SHOWN = 6
NEXT = {
    "enrolment_from": gettext_lazy("enrolment from %(day)s"),
    "enrolment_until": gettext_lazy("enrolment until %(day)s"),
    "exam": gettext_lazy("exam %(day)s"),
    "notice": gettext_lazy("notice until %(day)s"),
    "report": gettext_lazy("report by %(day)s"),
    "examined": gettext_lazy("examined %(day)s"),
}

DUTIES = {
    "chief_officer": gettext_lazy("Chief officer"),
    "administration_lead": gettext_lazy("Administration lead"),
    "invigilator": gettext_lazy("Invigilator"),
    "assessor": gettext_lazy("Assessor"),
    "internal_supervisor": gettext_lazy("Internal quality supervisor"),
    "safety_officer": gettext_lazy("Safety officer"),
}


def batch_lines(found: Iterable[UnderWay]) -> list[dict[str, object]]:
    """Return batches under way with a small step bar, the step they are at and the day that matters next."""
    lines = []
    for each in found:
        steps = batches.steps(each.batch)
        if each.late:
            steps = tuple(Step(s.key, s.label, s.when, "late" if s.state == "now" else s.state, s.url) for s in steps)
        present = next((step.label for step in steps if step.state in ("now", "late")), "")
        day = {"day": f"{each.day:%m-%d}"} if each.day else None
        lines.append(
            {
                "batch": each.batch,
                "subjects": batches.subjects(each.batch),
                "steps": steps,
                "step": present,
                "late": each.late,
                "when": str(NEXT[each.what]) % day if day else "",
            }
        )
    return lines


def acts_of(actor: Actor) -> list[Act]:
    """Return the buttons at the top of the home page: what a role often begins."""
    found = []
    if actor.has("exam_clerk", "body_manager") and own_body(actor) is not None:
        found.append(Act(_("Plan a batch"), reverse("batch-new"), icon="plus"))
    if actor.has(*AUTHORITY_ROLES):
        found.append(Act(_("Bodies in the area"), reverse("body-list")))
    return found


def area(actor: Actor, today: date) -> dict[str, object] | None:
    """Return an authority's view of its area; None for others."""
    if not actor.has(*AUTHORITY_ROLES):
        return None
    late = queries.reports_overdue(actor, today)
    objections = list(queries.objections_overdue(actor, today)[:SHOWN])
    figures = queries.area_figures(actor, today, reports=len(late), objections=len(objections))
    return {
        "figures": figure_list(figures),
        "late": late_table(late, today),
        "ending": ending_table(actor, today),
        "steps": steps_chart(queries.counts_by_step(actor)),
    }


def figure_list(area: AreaFigures) -> list[tuple[str, int, str]]:
    """Return the area's figures as (label, number, note)."""
    return [
        (_("Bodies on file"), area.on_file, _("of %(n)s") % {"n": area.bodies}),
        (_("Batches under way"), area.batches, ""),
        (_("Results on notice"), area.on_notice, _("batches")),
        (_("Reports overdue"), area.reports_overdue, ""),
        (_("Replies overdue"), area.objections_overdue, _("objections")),
    ]


def late_table(late: list[tuple[Batch, date]], today: date) -> Table | None:
    """Return the overdue reports of the area; None where all came in time."""
    if not late:
        return None
    calendar = calendars.current()
    rows = [
        Row(
            (
                Cell(batch.title, sub=batch.number, url=reverse("batch", args=[batch.pk])),
                batch.body.name,
                batch.issued_on,
                Cell(due=until(day, today, calendar)),
            )
        )
        for batch, day in late
    ]
    columns = (Column(_("Batch")), Column(_("Body")), Column(_("Issued")), Column(_("Report due")))
    return Table(_("Overdue reports"), columns, tuple(rows))


def ending_table(actor: Actor, today: date) -> Table | None:
    """Return the bodies whose term ends within half a year; None if there is none."""
    calendar = calendars.current()
    rows = [
        Row(
            (
                Cell(body.name, sub=body.code, url=reverse("body", args=[body.pk])),
                body.get_kind_display(),
                Cell(due=until(body.filed_until, today, calendar)),
            )
        )
        for body in queries.ending_soon(actor, today)[:SHOWN]
    ]
    columns = (Column(_("Body")), Column(_("Kind")), Column(_("Term ends")))
    return Table(_("Filing terms that end within half a year"), columns, tuple(rows)) if rows else None


def steps_chart(counts: dict[str, int]) -> Chart | None:
    """Return the area's batches by the step they are at; None without batches."""
    if not any(counts.values()):
        return None
    return Chart(
        _("Batches by step"),
        tuple(step_labels()[key] for key in counts),
        (Series(_("Batches"), tuple(counts.values())),),
        kind="flat",
    )


def duties_table(duties: Iterable[Duty]) -> Table | None:
    """Return one's own duties at coming exams; None without any."""
    rows = [
        Row(
            (
                Cell(duty.batch.title, sub=duty.batch.site.name, url=reverse("batch", args=[duty.batch_id])),
                duty.batch.exam_from,
                duty.room.name if duty.room else "",
                str(DUTIES.get(duty.role, duty.role)),
            )
        )
        for duty in duties
    ]
    columns = (Column(_("Batch")), Column(_("Exam")), Column(_("Room")), Column(_("Duty")))
    return Table(_("My duties at coming exams"), columns, tuple(rows)) if rows else None


def exams_table(sittings: Iterable[Sitting]) -> Table | None:
    """Return the exams of the next fortnight; None without any."""
    rows = [
        Row(
            (
                Cell(each.batch.title, sub=each.batch.body.name, url=reverse("batch", args=[each.batch_id])),
                each.get_part_display(),
                _span(each.starts_at, each.ends_at),
                each.batch.site.name,
            )
        )
        for each in sittings
    ]
    columns = (Column(_("Batch")), Column(_("Part")), Column(_("Time")), Column(_("Exam site")))
    return Table(_("Exams of the next fortnight"), columns, tuple(rows)) if rows else None


def _span(start: datetime, end: datetime) -> str:
    start, end = start.astimezone(SHANGHAI), end.astimezone(SHANGHAI)
    return f"{start:%m-%d %H:%M} – {end:%H:%M}"
