"""The year's training plan, courses, attendance, and the examination that ends in certificates of training."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel import audit, numbers, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.standards.models import Occupation
from gongjiang.workforce import rules_courses
from gongjiang.workforce.models import StaffMember, Trainee, TrainingCourse, TrainingPlan, TrainingPlanLine
from gongjiang.workforce.permissions import HOSTS, require, require_own
from gongjiang.workforce.rules import governing, index_of
from gongjiang.workforce.rules_courses import NewPerson


@dataclass(frozen=True, slots=True)
class PlanLine:
    """So many people to be trained for a role by the end of a month."""

    role: str
    people: int
    month: int
    occupation: Occupation | None = None


@dataclass(frozen=True, slots=True)
class PlanSpec:
    """A year's training plan as it is written; ``guidance`` is what the centre asks of the bodies."""

    year: int
    lines: Sequence[PlanLine]
    guidance: str = ""


@dataclass(frozen=True, slots=True)
class CourseSpec:
    """A course as it is planned; for assessors with occupation and highest level."""

    title: str
    role: str
    hours: int
    first_day: date
    last_day: date
    occupation: Occupation | None = None
    highest_level: str = ""
    venue: str = ""
    trainer: str = ""


@dataclass(frozen=True, slots=True)
class Score:
    """A trainee's score in the examination, of 100."""

    trainee: Trainee
    value: Decimal


@transaction.atomic
def plan_year(*, actor: Actor, at: datetime, organisation: Organisation, plan: PlanSpec) -> TrainingPlan:
    """Publish an organisation's training plan for a year: a centre's is seen by its bodies (JL-2024-5§45), a body's is
    its own (§46). Writing it again replaces its lines; both stand in the trail.

    :raises NotAllowed: the actor doesn't plan for the organisation.
    :raises Refused: no lines, or a line that can't be one.
    """
    asked = _("Plan the training of %(year)s") % {"year": plan.year}
    require(actor, HOSTS, asked, subject=organisation)
    require_own(actor, organisation, asked)
    refuse_if(asked, rules_courses.wrong_with_plan(plan.year, plan.lines, at), subject=organisation)
    today = at.astimezone(SHANGHAI).date()
    row, _created = TrainingPlan.everything.update_or_create(
        organisation=organisation,
        year=plan.year,
        defaults={"guidance": plan.guidance.strip(), "published_on": today},
    )
    TrainingPlanLine.objects.filter(plan=row).delete()
    TrainingPlanLine.objects.bulk_create(
        TrainingPlanLine(plan=row, role=each.role, occupation=each.occupation, people=each.people, month=each.month)
        for each in plan.lines
    )
    rule = ask.STAFF_TEAMS_PLANNED_BY.get(place=governing(organisation), day=today)
    facts = {"year": plan.year, "lines": len(plan.lines), "people": sum(each.people for each in plan.lines)}
    cites = rule.cites if rule else ()
    audit.record(actor=actor, action="training.plan", subject=row, at=at, facts=facts, cites=cites)
    return row


@transaction.atomic
def plan_course(*, actor: Actor, at: datetime, host: Organisation, course: CourseSpec) -> TrainingCourse:
    """Plan a course, held by a body for its own people or by a centre for those of its bodies.

    :raises NotAllowed: the actor plans no courses there.
    :raises Refused: with everything that's wrong with the course.
    """
    asked = _("Plan a course")
    require(actor, HOSTS, asked, subject=host)
    require_own(actor, host, asked)
    refuse_if(asked, rules_courses.wrong_with_course(course, host), subject=host)
    block = numbers.take(f"training-course:{host.pk}:{course.first_day.year}", 1)
    row = TrainingCourse.everything.create(
        host=host,
        number=f"T{course.first_day.year}-{host.place_code}{host.pk:03d}-{block.first:03d}",
        title=course.title.strip(),
        role=course.role,
        occupation=course.occupation,
        highest_level=course.highest_level,
        hours=course.hours,
        first_day=course.first_day,
        last_day=course.last_day,
        venue=course.venue.strip(),
        trainer=course.trainer.strip(),
    )
    facts = {"role": course.role, "hours": course.hours}
    audit.record_many(actor=actor, at=at, acts=[audit.Act("course.plan", row, facts), block.act()])
    return row


@transaction.atomic
def add_trainees(
    *,
    actor: Actor,
    at: datetime,
    course: TrainingCourse,
    members: Sequence[StaffMember] = (),
    people: Sequence[NewPerson] = (),
) -> list[Trainee]:
    """Put people into a course: those of the actor's own list, and new ones, who are entered on it without a role.

    A body puts its people also into a course of its centre. Who is in already stays in.

    :raises Refused: the course is over or cancelled, another's people, or a new person's number can't be one.
    """
    asked = _("Put people into a course")
    require(actor, HOSTS, asked, subject=course)
    locked = TrainingCourse.everything.select_for_update(of=("self",)).select_related("host").get(pk=course.pk)
    grounds = [*rules_courses.not_open(locked), *rules_courses.not_ours(actor, members)]
    grounds += [ground for each in people for ground in rules_courses.wrong_with_person(each, at)]
    refuse_if(asked, grounds, subject=course)
    everybody = [*members, *_entered(actor, people)]
    known = set(Trainee.objects.filter(course=locked, member__in=everybody).values_list("member_id", flat=True))
    wanted = {member.pk: member for member in everybody if member.pk not in known}
    made = Trainee.objects.bulk_create(Trainee(course=locked, member=member) for member in wanted.values())
    if made:
        facts = {"people": len(made), "members": sorted(wanted)}
        audit.record(actor=actor, action="course.add", subject=locked, at=at, facts=facts)
    return made


