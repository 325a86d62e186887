"""The platform's own bookkeeping: counters, keys against repetition, place settings, calendars, jobs."""

from django.db import models
from django.db.models import F, Q

from gongjiang.kernel.models.audit import Audited

JOB_STATES = ("waiting", "running", "done", "failed", "cancelled")


class Counter(Audited):
    """The last number given under a name; taken with its row locked, in the transaction that uses the number."""

    audited_fields = ("name", "last")
    audited_always = False

    name = models.CharField(max_length=80, primary_key=True)
    last = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} {self.last}"


class IdempotencyKey(models.Model):
    """What was asked under a key and what it led to, so that the same request twice has one effect and one answer."""

    key = models.CharField(max_length=120, primary_key=True)
    action = models.CharField(max_length=80)
    request_digest = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.action} {self.key}"


class PlaceSetting(models.Model):
    """A dated value that differs by place and isn't law, such as a late limit. ``source`` says whose it is."""

    name = models.CharField(max_length=80)
    place_code = models.CharField(max_length=12)
    value = models.JSONField()
    since = models.DateField()
    until = models.DateField(null=True)
    source = models.CharField(max_length=200)
    set_by_id = models.PositiveBigIntegerField(null=True)

    class Meta:
        ordering = ["name", "place_code", "since"]
        constraints = [
            models.UniqueConstraint(fields=["name", "place_code", "since"], name="setting_once_a_day"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="setting_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.place_code} {self.since}"


class HolidayNotice(models.Model):
    """A year's holiday notice loaded after the release, as its days off and make-up days."""

    year = models.PositiveSmallIntegerField(unique=True)
    days_off = models.JSONField()
    make_up = models.JSONField()
    source = models.CharField(max_length=200)
    loaded_at = models.DateTimeField()
    loaded_by_id = models.PositiveBigIntegerField(null=True)

    def __str__(self) -> str:
        return str(self.year)


class JobRun(models.Model):
    """Progress of one long piece of work: where it stands, how to resume it, whether somebody asked it to stop."""

    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    state = models.CharField(max_length=10, choices=[(s, s) for s in JOB_STATES], default="waiting")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    attempts = models.PositiveSmallIntegerField(default=0)
    arguments = models.JSONField(default=dict)
    problem = models.TextField(blank=True)
    cancel_asked = models.BooleanField(default=False)
    started_at = models.DateTimeField(null=True)
    beat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(state__in=JOB_STATES), name="job_state_known")]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.state} {self.done}/{self.total}"


class DemoClock(models.Model):
    """How far the demo's clock stands from the real one; at most one row, never in production."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    shift_seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_demo_clock")]

    def __str__(self) -> str:
        return f"{self.shift_seconds} s"
