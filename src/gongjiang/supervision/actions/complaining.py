"""Complaints: sent by anybody, with the authority that selected the body, answered by who isn't of it (SUP-03)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.bodies.docket import local
from gongjiang.bodies.models import AssessmentBody
from gongjiang.kernel import audit, canonical, workflow
from gongjiang.kernel.actor import PUBLIC, Actor
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.idempotency import once
from gongjiang.kernel.numbers import take
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.supervision.models import Complaint, Outcome
from gongjiang.supervision.queries import hash_of
from gongjiang.supervision.rules import (
    Complaining,
    against_complaining,
    against_handling,
    cites_of,
    competence,
    words_missing,
)
from gongjiang.supervision.settings_place import ANSWER_DAYS
from gongjiang.supervision.states import COMPLAINT

WORD_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the complainant takes away: number and word together show where the complaint stands."""

    number: str
    word: str


@transaction.atomic
def file_complaint(*, actor: Actor, at: datetime, body: AssessmentBody, complaining: Complaining, key: str) -> Receipt:
    """Take a complaint about a body for the authority that selected it; the same form twice is one complaint.

    Whoever happens to be signed in isn't written anywhere: the entry is the public's.

    :raises Refused: nothing is said, too much is said, the batch is another's, or the key stands for another form.
    """
    del actor  # a complainant who is signed in stays as unknown as one who isn't
    refuse_if(_("Send a complaint"), against_complaining(body, complaining), subject=None)
    batch = complaining.batch.pk if complaining.batch else None
    told = [body.pk, batch, complaining.subject, complaining.text, complaining.name, complaining.contact]
    request = {"digest": blind_index(canonical.digest(told))}
    word = blind_index(f"complaint:{key}")[:WORD_LENGTH]

    def do() -> str:
        return _file(at, body, complaining, word)

    number, _now = once(key=key, action="complaint.file", request=request, at=at, do=do)
    return Receipt(number, "-".join(word[n : n + 4] for n in range(0, WORD_LENGTH, 4)))


def _file(at: datetime, body: AssessmentBody, complaining: Complaining, word: str) -> str:
    day = local(at)
    block = take(f"complaint-{day.year}", 1)
    days = setting(ANSWER_DAYS, place=body.regime, day=day).value
    cites = (*competence(body, day), *cites_of(ask.COMPLAINTS_INVESTIGATED, body, day))
    complaint = Complaint.everything.create(
        number=f"TS-{day.year}-{block.first:04d}",
        secret=hash_of(word),
        body=body,
        batch=complaining.batch,
        authority=body.authority,
        subject=complaining.subject,
        text=complaining.text.strip(),
        name=complaining.name.strip() or None,
        contact=complaining.contact.strip() or None,
        received_at=at,
        due_on=day + timedelta(days=days),
        cites=[cite.key for cite in dict.fromkeys(cites)],
    )
    facts: dict[str, Any] = {"number": complaint.number, "subject": complaint.subject, "authority": body.authority_id}
    entry = audit.Act("complaint.file", complaint, facts, cites)
    audit.record_many(actor=PUBLIC, at=at, acts=[block.act(), entry])
    return complaint.number


@transaction.atomic
def take_up_complaint(*, actor: Actor, at: datetime, complaint: Complaint) -> Complaint:
    """Begin the inquiry; from now on the actor, and nobody else, may have the complainant shown.

    :raises NotAllowed: it was taken up, or the role doesn't handle complaints.
    :raises Refused: another authority's, or the actor is of the body.
    """
    complaint = _ready(complaint, "take_up", actor, at)
    refuse_if(_("Take up the complaint"), against_handling(complaint, actor, local(at)), subject=complaint)
    complaint.handled_by_id = actor.user_id
    complaint.save(update_fields=["handled_by"])
    workflow.apply(complaint, "take_up", actor=actor, at=at)
    return complaint


@transaction.atomic
def answer_complaint(
    *, actor: Actor, at: datetime, complaint: Complaint, outcome: str, answer: str, public_answer: str
) -> Complaint:
    """Answer a complaint: ``answer`` is for the complainant, ``public_answer`` stands on the body's page.

    :raises NotAllowed: it isn't under inquiry, or the role doesn't handle complaints.
    :raises Refused: another authority's or a colleague's, the actor is of the body, an answer says nothing, or the
        public one holds the complainant's name or contact.
    """
    complaint = _ready(complaint, "answer", actor, at)
    grounds = [*against_handling(complaint, actor, local(at)), *words_missing(answer), *words_missing(public_answer)]
    told = [each for each in (complaint.name, complaint.contact) if each]
    if any(each.casefold() in public_answer.casefold() for each in told):
        why = _("The public answer names the complainant.")
        way = _("Leave out name and contact.")
        grounds.append(Ground(why, way, cites_of(ask.COMPLAINTS_INVESTIGATED, complaint.body, local(at)), "names"))
    refuse_if(_("Answer the complaint"), grounds, subject=complaint)
    complaint.outcome, complaint.answered_on = Outcome(outcome), local(at)
    complaint.answer, complaint.public_answer = answer.strip(), public_answer.strip()
    complaint.save(update_fields=["outcome", "answered_on", "answer", "public_answer"])
    late = max((local(at) - complaint.due_on).days, 0)
    workflow.apply(complaint, "answer", actor=actor, at=at, facts={"outcome": outcome, "late_days": late})
    return complaint


@transaction.atomic
def send_complaint_on(
    *, actor: Actor, at: datetime, complaint: Complaint, to: AssessmentBody, reason: str
) -> Complaint:
    """Send a complaint on that is about another body: it goes to the authority that selected that one.

    :raises NotAllowed: it has its answer, or the role doesn't handle complaints.
    :raises Refused: another authority's or a colleague's, the actor is of the body, the body is the same, no reason.
    """
    complaint = _ready(complaint, "send_on", actor, at)
    grounds = [*against_handling(complaint, actor, local(at)), *words_missing(reason)]
    if to.pk == complaint.body_id:
        why = _("It is with the authority of that body already.")
        way = _("Answer it, or name the body that it is really about.")
        grounds.append(Ground(why, way, competence(to, local(at)), "same-body"))
    refuse_if(_("Send it on"), grounds, subject=complaint)
    before = complaint.authority_id
    complaint.body, complaint.authority, complaint.batch = to, to.authority, None
    complaint.sent_on_because = reason.strip()
    complaint.save(update_fields=["body", "authority", "batch", "sent_on_because"])
    facts = {"from_authority": before, "to_authority": complaint.authority_id}
    cites = competence(to, local(at))
    workflow.apply(complaint, "send_on", actor=actor, at=at, reason=reason.strip(), cites=cites, facts=facts)
    # Only now: no complaint is under inquiry without a handler.
    complaint.handled_by = None
    complaint.save(update_fields=["handled_by"])
    return complaint


def _ready(complaint: Complaint, action: str, actor: Actor, at: datetime) -> Complaint:
    found: Complaint = Complaint.everything.select_for_update().get(pk=complaint.pk)
    COMPLAINT.require(action, found, actor=actor, on=local(at))
    return found
