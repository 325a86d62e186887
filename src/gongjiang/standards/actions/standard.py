"""Entering a version of a national standard as its text states it."""

from datetime import datetime

from django.db import transaction

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.standards.entering import write_level
from gongjiang.standards.models import BasisKind, NationalStandard, Occupation
from gongjiang.standards.specs import StandardSpec


@transaction.atomic
def enter_standard(*, actor: Actor, at: datetime, occupation: Occupation, spec: StandardSpec) -> NationalStandard:
    """Enter a version of a standard with its levels and parts; a version that is there already is brought up to it.

    Batches keep the clause set that they were planned with; the parts are read when scores are judged.
    """
    standard, _created = NationalStandard.objects.update_or_create(
        occupation=occupation,
        title=spec.title,
        edition=spec.edition,
        job_types=spec.job_types,
        kind=BasisKind.NATIONAL,
        defaults={
            "clause_set": spec.clause_set,
            "experience_scope": spec.experience_scope,
            "in_force": spec.in_force,
            "source": spec.source,
            "is_example": False,
        },
    )
    for level in spec.levels:
        write_level(standard, level, spec.parts)
    audit.record(
        actor=actor,
        action="standard.enter",
        subject=standard,
        at=at,
        facts={
            "title": spec.title,
            "edition": spec.edition,
            "clause_set": spec.clause_set,
            "levels": list(spec.levels),
        },
    )
    return standard
