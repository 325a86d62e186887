"""How the result follows from the parts, in words that a score notice can carry."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from gongjiang.standards.models import StandardPart


def formula(parts: Sequence[StandardPart]) -> str:
    """Return in one sentence when a candidate passes: every part by its own pass mark, none made up for by another."""
    marks = "，".join(
        _("%(part)s at least %(mark)s of %(full)s")
        % {"part": part.get_kind_display(), "mark": f"{part.pass_mark:g}", "full": f"{part.full_mark:g}"}
        for part in parts
    )
    if len(parts) < 2:
        return _("Passed with %(marks)s.") % {"marks": marks}
    return _("Passed if every part reaches its own pass mark: %(marks)s.") % {"marks": marks}
