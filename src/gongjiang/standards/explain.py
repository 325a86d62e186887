"""How the result follows from the parts, in words that a score notice can carry."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.standards.models import StandardPart


def formula(parts: Sequence[StandardPart]) -> str:
    """Return in one sentence when a candidate passes: every part by its own pass mark, none made up for by another."""
    marks = "，".join(
        _("%(part)s at least %(mark)s of %(full)s")
        % {"part": part.get_kind_display(), "mark": _plain(part.pass_mark), "full": _plain(part.full_mark)}
        for part in parts
    )
    if len(parts) < 2:
        return _("Passed with %(marks)s.") % {"marks": marks}
    return _("Passed if every part reaches its own pass mark: %(marks)s.") % {"marks": marks}


def _plain(mark: Decimal) -> str:
    return f"{mark.normalize():f}"