@transaction.atomic
def record_hours(*, actor: Actor, at: datetime, course: TrainingCourse, hours: Mapping[int, int]) -> TrainingCourse:
    """Record how many hours each trainee attended, by trainee id; the course then awaits its examination.

    :raises NotAllowed: another's course, or not at that stage.
    :raises Refused: it hasn't begun, hours lack or are more than the course has.
    """
    asked = _("Record attendance")
    require(actor, HOSTS, asked, subject=course)
    require_own(actor, course.host, asked)
    locked = TrainingCourse.everything.select_for_update().get(pk=course.pk)
    trainees = list(Trainee.objects.select_for_update(of=("self",)).filter(course=locked).select_related("member"))
    refuse_if(asked, rules_courses.wrong_with_hours(locked, trainees, hours, at), subject=course)
    for trainee in trainees:
        trainee.hours = hours[trainee.pk]
    Trainee.objects.bulk_update(trainees, ["hours"])
    workflow.apply(locked, "hold", actor=actor, at=at, facts={"trainees": len(trainees), "hours": sum(hours.values())})
    return locked


@transaction.atomic
def close_course(
    *, actor: Actor, at: datetime, course: TrainingCourse, examined_on: date, scores: Sequence[Score]
) -> list[Trainee]:
    """Enter the examination and close the course; who passed is given a certificate of training. Returns those.

    Only who attended enough hours (setting ``staff.training_attendance``) is examined; the pass mark is
    ``staff.training_pass_mark``. Who wasn't examined has no score.

    :raises NotAllowed: another's course, or not at that stage.
    :raises Refused: with everything that's wrong with day and scores.
    """
    asked = _("Close the course")
    require(actor, HOSTS, asked, subject=course)
    require_own(actor, course.host, asked)
    locked = TrainingCourse.everything.select_for_update(of=("self",)).select_related("host").get(pk=course.pk)
    trainees = list(Trainee.objects.select_for_update(of=("self",)).filter(course=locked).select_related("member"))
    terms = rules_courses.terms_of(locked, examined_on)
    values = {each.trainee.pk: each.value for each in scores}
    refuse_if(asked, rules_courses.wrong_with_scores(locked, trainees, values, examined_on, terms, at), subject=course)
    passed = []
    for trainee in trainees:
        if trainee.pk in values:
            trainee.score, trainee.passed = values[trainee.pk], values[trainee.pk] >= terms.pass_mark
            passed += [trainee] if trainee.passed else []
    block = numbers.take(f"training-certificate:{locked.number}", len(passed)) if passed else None
    for trainee, serial in zip(passed, block or (), strict=True):
        trainee.certificate_number, trainee.certified_at = f"{locked.number}-{serial:04d}", at
    Trainee.objects.bulk_update(trainees, ["score", "passed", "certificate_number", "certified_at"])
    locked.examined_on = examined_on
    locked.save(update_fields=["examined_on"])
    if block:
        audit.record_many(actor=actor, at=at, acts=[block.act()])
    facts = {"examined": len(values), "passed": len(passed), "pass_mark": terms.pass_mark}
    workflow.apply(locked, "close", actor=actor, at=at, facts=facts)
    return passed


@transaction.atomic
def cancel_course(*, actor: Actor, at: datetime, course: TrainingCourse, reason: str) -> TrainingCourse:
    """Cancel a course that wasn't held, with a reason.

    :raises NotAllowed: another's course, or it was held.
    :raises Refused: no reason.
    """
    asked = _("Cancel the course")
    require(actor, HOSTS, asked, subject=course)
    require_own(actor, course.host, asked)
    if not reason.strip():
        why, way = _("A reason is missing."), _("Say why; those who were put in read it.")
        refuse_if(asked, [Ground(why, way, code="reason")], subject=course)
    locked = TrainingCourse.everything.select_for_update().get(pk=course.pk)
    workflow.apply(locked, "cancel", actor=actor, at=at, reason=reason.strip())
    return locked


def _entered(actor: Actor, people: Sequence[NewPerson]) -> list[StaffMember]:
    """Return the new people as members of the actor's own list; who is on it already is found."""
    if not people:
        return []
    home = Organisation.objects.select_related("body").get(pk=actor.organisation_id or 0)
    return [_member(home, each) for each in people]


def _member(home: Organisation, person: NewPerson) -> StaffMember:
    row, _created = StaffMember.everything.get_or_create(
        home=home,
        identity_index=index_of(person.identity),
        defaults={
            "body": getattr(home, "body", None),
            "name": person.name.strip(),
            "identity": rules_courses.normal(person.identity),
            "employer": person.employer.strip(),
            "is_regular": person.is_regular,
        },
    )
    return row
