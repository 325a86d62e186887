"""Reads of the registers: one list, its terms and what ends when, imports, trainings, item writers."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Count, Prefetch, Q, QuerySet
from django.db.models.functions import TruncMonth

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.actor import Actor
from gongjiang.workforce.models import (
    Appointment,
    ItemWriter,
    StaffImport,
    StaffMember,
    StaffRole,
    Trainee,
    TrainingCourse,
    TrainingPlan,
)

TERMS = ("30", "90", "180")
"""The spans of the forecast, in days."""


def own_home(actor: Actor) -> Organisation | None:
    """Return the organisation whose list the actor keeps: its body or its centre."""
    if actor.organisation_id is None:
        return None
    kinds = (OrganisationKind.BODY, OrganisationKind.CENTRE)
    return Organisation.objects.select_related("body").filter(pk=actor.organisation_id, kind__in=kinds).first()


def with_terms(found: QuerySet[StaffMember]) -> QuerySet[StaffMember]:
    """Return the members with home, body and appointments at hand."""
    terms = Appointment.objects.select_related("occupation").order_by("role", "-since")
    return found.select_related("home", "body").prefetch_related(Prefetch("appointments", terms))


def register_of(actor: Actor, home: Organisation, *, role: str = "", on: date | None = None) -> QuerySet[StaffMember]:
    """Return an organisation's list as far as the actor sees it: of one role, with a term running on the day."""
    found: QuerySet[StaffMember] = StaffMember.objects.for_actor(actor).filter(home=home)
    if role:
        terms = in_force(Appointment.objects.filter(role=role), on) if on else Appointment.objects.filter(role=role)
        found = found.filter(pk__in=terms.values("member"))
    return with_terms(found).order_by("name", "pk")


def in_force(terms: QuerySet[Appointment], on: date) -> QuerySet[Appointment]:
    """Return the terms that run on the day."""
    return terms.filter(since__lte=on).filter(Q(until__isnull=True) | Q(until__gt=on))


def counts_by_role(actor: Actor, home: Organisation, on: date) -> dict[str, int]:
    """Return how many people of a list hold each role on the day."""
    visible = StaffMember.objects.for_actor(actor).filter(home=home)
    terms = in_force(Appointment.objects.filter(member__in=visible), on)
    return dict(terms.order_by().values_list("role").annotate(n=Count("member", distinct=True)))


def member_for(actor: Actor, pk: int) -> StaffMember:
    """Return one member with everything that the page of a person shows.

    :raises StaffMember.DoesNotExist: also for another organisation's.
    """
    found: QuerySet[StaffMember] = with_terms(StaffMember.objects.for_actor(actor))
    return found.prefetch_related("annual_assessments", _trainings()).select_related("user").get(pk=pk)


def own_entries(user_id: int | None) -> list[StaffMember]:
    """Return a signed-in person's entries on every list: those joined to the account, and the same person elsewhere."""
    keys = StaffMember.everything.filter(user_id=user_id or 0).values_list("identity_index", flat=True)
    found = with_terms(StaffMember.everything.filter(identity_index__in=list(keys)))
    return list(found.prefetch_related("annual_assessments", _trainings()).order_by("home__name"))


def _trainings() -> Prefetch:  # type: ignore[type-arg]
    return Prefetch("trainings", Trainee.objects.select_related("course__occupation", "course__host").order_by("-pk"))


def appointment_for(actor: Actor, pk: int) -> Appointment:
    """Return an appointment of the actor's part of the tree, or the actor's own.

    :raises Appointment.DoesNotExist: also for another's.
    """
    visible = StaffMember.objects.for_actor(actor).order_by()
    own = Q(member__user_id=actor.user_id) if actor.user_id else Q(pk=None)
    found = Appointment.objects.filter(Q(member__in=visible) | own)
    return found.select_related("member__home__body", "occupation", "training__course").get(pk=pk)


def terms_ending(actor: Actor, since: date, until: date) -> QuerySet[Appointment]:
    """Return the terms that end from ``since`` (inclusive) to ``until`` (exclusive) and weren't ended early, soonest
    first."""
    visible = StaffMember.objects.for_actor(actor).order_by()
    found = Appointment.objects.filter(until__gte=since, until__lt=until, end_reason="", member__in=visible)
    return found.select_related("member__home", "occupation").order_by("until", "pk")


def ends_by_month(actor: Actor, since: date, until: date) -> dict[date, int]:
    """Return how many terms end in each month of the span."""
    found = terms_ending(actor, since, until).order_by().annotate(month=TruncMonth("until"))
    return dict(found.values_list("month").annotate(n=Count("pk")))


