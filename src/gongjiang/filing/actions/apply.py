"""Handing in an application, again after a correction, and withdrawing it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.filing import checks, flow, rules_apply, rules_draft, snapshots
from gongjiang.filing.actions.life_renewal import note_submission
from gongjiang.filing.leaving import leave
from gongjiang.filing.models import Application, Routing, Snapshot
from gongjiang.filing.routing import authority_for
from gongjiang.filing.rules_papers import round_of
from gongjiang.kernel import canonical, idempotency, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, Refused, refuse_if
from gongjiang.law.places import place as place_of

SHORTEST_REASON = 2


@transaction.atomic
def submit(
    *, actor: Actor, at: datetime, application: Application, declared_by: str, key: str, digest: str = ""
) -> Application:
    """Submit the application with the signed declaration of its truth; sent twice it has one effect (JL-2025-1§7).

    The declaration is signed over the SHA-256 of all that the application says; what was submitted is frozen as a
    snapshot. The first submission fixes the day that governs, the steps of the place and the recipient.

    :param digest: what the signer saw, if known: anything else is refused.
    :raises NotAllowed: not the applicant's manager, or wrong state.
    :raises Refused: something is missing, each with article and way on; or it changed since the signer saw it.
    """
    asked = _("Submit the application")
    rules_draft.require_own(asked, actor, application.applicant)
    locked = Application.everything.select_for_update().get(pk=application.pk)
    content = canonical.plain(snapshots.content_of(locked))
    request = {"application": locked.pk, "digest": canonical.digest(content), "declared_by": declared_by.strip()}
    pk, _now = idempotency.once(
        key=key,
        action="application.submit",
        request=request,
        at=at,
        do=lambda: _submit(actor, at, locked, declared_by.strip(), digest).pk,
    )
    return Application.everything.get(pk=pk)


@transaction.atomic
def withdraw(*, actor: Actor, at: datetime, application: Application, reason: str) -> Application:
    """Withdraw the application with a reason; it may be begun anew later.

    :raises NotAllowed: not the applicant's manager, or it is decided.
    :raises Refused: no reason is given.
    """
    asked = _("Withdraw the application")
    rules_draft.require_own(asked, actor, application.applicant)
    grounds = []
    if len(reason.strip()) < SHORTEST_REASON:
        why = _("The reason is missing.")
        grounds.append(Ground(why, _("Write it; the authority reads it."), code="reason-missing"))
    refuse_if(asked, grounds, subject=application)
    Application.workflow.require("withdraw", application, actor=actor, on=at.astimezone(SHANGHAI).date())
    leave(application, at, reason.strip())
    workflow.apply(application, "withdraw", actor=actor, at=at, reason=reason.strip())
    return application


def _submit(actor: Actor, at: datetime, application: Application, declared_by: str, digest: str) -> Application:
    asked, today = _("Submit the application"), at.astimezone(SHANGHAI).date()
    workflow_day = application.applied_on or today
    Application.workflow.require("submit", application, actor=actor, on=workflow_day)
    content = canonical.plain(snapshots.content_of(application))
    signed = canonical.digest(content)
    _require_declaration(asked, application, declared_by, digest, signed, today)
    refuse_if(asked, checks.missing(application, today), subject=application)
    number = round_of(application)
    if application.applied_on is None:
        _first(application, at)
    application.round, application.submitted_at, application.declared_by = number, at, declared_by
    application.save()
    Snapshot.objects.create(
        application=application,
        round=number,
        content=content,
        digest=signed,
        declared_by=declared_by,
        submitted_at=at,
    )
    cites = rules_apply.truth_cites(place_of(application.regime), workflow_day)
    facts = {"round": number, "digest": signed}
    workflow.apply(application, "submit", actor=actor, at=at, cites=cites, facts=facts)
    note_submission(actor=actor, at=at, application=application)
    return application


def _first(application: Application, at: datetime) -> None:
    """Fix what the first submission fixes: the day, the recipient, and the steps that the law asks for on the day."""
    today = at.astimezone(SHANGHAI).date()
    applicant = application.applicant
    application.applied_on = today
    route = authority_for(applicant.affiliation, applicant.place_code, application.regime, on=today)
    application.authority = route.organisation
    application.affiliation = applicant.affiliation
    application.flow = flow.frozen(application, today)
    Routing.objects.create(
        application=application,
        to=route.organisation,
        reason=route.reason,
        routed_at=at,
        cites=[cite.key for cite in route.cites],
    )


def _require_declaration(
    asked: str, application: Application, declared_by: str, digest: str, signed: str, today: object
) -> None:
    grounds = []
    if not declared_by:
        why = _("The declaration isn't signed.")
        way = _("Write the name of who answers for the truth of the papers.")
        cites = rules_apply.truth_cites(place_of(application.regime), application.applied_on or today)  # type: ignore[arg-type]
        grounds.append(Ground(why, way, cites, "not-declared"))
    if digest and digest != signed:
        why = _("The application changed after you read it.")
        grounds.append(Ground(why, _("Read it once more, then sign."), code="changed-since"))
    if grounds:
        raise Refused(asked, grounds, subject=application)
