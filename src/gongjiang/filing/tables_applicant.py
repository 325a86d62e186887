"""Tables of the applicant's side."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.filing import flow, labels
from gongjiang.filing.models import Application
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.parts import Cell, Column, Row, Step, Table

S = ApplicationState
LOOK = {S.FILED: "ok", S.REFUSED: "no", S.WITHDRAWN: "na", S.RETURNED: "wait", S.DRAFT: "wait"}


def own_applications(found: Iterable[Application], today: date) -> Table:
    """Return the unit's applications, newest first."""
    columns = (
        Column(_("Number")),
        Column(_("Kind of application")),
        Column(_("Stands at")),
        Column(_("Steps")),
        Column(_("Authority")),
        Column(_("Handed in on")),
    )
    rows = tuple(
        Row(
            (
                Cell(each.number, url=reverse("own-application", args=[each.pk])),
                each.get_kind_display(),
                Cell(each.get_state_display(), state=LOOK.get(S(each.state), "go")),
                Cell(steps=tuple(steps_of(each, today))),
                each.authority.name,
                each.applied_on or "—",
            )
        )
        for each in found
    )
    empty = _("Your applications appear here. Begin one with “New application”.")
    return Table(_("Applications"), columns, rows, empty=empty)


def steps_of(application: Application, today: date) -> list[Step]:
    """Return the steps that the law of the place asks for, as the step bar shows them."""
    states = {"done": "done", "now": "now", "todo": "todo", "off": "lock"}
    return [
        Step(each.key, labels.step(each.key), f"{each.done_on:%m-%d}" if each.done_on else "", states[each.state])  # type: ignore[arg-type]
        for each in flow.steps_of(application, today)
    ]
