"""Acts on the ladder of levels: what an employer adds, what an authority permits, and the end of both."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if
from gongjiang.law import questions as ask
from gongjiang.standards import rules
from gongjiang.standards.basis import Asker, cites_of
from gongjiang.standards.entering import write_own_text
from gongjiang.standards.models import EmployerLevel, LevelPermit, NationalStandard, Occupation
from gongjiang.standards.specs import OwnLevel


@transaction.atomic
def add_level(*, actor: Actor, at: datetime, asker: Asker, spec: OwnLevel) -> EmployerLevel:
    """Add a level to an organisation's ladder, or a step within one of the five (JL-2024-5§10).

    Of a level beyond the five the parts are written as a text of the organisation's own, by which batches are planned.

    :raises Refused: the kind of body doesn't have the level and no permit does, it may not divide levels, no
        requirement or part is written, the days are out of order, or the same level begins that day already.
    """
    asked = _("Add a level")
    on = at.astimezone(SHANGHAI).date()
    rules.require_manager(asked, actor, asker.organisation)
    refuse_if(asked, rules.against_added_level(asker, spec, on), subject=asker.organisation)
    law = ask.MAY_SUBDIVIDE_LEVELS if spec.step else ask.LEVELS_BY_BODY_KIND
    cites = cites_of(law.get(place=asker.place, day=on, kind=asker.kind))
    level = EmployerLevel.everything.create(
        owner=asker.organisation,
        occupation=spec.occupation,
        level=spec.level,
        step=spec.step.strip(),
        requirement=spec.requirement.strip(),
        below=spec.below,
        below_months=spec.below_months,
        standard=write_own_text(asker.organisation, spec) if spec.parts else None,
        since=spec.since,
        until=spec.until,
        cites=[cite.key for cite in cites],
    )
    facts = {"occupation": spec.occupation.code, "level": spec.level, "step": level.step, "since": spec.since}
    audit.record(actor=actor, action="level.add", subject=level, at=at, facts=facts, cites=cites)
    return level


@transaction.atomic
def end_level(*, actor: Actor, at: datetime, level: EmployerLevel, until: date) -> EmployerLevel:
    """End a level that an organisation added; certificates issued at it stay.

    :raises Refused: it ended already, or would end before it began.
    """
    rules.require_manager(_("End the level"), actor, level.owner)
    locked = EmployerLevel.everything.select_for_update().get(pk=level.pk)
    refuse_if(_("End the level"), rules.against_end(locked.since, locked.until, until), subject=locked)
    locked.until = until
    locked.save(update_fields=["until"])
    if locked.standard_id is not None:
        NationalStandard.objects.filter(pk=locked.standard_id).update(until=until)
    audit.record(actor=actor, action="level.end", subject=locked, at=at, facts={"until": until})
    return locked


@transaction.atomic
def permit_level(
    *, actor: Actor, at: datetime, asker: Asker, occupation: Occupation, level: str, since: date, reason: str
) -> LevelPermit:
    """Permit an organisation a level that its kind doesn't have as a rule (MOHRSS-2020-17§9: 一般), with the reason.

    :raises NotAllowed: by anybody but a provincial officer.
    :raises Refused: no reason, the level is open to the kind anyhow, or it is permitted already.
    """
    asked = _("Permit a further level")
    on = at.astimezone(SHANGHAI).date()
    rules.require_officer(asked, actor)
    refuse_if(asked, rules.against_permit(asker, occupation, level, since, reason), subject=asker.organisation)
    cites = cites_of(ask.LEVELS_BY_BODY_KIND.get(place=asker.place, day=on, kind=asker.kind))
    permit = LevelPermit.everything.create(
        owner=asker.organisation,
        occupation=occupation,
        level=level,
        since=since,
        reason=reason.strip(),
        cites=[cite.key for cite in cites],
    )
    facts = {"occupation": occupation.code, "level": level, "since": since}
    audit.record(
        actor=actor, action="level.permit", subject=permit, at=at, facts=facts, cites=cites, reason=permit.reason
    )
    return permit


@transaction.atomic
def end_permit(*, actor: Actor, at: datetime, permit: LevelPermit, until: date, reason: str) -> LevelPermit:
    """End a permission for a further level, with the reason.

    :raises NotAllowed: by anybody but a provincial officer.
    :raises Refused: no reason, it ended already, or would end before it began.
    """
    asked = _("End the permission")
    rules.require_officer(asked, actor)
    locked = LevelPermit.everything.select_for_update().get(pk=permit.pk)
    grounds = [*rules.reason_missing(reason), *rules.against_end(locked.since, locked.until, until)]
    refuse_if(asked, grounds, subject=locked)
    locked.until = until
    locked.save(update_fields=["until"])
    audit.record(
        actor=actor, action="level.end_permit", subject=locked, at=at, facts={"until": until}, reason=reason.strip()
    )
    return locked
