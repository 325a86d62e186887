"""What the platform tells its users, in the app and by e-mail."""

from django.conf import settings
from django.db import models


class Message(models.Model):
    """One message to one user or to one candidate (by person key). ``key`` keeps a retried job from telling twice."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, related_name="inbox")
    person_key = models.CharField(max_length=64, blank=True, db_index=True)
    key = models.CharField(max_length=120, unique=True)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    url = models.CharField(max_length=200, blank=True)
    cites = models.JSONField(default=list)
    sent_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-sent_at"]

    def __str__(self) -> str:
        return self.subject
