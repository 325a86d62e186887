"""Appointing people to the roles of an assessment, ending a term early, and joining an account to a person."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import audit, numbers
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Place
from gongjiang.law.places import place
from gongjiang.workforce import rules
from gongjiang.workforce.entering import Entry, enter_people, wrong_with_all
from gongjiang.workforce.models import Appointment, Basis, StaffMember
from gongjiang.workforce.permissions import APPOINTERS, CENTRE, KEEPERS, is_centre, require, require_own
from gongjiang.workforce.rules import EXTERNAL_SUPERVISOR, AppointmentSpec
from gongjiang.workforce.rules_training import Trainings

BATCH = 500


@dataclass(frozen=True, slots=True)
class Appointed:
    """How many people and appointments were entered; what stood there already isn't counted."""

    people: int
    appointments: int


@transaction.atomic
def appoint(*, actor: Actor, at: datetime, body: AssessmentBody, specs: Sequence[AppointmentSpec]) -> Appointed:
    """Enter people with their appointments; all of them or none. The same again changes nothing.

    A person is known by identity number: a second appointment finds the same person, whose employer, standing and
    usual room are brought up to date. Terms left open are those of the law (JL-2024-5§38, §44). Where the law asks for
    training and an examination first, an appointment rests on a certificate of training that is on record; one that
    began before the place's day ``staff.brought_in_before`` may be brought in as stated, and says so.

    :raises NotAllowed: the actor isn't the body's manager or exam clerk.
    :raises Refused: with every reason against every appointment.
    """
    asked = _("Appoint staff")
    require(actor, APPOINTERS, asked, subject=body)
    require_own(actor, body.organisation, asked)
    where = place(body.regime)
    ground = _external_here(specs, where)
    refuse_if(asked, ground, subject=body)
    return _enter(actor, at, body.organisation, body, where, specs, asked)


@transaction.atomic
def appoint_external(
    *, actor: Actor, at: datetime, centre: Organisation, specs: Sequence[AppointmentSpec]
) -> Appointed:
    """Enter external supervisors of a centre with their appointments (JL-2024-5§40); all of them or none.

    A term left open is that of the place's setting ``staff.external_term_years``.

    :raises NotAllowed: the actor isn't an officer of that centre.
    :raises Refused: the organisation is no centre, or with every reason against every appointment.
    """
    asked = _("Appoint external supervisors")
    where = rules.governing(centre)
    rule = ask.EXTERNAL_SUPERVISOR_APPOINTED_BY.get(place=where, day=at.date())
    require(actor, CENTRE, asked, subject=centre)
    require_own(actor, centre, asked, cites=rule.cites if rule else ())
    grounds = []
    if not is_centre(centre):
        why, way = _("External supervisors are appointed by centres."), _("Ask the centre to appoint them.")
        grounds.append(Ground(why, way, rule.cites if rule else (), "no-centre"))
    if any(spec.role != EXTERNAL_SUPERVISOR for spec in specs):
        why, way = _("A centre appoints external supervisors."), _("Other staff are appointed by the body.")
        grounds.append(Ground(why, way, rule.cites if rule else (), "body-role"))
    refuse_if(asked, grounds, subject=centre)
    years = setting("staff.external_term_years", place=where, day=at.date()).value
    dated = [each if each.until else replace(each, until=rules.years_later(each.since, years)) for each in specs]
    return _enter(actor, at, centre, None, where, dated, asked)


@transaction.atomic
def end_appointment(*, actor: Actor, at: datetime, appointment: Appointment, last_day: date, reason: str) -> None:
    """End a term early, after ``last_day``, with a reason: a resignation, a dismissal, a new rank.

    :raises NotAllowed: another organisation's appointment.
    :raises Refused: no reason, a day outside the term, or the term is over.
    """
    asked = _("End the appointment of %(name)s") % {"name": appointment.member.name}
    require(actor, (*KEEPERS, "system"), asked, subject=appointment.member)
    require_own(actor, appointment.member.home, asked)
    locked = Appointment.objects.select_for_update(of=("self",)).select_related("member").get(pk=appointment.pk)
    grounds = []
    if not reason.strip():
        grounds.append(Ground(_("A reason is missing."), _("Say why the term ends early."), code="reason"))
    until = date.fromordinal(last_day.toordinal() + 1)
    if until <= locked.since or (locked.until is not None and until >= locked.until):
        why = _("The day isn't within the term.")
        way = _("Choose a day from %(since)s on, before the term ends by itself.") % {"since": locked.since}
        grounds.append(Ground(why, way, code="day-outside-term"))
    refuse_if(asked, grounds, subject=locked.member)
    locked.until, locked.end_reason = until, reason.strip()
    locked.save(update_fields=["until", "end_reason"])
    facts = {"appointment": locked.pk, "role": locked.role, "until": until}
    audit.record(
        actor=actor, action="staff.end", subject=locked.member, at=at, facts=facts, reason=reason.strip(),
        about=locked.member.body,
    )  # fmt: skip


