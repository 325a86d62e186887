"""Objections to results: raised by the candidate or the clerk, replied to by somebody else than who gave the score."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.accounts.models import User
from gongjiang.kernel import audit, messages, notices
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.models import Objection
from gongjiang.kernel.refusal import refuse_if
from gongjiang.kernel.uploads.problems import Problem
from gongjiang.planning.models import Batch
from gongjiang.planning.states import BatchState
from gongjiang.results import entry, permissions, queries, rules, rules_notice, rules_veto, writing
from gongjiang.results.entry import ScoreRow, ScoresRefused
from gongjiang.results.models import EthicsVeto, Result


@transaction.atomic
def object_to_result(*, actor: Actor, at: datetime, result: Result, text: str, key: str) -> Objection:
    """Object to a result within its notice: the candidate to the own one, or a clerk on the candidate's behalf.

    The reply is due within the working days asked of the law on this day. The same key gives the same objection.

    :raises NotAllowed: neither a candidate nor a clerk.
    :raises Refused: another's result, not posted, the notice is over, or nothing is said.
    """
    asked = _("Raise an objection")
    rules.require_role(actor, ("candidate", *permissions.CLERKS), asked, result)
    notice = queries.notice_of(result)
    refuse_if(asked, rules_notice.against_object(result, actor, notice, key), subject=result)
    assert notice is not None  # refused above
    return notices.raise_objection(
        notice=notice,
        about=result,
        person_key=result.enrolment.candidate.person_key,
        text=text,
        actor=actor,
        at=at,
        key=key,
    )


@transaction.atomic
def assign_reply(*, actor: Actor, at: datetime, objection: Objection, user: User) -> Objection:
    """Assign the reply to someone who neither entered nor confirmed the scores in question.

    :raises NotAllowed: the actor isn't a clerk or manager.
    :raises Refused: the user gave or confirmed the scores, or the reply was given.
    """
    rules.require_role(actor, permissions.CLERKS, _("Assign the reply to the objection"), objection)
    behind = queries.people_behind(queries.result_of(objection))
    return notices.assign_reply(objection=objection, user_id=user.pk, actor=actor, at=at, not_by=behind)


@transaction.atomic
def reply_to_objection(
    *,
    actor: Actor,
    at: datetime,
    objection: Objection,
    text: str,
    upheld: bool,
    new_scores: Sequence[tuple[str, ScoreRow]] = (),
    lift_veto: bool = False,
) -> Objection:
    """Reply, and where the objection is upheld put right the scores: pairs of a part and the row that supersedes.

    It may lift the veto that is in force. A changed score or a lifted veto makes the result anew and re-opens the
    notice for this candidate; a second person must confirm a changed score.
    The candidate is told.

    :raises NotAllowed: not staff of the body, or the batch isn't on notice.
    :raises Refused: by someone who entered or confirmed the scores or had to do with the veto, replied already, or
        empty; a score or a veto changed without the objection being upheld.
    :raises ScoresRefused: with every problem of the new scores.
    """
    asked = _("Reply to the objection")
    rules.require_role(actor, permissions.REPLY, asked, objection)
    result = queries.result_of(objection)
    batch = writing.lock(result.enrolment.batch)
    rules.require_state(batch, asked, BatchState.ON_NOTICE)
    veto = queries.vetoes_in_force(batch).get(result.enrolment_id)
    grounds = [
        *rules_notice.against_new_scores(batch, upheld, bool(new_scores)),
        *rules_veto.against_lifting(veto, upheld, lift_veto),
    ]
    refuse_if(asked, grounds, subject=objection)
    behind = queries.people_behind(result)
    replied = notices.reply_objection(objection=objection, actor=actor, text=text, upheld=upheld, at=at, not_by=behind)
    if new_scores or lift_veto:
        _put_right(actor, at, batch, replied, new_scores, veto if lift_veto else None)
    url = f"/results/{result.pk}/"
    messages.tell(
        key=f"objection-reply:{replied.pk}",
        person_key=result.enrolment.candidate.person_key,
        subject=_("Your objection was answered"),
        text=_("The body answered your objection; the reply stands with your result."),
        at=at,
        url=url,
        cites=notices.cites_of(replied.reply_cites),
    )
    return replied


def _put_right(
    actor: Actor,
    at: datetime,
    batch: Batch,
    objection: Objection,
    new_scores: Sequence[tuple[str, ScoreRow]],
    veto: EthicsVeto | None,
) -> None:
    result = queries.result_of(objection)
    reason = _("Objection of %(day)s upheld") % {"day": f"{objection.raised_at.astimezone(SHANGHAI):%Y-%m-%d}"}
    acts: list[audit.Act] = []
    for part, row in _changed(batch, objection, result, new_scores, reason):
        _sheet, made = writing.write_sheet(
            batch=batch,
            part=part,
            rows=[row],
            actor=actor,
            at=at,
            key=f"objection:{objection.pk}:{part}",
            reason=reason,
        )
        acts += made
    if veto is not None:
        veto.lifted_for, veto.lifted_at = objection, at
        veto.save(update_fields=["lifted_for", "lifted_at"])
        facts: dict[str, object] = {"objection": objection.pk}
        acts.append(audit.Act("veto.lift", veto, facts, rules_veto.ethics_cites(batch), reason, about=batch))
    if not acts:
        return
    again = writing.compute(batch, [result.enrolment], at)[0]
    notice = writing.post_anew(batch, again, at)
    facts = {"outcome": again.outcome, "objection": objection.pk, "notice": notice.pk, "last_day": notice.last_day}
    cites = notices.cites_of(notice.cites)
    acts.append(audit.Act("result.reopen", again, facts, cites, reason, about=batch))
    audit.record_many(actor=actor, at=at, acts=acts)


def _changed(
    batch: Batch, objection: Objection, result: Result, new_scores: Sequence[tuple[str, ScoreRow]], reason: str
) -> list[tuple[str, ScoreRow]]:
    """Return the rows of the candidate's own that say another score than stands.

    :raises ScoresRefused: with every problem of every row.
    """
    problems: list[Problem] = []
    changed: list[tuple[str, ScoreRow]] = []
    for part, row in new_scores:
        known = entry.known_of(batch, part)
        own = row if row.enrolment.pk == result.enrolment_id else None
        problems += entry.problems_of([row], known, reason=reason)
        standing = known.scores.get((result.enrolment_id, part))
        if own and standing and not entry.same(row, standing):
            changed.append((part, row))
    if problems:
        raise ScoresRefused(_("Reply to the objection"), problems, subject=objection)
    return changed
