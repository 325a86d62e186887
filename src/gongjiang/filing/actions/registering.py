"""How a unit becomes an applicant: it registers, or the register knows it as a body already."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.actions import NewUser, add_user
from gongjiang.accounts.models import Organisation, OrganisationKind, User
from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import rules_apply
from gongjiang.filing.models import Applicant
from gongjiang.filing.routing import authority_for, law_of
from gongjiang.kernel import audit
from gongjiang.kernel.actor import Actor, system
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law.codes import parse_credit_code
from gongjiang.law.places import PLACES
from gongjiang.law.places import place as place_of


@dataclass(frozen=True, slots=True)
class ApplicantFacts:
    """What a unit states of itself. ``regime`` is the place whose law governs it, by default that of its division."""

    name: str
    credit_code: str
    kind: str
    affiliation: str
    place_code: str
    address: str
    legal_representative: str
    main_business: str
    contact_name: str
    contact_phone: str
    regime: str = ""


@transaction.atomic
def register_applicant(
    *, actor: Actor, at: datetime, facts: ApplicantFacts, username: str
) -> tuple[Applicant, User, str]:
    """Register a unit below the authority that its affiliation and place lead to (JL-2025-1§4, §7).

    Return it with its manager's account and the one-time password, which is kept nowhere.

    :raises Refused: the credit code is wrong, known already, or of no place here; the username is taken.
    """
    asked, today = _("Register as an applicant"), at.astimezone(SHANGHAI).date()
    code = parse_credit_code(facts.credit_code).text
    grounds = rules_apply.wrong_credit_code(facts.credit_code) or rules_apply.known_already(code)
    regime = facts.regime or _law_code(facts.place_code)
    if regime not in PLACES:
        why = _("The platform knows no rules for this place.")
        grounds.append(Ground(why, _("Choose the city where the unit is registered."), code="no-rules"))
        refuse_if(asked, grounds)
    refuse_if(asked, [*grounds, *rules_apply.kind_not_taken(facts.kind, place_of(regime), today)])
    route = authority_for(facts.affiliation, facts.place_code, regime, on=today)
    organisation = Organisation.objects.create(
        kind=OrganisationKind.BODY, name=facts.name, place_code=facts.place_code, parent=route.organisation
    )
    organisation.path = f"{route.organisation.path}{organisation.pk}/"
    organisation.save(update_fields=["path"])
    applicant = Applicant.objects.create(
        organisation=organisation,
        credit_code=code,
        name=facts.name,
        kind=facts.kind,
        affiliation=facts.affiliation,
        regime=regime,
        place_code=facts.place_code,
        address=facts.address,
        legal_representative=facts.legal_representative,
        main_business=facts.main_business,
        contact_name=facts.contact_name,
        contact_phone=facts.contact_phone,
        registered_at=at,
    )
    person = NewUser(username=username, display_name=facts.contact_name)
    user, password = add_user(
        actor=system("registration"), at=at, organisation=organisation, role="body_manager", person=person
    )
    told = {"kind": facts.kind, "affiliation": facts.affiliation, "place": facts.place_code, "regime": regime}
    audit.record(actor=actor, action="applicant.register", subject=applicant, at=at, facts=told, cites=route.cites)
    return applicant, user, password


@transaction.atomic
def applicant_of_body(*, actor: Actor, at: datetime, body: AssessmentBody) -> Applicant:
    """Return the body as an applicant, made from its row in the register the first time."""
    found = Applicant.objects.unscoped("the body was reached within scope").filter(credit_code=body.credit_code)
    known: Applicant | None = found.first()
    if known is not None:
        return known
    applicant = rules_apply.as_applicant(body)
    applicant.contact_name, applicant.contact_phone, applicant.registered_at = actor.name, "", at
    applicant.save()
    facts = {"kind": body.kind, "affiliation": body.affiliation, "body": body.code, "regime": body.regime}
    audit.record(actor=actor, action="applicant.register", subject=applicant, at=at, facts=facts, about=body)
    return applicant


def _law_code(place_code: str) -> str:
    try:
        return law_of(place_code).code
    except KeyError:
        return ""
