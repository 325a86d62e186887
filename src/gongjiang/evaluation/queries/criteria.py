"""Reads of evaluation standards: published ones are open to every authority, drafts to those who set them."""

from django.db.models import Q, QuerySet

from gongjiang.evaluation.models import CriteriaVersion
from gongjiang.evaluation.permissions import STANDARD_SETTERS
from gongjiang.kernel.actor import Actor
from gongjiang.law.model import Place
from gongjiang.law.places import PLACES


def criteria_for(actor: Actor) -> QuerySet[CriteriaVersion]:
    """Return the versions that the actor may read."""
    published = Q(published_at__isnull=False)
    if actor.has("system"):
        return CriteriaVersion.objects.all()
    codes = [place.code for place in places_to_set(actor)]
    return CriteriaVersion.objects.filter(published | Q(place_code__in=codes))


def criteria_version_for(actor: Actor, pk: int) -> CriteriaVersion:
    """Return one version that the actor may read.

    :raises CriteriaVersion.DoesNotExist: it is another authority's draft, or there is none.
    """
    return criteria_for(actor).get(pk=pk)


def places_to_set(actor: Actor) -> list[Place]:
    """Return the places whose standard the actor sets: the own one and those below it."""
    if not actor.has(*STANDARD_SETTERS):
        return []
    return [place for place in PLACES.values() if actor.place_code in {each.code for each in place.chain()}]
