"""What may stand against a plan, a course, its attendance and its examination."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import settings_for
from gongjiang.law.codes import normalise, parse_identity
from gongjiang.standards.models import Level, Occupation
from gongjiang.workforce.models import StaffMember, StaffRole, Trainee, TrainingCourse
from gongjiang.workforce.permissions import is_centre
from gongjiang.workforce.rules import ASSESSOR, governing
from gongjiang.workforce.states import CourseState

FULL_MARK = Decimal(100)
LAST_MONTH = 12


class Planned(Protocol):
    """A line of a plan, as far as it is checked."""

    @property
    def role(self) -> str: ...
    @property
    def people(self) -> int: ...
    @property
    def month(self) -> int: ...
    @property
    def occupation(self) -> Occupation | None: ...


class Course(Protocol):
    """A course as it is planned, as far as it is checked."""

    @property
    def title(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def hours(self) -> int: ...
    @property
    def first_day(self) -> date: ...
    @property
    def last_day(self) -> date: ...
    @property
    def occupation(self) -> Occupation | None: ...
    @property
    def highest_level(self) -> str: ...


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be trained who isn't on the list yet."""

    name: str
    identity: str
    employer: str = ""
    is_regular: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """The least hours that admit to the examination, and its pass mark."""

    hours: int
    pass_mark: Decimal


