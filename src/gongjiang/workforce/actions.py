"""Acts on a body's staff: appointing people to the roles of an assessment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.law.codes import normalise
from gongjiang.law.places import place
from gongjiang.workforce import rules
from gongjiang.workforce.models import Appointment, StaffMember
from gongjiang.workforce.rules import AppointmentSpec

APPOINTERS = ("body_manager", "exam_clerk", "system")


@dataclass(frozen=True, slots=True)
class Appointed:
    """How many people and appointments were entered; what stood there already isn't counted."""

    people: int
    appointments: int


@transaction.atomic
def appoint(*, actor: Actor, at: datetime, body: AssessmentBody, specs: Sequence[AppointmentSpec]) -> Appointed:
    """Enter people with their appointments; all of them or none. The same again changes nothing.

    A person is known by identity number: a second appointment finds the same person, whose employer, standing and
    usual room are brought up to date. Terms left open are those of the law (JL-2024-5§38, §44).

    :raises NotAllowed: the actor isn't the body's manager or exam clerk.
    :raises Refused: with every reason against every appointment.
    """
    asked = _("Appoint staff")
    if not actor.has(*APPOINTERS):
        way = _("Ask the manager or an exam clerk of the body.")
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")], subject=body)
    where = place(body.regime)
    refuse_if(asked, [g for spec in specs for g in rules.wrong_with(spec, where, at.date())], subject=body)
    people, new_people = _people(body, specs)
    fresh = _fresh(body, specs, people)
    Appointment.objects.bulk_create(fresh)
    facts = {"people": new_people, "appointments": len(fresh)}
    if new_people or fresh:
        cites = dict.fromkeys(cite for spec in specs for cite in rules.cites_for(spec.role, where, spec.since))
        audit.record(actor=actor, action="staff.appoint", subject=body, at=at, facts=facts, cites=cites)
    return Appointed(new_people, len(fresh))


def _people(body: AssessmentBody, specs: Sequence[AppointmentSpec]) -> tuple[dict[str, StaffMember], int]:
    wanted = {rules.index_of(spec.identity): spec for spec in specs}
    people = {m.identity_index: m for m in StaffMember.everything.filter(body=body, identity_index__in=wanted)}
    missing = [
        StaffMember(
            body=body,
            name=spec.name.strip(),
            identity=normalise(spec.identity).text,
            identity_index=index,
            employer=spec.employer,
            is_regular=spec.is_regular,
            usual_room=spec.usual_room,
        )
        for index, spec in wanted.items()
        if index not in people
    ]
    for index, member in people.items():
        spec = wanted[index]
        told = (spec.employer, spec.is_regular, spec.usual_room)
        if (member.employer, member.is_regular, member.usual_room) != told:
            member.employer, member.is_regular, member.usual_room = told
            member.save(update_fields=["employer", "is_regular", "usual_room"])
    people |= {member.identity_index: member for member in StaffMember.everything.bulk_create(missing)}
    return people, len(missing)


def _fresh(body: AssessmentBody, specs: Sequence[AppointmentSpec], people: dict[str, StaffMember]) -> list[Appointment]:
    where = place(body.regime)
    known = set(
        Appointment.objects.filter(member__in=people.values()).values_list("member", "role", "occupation", "since")
    )
    fresh: dict[tuple[object, ...], Appointment] = {}
    for spec in specs:
        member = people[rules.index_of(spec.identity)]
        key = (member.pk, spec.role, spec.occupation.pk if spec.occupation else None, spec.since)
        if key in known:
            continue
        fresh[key] = Appointment(
            member=member,
            role=spec.role,
            occupation=spec.occupation,
            highest_level=spec.highest_level,
            since=spec.since,
            until=spec.until or rules.end_of_term(spec.role, where, spec.since),
            cites=[cite.key for cite in rules.cites_for(spec.role, where, spec.since)],
        )
    return list(fresh.values())
