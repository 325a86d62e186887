"""What must hold before a filing is ended, an item of its winding-up answered, or its duties taken over."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.bodies.models import AssessmentBody
from gongjiang.filing import winding_up
from gongjiang.filing.models import Termination, TerminationKind
from gongjiang.filing.states import TerminationState
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, NotAllowed
from gongjiang.kernel.workflow import role_label
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation, Question
from gongjiang.law.places import place as place_of
from gongjiang.law.words import WORDS

OPENERS = ("provincial_officer", "city_officer")
SIGNERS = ("provincial_approver", "city_approver")
TAKERS = (*OPENERS, *SIGNERS)


def url_of(termination: Termination) -> str:
    """Return the address of the winding-up."""
    return reverse("termination", args=[termination.pk])


def require_own_authority(asked: str, actor: Actor, body: AssessmentBody, roles: Iterable[str], on: date) -> None:
    """Let act who works for the authority that selected the body, in one of the roles (谁遴选、谁监管).

    :raises NotAllowed: somebody else.
    """
    cites = cites_of(ask.SUPERVISED_BY_SELECTING_AUTHORITY, body, on)
    grounds = []
    if actor.organisation_id != body.authority_id:
        why = _("%(body)s was selected by %(authority)s.") % {"body": body.name, "authority": body.authority.name}
        grounds.append(Ground(why, _("Leave it to that authority."), cites, "another-authority"))
    if not actor.has(*roles):
        way = _("Ask someone who is: %(roles)s.") % {"roles": ", ".join(map(role_label, roles))}
        grounds.append(Ground(_("Your role doesn't include this."), way, cites, "wrong-role"))
    if grounds:
        raise NotAllowed(asked, grounds, subject=body)


def require_bearer(asked: str, actor: Actor, termination: Termination) -> None:
    """Let act who bears the duties: the body's manager, or an officer of the authority that took over.

    :raises NotAllowed: somebody else.
    """
    if bears(actor, termination):
        return
    body = termination.body
    holder = body.duties_with.name if body.duties_with else body.name
    why = _("This is up to %(holder)s.") % {"holder": holder}
    raise NotAllowed(asked, [Ground(why, _("Ask them for it."), code="not-the-bearer")], subject=termination)


def bears(actor: Actor, termination: Termination) -> bool:
    """Say whether the actor settles what is open: for the body, or for the authority that took over."""
    body = termination.body
    if body.duties_with_id is not None:
        return actor.organisation_id == body.duties_with_id and actor.has(*TAKERS)
    return actor.organisation_id == body.organisation_id and actor.has("body_manager")


def against_ordering(
    body: AssessmentBody, breach: str, text: str, evidence: str, decision: str, on: date
) -> list[Ground]:
    """Return why the end can't be ordered: no such breach in the law of the place, or something isn't said."""
    grounds = []
    rule = ask.TERMINATION_ORDERED_FOR.get(place=place_of(body.regime), day=on)
    if rule is None or breach not in rule.value:
        named = "；".join(WORDS[each] for each in rule.value) if rule else "—"
        why = _("The law of the place names no such breach.")
        way = _("It names: %(named)s.") % {"named": named}
        grounds.append(Ground(why, way, rule.cites if rule else (), "breach-unknown"))
    return [
        *grounds,
        *text_missing(text, "ground-missing"),
        *text_missing(evidence, "evidence-missing"),
        *text_missing(decision, "decision-missing"),
    ]


def against_signing(termination: Termination, actor: Actor, decision: str) -> list[Ground]:
    """Return why this person can't sign the end: it was he or she who ordered it, or the decision isn't named."""
    grounds = text_missing(decision, "decision-missing")
    if termination.opened_by_id is not None and termination.opened_by_id == actor.user_id:
        why = _("You ordered it yourself.")
        grounds.append(Ground(why, _("Have another person end it."), code="same-person"))
    return grounds


def against_answering(termination: Termination, key: str, text: str, on: date) -> list[Ground]:
    """Return why the item can't be answered: it isn't one that an answer settles, or it is settled."""
    item = next((each for each in winding_up.checklist(termination, on) if each.key == key), None)
    taken_over = termination.state == TerminationState.HANDED_OVER
    grounds = text_missing(text, "answer-missing")
    if item is None or not (taken_over or key == winding_up.ARCHIVES):
        why = _("This item is settled by doing it, not by an answer.")
        grounds.append(Ground(why, item.way_on if item else "", item.cites if item else (), "not-answered-in-words"))
    elif not item.is_open:
        grounds.append(Ground(_("Nothing of it is open."), _("Go on with the next item."), code="item-settled"))
    return grounds


def text_missing(text: str, code: str) -> list[Ground]:
    """Return the ground that something isn't said which others must be able to read later."""
    if text.strip():
        return []
    labels = {
        "ground-missing": _("What happened isn't said."),
        "evidence-missing": _("The evidence isn't named."),
        "decision-missing": _("The decision's number isn't given."),
        "answer-missing": _("Nothing is said to it."),
        "reference-missing": _("The reference of the refund lacks."),
    }
    return [Ground(labels[code], _("Write it; it stays on record."), code=code)]


def breach_words(breach: str) -> str:
    """Return the breach in the law's own words."""
    return WORDS[breach]


def breach_cites(body: AssessmentBody, on: date) -> tuple[Citation, ...]:
    """Return the article for whose breach the end of a filing is ordered."""
    return cites_of(ask.TERMINATION_ORDERED_FOR, body, on)


def ending_cites(termination: Termination, on: date) -> tuple[Citation, ...]:
    """Return the articles on which the filing ends, and by which its duties go on."""
    ordered = termination.kind == TerminationKind.ORDERED
    own = ask.TERMINATION_ORDERED_FOR if ordered else ask.ENDED_AT_OWN_WISH
    body = termination.body
    found = (*cites_of(own, body, on), *cites_of(ask.TERMINATED_BODY_KEEPS_DUTIES, body, on))
    return tuple(dict.fromkeys(found))


def taking_over_cites(body: AssessmentBody, on: date) -> tuple[Citation, ...]:
    """Return the article by which the authority sees to the duties of a body that is gone."""
    return cites_of(ask.DUTIES_TAKEN_OVER, body, on)


def cites_of(question: Question[Any], body: AssessmentBody, on: date) -> tuple[Citation, ...]:
    rule = question.get(place=place_of(body.regime), day=on)
    return rule.cites if rule else ()
