"""People who sign in, the organisations they act for, and the roles they hold there."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gongjiang.kernel.roles import ROLES


class OrganisationKind(models.TextChoices):
    MINISTRY = "ministry", _("Ministry")
    PROVINCE = "province", _("Provincial department")
    CITY = "city", _("City bureau")
    COUNTY = "county", _("County bureau")
    CENTRE = "centre", _("Skill testing centre")
    BODY = "body", _("Assessment body")


class Organisation(models.Model):
    """A node of the tree of authorities, centres and bodies (MOHRSS-2020-17§3, JL-2024-5§3).

    ``path`` lists the ancestors' ids, itself last, as in ``/1/4/``. A centre works for its parent: its staff see the
    parent's subtree.
    """

    kind = models.CharField(max_length=10, choices=OrganisationKind)
    name = models.CharField(max_length=100)
    place_code = models.CharField(max_length=12)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="children")
    path = models.CharField(max_length=200, unique=True, null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(path__isnull=True) | (Q(path__startswith="/") & Q(path__endswith="/")),
                name="organisation_path_form",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scope_path(self) -> str:
        """Return the path of the subtree that this organisation's staff see."""
        if self.kind == OrganisationKind.CENTRE and self.parent is not None:
            return self.parent.path or ""
        return self.path or ""


class User(AbstractUser):
    """Someone who signs in. A candidate's account bears the blind index of the identity number, staff accounts none."""

    first_name = None  # type: ignore[assignment]
    last_name = None  # type: ignore[assignment]
    display_name = models.CharField(max_length=60)
    person_key = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=10, blank=True)
    is_demo = models.BooleanField(default=False)
    # Set with a one-time password: nothing else opens until its holder has chosen an own one.
    must_change_password = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person_key"], condition=~Q(person_key=""), name="one_account_a_candidate")
        ]

    def __str__(self) -> str:
        return self.display_name or self.username


class RoleAssignment(models.Model):
    """A role that a user holds in an organisation, from a day until a day; ended on its first day it never held."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roles")
    role = models.CharField(max_length=30, choices=list(ROLES.items()))
    since = models.DateField()
    until = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "organisation", "role", "since"], name="role_once"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="role_interval_forward"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.role} {self.organisation}"
