"""The three kinds of supervision on a body's page (MOHRSS-2020-17§24): findings, self-checks, complaints.

    sections.register("findings", findings_of)

``findings_of(body, today)`` returns a Table, or None where nothing is recorded. Called from apps' ready().
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.parts import Table

Source = Callable[[AssessmentBody, date], Table | None]
KINDS = ("findings", "self_checks", "complaints")
_sources: dict[str, list[Source]] = {kind: [] for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Section:
    """One kind with its tables; ``none`` is what the page says where nothing is recorded."""

    title: str
    tables: tuple[Table, ...]
    none: str


def register(kind: str, source: Source) -> None:
    """Have the tables of the source stand under the kind.

    :raises KeyError: for a kind that isn't one of the three.
    """
    _sources[kind].append(source)


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
        found.append(Section(title, tuple(table for table in made if table is not None and table.rows), none))
    return found
