"""Which roles do what with staff, and the refusals that say so."""

from django.db import models
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.kernel.access import wrong_role
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.law.model import Citation

APPOINTERS = ("body_manager", "exam_clerk", "system")
CENTRE = ("centre_officer", "system")
WRITER_KEEPERS = ("body_manager", *CENTRE)
"""Who registers item writers: bodies and centres have teams of them (JL-2024-5§45, §48)."""
HOSTS = (*APPOINTERS, "centre_officer")
"""Who holds courses: a body for its own people, the centre for everybody's (JL-2024-5§45, §46)."""
KEEPERS = ("body_manager", "exam_clerk", "centre_officer")
READERS = (*AUTHORITY_ROLES, "body_manager", "exam_clerk")
OWN = ("assessor", "invigilator", "internal_supervisor", "supervisor", "scorer")
"""Who has a page of their own as somebody on a staff list."""


def require(actor: Actor, roles: tuple[str, ...], asked: str, *, subject: models.Model | None = None) -> None:
    """Refuse an actor without any of the roles.

    :raises NotAllowed: with the roles for whom it is open.
    """
    if not actor.has(*roles):
        shown = tuple(role for role in roles if role != "system")
        raise NotAllowed(asked, [wrong_role(shown)], subject=subject)


def require_own(actor: Actor, home: Organisation, asked: str, *, cites: tuple[Citation, ...] = ()) -> None:
    """Refuse an actor who works for another organisation than the one whose list it is.

    :raises NotAllowed: the list is another organisation's.
    """
    if actor.kind == "system" or actor.organisation_id == home.pk:
        return
    why = _("%(name)s keeps this list itself.") % {"name": home.name}
    raise NotAllowed(asked, [Ground(why, _("Ask them to enter it."), cites, "not-our-list")], subject=home)


def is_centre(home: Organisation) -> bool:
    """Say whether the organisation is a skill testing centre."""
    return home.kind == OrganisationKind.CENTRE
