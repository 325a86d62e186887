"""Whom news of a filing goes to."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody

MANAGERS = ("body_manager",)
OFFICERS = ("city_officer", "provincial_officer", "centre_officer")


def people_of(organisations: Iterable[Organisation | int], roles: Iterable[str], on: date) -> QuerySet[User]:
    """Return who holds one of the roles in one of the organisations on the day, in a fixed order."""
    keys = [each if isinstance(each, int) else each.pk for each in organisations]
    return (
        User.objects.filter(
            roles__organisation_id__in=keys, roles__role__in=list(roles), roles__since__lte=on, is_active=True
        )
        .filter(Q(roles__until__isnull=True) | Q(roles__until__gt=on))
        .distinct()
        .order_by("pk")
    )


def managers_of(body: AssessmentBody, on: date) -> QuerySet[User]:
    """Return the body's managers."""
    return people_of([body.organisation_id], MANAGERS, on)


def officers_of(body: AssessmentBody, on: date) -> QuerySet[User]:
    """Return the officers of the authority that selected the body, and of its centre."""
    centres = Organisation.objects.filter(parent_id=body.authority_id, kind="centre").values_list("pk", flat=True)
    return people_of([body.authority_id, *centres], OFFICERS, on)
