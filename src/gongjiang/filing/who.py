"""Which organisation acts at each step of an application, and whether an actor may act for it (谁遴选、谁监管).

The authority that the application was routed to does everything, unless the law of the place names its service centre
for the acceptance, or another level for evaluation and letter (JL-2025-1§7(5), JL-2019-133§6(1), XZ-2024-2§21, §23).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils.translation import gettext as _

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.filing.models import Application
from gongjiang.filing.states import APPLICATION
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place as place_of

# The acts of an application by the step of the flow at which the law may name somebody else.
ACCEPTING = ("accept", "return_for_correction", "reroute")
SIGNING = ("sign_letter",)
CENTRE_ROLE = "centre_officer"


@dataclass(frozen=True, slots=True)
class Hand:
    """Who acts: the organisations whose people may, what they are called, and the article that says so."""

    organisations: tuple[Organisation, ...]
    cites: tuple[Citation, ...] = ()

    @property
    def names(self) -> str:
        return "、".join(each.name for each in self.organisations)


def hand_of(application: Application, act: str, day: date) -> Hand:
    """Return who does the act on this application.

    ``act`` is an action of the application's table, or ``reroute``, ``opinion``, ``open_evaluation``, ``reply``.
    """
    place, applied = place_of(application.regime), application.applied_on or day
    if act in ACCEPTING:
        rule = ask.FILING_ACCEPTED_BY.get(place=place, day=applied, kind=application.kind)
        centres = _centres(application.authority)
        if rule and rule.value == "centre" and centres:
            return Hand(centres, rule.cites)
        return Hand((application.authority, *centres), rule.cites if rule else ())
    if act == "refuse" and application.accepted_on is None:
        return Hand((application.authority,))
    if act in SIGNING or (act == "refuse" and application.cleared_on is not None):
        letter = ask.FILING_LETTER_BY.get(place=place, day=day, kind=application.kind)
        if letter:
            return Hand((_level(application.authority, letter.value),), letter.cites)
    evaluated = ask.FILING_EVALUATED_BY.get(place=place, day=applied)
    holder = _level(application.authority, evaluated.value) if evaluated else application.authority
    cites = evaluated.cites if evaluated else ()
    if act in {"deliberate", "refuse", *SIGNING}:
        return Hand((holder,), cites)
    return Hand((holder, *_centres(holder)), cites)


def against_hand(application: Application, act: str, actor: Actor, day: date) -> Iterable[Ground]:
    """Yield the ground that another organisation does this, or that the actor's role there doesn't."""
    hand = hand_of(application, act, day)
    if actor.organisation_id not in {each.pk for each in hand.organisations}:
        why = _("This is done by: %(names)s.") % {"names": hand.names}
        way = _("Leave it to them; the application is in their list.")
        yield Ground(why, way, hand.cites, "another-authority")
    roles = roles_of(act)
    if not actor.has(*roles):
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, sorted(roles)))}
        yield Ground(_("Your role doesn't include this."), way, hand.cites, "wrong-role")


def roles_of(act: str) -> frozenset[str]:
    """Return the roles that may do the act; those of the acceptance for what stands in no table."""
    own = {"clear": "clear_notice"}.get(act, act)
    transition = APPLICATION.table.get(own) or APPLICATION.table["accept"]
    return transition.roles


def is_recipient(actor: Actor, application: Application) -> bool:
    """Say whether the actor works for the authority that the application is with, or for its centre."""
    own = {application.authority_id, *(each.pk for each in _centres(application.authority))}
    return actor.organisation_id in own


def _centres(authority: Organisation) -> tuple[Organisation, ...]:
    return tuple(Organisation.objects.filter(parent=authority, kind=OrganisationKind.CENTRE).order_by("pk"))


def _level(authority: Organisation, level: str) -> Organisation:
    """Return the authority itself, or the one of the level above it in its own tree."""
    if authority.kind == level:
        return authority
    above = [int(part) for part in (authority.path or "").split("/") if part]
    return Organisation.objects.filter(Q(pk__in=above), kind=level).order_by("-pk").first() or authority
