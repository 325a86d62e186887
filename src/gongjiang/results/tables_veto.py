"""Ethics vetoes as the table of their page."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.parts import Cell, Column, Row, Table
from gongjiang.results.models import EthicsVeto
from gongjiang.standards.models import Level


def standing_of(veto: EthicsVeto) -> tuple[str, str]:
    """Return how a veto stands: the look of its badge and the words."""
    if veto.is_open:
        return "wait", _("awaits a second person")
    if veto.in_force:
        return "no", _("in force")
    return ("na", _("lifted")) if veto.upheld else ("na", _("declined"))


def vetoes_table(vetoes: Iterable[EthicsVeto]) -> Table:
    """Return vetoes with their candidates and reasons."""
    rows = []
    for veto in vetoes:
        line, (look, words) = veto.enrolment.line, standing_of(veto)
        rows.append(
            Row(
                (
                    Cell(veto.enrolment.name, url=reverse("veto", args=[veto.pk])),
                    Cell(line.occupation.name, sub=str(Level(line.level).label)),
                    veto.reason,
                    f"{veto.proposed_at:%Y-%m-%d}",
                    Cell(words, state=look),
                )
            )
        )
    columns = (
        Column(_("Candidate")),
        Column(_("Occupation and level")),
        Column(_("What happened")),
        Column(_("Proposed")),
        Column(_("State")),
    )
    return Table(_("Ethics vetoes"), columns, tuple(rows), empty=_("A veto appears here once it is proposed."))
