"""The officers' queue as a table, and the picture of applications by stage and age."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.filing.acts_officer import NextAct, next_acts, waits_for
from gongjiang.filing.due import OPEN, Days, age, due_of, since
from gongjiang.filing.models import Application
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Cell, Choice, Column, Deadline, Row, Table
from gongjiang.kernel.pictures import Chart, Series

S = ApplicationState
LOOK = {S.FILED: "ok", S.REFUSED: "no", S.WITHDRAWN: "na", S.RETURNED: "wait", S.CLEARED: "wait"}
# Working days at a stage: up to each bound, and beyond the last.
AGES = (5, 20)


def queue_table(
    found: Sequence[Application], actor: Actor, at: datetime, choices: Sequence[Choice], empty: str
) -> Table:
    """Return the applications with stage, age, last day and what waits for the reader."""
    today, days = at.date(), Days(at.date())
    columns = (
        Column(_("Applicant")),
        Column(_("Kind of application")),
        Column(_("Stands at")),
        Column(_("At this step since")),
        Column(_("Deadline")),
        Column(_("What you can do")),
    )
    rows = tuple(_row(each, waits_for(next_acts(each, actor, at)), due_of(each, today, days), today) for each in found)
    return Table(_("Applications"), columns, rows, empty=empty, choices=tuple(choices))


def _row(application: Application, act: NextAct | None, due: Deadline | None, today: date) -> Row:
    url = reverse("application", args=[application.pk])
    begun = since(application)
    days = _("%(n)s working days") % {"n": age(application, today)} if begun else ""
    return Row(
        (
            Cell(application.applicant.name, sub=f"{application.number} · {application.authority.name}", url=url),
            application.get_kind_display(),
            Cell(application.get_state_display(), state=LOOK.get(S(application.state), "go")),
            Cell(begun or "—", sub=days),
            Cell(due=due) if due else "—",
            Cell(act.label, url=url) if act else Cell("—"),
        ),
        kind="over" if due is not None and due.kind == "over" else "",
    )


def by_deadline(found: Iterable[Application], today: date) -> list[Application]:
    """Return the applications, the soonest last day first."""
    days = Days(today)

    def key(application: Application) -> tuple[bool, date, int]:
        due = due_of(application, today, days)
        return due is None, due.last_day if due else today, application.pk

    return sorted(found, key=key)


def late(found: Iterable[Application], today: date) -> int:
    """Return how many stand at a stage past its last day."""
    days = Days(today)
    dues = (due_of(each, today, days) for each in found)
    return sum(due is not None and due.kind == "over" for due in dues)


def board(found: Iterable[Application], today: date) -> Chart:
    """Return the applications under way by stage, stacked by their age there."""
    counts: Counter[tuple[str, int]] = Counter()
    for each in found:
        counts[each.state, sum(age(each, today) > bound for bound in AGES)] += 1
    stages = [state for state in S if state in OPEN]
    labels = [
        _("up to %(n)s working days") % {"n": AGES[0]},
        _("%(a)s to %(b)s") % {"a": AGES[0] + 1, "b": AGES[1]},
        _("more than %(n)s") % {"n": AGES[1]},
    ]
    roles = ("jade", "amber", "cinnabar")
    series = tuple(
        Series(label, tuple(counts[stage, n] for stage in stages), role=role)
        for n, (label, role) in enumerate(zip(labels, roles, strict=True))
    )
    return Chart(
        _("Applications under way, by stage and age there"),
        tuple(str(stage.label) for stage in stages),
        series,
        kind="stack",
    )
