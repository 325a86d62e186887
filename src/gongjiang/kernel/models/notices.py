"""Public notices (公示) and the objections (异议) raised within them."""

from django.db import models
from django.db.models import F, Q


class PublicNotice(models.Model):
    """A notice with a period for objections, counted in working days from the day after posting.

    ``last_day`` ends at 24:00 Asia/Shanghai. A provisional term is an estimate and closes nothing.
    """

    kind = models.CharField(max_length=20, choices=[("result", "result"), ("filing", "filing")])
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    place_code = models.CharField(max_length=12)
    posted_on = models.DateField()
    working_days = models.PositiveSmallIntegerField()
    last_day = models.DateField()
    provisional = models.BooleanField(default=False)
    calendar_years = models.JSONField(default=list)
    cites = models.JSONField(default=list)
    document = models.ForeignKey("kernel.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)

    class Meta:
        ordering = ["-posted_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(last_day__gt=F("posted_on")), name="notice_ends_after_posting"),
            models.CheckConstraint(condition=Q(working_days__gt=0), name="notice_runs"),
        ]
        indexes = [models.Index(fields=["subject_kind", "subject_id"], name="notice_subject")]

    def __str__(self) -> str:
        return f"{self.title} {self.posted_on} – {self.last_day}"


class Objection(models.Model):
    """An objection raised within a notice about one record, and its reply by somebody not objected to."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    about_kind = models.CharField(max_length=60)
    about_id = models.CharField(max_length=40)
    person_key = models.CharField(max_length=64)
    text = models.TextField()
    raised_at = models.DateTimeField()
    key = models.CharField(max_length=80, unique=True)
    reply_working_days = models.PositiveSmallIntegerField()
    reply_last_day = models.DateField()
    reply_provisional = models.BooleanField(default=False)
    reply_calendar_years = models.JSONField(default=list)
    reply_cites = models.JSONField(default=list)
    assigned_to_id = models.PositiveBigIntegerField(null=True)
    reply = models.TextField(blank=True)
    upheld = models.BooleanField(null=True)
    replied_by_id = models.PositiveBigIntegerField(null=True)
    replied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["raised_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(replied_at__isnull=True, upheld__isnull=True, replied_by_id__isnull=True)
                | Q(replied_at__isnull=False, upheld__isnull=False, replied_by_id__isnull=False),
                name="objection_reply_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.about_kind}:{self.about_id} {self.raised_at:%Y-%m-%d}"
