"""Calls for applicants: drafted by an officer, published once with their window and scope."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.filing import call_paper
from gongjiang.filing.models import Call
from gongjiang.filing.routing import regimes_of
from gongjiang.filing.rules_scope import not_classified, occupations_of
from gongjiang.kernel import audit, files, numbers
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, NotAllowed, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.places import place as place_of

CALLERS = ("provincial_officer", "provincial_approver", "city_officer", "city_approver")


@dataclass(frozen=True, slots=True)
class CallSpec:
    """What a call says. Both days belong to the window; empty lists mean: every kind, every occupation."""

    title: str
    text: str
    opens_on: date
    closes_on: date
    regime: str
    body_kinds: tuple[str, ...] = ()
    occupation_codes: tuple[str, ...] = ()


@transaction.atomic
def publish_call(*, actor: Actor, at: datetime, authority: Organisation, spec: CallSpec) -> Call:
    """Publish a call for applicants with its number and its PDF (MOHRSS-2020-17§11, JL-2024-5§6, XZ-2024-2§10).

    :raises NotAllowed: the actor doesn't act for the authority.
    :raises Refused: the window runs backwards or is over, the rules aren't the authority's, an occupation is unknown.
    """
    asked, today = _("Publish the call"), at.astimezone(SHANGHAI).date()
    _require_caller(asked, actor, authority)
    refuse_if(asked, _wrong_with(spec, authority, today))
    taken = numbers.take(f"call:{today:%Y}", 1)
    rule = ask.SELECTION_BY_PUBLIC_CALL.get(place=place_of(spec.regime), day=today)
    call = Call(
        authority=authority,
        number=f"ZJ-{today:%Y}-{taken.first:03d}",
        regime=spec.regime,
        title=spec.title,
        text=spec.text,
        body_kinds=list(spec.body_kinds),
        occupation_codes=list(spec.occupation_codes),
        opens_on=spec.opens_on,
        closes_on=spec.closes_on,
        published_at=at,
        cites=[cite.key for cite in rule.cites] if rule else [],
    )
    names = {code: each.name for code, each in occupations_of(spec.occupation_codes).items()}
    call.document = files.store_made(call_paper.call_pdf(call, names), media_type=files.PDF, at=at)
    call.save()
    facts = {"number": call.number, "window": [call.opens_on, call.closes_on], "regime": call.regime}
    act = audit.Act("call.publish", call, facts, rule.cites if rule else ())
    audit.record_many(actor=actor, at=at, acts=[taken.act(), act])
    return call


def _require_caller(asked: str, actor: Actor, authority: Organisation) -> None:
    own = actor.organisation_id == authority.pk
    kinds = {OrganisationKind.PROVINCE, OrganisationKind.CITY}
    if not actor.has(*CALLERS) or not own or authority.kind not in kinds:
        why = _("Only the authority itself calls for applicants.")
        raise NotAllowed(asked, [Ground(why, _("Ask an officer of the authority."), code="wrong-role")])


def _wrong_with(spec: CallSpec, authority: Organisation, today: date) -> list[Ground]:
    grounds = []
    if spec.closes_on < spec.opens_on:
        grounds.append(Ground(_("The window ends before it begins."), _("Check both days."), code="window"))
    elif spec.closes_on < today:
        grounds.append(Ground(_("The window is over already."), _("Choose a later last day."), code="window-past"))
    if spec.regime not in regimes_of(authority):
        why = _("These rules aren't those of the authority's place.")
        grounds.append(Ground(why, _("Choose the rules of the own place."), code="regime"))
        return grounds
    known = occupations_of(spec.occupation_codes)
    place = place_of(spec.regime)
    return grounds + [not_classified(code, place, today) for code in spec.occupation_codes if code not in known]
