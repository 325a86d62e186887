"""Writing an application: begin it, then set each of its sections by itself, as long as it is the applicant's."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.models import ScopeItem
from gongjiang.filing import rules_apply, rules_draft
from gongjiang.filing.models import (
    Applicant,
    Application,
    ApplicationKind,
    Call,
    ConditionAnswer,
    GivenUpScope,
    RequestedChange,
    RequestedScope,
    RequestedSite,
    RequestedSubsidiary,
)
from gongjiang.filing.routing import authority_for
from gongjiang.filing.rules_draft import ChangeSpec
from gongjiang.filing.rules_scope import CellSpec, occupations_of, site_names, wrong_with_cells
from gongjiang.kernel import audit, canonical, numbers
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import refuse_if


@dataclass(frozen=True, slots=True)
class SiteRequest:
    """An exam site that is asked for; ``division`` has six digits."""

    name: str
    address: str
    division: str
    is_own: bool = True


@transaction.atomic
def begin(*, actor: Actor, at: datetime, applicant: Applicant, kind: str, call: Call | None = None) -> Application:
    """Begin an application of a kind; it takes its number and finds its authority by affiliation and place.

    :raises NotAllowed: the actor doesn't manage the applicant.
    :raises Refused: an open application of the kind; no call or outside its window; on file already, or not on file.
    """
    asked, today = _("Begin an application"), at.astimezone(SHANGHAI).date()
    rules_draft.require_own(asked, actor, applicant)
    taken = numbers.take(f"application:{today:%Y}", 1)
    route = authority_for(applicant.affiliation, applicant.place_code, applicant.regime, on=today)
    refuse_if(asked, rules_apply.wrong_beginning(applicant, kind, call, route, on=today), subject=applicant)
    body = None if kind == ApplicationKind.FIRST else rules_apply.body_of(applicant.credit_code)
    application = Application.objects.create(
        number=f"SQ-{today:%Y}-{taken.first:04d}",
        kind=kind,
        applicant=applicant,
        body=body,
        call=call if kind == ApplicationKind.FIRST else None,
        authority=route.organisation,
        regime=body.regime if body else applicant.regime,
        affiliation=applicant.affiliation,
        created_at=at,
    )
    facts = {"number": application.number, "kind": kind, "call": call.number if call else ""}
    act = audit.Act("application.begin", application, facts, route.cites)
    audit.record_many(actor=actor, at=at, acts=[taken.act(), act])
    return application


@transaction.atomic
def set_summary(
    *, actor: Actor, at: datetime, application: Application, summary: str, serves_others: bool = False
) -> Application:
    """Write what the application is about, and whether others than the body's own people are to be assessed."""
    application = rules_draft.opened(_("Write the application"), actor, application, at)
    application.summary, application.serves_others = summary.strip(), serves_others
    application.save(update_fields=["summary", "serves_others"])
    return _noted(actor, at, application, "set_summary", {"serves_others": serves_others})


@transaction.atomic
def set_sites(*, actor: Actor, at: datetime, application: Application, sites: Sequence[SiteRequest]) -> Application:
    """Set the exam sites asked for; what was to be assessed at a site that is gone goes with it.

    :raises Refused: a name stands twice, or a division hasn't six digits.
    """
    asked = _("Set the exam sites")
    application = rules_draft.opened(asked, actor, application, at)
    refuse_if(asked, rules_draft.wrong_sites((site.name, site.division) for site in sites), subject=application)
    application.sites.all().delete()
    RequestedSite.objects.bulk_create(
        RequestedSite(
            application=application, name=site.name, address=site.address, division=site.division, is_own=site.is_own
        )
        for site in sites
    )
    left = site_names(application, at.astimezone(SHANGHAI).date())
    application.scope.exclude(site_name__in=left).delete()
    return _noted(actor, at, application, "set_sites", {"sites": len(sites)})


@transaction.atomic
def set_scope(*, actor: Actor, at: datetime, application: Application, cells: Sequence[CellSpec]) -> Application:
    """Set the occupations and levels asked for, site by site, in place of those that stood.

    :raises Refused: not in the classification, of the access type, of another class, no standard in force that day, a
        level not open to the kind of body, or a site unknown.
    """
    asked = _("Ask for occupations and levels")
    application = rules_draft.opened(asked, actor, application, at)
    today = at.astimezone(SHANGHAI).date()
    cells = list(dict.fromkeys(cells))
    grounds = wrong_with_cells(application, cells, on=today)
    grounds += rules_apply.outside_call(application.call, (cell.code for cell in cells))
    refuse_if(asked, grounds, subject=application)
    known = occupations_of(cell.code for cell in cells)
    application.scope.all().delete()
    RequestedScope.objects.bulk_create(
        RequestedScope(application=application, occupation=known[cell.code], level=cell.level, site_name=cell.site)
        for cell in cells
    )
    facts = {"cells": sorted([cell.code, cell.level, cell.site] for cell in cells)}
    return _noted(actor, at, application, "set_scope", facts)


