"""Who may act on rooms, rosters and exam days; acts that move a batch's state ask its table instead."""

from django.db import models
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label
from gongjiang.law.model import Citation
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BATCH

ARRANGE = ("exam_clerk", "body_manager", "system")
AT_THE_DOOR = ("exam_clerk", "body_manager", "invigilator", "assessor", "system")


def require_role(
    actor: Actor, roles: tuple[str, ...], *, asked: str, subject: models.Model, cites: tuple[Citation, ...] = ()
) -> None:
    """Refuse an actor who holds none of the roles.

    :raises NotAllowed: naming the roles that may.
    """
    if actor.has(*roles):
        return
    names = ", ".join(role_label(role) for role in roles if role != "system")
    way = _("Ask someone who is: %(roles)s.") % {"roles": names}
    why = _("Your role doesn't include this.")
    raise NotAllowed(asked, [Ground(why, way, cites, "wrong-role")], subject=subject)


def require_state(batch: Batch, states: tuple[str, ...], *, asked: str) -> Batch:
    """Lock the batch's row for the rest of the transaction and refuse if it stands elsewhere.

    :raises NotAllowed: naming the states from which it is open.
    """
    locked = Batch.everything.select_for_update().get(pk=batch.pk)
    if locked.state in states:
        return locked
    why = _("The batch stands at “%(state)s”.") % {"state": BATCH.state_label(locked.state)}
    names = ", ".join(BATCH.state_label(state) for state in states)
    way = _("This is open from: %(states)s.") % {"states": names}
    raise NotAllowed(asked, [Ground(why, way, code="wrong-state")], subject=batch)
