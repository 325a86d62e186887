"""What must know of each other across the rows, connected once at the start; nothing imports this but the app."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjiang.accounts.models import Organisation, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import audit_labels, calendars, messages
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.law.places import place
from gongjiang.planning.models import Batch
from gongjiang.portal import navigation
from gongjiang.portal.waiting import count_known
from gongjiang.results.queries import batch_of
from gongjiang.standards import owners
from gongjiang.standards.basis import Asker

TOLD = ("exam_clerk", "body_manager")


def connect() -> None:
    """Name the portal's acts, put the count on 'my work', and have people told when a holiday notice moves a term."""
    audit_labels.register(
        {
            "account.act_for": gettext_lazy("chose whom to act for"),
            "demo.sign_in": gettext_lazy("entered the demo"),
            "demo.clock": gettext_lazy("moved the demo's clock"),
        }
    )
    work = next(item for item in navigation.NAVIGATION if item.url_name == "home")
    navigation.register(navigation.NavItem(work.label, work.url_name, work.roles, badge=count_known))
    names = gettext_lazy("Occupations and standards")
    navigation.register(
        navigation.NavItem(names, "standards", ("public", "candidate", "body_manager", *AUTHORITY_ROLES))
    )
    calendars.tell_with(tell_of_moved_term)
    owners.ask_with(assessor_of)


def assessor_of(organisation: Organisation) -> Asker | None:
    """Return the organisation's body as an assessor, with its kind and the place of its law."""
    body = AssessmentBody.everything.filter(organisation=organisation).first()
    return Asker(organisation, body.kind, place(body.regime)) if body else None


def tell_of_moved_term(record: models.Model, change: calendars.Change, at: datetime) -> tuple[str, ...]:
    """Tell the clerks and the manager of the body whose notice or objection moved; return their names."""
    if isinstance(record, Objection):
        notice = record.notice
    elif isinstance(record, PublicNotice):
        notice = record
    else:
        return ()
    batch = batch_of(notice) if notice.kind == "result" else None
    if batch is None:
        return ()
    people = list(_clerks(batch, at))
    for user in people:
        messages.tell(
            key=f"term:{change.kind}:{change.record_id}:{change.after}:{user.pk}",
            subject=_("A deadline has moved"),
            text=_("%(title)s: the last day was %(before)s and is now %(after)s, by the new holiday notice.")
            % {"title": change.title, "before": change.before, "after": change.after},
            at=at,
            user=user,
            url=f"/batches/{batch.pk}/",
        )
    return tuple(str(user) for user in people)


def _clerks(batch: Batch, at: datetime) -> models.QuerySet[User]:
    day = at.date()
    return (
        User.objects.filter(
            roles__organisation_id=batch.body.organisation_id,
            roles__role__in=TOLD,
            roles__since__lte=day,
            is_active=True,
        )
        .filter(Q(roles__until__isnull=True) | Q(roles__until__gt=day))
        .distinct()
        .order_by("pk")
    )