@transaction.atomic
def give_up(*, actor: Actor, at: datetime, application: Application, items: Iterable[ScopeItem]) -> Application:
    """Set the filed cells that are given up: for what is asked for, in the same application (XZ-2024-2§26).

    :raises Refused: a cell isn't in force in the body's own scope, or the kind of application exchanges nothing.
    """
    asked = _("Give up filed occupations")
    application = rules_draft.opened(asked, actor, application, at)
    items, today = list(items), at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_draft.wrong_giving_up(application, items, today), subject=application)
    application.given_up.all().delete()
    GivenUpScope.objects.bulk_create(GivenUpScope(application=application, item=item) for item in items)
    application.exchanges = bool(items)
    application.save(update_fields=["exchanges"])
    return _noted(actor, at, application, "give_up", {"items": sorted(item.pk for item in items)})


@transaction.atomic
def set_changes(*, actor: Actor, at: datetime, application: Application, changes: Sequence[ChangeSpec]) -> Application:
    """Set which elements of the filing change; the old value is taken from the register and holds until approval.

    :raises Refused: an element that isn't amended this way in the place, nothing new, or no reason.
    """
    asked = _("Name what changes")
    application = rules_draft.opened(asked, actor, application, at)
    today = at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_draft.wrong_changes(application, changes, today), subject=application)
    application.changes.all().delete()
    RequestedChange.objects.bulk_create(
        RequestedChange(
            application=application,
            element=each.element,
            old=rules_draft.old_value(application, each),
            new=each.new.strip(),
            why=each.why.strip(),
        )
        for each in changes
    )
    application.sites.all().delete()
    RequestedSite.objects.bulk_create(
        RequestedSite(application=application, name=each.new.strip(), address=each.address, division=each.division)
        for each in changes
        if each.element == rules_draft.SITE
    )
    facts = {"elements": sorted(each.element for each in changes)}
    return _noted(actor, at, application, "set_changes", facts)


@transaction.atomic
def set_subsidiaries(
    *, actor: Actor, at: datetime, application: Application, rows: Sequence[tuple[str, str]]
) -> Application:
    """Set the list of subsidiaries (name, credit code) whose staff would be assessed (JL-2025-1§6(6)).

    :raises Refused: a credit code is wrong, stands twice, or is the applicant's own.
    """
    asked = _("List the subsidiaries")
    application = rules_draft.opened(asked, actor, application, at)
    refuse_if(asked, rules_draft.wrong_subsidiaries(application, rows), subject=application)
    application.subsidiaries.all().delete()
    RequestedSubsidiary.objects.bulk_create(
        RequestedSubsidiary(application=application, name=name.strip(), credit_code=rules_draft.code_of(code))
        for name, code in rows
    )
    return _noted(actor, at, application, "set_subsidiaries", {"number": len(rows)})


@transaction.atomic
def answer_condition(
    *,
    actor: Actor,
    at: datetime,
    application: Application,
    condition: str,
    text: str = "",
    numbers: Mapping[str, int] | None = None,
) -> ConditionAnswer:
    """Say how a condition is met, in words and counts.

    :raises Refused: the condition isn't asked of this application, or a count isn't one of its own or negative.
    """
    asked = _("Answer a condition")
    application = rules_draft.opened(asked, actor, application, at)
    counts = dict(numbers or {})
    today = at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_draft.wrong_answer(application, condition, counts, today), subject=application)
    answer, _made = ConditionAnswer.objects.update_or_create(
        application=application, condition=condition, defaults={"text": text.strip(), "numbers": counts}
    )
    facts = {"condition": condition, "numbers": counts, "text": canonical.digest(text.strip())}
    _noted(actor, at, application, "answer_condition", facts)
    return answer


def _noted(actor: Actor, at: datetime, application: Application, verb: str, facts: Mapping[str, Any]) -> Application:
    audit.record(actor=actor, action=f"application.{verb}", subject=application, at=at, facts=facts)
    return application
