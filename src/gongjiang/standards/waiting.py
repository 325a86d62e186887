"""What waits for those who review specifications, and for the organisations that own them."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem
from gongjiang.law.places import place as place_of
from gongjiang.standards.models import AssessmentSpecification
from gongjiang.standards.queries import displaced_by, specifications_for
from gongjiang.standards.states import SPECIFICATION
from gongjiang.standards.states import SpecificationState as S


def for_reviewers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield specifications submitted and under review, in the order in which they came."""
    found = specifications_for(actor).filter(state__in=[S.SUBMITTED, S.UNDER_REVIEW])
    for each in found.order_by("submitted_on", "pk"):
        if each.state == S.UNDER_REVIEW:
            yield _item(each, "file", _("Decide on the specification"), today)
        elif actor.has("provincial_officer"):
            yield _item(each, "accept", _("Take the specification under review"), today)


def for_owners(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield specifications returned for correction, and filed ones that gave way to a national standard."""
    for each in specifications_for(actor).filter(state__in=[S.RETURNED, S.FILED]):
        if each.state == S.RETURNED:
            yield _item(each, "submit", _("Correct the specification"), today)
        elif each.standard.until is None and displaced_by(each.standard, on=today) is not None:
            yield _item(each, "withdraw", _("A national standard took the specification's place"), today)


def _item(each: AssessmentSpecification, action: str, what: str, today: date) -> QueueItem:
    return QueueItem(
        what=what,
        sub=str(each.standard.owner),
        subject=str(each.standard),
        url=reverse("specification", args=[each.pk]),
        action_label=_("Open"),
        cites=SPECIFICATION.table[action].cites_at(place_of(each.regime), today),
        key=f"specification:{each.pk}",
    )
