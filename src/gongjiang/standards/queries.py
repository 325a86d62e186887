"""Reads of the catalogue; it is public, so nothing here starts from an actor."""

from collections.abc import Sequence
from datetime import date

from django.db.models import Case, IntegerField, Q, QuerySet, Value, When

from gongjiang.standards.models import NationalStandard, Occupation, StandardPart

CURRENT_EDITION = 2022


def search_occupations(text: str, *, edition: int = CURRENT_EDITION, limit: int = 50) -> Sequence[Occupation]:
    """Return occupations by name, code, alias or job type: exact names first, then names that begin with the text."""
    text = text.strip()
    if not text:
        return []
    rank = Case(
        When(Q(name=text) | Q(code=text), then=Value(0)),
        When(Q(aliases__name=text) | Q(job_types__name=text), then=Value(1)),
        When(Q(name__startswith=text) | Q(code__startswith=text), then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    found = (
        Occupation.objects.filter(edition=edition)
        .filter(
            Q(name__icontains=text)
            | Q(code__startswith=text)
            | Q(aliases__name__icontains=text)
            | Q(job_types__name__icontains=text)
        )
        .annotate(rank=rank)
        .order_by("rank", "code")
    )
    unique = {occupation.pk: occupation for occupation in reversed(found[: limit * 4])}
    return sorted(unique.values(), key=lambda occupation: (occupation.rank, occupation.code))[:limit]


def occupation_by_code(code: str, *, edition: int = CURRENT_EDITION) -> Occupation:
    """Return the occupation of a code.

    :raises Occupation.DoesNotExist: the edition has no such code.
    """
    found = Occupation.objects.filter(edition=edition, code=code).order_by("pk").first()
    if found is None:
        raise Occupation.DoesNotExist(code)
    return found


def standards_in_force(occupation: Occupation, *, on: date) -> QuerySet[NationalStandard]:
    """Return the occupation's standards in force on the day, newest first."""
    return (
        NationalStandard.objects.filter(occupation=occupation, in_force__lte=on)
        .filter(Q(until__isnull=True) | Q(until__gt=on))
        .order_by("-in_force", "-pk")
    )


def standard_for(occupation: Occupation, level: str, *, on: date, job_type: str = "") -> NationalStandard | None:
    """Return the newest standard in force that day that speaks of the level, the job type's own before the general."""
    found = standards_in_force(occupation, on=on).filter(levels__level=level)
    if job_type:
        own = found.filter(job_types__contains=job_type).first()
        if own is not None:
            return own
    return found.filter(job_types="").first() or found.first()


def parts_of(standard: NationalStandard, level: str) -> list[StandardPart]:
    """Return the parts of the assessment at a level, in order."""
    return list(
        StandardPart.objects.filter(standard_level__standard=standard, standard_level__level=level).order_by("pk")
    )
