"""Reads of the staff pages: which organisations and whose accounts an actor administers."""

from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.accounts import permissions
from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.kernel.actor import Actor


def own_path(actor: Actor) -> str:
    """Return the path of the actor's own organisation, which for a centre isn't the path that it sees."""
    if actor.organisation_id is None:
        return ""
    return Organisation.objects.filter(pk=actor.organisation_id).values_list("path", flat=True).first() or ""


def organisations_for(actor: Actor) -> QuerySet[Organisation]:
    """Return the organisations whose staff the actor administers: the own one and those below it."""
    if actor.has("system"):
        return Organisation.objects.order_by("path")
    path = own_path(actor) if actor.has(*permissions.ADMINISTRATORS) else ""
    found = Organisation.objects.filter(path__startswith=path) if path else Organisation.objects.none()
    return found.order_by("path")


def users_for(actor: Actor) -> QuerySet[User]:
    """Return the staff who hold or held a role in an organisation that the actor administers, by name."""
    there = RoleAssignment.objects.filter(organisation__in=organisations_for(actor))
    return User.objects.filter(pk__in=there.values("user"), person_key="").order_by("display_name", "pk")


def user_for(actor: Actor, pk: int) -> User:
    """Return one of them.

    :raises User.DoesNotExist: nobody of that number, or nobody whom the actor administers.
    """
    return users_for(actor).get(pk=pk)


def assignments_for(actor: Actor) -> QuerySet[RoleAssignment]:
    """Return the roles in the organisations that the actor administers, the latest first."""
    found = RoleAssignment.objects.filter(organisation__in=organisations_for(actor), user__person_key="")
    return found.select_related("user", "organisation").order_by("-since", "pk")


def holders_of(organisation: Organisation, role: str, *, on: date) -> list[User]:
    """Return who holds the role in the organisation on the day."""
    still = Q(until__isnull=True) | Q(until__gt=on)
    found = RoleAssignment.objects.filter(still, organisation=organisation, role=role, since__lte=on)
    return [each.user for each in found.select_related("user").order_by("pk")]


def open_assignments(user: User, *, on: date) -> QuerySet[RoleAssignment]:
    """Return the user's roles that hold on the day or will: all that whoever has the account can do."""
    still = Q(until__isnull=True) | Q(until__gt=on)
    return RoleAssignment.objects.filter(still, user=user).select_related("organisation").order_by("since", "pk")
