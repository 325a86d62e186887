"""Reads about staff: who is on a body's list, and who holds which appointment on a day."""

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor
from gongjiang.workforce.models import Appointment, StaffMember


def staff_for(actor: Actor) -> QuerySet[StaffMember]:
    """Return the staff members in the actor's part of the tree, with their appointments at hand."""
    found: QuerySet[StaffMember] = StaffMember.objects.for_actor(actor)
    return found.select_related("body").prefetch_related(_appointments())


def staff_of(body: AssessmentBody) -> list[StaffMember]:
    """Return a body's staff with their appointments; the caller has reached the body within its scope."""
    return list(StaffMember.everything.filter(body=body).prefetch_related(_appointments()))


def held_on(member: StaffMember, day: date) -> list[Appointment]:
    """Return the member's appointments in force on the day."""
    return [each for each in member.appointments.all() if is_in_force(each, day)]


def is_in_force(appointment: Appointment, day: date) -> bool:
    """Say whether the appointment's term runs on the day."""
    return appointment.since <= day and (appointment.until is None or day < appointment.until)


def ending_between(body: AssessmentBody, since: date, until: date) -> QuerySet[Appointment]:
    """Return the appointments of a body whose term ends from ``since`` (inclusive) to ``until`` (exclusive)."""
    return (
        Appointment.objects.filter(member__body=body, until__gte=since, until__lt=until)
        .filter(~Q(role=""))
        .select_related("member", "occupation")
        .order_by("until", "member__name")
    )


def _appointments() -> Prefetch:  # type: ignore[type-arg]
    return Prefetch("appointments", Appointment.objects.select_related("occupation").order_by("role", "-since"))
