"""How a body comes to stand in the register: brought in with the term its letter states, or put on file here."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.docket import Docket, Ruling, number_for
from gongjiang.bodies.models import (
    AssessmentBody,
    Decision,
    DecisionKind,
    FilingTerm,
)
from gongjiang.bodies.rules import wrong_with
from gongjiang.bodies.specs import FiledBody, scope_facts
from gongjiang.bodies.writing import add_cells
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.places import place

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
    "legal_representative",
    "affiliation",
)


@transaction.atomic
def register_filed_body(*, actor: Actor, at: datetime, authority: Organisation, filed: FiledBody) -> AssessmentBody:
    """Enter a body that is on file under the authority that selected it, with its sites, scope and stated term.

    :raises Refused: the credit code or the body code is wrong, the term runs backwards, or either code is taken.
    """
    block = number_for(at)
    refuse_if(_("Enter a filed body"), wrong_with(filed))
    organisation = Organisation.objects.create(
        kind=OrganisationKind.BODY, name=filed.name, place_code=filed.place_code, parent=authority
    )
    organisation.path = f"{authority.path}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    body = _entered(organisation, authority, filed)
    term_rule = ask.FILING_TERM_YEARS.get(place=place(filed.regime), day=filed.filed_on)
    ruling = Ruling(
        title=f"{filed.name}备案（补录）",
        decided_by=authority.name,
        since=filed.filed_on,
        until=filed.filed_until,
        cites=term_rule.cites if term_rule else (),
        letter_number=filed.filing_letter,
    )
    docket = Docket(actor, at, block, body)
    _published(docket, DecisionKind.BROUGHT_IN, ruling, filed, "body.register")
    return body


@transaction.atomic
def put_on_file(
    *,
    actor: Actor,
    at: datetime,
    organisation: Organisation,
    authority: Organisation,
    filed: FiledBody,
    ruling: Ruling,
) -> AssessmentBody:
    """Put the applicant's organisation on file as a body under the authority that selected it (JL-2025-1§7(5)).

    The organisation stands under the authority in the tree from then on.

    :raises Refused: as for a filed body; or the organisation is no body's, or a body already.
    """
    block = number_for(at)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    grounds = wrong_with(filed)
    if organisation.kind != OrganisationKind.BODY or AssessmentBody.everything.filter(organisation=organisation):
        why = _("%(name)s can't become a body: it is an authority, or on file already.") % {"name": organisation.name}
        grounds.append(Ground(why, _("Change the filing that stands instead."), code="organisation-taken"))
    refuse_if(_("Put on file"), grounds)
    organisation.name, organisation.place_code, organisation.parent = filed.name, filed.place_code, authority
    organisation.path = f"{authority.path}{organisation.pk}/"
    organisation.save()
    body = _entered(organisation, authority, filed)
    _published(Docket(actor, at, block, body), DecisionKind.FILED, ruling, filed, "body.put_on_file")
    return body


def _entered(organisation: Organisation, authority: Organisation, filed: FiledBody) -> AssessmentBody:
    values: dict[str, Any] = {name: getattr(filed, name) for name in FIELDS}
    body = AssessmentBody.objects.create(organisation=organisation, authority=authority, **values)
    for spec in filed.sites:
        add_cells(body, spec, filed.filed_on)
    return body


def _published(docket: Docket, kind: str, ruling: Ruling, filed: FiledBody, action: str) -> Decision:
    decision = docket.publish(
        kind,
        ruling,
        action=action,
        facts={
            "code": filed.code,
            "letter": filed.filing_letter,
            "rule": filed.rule,
            "scope": scope_facts(filed.sites),
        },
        told={"code": filed.code, "letter": filed.filing_letter},
    )
    FilingTerm.objects.create(
        body=docket.body,
        since=filed.filed_on,
        until=filed.filed_until,
        letter_number=filed.filing_letter,
        rule=filed.rule,
        decision=decision,
    )
    return decision
