"""Batches as the parts of a page show them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from gongjiang.kernel import parts
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.planning.acts import NextAct
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import steps_of
from gongjiang.planning.states import BatchState
from gongjiang.standards.models import Level

LOOK = {BatchState.CANCELLED: "na", BatchState.REPORTED: "ok", BatchState.ISSUED: "ok"}


def steps(batch: Batch) -> tuple[parts.Step, ...]:
    """Return the batch's step bar."""
    return tuple(parts.Step(each.key, each.label, each.when, each.state) for each in steps_of(batch))  # type: ignore[arg-type]


def batches_table(batches: Iterable[Batch], actor: Actor) -> Table:
    """Return batches as a table with a small step bar each; the body is named where the actor sees several."""
    many = actor.place_code != "" and not actor.has("body_manager", "exam_clerk")
    rows = []
    for batch in batches:
        days = f"{batch.exam_from:%Y-%m-%d}"
        rows.append(
            Row(
                (
                    Cell(batch.title, sub=batch.number, url=reverse("batch", args=[batch.pk])),
                    *((batch.body.name,) if many else ()),
                    subjects(batch),
                    days,
                    Cell(steps=steps(batch)),
                    Cell(batch.get_state_display(), state=LOOK.get(BatchState(batch.state), "go")),
                )
            )
        )
    columns = (
        Column(_("Batch")),
        *((Column(_("Body")),) if many else ()),
        Column(_("Occupations and levels")),
        Column(_("Exam")),
        Column(_("Progress")),
        Column(_("State")),
    )
    return Table(_("Batches"), columns, tuple(rows), empty=_("Batches appear here once one is planned."))


def subjects(batch: Batch) -> str:
    """Return the batch's occupations, each with its levels, in words."""
    grouped: dict[str, list[str]] = {}
    for line in batch.lines.all():
        grouped.setdefault(line.occupation.name, []).append(short_level(line.level))
    return "；".join(f"{name} {'、'.join(levels)}" for name, levels in grouped.items())


def short_level(level: str) -> str:
    """Return a level's number in words, without its title: 五级, Level 5."""
    return str(Level(level).label).partition("/")[0].partition(",")[0]


def next_acts(acts: Iterable[NextAct]) -> list[parts.Act]:
    """Return open arrows as buttons: the first that can be pressed is primary, others say what lacks."""
    found, primary = [], True
    for act in acts:
        if act.grounds:
            unless = " ".join(ground.way_on for ground in act.grounds)
            found.append(parts.Act(act.label, unless=unless, note=" ".join(ground.why for ground in act.grounds)))
            continue
        look = "primary" if primary and act.action != "cancel" else "stop" if act.action == "cancel" else "plain"
        primary = primary and look != "primary"
        found.append(parts.Act(act.label, act.url, method=act.method, look=look))  # type: ignore[arg-type]
    return found


def count_words(count: int) -> str:
    """Return how many batches there are, as the page's position."""
    return ngettext("%(n)s batch", "%(n)s batches", count) % {"n": count}
