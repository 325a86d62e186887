"""A reason that somebody can check later."""

from django.utils.translation import gettext as _

from gongjiang.kernel.refusal import Ground

SHORTEST_REASON = 4


def reason_missing(reason: str) -> list[Ground]:
    """Return the ground that no reason is given which could be checked later."""
    if len(reason.strip()) >= SHORTEST_REASON:
        return []
    return [Ground(_("No reason is given."), _("Write in a few words why."), code="reason")]