@transaction.atomic
def link_account(*, actor: Actor, at: datetime, member: StaffMember, user: User) -> StaffMember:
    """Join an account of the organisation to a person on its list, so that the person finds tasks and terms.

    :raises NotAllowed: another organisation's list.
    :raises Refused: the account holds no role in the organisation, or is joined to somebody else there.
    """
    asked = _("Join an account to %(name)s") % {"name": member.name}
    require(actor, (*KEEPERS, "system"), asked, subject=member)
    require_own(actor, member.home, asked)
    if not user.roles.filter(organisation_id=member.home_id).exists():
        way = _("Choose one of its own accounts.")
        raise Refused(asked, [Ground(_("The account isn't of this organisation."), way, code="not-our-account")])
    taken = StaffMember.everything.filter(home_id=member.home_id, user=user).exclude(pk=member.pk).first()
    if taken is not None:
        why = _("The account is already joined to %(name)s.") % {"name": taken.name}
        raise Refused(asked, [Ground(why, _("Choose another account."), code="account-taken")], subject=member)
    member.user = user
    member.save(update_fields=["user"])
    audit.record(actor=actor, action="staff.link", subject=member, at=at, facts={"user": user.pk})
    return member


def _external_here(specs: Sequence[AppointmentSpec], where: Place) -> list[Ground]:
    found = next((spec for spec in specs if spec.role == EXTERNAL_SUPERVISOR), None)
    if found is None:
        return []
    rule = ask.EXTERNAL_SUPERVISOR_APPOINTED_BY.get(place=where, day=found.since)
    why = _("External supervisors stand for the authority; a body doesn't appoint them.")
    return [Ground(why, _("The centre appoints them."), rule.cites if rule else (), "external-by-centre")]


def _enter(
    actor: Actor,
    at: datetime,
    home: Organisation,
    body: AssessmentBody | None,
    where: Place,
    specs: Sequence[AppointmentSpec],
    asked: str,
) -> Appointed:
    grounds = [ground for spec in specs for ground in rules.wrong_with(spec, where, at.date())]
    refuse_if(asked, grounds, subject=body or home)
    trainings = Trainings.for_specs(specs, where, at.date())
    groundings = [trainings.grounding(spec) for spec in specs]
    entry = Entry(home, body, where, at, list(zip(specs, groundings, strict=True)))
    people, new_people = enter_people(entry)
    refuse_if(asked, wrong_with_all(entry, people), subject=body or home)
    fresh = entry.appointments(people)
    block = _number(entry, fresh)
    Appointment.objects.bulk_create(fresh, batch_size=BATCH)
    if new_people or fresh:
        acts = [audit.Act("staff.appoint", body or home, _facts(new_people, fresh), _cites(specs, where))]
        acts += [block.act()] if block else []
        audit.record_many(actor=actor, at=at, acts=acts)
    return Appointed(new_people, len(fresh))


def _number(entry: Entry, fresh: Sequence[Appointment]) -> numbers.Block | None:
    """Give the letters' numbers; what was brought in has a letter of its own elsewhere."""
    made_here = [each for each in fresh if each.basis != Basis.BROUGHT_IN]
    if not made_here:
        return None
    block = numbers.take(f"appointment-letter:{entry.home.pk}:{entry.at.year}", len(made_here))
    for each, serial in zip(made_here, block, strict=True):
        each.letter_number = f"P{entry.at.year}-{entry.mark}-{serial:04d}"
    return block


def _facts(new_people: int, fresh: Sequence[Appointment]) -> dict[str, object]:
    brought = sum(each.basis == Basis.BROUGHT_IN for each in fresh)
    return {"people": new_people, "appointments": len(fresh), "brought_in": brought}


def _cites(specs: Sequence[AppointmentSpec], where: Place) -> tuple[Citation, ...]:
    pairs = {(spec.role, spec.since) for spec in specs}
    return tuple(dict.fromkeys(cite for role, since in sorted(pairs) for cite in rules.cites_for(role, where, since)))