def terms_of(course: TrainingCourse, day: date) -> Terms:
    """Return what the course's place asks on the day of the examination."""
    names = ("staff.training_attendance", "staff.training_pass_mark")
    held = settings_for(names, place=governing(course.host), day=day)
    share = held["staff.training_attendance"].value
    return Terms(-(-course.hours * share // 100), Decimal(held["staff.training_pass_mark"].value))


def wrong_with_plan(year: int, lines: Sequence[Planned], at: datetime) -> list[Ground]:
    """Return what is wrong with a year's plan."""
    grounds = []
    if year < at.astimezone(SHANGHAI).year:
        grounds.append(Ground(_("The year is over."), _("Plan this year or a later one."), code="year"))
    if not lines:
        way = _("Write for each role how many people are to be trained, and by when.")
        grounds.append(Ground(_("The plan has no lines."), way, code="empty"))
    if any(each.role not in StaffRole.values for each in lines):
        grounds.append(Ground(_("There's no such role."), _("Choose one of the list."), code="role"))
    if any(each.people < 1 or not 1 <= each.month <= LAST_MONTH for each in lines):
        why = _("A line lacks people or its month.")
        grounds.append(Ground(why, _("Write at least one person, and a month from 1 to 12."), code="line"))
    keys = [(each.role, each.occupation and each.occupation.pk, each.month) for each in lines]
    if len(keys) != len(set(keys)):
        why = _("Two lines are for the same role, occupation and month.")
        grounds.append(Ground(why, _("Put them together."), code="line-twice"))
    return grounds


def wrong_with_course(course: Course, host: Organisation) -> list[Ground]:
    """Return what is wrong with a course as planned."""
    grounds = []
    if not course.title.strip():
        grounds.append(Ground(_("The title is missing."), _("Say what the course is for."), code="title"))
    if course.role not in StaffRole.values:
        grounds.append(Ground(_("There's no such role."), _("Choose one of the list."), code="role"))
    if course.role == StaffRole.EXTERNAL_SUPERVISOR and not is_centre(host):
        why, way = _("External supervisors are trained by the centre."), _("Ask the centre.")
        grounds.append(Ground(why, way, code="no-centre"))
    if course.role == ASSESSOR and (course.occupation is None or course.highest_level not in Level.values):
        why = _("An assessor is appointed for an occupation and its levels.")
        way = _("Say for which occupation, and up to which level.")
        grounds.append(Ground(why, way, code="assessor-scope"))
    if course.hours < 1:
        grounds.append(Ground(_("The hours are missing."), _("Write at least one."), code="hours"))
    if course.last_day < course.first_day:
        why = _("The course would end before it begins.")
        grounds.append(Ground(why, _("Check both days."), code="day-order"))
    return grounds


def not_open(course: TrainingCourse) -> list[Ground]:
    """Return the ground that nobody is put into the course any more."""
    if course.state == CourseState.PLANNED:
        return []
    why = _("It stands at “%(state)s”.") % {"state": course.get_state_display()}
    return [Ground(why, _("Choose a course that is still to be held."), code="wrong-state")]


def not_ours(actor: Actor, members: Iterable[StaffMember]) -> list[Ground]:
    """Return the ground that somebody is of another list."""
    if actor.kind == "system" or all(member.home_id == actor.organisation_id for member in members):
        return []
    why = _("Somebody is on another organisation's list.")
    return [Ground(why, _("Put in your own people; the others are put in by theirs."), code="not-our-staff")]


def wrong_with_person(person: NewPerson, at: datetime) -> list[Ground]:
    """Return what is wrong with a new person's name and number."""
    grounds = []
    if not person.name.strip():
        grounds.append(Ground(_("The name is missing."), _("Write it as on the document."), code="name"))
    if not parse_identity(person.identity, today=at.date()).valid:
        why = _("This isn't an identity number that exists.")
        grounds.append(Ground(why, _("Compare it with the document."), code="identity"))
    return grounds


def wrong_with_hours(
    course: TrainingCourse, trainees: Sequence[Trainee], hours: Mapping[int, int], at: datetime
) -> list[Ground]:
    """Return what is wrong with the attendance."""
    grounds = []
    if not trainees:
        grounds.append(Ground(_("Nobody is in the course."), _("Put people in, or cancel it."), code="nobody"))
    if at.astimezone(SHANGHAI).date() < course.last_day:
        why = _("The course runs until %(day)s.") % {"day": course.last_day}
        grounds.append(Ground(why, _("Record attendance on its last day or later."), code="too-early"))
    lacking = [trainee.member.name for trainee in trainees if trainee.pk not in hours]
    if lacking:
        why = _("Hours lack for: %(names)s.") % {"names": "、".join(lacking[:10])}
        grounds.append(Ground(why, _("Write 0 for who didn't come."), code="hours-lack"))
    if any(not 0 <= each <= course.hours for each in hours.values()):
        why = _("The course has %(hours)s hours.") % {"hours": course.hours}
        grounds.append(Ground(why, _("Write a number from 0 to that."), code="hours"))
    return grounds


def wrong_with_scores(
    course: TrainingCourse,
    trainees: Sequence[Trainee],
    values: Mapping[int, Decimal],
    examined_on: date,
    terms: Terms,
    at: datetime,
) -> list[Ground]:
    """Return what is wrong with the day of the examination and the scores."""
    grounds = []
    if not course.last_day <= examined_on <= at.astimezone(SHANGHAI).date():
        why = _("The examination is held after the course, and entered afterwards.")
        way = _("Write a day from %(day)s to today.") % {"day": course.last_day}
        grounds.append(Ground(why, way, code="exam-day"))
    if not values:
        grounds.append(Ground(_("Nobody was examined."), _("Enter the scores."), code="nobody"))
    if not set(values) <= {trainee.pk for trainee in trainees}:
        why, way = _("Somebody wasn't in the course."), _("Enter scores of its trainees only.")
        grounds.append(Ground(why, way, code="not-in-course"))
    if any(not 0 <= value <= FULL_MARK for value in values.values()):
        grounds.append(Ground(_("A score isn't from 0 to 100."), _("Correct it."), code="score"))
    short = [each.member.name for each in trainees if each.pk in values and (each.hours or 0) < terms.hours]
    if short:
        told = {"names": "、".join(short[:10]), "hours": terms.hours}
        why = _("Not admitted, with less than %(hours)s hours: %(names)s.") % told
        grounds.append(Ground(why, _("Leave the score empty; they take the next course."), code="not-admitted"))
    return grounds


def normal(identity: str) -> str:
    """Return the number without spaces and in the usual form."""
    return str(normalise(identity).text)
