"""Acts on bodies: entering one that is on file, suspending it, lifting the suspension.

How a body comes to be filed is the filing's business; here a filing that was decided is entered as it states itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.models import AssessmentBody, ExamSite, ScopeItem, Suspension
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.codes import parse_body_code, parse_credit_code
from gongjiang.law.model import Citation
from gongjiang.law.places import place
from gongjiang.standards.models import Occupation


@dataclass(frozen=True, slots=True)
class SiteSpec:
    """An exam site and what may be assessed there: pairs of occupation and level."""

    name: str
    address: str
    division: str
    scope: Sequence[tuple[Occupation, str]]


@dataclass(frozen=True, slots=True)
class FiledBody:
    """What a filing letter states of a body. ``filed_until`` is the first day on which the term is over."""

    name: str
    kind: str
    credit_code: str
    code: str
    address: str
    place_code: str
    regime: str
    filing_letter: str
    filed_on: date
    filed_until: date
    sites: Sequence[SiteSpec]
    may_serve_others: bool = False


@transaction.atomic
def register_filed_body(*, actor: Actor, at: datetime, authority: Organisation, filed: FiledBody) -> AssessmentBody:
    """Enter a body that is on file under the authority that selected it, with its sites and scope.

    :raises Refused: the credit code or the body code is wrong, the term runs backwards, or either code is taken.
    """
    refuse_if(_("Enter a filed body"), _wrong_with(filed))
    organisation = Organisation.objects.create(
        kind=OrganisationKind.BODY, name=filed.name, place_code=filed.place_code, parent=authority
    )
    organisation.path = f"{authority.path}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    body = AssessmentBody.objects.create(
        organisation=organisation,
        authority=authority,
        **{name: getattr(filed, name) for name in FIELDS},
    )
    for spec in filed.sites:
        site = ExamSite.objects.create(
            body=body, name=spec.name, address=spec.address, division=spec.division, since=filed.filed_on
        )
        ScopeItem.objects.bulk_create(
            ScopeItem(body=body, occupation=occupation, level=level, site=site, since=filed.filed_on)
            for occupation, level in spec.scope
        )
    term_rule = ask.FILING_TERM_YEARS.get(place=place(filed.regime), day=filed.filed_on)
    audit.record(
        actor=actor,
        action="body.register",
        subject=body,
        at=at,
        facts={"code": body.code, "letter": body.filing_letter, "from": body.filed_on, "until": body.filed_until},
        cites=term_rule.cites if term_rule else (),
    )
    return body


FIELDS = (
    "name",
    "kind",
    "credit_code",
    "code",
    "address",
    "place_code",
    "regime",
    "filing_letter",
    "filed_on",
    "filed_until",
    "may_serve_others",
)


@transaction.atomic
def suspend(*, actor: Actor, at: datetime, body: AssessmentBody, reason: str, decision: str) -> Suspension:
    """Suspend a body from the day on; every workflow that asks ``may_assess`` stops at once.

    :raises Refused: it is suspended already, or the reason lacks.
    """
    AssessmentBody.everything.select_for_update().get(pk=body.pk)
    grounds = []
    if body.suspensions.filter(until__isnull=True).exists():
        grounds.append(
            Ground(_("The body is suspended already."), _("Lift that suspension first."), code="already-suspended")
        )
    if not reason.strip() or not decision.strip():
        grounds.append(
            Ground(_("A suspension needs a reason and a decision."), _("Write both."), code="reason-missing")
        )
    refuse_if(_("Suspend %(body)s") % {"body": body.name}, grounds, subject=body)
    suspension = Suspension.objects.create(body=body, since=at.date(), reason=reason, decision=decision)
    audit.record(
        actor=actor,
        action="body.suspend",
        subject=body,
        at=at,
        facts={"since": suspension.since, "decision": decision},
        reason=reason,
        cites=_supervision_cites(body, at.date()),
    )
    return suspension


@transaction.atomic
def lift_suspension(*, actor: Actor, at: datetime, body: AssessmentBody, reason: str) -> Suspension:
    """End the open suspension with the day.

    :raises Refused: none is open, or it began today.
    """
    suspension = body.suspensions.select_for_update().filter(until__isnull=True).first()
    if suspension is None or suspension.since >= at.date():
        ground = Ground(
            _("No suspension is open that began before today."), _("Look at the body's history."), code="not-suspended"
        )
        refuse_if(_("Lift the suspension of %(body)s") % {"body": body.name}, [ground], subject=body)
    assert suspension is not None
    suspension.until = at.date()
    suspension.save(update_fields=["until"])
    audit.record(
        actor=actor,
        action="body.lift_suspension",
        subject=body,
        at=at,
        facts={"since": suspension.since, "until": suspension.until},
        reason=reason,
        cites=_supervision_cites(body, at.date()),
    )
    return suspension


def _supervision_cites(body: AssessmentBody, day: date) -> tuple[Citation, ...]:
    provision = ask.SUPERVISED_BY_SELECTING_AUTHORITY.get(place=place(body.regime), day=day)
    return provision.cites if provision else ()


def _wrong_with(filed: FiledBody) -> list[Ground]:
    grounds = []
    credit = parse_credit_code(filed.credit_code)
    if not credit.valid:
        why = "; ".join(str(reason.message_zh) for reason in credit.reasons)
        grounds.append(Ground(why, _("Compare it with the registration certificate."), code="credit-code"))
    wrong_code = parse_body_code(filed.code)
    if wrong_code:
        why = "; ".join(str(reason.message_zh) for reason in wrong_code)
        grounds.append(Ground(why, _("Compare it with the filing letter."), code="body-code"))
    if filed.filed_until <= filed.filed_on:
        grounds.append(
            Ground(_("The filing term runs backwards."), _("Compare it with the filing letter."), code="term")
        )
    taken = AssessmentBody.everything.filter(code=filed.code) | AssessmentBody.everything.filter(
        credit_code=filed.credit_code
    )
    if taken.exists():
        grounds.append(
            Ground(
                _("A body with this code or credit code is on file."), _("Look it up in the directory."), code="taken"
            )
        )
    return grounds
