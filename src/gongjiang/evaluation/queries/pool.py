"""Reads of the expert pool, each starting from the actor."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.accounts.models import Organisation
from gongjiang.evaluation.models import Expert, ExpertField
from gongjiang.evaluation.permissions import EXPERT, READERS
from gongjiang.kernel.actor import Actor
from gongjiang.standards.models import Occupation


def experts_for(actor: Actor) -> QuerySet[Expert]:
    """Return the experts of the pools in the actor's part of the tree; an expert sees the own entry only."""
    if actor.has("system", *READERS):
        found: QuerySet[Expert] = Expert.objects.for_actor(actor)
        return found
    said: QuerySet[Expert] = Expert.objects.unscoped("an expert sees the own entry only")
    return said.filter(user_id=actor.user_id) if actor.has(EXPERT) and actor.user_id else said.none()


def expert_for(actor: Actor, pk: int) -> Expert:
    """Return one expert of the actor's.

    :raises Expert.DoesNotExist: the entry isn't the actor's to see.
    """
    return experts_for(actor).select_related("organisation", "user").get(pk=pk)


def in_force(day: date) -> Q:
    """Return the condition that an expert's term runs on the day."""
    return Q(since__lte=day) & (Q(until__isnull=True) | Q(until__gt=day))


def agreed(day: date) -> Q:
    """Return the condition that an expert's confidentiality agreement is in force on the day."""
    return Q(nda_since__lte=day, nda_until__gt=day)


def ready(day: date) -> Q:
    """Return the condition that an expert can be drawn on the day, if no tie stands against it."""
    return in_force(day) & agreed(day)


def matches(text: str) -> Q:
    """Return the condition that a name, a public id, an employer, or an occupation's code or name fits the text."""
    fields = ("name__contains", "public_id__iexact", "employer__contains")
    found = Q(fields__occupation__code__startswith=text) | Q(fields__occupation__name__contains=text)
    for each in fields:
        found |= Q(**{each: text})
    return found


def coverage(experts: Iterable[int], day: date) -> list[tuple[str, str, int, int]]:
    """Return (group of occupations, occupation, experts who can be drawn, all experts) for the experts by pk."""
    rows = ExpertField.objects.filter(expert__in=list(experts)).select_related("occupation")
    can = set(Expert.everything.filter(ready(day), pk__in=[row.expert_id for row in rows]).values_list("pk", flat=True))
    every: Counter[Occupation] = Counter(row.occupation for row in rows)
    fit: Counter[Occupation] = Counter(row.occupation for row in rows if row.expert_id in can)
    return [
        (each.group_name or each.code[:4], f"{each.name} {each.code}", fit[each], every[each])
        for each in sorted(every, key=lambda occupation: occupation.code)
    ]


def pools_of(actor: Actor) -> list[Organisation]:
    """Return the authorities and centres in the actor's part of the tree whose pools the actor keeps."""
    found = Organisation.objects.exclude(kind__in=["body", "county", "ministry"])
    return list(found.filter(path__startswith=actor.path).order_by("path")) if actor.path else []
