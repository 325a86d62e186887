"""Item writers: who they are is shielded, everybody sees a code name; what they write needs an agreement in force."""

from django.db import models
from django.db.models import F, Q

from gongjiang.accounts.models import Organisation
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import Audited
from gongjiang.kernel.scope import Scoped, ScopedQuerySet
from gongjiang.standards.models import Level, Occupation


class ItemWriter(Audited, Scoped):
    """An item writer (JL-2024-5§33, §48). Name and number are ciphertext; pages know the code name only.

    ``ethics_on`` is the day of the last training in professional ethics. From ``left_on`` on no task is given.
    """

    scope_path = "home__path"
    audited_fields = ("code_name", "home_id", "occupation_id", "highest_level", "ethics_on", "left_on")

    home = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="item_writers")
    code_name = models.CharField(max_length=40, unique=True)
    name = EncryptedTextField()
    identity = EncryptedTextField()
    identity_index = models.CharField(max_length=64)
    occupation = models.ForeignKey(Occupation, on_delete=models.PROTECT, related_name="+")
    highest_level = models.CharField(max_length=10, choices=Level)
    ethics_on = models.DateField(null=True)
    left_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["code_name"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [
            models.UniqueConstraint(fields=["home", "identity_index", "occupation"], name="writer_once_an_occupation")
        ]

    def __str__(self) -> str:
        return self.code_name


class NondisclosureAgreement(models.Model):
    """The agreement that an item writer signed, from a day until a day (JL-2024-5§33)."""

    writer = models.ForeignKey(ItemWriter, on_delete=models.PROTECT, related_name="agreements")
    signed_on = models.DateField()
    until = models.DateField()
    number = models.CharField(max_length=60)

    class Meta:
        ordering = ["-signed_on"]
        constraints = [
            models.UniqueConstraint(fields=["writer", "signed_on"], name="agreement_once_a_day"),
            models.CheckConstraint(condition=Q(until__gt=F("signed_on")), name="agreement_forward"),
        ]

    def __str__(self) -> str:
        return f"{self.writer} {self.signed_on} – {self.until}"


class WriterTask(models.Model):
    """What an item writer was asked to write or to check, and when it was done."""

    writer = models.ForeignKey(ItemWriter, on_delete=models.PROTECT, related_name="tasks")
    what = models.CharField(max_length=200)
    given_on = models.DateField()
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ["-given_on", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gte=F("given_on")), name="writer_task_forward"),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("given_on")), name="writer_task_done_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.writer} {self.what}"
