"""Who may do what about evaluations. Which records stand there is the queries' business."""

from gongjiang.evaluation.states import OFFICERS
from gongjiang.kernel.access import wrong_role
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import NotAllowed

KEEPERS = OFFICERS
"""Who keeps an authority's pool, opens evaluations and draws panels."""
READERS = (*OFFICERS, "provincial_approver", "city_approver", "supervisor")
EXPERT = "expert"
STANDARD_SETTERS = ("provincial_officer", "city_officer")


def require(actor: Actor, *roles: str, asked: str, path: str | None = None, subject: object | None = None) -> None:
    """Let holders of one of the roles, and the platform itself, pass; with ``path`` only those who see it.

    :raises NotAllowed: everybody else.
    """
    if actor.has("system"):
        return
    if not actor.has(*roles) or (path is not None and not actor.sees(path)):
        raise NotAllowed(asked, [wrong_role(roles)], subject=subject)
