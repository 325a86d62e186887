"""How the result follows from the parts, in words that a score notice can carry."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from gongjiang.standards.models import StandardPart


def formula(parts: Sequence[StandardPart]) -> str:
    """Return in one sentence when a candidate passes: every part by its own pass mark, none made up for by another."""
    return rule([(part.get_kind_display(), _plain(part.pass_mark), _plain(part.full_mark)) for part in parts])


def rule(told: Sequence[tuple[str, str, str]]) -> str:
    """Return the same sentence from what is told of each part: its name, pass mark and full mark."""
    marks = "，".join(
        _("%(part)s at least %(mark)s of %(full)s") % {"part": part, "mark": mark, "full": full}
        for part, mark, full in told
    )
    if len(told) < 2:
        return _("Passed with %(marks)s.") % {"marks": marks}
    return _("Passed if every part reaches its own pass mark: %(marks)s.") % {"marks": marks}


def _plain(mark: Decimal) -> str:
    return f"{mark.normalize():f}"
