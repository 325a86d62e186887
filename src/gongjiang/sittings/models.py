"""Where, when, on which seat and under whose eyes: rooms, sittings, arrangements, duties, attendance, misconduct."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import ExamSite
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.models import Audited
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.planning.models import Batch
from gongjiang.standards.models import PartKind
from gongjiang.workforce.models import StaffMember


class RoomKind(models.TextChoices):
    """Rooms for candidates (JL-2024-5§18) and those that must stand beside them (§19)."""

    THEORY = "theory", _("Theory room")
    PRACTICAL = "practical", _("Practical room")
    PANEL = "panel", _("Panel review room")
    OFFICE = "exam_office", _("Exam office")
    WAITING = "waiting_room", _("Waiting room")
    SCORING = "scoring_room", _("Scoring room")


class ExamRoom(Scoped):
    """A room of a site with its grid of seats; usable only while its inspection is valid.

    ``inspection_until`` is the last day on which it is. ``blocked`` lists (row, column) of places without a seat.
    """

    scope_path = "site__body__organisation__path"

    site = models.ForeignKey(ExamSite, on_delete=models.PROTECT, related_name="rooms")
    name = models.CharField(max_length=60)
    kind = models.CharField(max_length=14, choices=RoomKind)
    rows = models.PositiveSmallIntegerField(default=0)
    columns = models.PositiveSmallIntegerField(default=0)
    blocked = models.JSONField(default=list)
    is_accessible = models.BooleanField(default=False)
    cameras = models.PositiveSmallIntegerField(default=0)
    inspected_on = models.DateField()
    inspection_until = models.DateField()

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="room_once_a_site"),
            models.CheckConstraint(
                condition=Q(inspection_until__gt=F("inspected_on")), name="inspection_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def capacity(self) -> int:
        """Return how many seats or stations there are."""
        return self.rows * self.columns - len(self.blocked)


class Sitting(Scoped):
    """One part of a batch at one time (场次)."""

    scope_path = "batch__body__organisation__path"

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="sittings")
    part = models.CharField(max_length=10, choices=PartKind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["starts_at"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["batch", "part", "starts_at"], name="sitting_once"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="sitting_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.batch.number} {self.part} {self.starts_at:%m-%d %H:%M}"


class Arrangement(Audited, Scoped):
    """One version of a batch's seating; the locked one holds.

    ``seed``, ``pins`` (as the solver was given them), ``moves`` (made by hand afterwards, in order) and ``digest`` let
    anyone recompute it. ``explanation`` holds one entry a plan solved: sitting, rooms, bound, the plan's own digest.
    """

    scope_path = "batch__body__organisation__path"
    audited_fields = ("batch_id", "version", "seed", "digest", "locked_at")

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="arrangements")
    version = models.PositiveSmallIntegerField()
    seed = models.PositiveBigIntegerField()
    digest = models.CharField(max_length=64)
    pins = models.JSONField(default=list)
    moves = models.JSONField(default=list)
    conflicts = models.JSONField(default=list)
    explanation = models.JSONField(default=list)
    made_at = models.DateTimeField()
    locked_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    superseded = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-version"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["batch", "version"], name="arrangement_version_once"),
            models.UniqueConstraint(fields=["batch"], condition=Q(superseded=False), name="one_current_arrangement"),
        ]

    def __str__(self) -> str:
        return f"{self.batch.number} v{self.version}"


class Seat(models.Model):
    """A candidate's place in a sitting. ``number`` counts from the door, column by column."""

    arrangement = models.ForeignKey(Arrangement, on_delete=models.CASCADE, related_name="seats")
    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="seats")
    room = models.ForeignKey(ExamRoom, on_delete=models.PROTECT, related_name="+")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="seats")
    row = models.PositiveSmallIntegerField()
    column = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    is_pinned = models.BooleanField(default=False)

    class Meta:
        ordering = ["sitting", "room", "number"]
        constraints = [
            models.UniqueConstraint(fields=["arrangement", "sitting", "enrolment"], name="one_seat_a_candidate"),
            models.UniqueConstraint(fields=["arrangement", "sitting", "room", "row", "column"], name="seat_once"),
            models.UniqueConstraint(fields=["arrangement", "sitting", "room", "number"], name="seat_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.room} {self.number}"


class DutyAnswer(models.TextChoices):
    """What somebody says to being sent (JL-2024-5§39)."""

    ACCEPTED = "accepted", _("Duty accepted")
    DECLINED = "declined", _("Duty declined")


class DeclineGround(models.TextChoices):
    """Why somebody declines; the first is a duty to stay away, the others are reasons of the person's own."""

    RECUSED = "recused", _("I must stay away: kin, a pupil, an apprentice or a colleague is examined")
    UNWELL = "unwell", _("Unwell")
    ENGAGED = "engaged", _("Engaged elsewhere on that day")
    OTHER = "other", _("Another reason")


class Duty(models.Model):
    """Who does what at a batch: the roster (JL-2024-5§21). After the lock a change leaves the old row as well.

    ``answer`` is the holder's own; none is '' (JL-2024-5§39). ``present`` says whether the holder came, null while
    nobody has recorded it.
    """

    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, related_name="duties")
    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="duties")
    role = models.CharField(max_length=30)
    part = models.CharField(max_length=10, choices=PartKind, blank=True)
    room = models.ForeignKey(ExamRoom, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    ended_reason = models.TextField(blank=True)
    answer = models.CharField(max_length=10, choices=DutyAnswer, blank=True)
    decline_ground = models.CharField(max_length=10, choices=DeclineGround, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    present = models.BooleanField(null=True)
    absence_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["role", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer="", decline_ground="", answer_reason="", answered_at__isnull=True)
                | Q(answer="accepted", decline_ground="", answer_reason="", answered_at__isnull=False)
                | Q(answer="declined", answered_at__isnull=False) & ~Q(decline_ground="") & ~Q(answer_reason=""),
                name="duty_answer_whole",
            ),
            models.CheckConstraint(
                condition=Q(present=False) & ~Q(absence_reason="")
                | (Q(present=True) | Q(present__isnull=True)) & Q(absence_reason=""),
                name="duty_absence_says_why",
            ),
            models.UniqueConstraint(
                fields=["batch", "member", "role", "part", "room"],
                condition=Q(ended_at__isnull=True),
                name="duty_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.role}"


class Briefing(models.Model):
    """The staff briefing (考务会) before a batch's exam, with who attended (JL-2024-5§23)."""

    batch = models.OneToOneField(Batch, on_delete=models.PROTECT, related_name="briefing")
    held_at = models.DateTimeField()
    notes = models.TextField(blank=True)
    attended = models.ManyToManyField(StaffMember, related_name="briefings")
    by_id = models.PositiveBigIntegerField()

    def __str__(self) -> str:
        return f"{self.batch_id} {self.held_at:%Y-%m-%d}"


class Attendance(models.Model):
    """Whether a candidate came to a sitting; one row each, corrected only by the entry that stands in the trail."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="attendance")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField()
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "enrolment"], name="attendance_once")]

    def __str__(self) -> str:
        return f"{self.sitting_id} {self.enrolment_id} {self.present}"


class Misconduct(models.Model):
    """A breach of discipline (违纪违规) by the catalogue's code, what was seen, and what follows for the score."""

    sitting = models.ForeignKey(Sitting, on_delete=models.PROTECT, related_name="misconduct")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.PROTECT, related_name="misconduct")
    code = models.CharField(max_length=40)
    effect = models.CharField(
        max_length=12,
        choices=[
            ("warning", _("Warning")),
            ("part_void", _("This part is void")),
            ("all_void", _("All parts are void")),
        ],
    )
    facts = models.TextField()
    heard = models.TextField(blank=True)
    at = models.DateTimeField()
    by_id = models.PositiveBigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["sitting", "enrolment", "code"], name="misconduct_once")]

    def __str__(self) -> str:
        return f"{self.enrolment_id} {self.code}"
