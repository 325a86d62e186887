"""Who may open a page, by role; and who may give which role. Which records stand there is the queries' business."""

from collections.abc import Iterable

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.kernel.access import requires, wrong_role
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.roles import AUTHORITY_ROLES, BODY_ROLES

__all__ = ["ADMINISTRATORS", "may_give", "may_give_all", "reaches", "requires", "roles_to_give", "wrong_role"]

# The roles that an organisation of each kind has.
ROLES_OF_KIND: dict[str, tuple[str, ...]] = {
    OrganisationKind.PROVINCE: ("provincial_officer", "provincial_approver", "supervisor", "expert"),
    OrganisationKind.CITY: ("city_officer", "city_approver", "supervisor", "expert"),
    OrganisationKind.COUNTY: ("county_officer",),
    OrganisationKind.CENTRE: ("centre_officer", "supervisor", "expert"),
    OrganisationKind.BODY: BODY_ROLES,
}
# Who gives which roles. An officer gives none that decides over the officer's own work; of a body's staff the
# authority gives the manager only: the body answers for its own people (JL-2024-5§3).
GIVES: dict[str, tuple[str, ...]] = {
    "provincial_approver": (*AUTHORITY_ROLES, "expert", "body_manager"),
    "provincial_officer": (
        "provincial_officer",
        "centre_officer",
        "city_officer",
        "county_officer",
        "supervisor",
        "expert",
        "body_manager",
    ),
    "city_approver": ("city_officer", "city_approver", "county_officer", "supervisor", "expert", "body_manager"),
    "city_officer": ("city_officer", "county_officer", "supervisor", "expert", "body_manager"),
    "centre_officer": ("centre_officer", "supervisor", "expert"),
    "body_manager": BODY_ROLES,
}
ADMINISTRATORS = tuple(GIVES)


def reaches(actor: Actor, organisation: Organisation, *, own_path: str) -> bool:
    """Say whether the organisation is the actor's own or stands below it; ``own_path`` is the own organisation's path.

    A centre's staff see their parent's subtree, but administer only the centre.
    """
    if actor.has("system"):
        return True
    return bool(own_path) and (organisation.path or "").startswith(own_path)


def may_give(actor: Actor, role: str, organisation: Organisation, *, own_path: str) -> bool:
    """Say whether the actor may give, or end, the role in the organisation."""
    if role not in ROLES_OF_KIND.get(organisation.kind, ()) or not reaches(actor, organisation, own_path=own_path):
        return False
    return actor.has("system") or any(role in GIVES[held] for held in actor.roles & GIVES.keys())


def may_give_all(actor: Actor, roles: Iterable[tuple[str, Organisation]], *, own_path: str) -> bool:
    """Say whether the actor may give each of these roles: who can't may not take over their holder's account either."""
    return all(may_give(actor, role, organisation, own_path=own_path) for role, organisation in roles)


def roles_to_give(actor: Actor, organisation: Organisation, *, own_path: str) -> tuple[str, ...]:
    """Return the roles that the actor may give in the organisation, in the order in which pages list them."""
    known = ROLES_OF_KIND.get(organisation.kind, ())
    return tuple(role for role in known if may_give(actor, role, organisation, own_path=own_path))