def imports_for(actor: Actor) -> QuerySet[StaffImport]:
    """Return the sheets of the actor's own organisation."""
    found: QuerySet[StaffImport] = StaffImport.objects.for_actor(actor).filter(home_id=actor.organisation_id)
    return found.select_related("home", "job")


def courses_for(actor: Actor) -> QuerySet[TrainingCourse]:
    """Return the courses in the actor's part of the tree, and those that the centres above it hold for it."""
    found: QuerySet[TrainingCourse] = TrainingCourse.objects.unscoped("a centre's courses are open to its bodies")
    if not actor.path:
        return found.none()
    return found.filter(Q(host__path__startswith=actor.path) | Q(host__in=centres_above(actor))).select_related(
        "host", "occupation"
    )


def centres_above(actor: Actor) -> QuerySet[Organisation]:
    """Return the centres of the authorities above the actor's organisation."""
    parents = [int(part) for part in actor.path.split("/") if part]
    return Organisation.objects.filter(kind=OrganisationKind.CENTRE, parent_id__in=parents)


def trainees_of(actor: Actor, course: TrainingCourse) -> list[Trainee]:
    """Return who is in the course: all for its host and those above, else the actor's own people."""
    found = Trainee.objects.filter(course=course).select_related("member__home")
    if course.host_id != actor.organisation_id and actor.kind != "system":
        found = found.filter(member__in=StaffMember.objects.for_actor(actor).order_by())
    return list(found.order_by("member__name", "pk"))


def trainee_for(actor: Actor, pk: int) -> Trainee:
    """Return somebody's place in a course: the host's, the own people's, or the actor's own.

    :raises Trainee.DoesNotExist: also for another's.
    """
    visible = StaffMember.objects.for_actor(actor).order_by()
    own = Q(member__user_id=actor.user_id) if actor.user_id else Q(pk=None)
    hosted = Q(course__host_id=actor.organisation_id or 0)
    found = Trainee.objects.filter(Q(member__in=visible) | own | hosted)
    return found.select_related("course__host", "course__occupation", "member__home").get(pk=pk)


def plans_for(actor: Actor, year: int) -> list[TrainingPlan]:
    """Return the year's plans: the own one first, then those of the centres above (JL-2024-5§45), then below."""
    found = TrainingPlan.objects.unscoped("a centre's plan guides its bodies").filter(year=year)
    own = Q(organisation_id=actor.organisation_id or 0)
    seen = found.filter(own | Q(organisation__in=centres_above(actor)) | _below(actor))
    rows = seen.select_related("organisation").prefetch_related("lines__occupation")
    return sorted(rows, key=lambda each: (each.organisation_id != actor.organisation_id, each.organisation.name))


def _below(actor: Actor) -> Q:
    return Q(organisation__path__startswith=actor.path) if actor.path else Q(pk=None)


def trained_in(plan: TrainingPlan) -> dict[str, int]:
    """Return how many people passed a course of the plan's organisation in its year, by role."""
    found = Trainee.objects.filter(
        course__host=plan.organisation, course__examined_on__year=plan.year, passed=True
    ).order_by()
    return dict(found.values_list("course__role").annotate(n=Count("pk")))


def writers_for(actor: Actor) -> QuerySet[ItemWriter]:
    """Return the item writers of the actor's part of the tree; their names are ciphertext to everybody."""
    found: QuerySet[ItemWriter] = ItemWriter.objects.for_actor(actor)
    return found.select_related("home", "occupation").prefetch_related("agreements", "tasks")


def external_supervisors(actor: Actor) -> QuerySet[StaffMember]:
    """Return the external supervisors whom the centres of the actor's part of the tree appointed (JL-2024-5§40)."""
    terms = Appointment.objects.filter(role=StaffRole.EXTERNAL_SUPERVISOR)
    found: QuerySet[StaffMember] = StaffMember.objects.for_actor(actor).filter(pk__in=terms.values("member"))
    return with_terms(found).order_by("name", "pk")


def body_of(actor: Actor, pk: int) -> AssessmentBody:
    """Return a body of the actor's part of the tree.

    :raises AssessmentBody.DoesNotExist: also for another's.
    """
    found: AssessmentBody = AssessmentBody.objects.for_actor(actor).select_related("organisation").get(pk=pk)
    return found


def chosen(members: Iterable[StaffMember], keys: Iterable[str]) -> list[StaffMember]:
    """Return those of the members whose id was ticked."""
    wanted = set(keys)
    return [member for member in members if str(member.pk) in wanted]
