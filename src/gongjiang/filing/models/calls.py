"""Calls for applicants (征集公告) and who answers them."""

from django.db import models
from django.db.models import F, Q

from gongjiang.accounts.models import Organisation
from gongjiang.bodies.models import Affiliation, BodyKind
from gongjiang.kernel.fields import EncryptedTextField
from gongjiang.kernel.models import Audited, StoredFile
from gongjiang.kernel.scope import Scoped, ScopedQuerySet


class Call(Audited, Scoped):
    """A public call with its scope and window; both days belong to it. Empty lists mean: all."""

    scope_path = "authority__path"
    audited_fields = ("number", "opens_on", "closes_on", "published_at")

    authority = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="calls")
    number = models.CharField(max_length=20, unique=True)
    regime = models.CharField(max_length=12)
    title = models.CharField(max_length=120)
    text = models.TextField()
    body_kinds = models.JSONField(default=list)
    occupation_codes = models.JSONField(default=list)
    opens_on = models.DateField()
    closes_on = models.DateField()
    published_at = models.DateTimeField(null=True)
    document = models.ForeignKey(StoredFile, on_delete=models.PROTECT, null=True, related_name="+")
    cites = models.JSONField(default=list)

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["-opens_on", "-pk"]
        base_manager_name = "everything"
        default_manager_name = "objects"
        constraints = [models.CheckConstraint(condition=Q(closes_on__gte=F("opens_on")), name="call_window_forward")]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"


class Applicant(Scoped):
    """A unit that applies, with the facts of its registration. Once on file its organisation has a body, too.

    ``regime`` is the place whose law governs its applications: its city's, or the 2019 pilot's. Its organisation stands
    below the authority that handles it, so that a re-routed applicant moves with its organisation.
    """

    scope_path = "organisation__path"

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="applicant")
    credit_code = models.CharField(max_length=18, unique=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=10, choices=BodyKind)
    affiliation = models.CharField(max_length=12, choices=Affiliation)
    regime = models.CharField(max_length=12)
    place_code = models.CharField(max_length=12)
    address = models.CharField(max_length=200)
    legal_representative = models.CharField(max_length=60)
    main_business = models.CharField(max_length=200)
    contact_name = models.CharField(max_length=60)
    contact_phone = EncryptedTextField()
    registered_at = models.DateTimeField()

    objects = ScopedQuerySet.as_manager()
    everything = models.Manager()

    class Meta:
        ordering = ["name"]
        base_manager_name = "everything"
        default_manager_name = "objects"

    def __str__(self) -> str:
        return self.name
