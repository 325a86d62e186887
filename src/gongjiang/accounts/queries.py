"""Who a user is today: the organisations, the roles, and the actor that views pass on."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.kernel.roles import EXPERT_ROLES


def roles_held(user: User, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the user's roles in force on the day, with their organisations."""
    return (
        RoleAssignment.objects.filter(user=user, since__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gt=on))
        .select_related("organisation__parent")
        .order_by("organisation_id", "role")
    )


def actor_for(user: User, *, on: date, organisation_id: int | None = None) -> Actor:
    """Return the user as an actor in one organisation: the one asked for if a role is held there, else the first.

    Someone with roles in two organisations acts for one of them at a time, and sees only its part of the tree.
    """
    if user.person_key:
        return Actor(
            kind="candidate",
            user_id=user.pk,
            name=str(user),
            roles=frozenset({"candidate"}),
            person_key=user.person_key,
        )
    held = list(roles_held(user, on=on))
    chosen = [role for role in held if role.organisation_id == organisation_id] or held
    if not chosen:
        return Actor(kind="staff", user_id=user.pk, name=str(user))
    organisation = chosen[0].organisation
    roles = frozenset(role.role for role in chosen if role.organisation_id == organisation.pk)
    return Actor(
        kind="staff",
        user_id=user.pk,
        name=str(user),
        roles=roles,
        organisation_id=organisation.pk,
        # An expert judges applicants as one person; nothing of the authority's tree is open to the role.
        path="" if roles <= set(EXPERT_ROLES) else organisation.scope_path,
        place_code=organisation.place_code,
    )


def organisation_of(actor: Actor) -> Organisation:
    """Return the organisation for which the actor acts.

    :raises Organisation.DoesNotExist: the public, a candidate and the platform act for none.
    """
    return Organisation.objects.get(pk=actor.organisation_id or 0)


def organisations_of(user: User, *, on: date) -> list[Organisation]:
    """Return the organisations that the user may act for, once each."""
    return list({role.organisation_id: role.organisation for role in roles_held(user, on=on)}.values())


def names_of(user_ids: Iterable[int]) -> dict[int, str]:
    """Return display names by user id, for timelines."""
    return {user.pk: str(user) for user in User.objects.filter(pk__in=set(user_ids))}


def colleagues_of(actor: Actor, *, role: str, on: date) -> QuerySet[User]:
    """Return the users who hold the role in the actor's own organisation on the day."""
    if actor.organisation_id is None:
        return User.objects.none()
    return (
        User.objects.filter(
            roles__organisation_id=actor.organisation_id,
            roles__role=role,
            roles__since__lte=on,
            is_active=True,
        )
        .filter(Q(roles__until__isnull=True) | Q(roles__until__gt=on))
        .distinct()
        .order_by("pk")
    )


def nobody() -> Actor:
    """Return the actor of a request that nobody signed."""
    return PUBLIC
