"""Who works at an assessment: assessors, invigilators, internal supervisors and the rest, with scope and term."""

from django.db import models
from django.db.models import F, Q

from gongjiang.accounts.models import User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Level, Occupation


class StaffMember(Scoped):
    """A person on a body's staff list; ``identity_index`` finds the same person in several roles and bodies.

    ``usual_room`` names the exam room that the person always works in, if there is one.
    """

    scope_path = "body__organisation__path"

    body = models.ForeignKey(AssessmentBody, on_delete=models.PROTECT, related_name="staff")
    user = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="staff_entries")
    name = models.CharField(max_length=60)
    identity = EncryptedTextField()
    identity_index = models.CharField(max_length=64)
    employer = models.CharField(max_length=100, blank=True)
    is_regular = models.BooleanField(default=False)
    usual_room = models.CharField(max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.UniqueConstraint(fields=["body", "identity_index"], name="staff_once_a_body")]

    def __str__(self) -> str:
        return self.name


class Appointment(models.Model):
    """A role at assessments to which a staff member is appointed; assessors within occupation and level (JL-2024-5§37).

    ``until`` is the first day on which the term is over, null for an open one.
    """

    member = models.ForeignKey(StaffMember, on_delete=models.PROTECT, related_name="appointments")
    role = models.CharField(max_length=30)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, null=True, related_name="+")
    highest_level = models.CharField(max_length=10, choices=Level, blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    cites = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "role", "occupation", "since"],
                name="appointment_once",
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="appointment_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member} {self.role}"
