"""Reads of the authority's side: its applications, their public notices, and who waits for whom."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Q, QuerySet

from gongjiang.accounts.models import OrganisationKind
from gongjiang.accounts.queries import names_of, organisation_of
from gongjiang.filing.due import OPEN
from gongjiang.filing.models import Application, Material
from gongjiang.filing.queries import applications_for
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel import notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import Objection, PublicNotice
from gongjiang.law import questions as ask
from gongjiang.law.places import PLACES

S = ApplicationState
PUBLIC = "public notices are public"


def under_way(actor: Actor) -> QuerySet[Application]:
    """Return the applications in the actor's part of the tree that somebody still has to deal with."""
    return applications_for(actor).filter(state__in=OPEN).select_related("evaluation")


def in_reach(actor: Actor, today: date) -> QuerySet[Application]:
    """Return those of them on which the actor's own organisation may have to act.

    These are its own, those of the authority whose centre it is, and of the levels below those that a higher level
    evaluates or signs for.
    """
    own = {actor.organisation_id}
    if actor.organisation_id is not None:
        organisation = organisation_of(actor)
        if organisation.kind == OrganisationKind.CENTRE:
            own.add(organisation.parent_id)
    above = [code for code, place in PLACES.items() if ask.FILING_EVALUATED_BY.get(place=place, day=today)]
    handed_up = Q(state=S.CLEARED) | Q(regime__in=above)
    return under_way(actor).filter(Q(authority_id__in=own) | handed_up)


def paper_of(application: Application, pk: int) -> Material | None:
    """Return a paper of the application, also one that was replaced."""
    return Material.objects.filter(application=application, pk=pk, file__isnull=False).select_related("file").first()


def public_notices() -> QuerySet[PublicNotice]:
    """Return the notices of filings, newest first."""
    return PublicNotice.objects.filter(kind="filing", withdrawn_on=None).order_by("-posted_on", "-pk")


def applications_of(found: Iterable[PublicNotice]) -> dict[int, Application]:
    """Return the application of each notice, by the notice's key."""
    keys = {notice.pk: int(notice.subject_id) for notice in found}
    public = Application.objects.unscoped(PUBLIC).filter(pk__in=keys.values())
    held = {each.pk: each for each in public.select_related("applicant", "authority")}
    return {pk: held[key] for pk, key in keys.items() if key in held}


def objections_to(application: Application) -> QuerySet[Objection]:
    """Return every objection on the application's notices, the oldest first; the caller has reached it."""
    found = Objection.objects.filter(notice__in=notices.notices_on(application)).select_related("notice")
    return found.order_by("raised_at", "pk")


def people_of(application: Application) -> dict[str, str]:
    """Return the names of who accepted, deliberated and signed, as far as that happened."""
    by = {
        "accepted": application.accepted_by_id,
        "deliberated": application.deliberated_by_id,
        "signed": application.signed_by_id,
    }
    names = names_of([pk for pk in by.values() if pk is not None])
    return {step: names[pk] for step, pk in by.items() if pk is not None and pk in names}
