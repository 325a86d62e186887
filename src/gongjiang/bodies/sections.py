"""The three kinds of supervision on a body's page (MOHRSS-2020-17§24): findings, self-checks, complaints.

    sections.register("findings", findings_of)

``findings_of(body, today)`` returns a Table, or None where nothing is recorded. ``register_link`` puts a link beside a
kind's heading, ``register_act`` a button on the page of the body's authority. All called from apps' ready().
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.parts import Act, Table

Source = Callable[[AssessmentBody, date], Table | None]
Link = Callable[[AssessmentBody], tuple[str, str]]
ActFor = Callable[[AssessmentBody, Actor], Act | None]
KINDS = ("findings", "self_checks", "complaints")
_sources: dict[str, list[Source]] = {kind: [] for kind in KINDS}
_links: dict[str, list[Link]] = {kind: [] for kind in KINDS}
_acts: list[ActFor] = []


@dataclass(frozen=True, slots=True)
class Section:
    """One kind with its tables; ``none`` is what the page says where nothing is recorded."""

    title: str
    tables: tuple[Table, ...]
    none: str
    links: tuple[tuple[str, str], ...] = ()


def register(kind: str, source: Source) -> None:
    """Have the tables of the source stand under the kind.

    :raises KeyError: for a kind that isn't one of the three.
    """
    _sources[kind].append(source)


def register_link(kind: str, link: Link) -> None:
    """Have a link (label, address) for everybody stand beside the kind's heading.

    :raises KeyError: for a kind that isn't one of the three.
    """
    _links[kind].append(link)


def register_act(act: ActFor) -> None:
    """Have a button stand on the body's page inside, for the actors for whom it is one."""
    _acts.append(act)


def acts_of(body: AssessmentBody, actor: Actor) -> list[Act]:
    """Return the buttons of other apps for the actor on the body's page."""
    return [act for make in _acts if (act := make(body, actor)) is not None]


def supervision_of(body: AssessmentBody, today: date) -> list[Section]:
    """Return the three kinds with what the apps know of the body."""
    words = {
        "findings": (_("Findings of the government's supervision"), _("No finding is recorded.")),
        "self_checks": (_("The body's own checks"), _("No self-check is recorded.")),
        "complaints": (_("Complaints and their outcome"), _("No complaint is recorded.")),
    }
    found = []
    for kind in KINDS:
        made = (source(body, today) for source in _sources[kind])
        title, none = words[kind]
        tables = tuple(table for table in made if table is not None and table.rows)
        found.append(Section(title, tables, none, tuple(link(body) for link in _links[kind])))
    return found
