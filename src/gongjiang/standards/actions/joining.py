"""Joining by hand what doesn't join by itself: rows of the official catalogue, and new occupations to their codes."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if
from gongjiang.standards import rules_catalogue as rules
from gongjiang.standards.entering import pattern_levels, pattern_standard
from gongjiang.standards.models import NationalStandard, NewOccupation, Occupation, UnjoinedStandard
from gongjiang.standards.queries import CURRENT_EDITION
from gongjiang.standards.rules import require_officer


@transaction.atomic
def join_standard(
    *, actor: Actor, at: datetime, row: UnjoinedStandard, occupation: Occupation, edition: str, levels: str, reason: str
) -> NationalStandard:
    """Join a row of the official catalogue to an occupation by hand; ``levels`` are digits such as ``543``.

    Its parts follow the common pattern until its text is imported.

    :raises NotAllowed: by anybody but a provincial officer.
    :raises Refused: joined already, no year, no level of the five, no reason, or the version exists.
    """
    asked = _("Join a standard by hand")
    require_officer(asked, actor)
    locked = UnjoinedStandard.objects.select_for_update().get(pk=row.pk)
    refuse_if(asked, rules.against_join(locked, occupation, edition, levels, reason), subject=locked)
    standard = pattern_standard(occupation, title=locked.title, edition=edition, job_types=locked.job_types)
    standard.save()
    pattern_levels([(standard, levels)])
    locked.standard, locked.joined_on = standard, at.astimezone(SHANGHAI).date()
    locked.save(update_fields=["standard", "joined_on"])
    facts = {"code": locked.code, "title": locked.title, "occupation": occupation.code, "edition": edition}
    audit.record(
        actor=actor, action="standard.join", subject=standard, at=at, facts={**facts, "levels": levels}, reason=reason
    )
    return standard


@transaction.atomic
def give_code(*, actor: Actor, at: datetime, new: NewOccupation, code: str, source: str) -> Occupation:
    """Enter a new occupation under the code that it was given; it can be certified from then on (JL-2025-1§6).

    :raises NotAllowed: by anybody but a provincial officer.
    :raises Refused: the code isn't one, of no skill class or taken, the source is missing, or it has its code.
    """
    asked = _("Enter a new occupation's code")
    require_officer(asked, actor)
    locked = NewOccupation.objects.select_for_update().get(pk=new.pk)
    refuse_if(asked, rules.against_code(locked, code, source), subject=locked)
    occupation = Occupation.objects.create(
        edition=CURRENT_EDITION,
        code=code,
        name=locked.name,
        major=int(code[0]),
        added_by=locked.batch,
        note=source.strip()[:200],
    )
    locked.code, locked.occupation = code, occupation
    locked.save(update_fields=["code", "occupation"])
    audit.record(
        actor=actor,
        action="occupation.give_code",
        subject=occupation,
        at=at,
        facts={"name": locked.name, "code": code, "batch": locked.batch, "source": source.strip()},
    )
    return occupation
