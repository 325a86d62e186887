"""After the sheets are opened: the panel's consensus, what is to be mended, and the consolidated opinion."""

import hashlib
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.evaluation import rules_after
from gongjiang.evaluation.models import Consensus, Criterion, Evaluation, Rectification
from gongjiang.evaluation.queries.panel import cites_of
from gongjiang.evaluation.rules_after import OrderSpec
from gongjiang.evaluation.rules_panel import officer_or_panel
from gongjiang.kernel import audit, files, idempotency
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import StoredFile
from gongjiang.kernel.refusal import refuse_if

PROOF = (files.PDF, files.JPEG, files.PNG)


@transaction.atomic
def write_consensus(
    *, actor: Actor, at: datetime, evaluation: Evaluation, criterion: Criterion, text: str
) -> Consensus:
    """Write what the panel agreed on a row whose marks lie apart, and sign it; a new text needs everybody's sign anew.

    The marks stay as they were given.

    :raises NotAllowed: the actor doesn't lead the panel.
    :raises Refused: the sheets aren't opened, the row doesn't lie apart, or nothing is written.
    """
    asked = _("Write the consensus")
    locked = _lock(evaluation)
    lead = rules_after.lead_only(actor, locked, asked)
    refuse_if(asked, rules_after.against_consensus(locked, criterion, text), subject=locked)
    row, _created = Consensus.objects.update_or_create(
        evaluation=locked,
        criterion=criterion,
        defaults={"text": text.strip(), "written_by": lead, "written_at": at},
    )
    row.signed_by.set([lead])
    facts = {"criterion": criterion.code}
    audit.record(actor=actor, action="consensus.write", subject=row, at=at, facts=facts, about=locked)
    return row


@transaction.atomic
def sign_consensus(*, actor: Actor, at: datetime, consensus: Consensus, written_at: datetime) -> Consensus:
    """Sign the consensus as it was read: ``written_at`` names the text. Signing twice changes nothing.

    :raises NotAllowed: the actor isn't on the panel.
    :raises Refused: the text was changed since, or the evaluation is concluded.
    """
    asked = _("Sign the consensus")
    locked = _lock(consensus.evaluation)
    place = rules_after.on_panel_only(actor, locked, asked)
    row = Consensus.objects.select_for_update().get(pk=consensus.pk)
    refuse_if(asked, rules_after.against_signing(locked, row, written_at), subject=locked)
    if not row.signed_by.filter(pk=place.pk).exists():
        row.signed_by.add(place)
        facts = {"letter": place.letter}
        audit.record(actor=actor, action="consensus.sign", subject=row, at=at, facts=facts, about=locked)
    return row


@transaction.atomic
def order_rectification(*, actor: Actor, at: datetime, evaluation: Evaluation, spec: OrderSpec) -> Rectification:
    """Order the applicant to mend something until a day. Who leads the panel may, and officers of the authority.

    :raises NotAllowed: somebody else, or an evaluation of another authority.
    :raises Refused: the sheets aren't opened, nothing is named, the day isn't to come, or the like is ordered already.
    """
    asked = _("Order to be mended")
    locked = _lock(evaluation)
    officer_or_panel(actor, locked, asked, lead_only=True)
    today = at.astimezone(SHANGHAI).date()
    refuse_if(asked, rules_after.against_ordering(locked, spec, today), subject=locked)
    row = Rectification.objects.create(
        evaluation=locked,
        criterion=spec.criterion,
        what=spec.what.strip(),
        instead_of=spec.instead_of,
        ordered_at=at,
        ordered_by_id=actor.user_id,
        due_on=spec.due_on,
    )
    facts = {"due_on": spec.due_on, "criterion": spec.criterion.code if spec.criterion else ""}
    audit.record(
        actor=actor,
        action="rectification.order",
        subject=row,
        at=at,
        facts=facts,
        about=locked,
        cites=cites_of(locked),
    )
    return row


@transaction.atomic
def answer_rectification(
    *, actor: Actor, at: datetime, rectification: Rectification, answer: str, proof: bytes, key: str
) -> Rectification:
    """Hand in the applicant's answer with its proof. It may come late, and is shown so; until it is looked at again it
    can be replaced. The same key again changes nothing.

    :raises NotAllowed: the actor doesn't answer for the applicant (see :mod:`gongjiang.evaluation.access`).
    :raises Refused: it was looked at already, the evaluation is concluded, or answer or proof lacks.
    """
    asked = _("Answer what is to be mended")
    rules_after.applicant_only(actor, rectification.evaluation, asked)
    request = {"row": rectification.pk, "answer": answer, "sha256": hashlib.sha256(proof).hexdigest()}

    def write() -> int:
        locked = _lock(rectification.evaluation)
        row = Rectification.objects.select_for_update().get(pk=rectification.pk)
        refuse_if(asked, rules_after.against_answering(locked, row, answer, proof), subject=locked)
        stored: StoredFile = files.store(proof, at=at, allow=PROOF)
        row.answer, row.proof, row.answered_at = answer.strip(), stored, at
        row.save(update_fields=["answer", "proof", "answered_at"])
        facts = {"sha256": stored.sha256}
        audit.record(actor=actor, action="rectification.answer", subject=row, at=at, facts=facts, about=locked)
        return row.pk

    pk, _now = idempotency.once(key=key, action="rectification.answer", request=request, at=at, do=write)
    return Rectification.objects.get(pk=pk)


@transaction.atomic
def recheck(*, actor: Actor, at: datetime, rectification: Rectification, met: bool, note: str) -> Rectification:
    """Look at the answer again and say whether it is mended; an expert who was at the site does, once.

    :raises NotAllowed: the actor isn't on the panel or wasn't there.
    :raises Refused: there is no answer yet, it was looked at already, or no word is written.
    """
    asked = _("Look at it again")
    locked = _lock(rectification.evaluation)
    place = rules_after.who_was_there(actor, locked, asked)
    row = Rectification.objects.select_for_update().get(pk=rectification.pk)
    refuse_if(asked, rules_after.against_rechecking(locked, row, note), subject=locked)
    row.met, row.recheck_note, row.rechecked_by, row.rechecked_at = met, note.strip(), place, at
    row.save(update_fields=["met", "recheck_note", "rechecked_by", "rechecked_at"])
    facts = {"met": met, "letter": place.letter}
    audit.record(actor=actor, action="rectification.recheck", subject=row, at=at, facts=facts, about=locked)
    return row


def _lock(evaluation: Evaluation) -> Evaluation:
    found = Evaluation.everything.select_for_update(of=("self",)).select_related("organisation", "criteria")
    return found.get(pk=evaluation.pk)
