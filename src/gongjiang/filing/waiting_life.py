"""What waits in the life of filings: renewals, windings-up, entries to confirm, reports to make."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.queries import bodies_for, own_body
from gongjiang.filing import change_reports, renewal, rules_life, winding_up
from gongjiang.filing.models import EarlierFiling
from gongjiang.filing.renewal import Phase
from gongjiang.filing.states import TerminationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.queue import QueueItem


def for_managers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the renewal that is to be applied for, and the winding-up that is to be settled."""
    body = own_body(actor)
    if body is None:
        return
    found = renewal.window(body, today)
    if found.phase in {Phase.OPEN, Phase.LATE} and renewal.open_renewal(body) is None:
        yield QueueItem(
            what=_("Apply for the renewal"),
            sub=_("The term ends with %(day)s") % {"day": found.last_day},
            subject=body.name,
            url=reverse("renewal", args=[body.pk]),
            action_label=_("Open"),
            deadline=found.due_on or found.last_day,
            cites=found.rule.cites if found.rule else (),
            key=f"renewal:{body.pk}",
        )
    termination = winding_up.termination_of(body)
    if termination is not None and termination.state == TerminationState.WINDING_UP:
        n = len(winding_up.against_ending(termination, today))
        if n:
            yield QueueItem(
                what=_("Settle the winding-up"),
                sub=_("Open items: %(n)s") % {"n": n},
                subject=body.name,
                url=rules_life.url_of(termination),
                action_label=_("Open"),
                key=f"winding-up:{termination.pk}",
            )


def for_officers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield renewals that are late and not applied for, and entries that another officer is to confirm."""
    near = bodies_for(actor).filter(
        authority_id=actor.organisation_id,
        winding_up_since=None,
        filed_until__gt=today,
        filed_until__lte=today + renewal.SOON,
    )
    for body in near.prefetch_related("terms").order_by("filed_until", "pk"):
        found = renewal.window(body, today)
        if found.is_late and renewal.open_renewal(body) is None:
            yield QueueItem(
                what=_("Renewal not applied for: remind the body"),
                sub=_("The term ends with %(day)s") % {"day": found.last_day},
                subject=body.name,
                url=reverse("renewal", args=[body.pk]),
                action_label=_("Open"),
                deadline=found.due_on,
                cites=found.rule.cites if found.rule else (),
                key=f"renewal-late:{body.pk}",
            )
    waiting = EarlierFiling.objects.for_actor(actor).filter(
        authority_id=actor.organisation_id, confirmed_at=None, dropped_at=None
    )
    for earlier in waiting.exclude(entered_by_id=actor.user_id).order_by("entered_at"):
        yield QueueItem(
            what=_("Confirm an earlier filing"),
            sub=str(earlier.facts["filing_letter"]),
            subject=earlier.name,
            url=reverse("earlier-filing", args=[earlier.pk]),
            action_label=_("Open"),
            key=f"earlier:{earlier.pk}",
        )


def for_signers(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the filings of the actor's authority that can end: nothing of the winding-up is open."""
    found = winding_up.terminations_for(actor).filter(
        state=TerminationState.WINDING_UP, body__authority_id=actor.organisation_id
    )
    for termination in found.exclude(opened_by_id=actor.user_id).order_by("opened_on", "pk"):
        if not winding_up.against_ending(termination, today):
            yield QueueItem(
                what=_("End the filing"),
                sub=_("Everything is settled"),
                subject=termination.body.name,
                url=rules_life.url_of(termination),
                action_label=_("Open"),
                cites=rules_life.ending_cites(termination, today),
                key=f"end:{termination.pk}",
            )


def for_reporters(actor: Actor, today: date) -> Iterator[QueueItem]:
    """Yield the quarters whose amendments are to be reported."""
    authority = change_reports.authority_of(actor)
    rule = change_reports.rule_for(authority, today) if authority else None
    if authority is None or rule is None:
        return
    for quarter in change_reports.owed(authority, today):
        yield QueueItem(
            what=_("Report the amendments of a quarter"),
            sub=authority.name,
            subject=quarter.label,
            url=reverse("change-report-list"),
            action_label=_("Open"),
            deadline=change_reports.due_on(authority, quarter),
            cites=rule.cites,
            key=f"changes:{quarter.year}-{quarter.number}",
        )
