"""Acts on the roster: naming people for duties, drawing those who lack, changing one after the lock."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.planning.models import Batch
from gongjiang.planning.rules import reason_missing
from gongjiang.planning.states import BatchState
from gongjiang.sittings import rules_roster, staffing
from gongjiang.sittings.models import Duty, ExamRoom
from gongjiang.sittings.permissions import ARRANGE, require_role, require_state
from gongjiang.sittings.queries import current_of
from gongjiang.solvers import staffing as solver
from gongjiang.workforce.models import StaffMember

S = BatchState
LOCKED = (S.ARRANGED, S.EXAM)


@transaction.atomic
def assign_duty(
    *,
    actor: Actor,
    at: datetime,
    batch: Batch,
    member: StaffMember,
    role: str,
    part: str = "",
    room: ExamRoom | None = None,
) -> Duty:
    """Name a person for a duty: of the whole site, or in a room during one part. The same again changes nothing.

    :raises Refused: not appointed for it on the day (an expired or out-of-scope assessor), recused, or another body's.
    """
    asked = _("Name %(name)s for a duty") % {"name": member.name}
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, (S.READY,), asked=asked)
    refuse_if(asked, rules_roster.wrong_with_duty(batch, member, role, part, room), subject=batch)
    duty, created = Duty.objects.get_or_create(
        batch=batch, member=member, role=role, part=part, room=room, ended_at=None
    )
    if created:
        audit.record(actor=actor, action="duty.assign", subject=duty, at=at, facts=_facts(duty), about=batch)
    return duty


@transaction.atomic
def end_duty(*, actor: Actor, at: datetime, duty: Duty, reason: str = "") -> None:
    """Take a person off a duty before the lock.

    :raises NotAllowed: the roster is locked: then only :func:`replace_duty` changes it.
    """
    asked = _("Take somebody off the roster")
    batch = Batch.everything.get(pk=duty.batch_id)
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    require_state(batch, (S.READY,), asked=asked)
    facts = _facts(duty)
    audit.record(actor=actor, action="duty.end", subject=duty, at=at, facts=facts, reason=reason, about=batch)
    duty.delete()


@transaction.atomic
def replace_duty(*, actor: Actor, at: datetime, duty: Duty, member: StaffMember, reason: str) -> Duty:
    """Give a duty to another person after the lock: by the manager alone, with a reason, both kept on record (§21).

    :raises NotAllowed: the actor isn't the body's manager, or the roster isn't locked.
    :raises Refused: no reason, or the other person may not do it.
    """
    asked = _("Replace somebody on the locked roster")
    batch = Batch.everything.get(pk=duty.batch_id)
    _roles, cites = staffing.role_rule(batch, batch.exam_from)
    require_role(actor, ("body_manager",), asked=asked, subject=batch, cites=cites)
    require_state(batch, LOCKED, asked=asked)
    duty = Duty.objects.select_for_update().get(pk=duty.pk)
    grounds = [*reason_missing(reason), *rules_roster.already_ended(duty)]
    grounds += rules_roster.wrong_with_duty(batch, member, duty.role, duty.part, duty.room)
    refuse_if(asked, grounds, subject=batch)
    duty.ended_at, duty.ended_reason = at, reason.strip()
    duty.save(update_fields=["ended_at", "ended_reason"])
    successor = Duty.objects.create(batch=batch, member=member, role=duty.role, part=duty.part, room=duty.room)
    facts = {**_facts(successor), "instead_of": duty.member_id}
    audit.record(
        actor=actor,
        action="duty.replace",
        subject=successor,
        at=at,
        facts=facts,
        cites=cites,
        reason=reason.strip(),
        about=batch,
    )
    return successor


@transaction.atomic
def propose_roster(*, actor: Actor, at: datetime, batch: Batch, seed: int) -> list[Duty]:
    """Draw people for every duty that lacks somebody; those already named stay. Returns the duties added.

    Invigilators and assessors fall to rooms by lot: ``seed`` and the digest of each draw are recorded. What can't be
    filled is left open and stands among the findings.

    :raises Refused: no seats are arranged yet.
    """
    asked = _("Draw the roster")
    require_role(actor, ARRANGE, asked=asked, subject=batch)
    batch = require_state(batch, (S.READY,), asked=asked)
    arrangement = current_of(batch)
    if arrangement is None:
        way = _("Arrange the seats; the rooms used tell how many are needed.")
        raise Refused(asked, [Ground(_("No seats are arranged yet."), way, code="no-arrangement")], subject=batch)
    added, digests = [], []
    for show in staffing.shows_of(arrangement):
        rows = staffing.duties_of(batch)
        people = staffing.members_of(batch, show.day)
        fixed = [*staffing.duties_in(rows, show), *rules_roster.usual_duties(batch, show, rows)]
        drawn = solver.propose_roster(show.requirement, show.loads, people, show.day, seed=seed, fixed=fixed)
        known = set(staffing.duties_in(rows, show))
        new = [rules_roster.row_of(batch, show, each) for each in drawn.duties if each not in known]
        added += Duty.objects.bulk_create(new)
        digests.append([show.sitting.pk, drawn.digest])
    _roles, cites = staffing.role_rule(batch, batch.exam_from)
    facts = {"seed": seed, "draws": digests, "added": [duty.pk for duty in added]}
    audit.record(actor=actor, action="duty.draw", subject=batch, at=at, facts=facts, cites=cites)
    return added


def _facts(duty: Duty) -> dict[str, object]:
    return {"member": duty.member_id, "role": duty.role, "part": duty.part, "room": duty.room_id}
