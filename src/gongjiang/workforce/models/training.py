"""How people come to their roles: a year's plan, courses, who took part, the examination and its certificate."""

from django.db import models
from django.db.models import F, Q

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.models import Audited
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Level, Occupation
from gongjiang.workforce.models.people import StaffMember, StaffRole
from gongjiang.workforce.states import COURSE, CourseState


class TrainingPlan(Scoped):
    """A year's plan of an organisation for its people: a centre plans the teams and guides (JL-2024-5§45)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="training_plans")
    year = models.PositiveSmallIntegerField()
    guidance = models.TextField(blank=True)
    published_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-year"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["organisation", "year"], name="training_plan_once_a_year")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.year}"


class TrainingPlanLine(models.Model):
    """A line of a plan: how many people are to be trained for a role, by which month."""

    plan = models.ForeignKey(TrainingPlan, on_delete=models.PROTECT, related_name="lines")
    role = models.CharField(max_length=30, choices=StaffRole)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    people = models.PositiveIntegerField()
    month = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["month", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "role", "occupation", "month"], name="training_plan_line_once", nulls_distinct=False
            ),
            models.CheckConstraint(condition=Q(people__gt=0), name="training_plan_people"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="training_plan_month"),
        ]

    def __str__(self) -> str:
        return f"{self.plan} {self.role} {self.people}"


class TrainingCourse(Audited, Scoped):
    """A course for one role, for assessors in one occupation up to a level, held by a centre or a body."""

    workflow = COURSE
    scope_path = "host__path"
    audited_fields = ("state", "host_id", "role", "occupation_id", "highest_level", "hours", "first_day", "last_day")

    host = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="training_courses")
    number = models.CharField(max_length=40, unique=True)
    title = models.CharField(max_length=100)
    state = models.CharField(max_length=10, choices=CourseState, default=CourseState.PLANNED)
    role = models.CharField(max_length=30, choices=StaffRole)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    highest_level = models.CharField(max_length=10, choices=Level, blank=True)
    hours = models.PositiveSmallIntegerField()
    first_day = models.DateField()
    last_day = models.DateField()
    venue = models.CharField(max_length=200, blank=True)
    trainer = models.CharField(max_length=100, blank=True)
    examined_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-first_day", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gte=F("first_day")), name="course_days_forward"),
            models.CheckConstraint(condition=Q(state__in=CourseState.values), name="course_state_known"),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(examined_on__isnull=False), name="course_closed_after_exam"
            ),
            models.CheckConstraint(
                condition=Q(examined_on__isnull=True) | Q(examined_on__gte=F("first_day")), name="course_exam_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Trainee(models.Model):
    """A staff member in a course: hours attended, the examination's score, and the certificate of training."""

    course = models.ForeignKey(TrainingCourse, on_delete=models.PROTECT, related_name="trainees")
    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="trainings")
    hours = models.PositiveSmallIntegerField(null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    passed = models.BooleanField(null=True)
    certificate_number = models.CharField(max_length=40, unique=True, null=True)
    certified_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["member__name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["course", "member"], name="trainee_once_a_course"),
            models.CheckConstraint(
                condition=Q(certificate_number__isnull=True) | Q(passed=True, certified_at__isnull=False),
                name="certified_after_passing",
            ),
            models.CheckConstraint(
                condition=Q(score__isnull=True, passed__isnull=True) | Q(score__isnull=False, passed__isnull=False),
                name="trainee_score_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} {self.member_id}"
