"""Reads of applications and calls: whose they are, and what the public sees."""

from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.filing import snapshots
from gongjiang.filing.checks import is_editable, items, missing
from gongjiang.filing.models import Applicant, Application, Call
from gongjiang.kernel.actor import Actor

__all__ = [
    "applicant_for",
    "application_for",
    "applications_for",
    "calls_of",
    "diff",
    "is_editable",
    "items",
    "missing",
    "public_call",
    "public_calls",
]


def applications_for(actor: Actor) -> QuerySet[Application]:
    """Return the applications in the actor's part of the tree; a draft is seen by the applicant only."""
    found: QuerySet[Application] = Application.objects.for_actor(actor)
    handed_in = Q(applied_on__isnull=False) | Q(applicant__organisation_id=actor.organisation_id)
    return found.filter(handed_in).select_related("applicant__organisation", "authority", "body", "call")


def application_for(actor: Actor, pk: int) -> Application:
    """Return one application of the actor's.

    :raises Application.DoesNotExist: also for one that is another's, or another's draft.
    """
    return applications_for(actor).get(pk=pk)


def applicant_for(actor: Actor) -> Applicant | None:
    """Return the applicant that the actor acts for, if it is one."""
    if actor.organisation_id is None:
        return None
    own: QuerySet[Applicant] = Applicant.objects.for_actor(actor)
    return own.filter(organisation_id=actor.organisation_id).first()


def public_calls() -> QuerySet[Call]:
    """Return the published calls, newest first."""
    calls: QuerySet[Call] = Call.objects.unscoped("calls are public")
    return calls.filter(published_at__isnull=False).select_related("authority", "document")


def public_call(number: str) -> Call:
    """Return one published call.

    :raises Call.DoesNotExist: no such call is public.
    """
    return public_calls().get(number=number)


def calls_of(actor: Actor) -> QuerySet[Call]:
    """Return the calls of authorities in the actor's part of the tree."""
    found: QuerySet[Call] = Call.objects.for_actor(actor)
    return found.select_related("authority")


def is_open(call: Call, on: date) -> bool:
    """Say whether the call takes applications on the day."""
    return call.opens_on <= on <= call.closes_on


def diff(application: Application, round_a: int, round_b: int) -> tuple[snapshots.Difference, ...]:
    """Return what differs between two submitted rounds, field by field, papers by hash.

    :raises Snapshot.DoesNotExist: a round that wasn't submitted.
    """
    held = application.snapshots
    return snapshots.difference(held.get(round=round_a).content, held.get(round=round_b).content)
