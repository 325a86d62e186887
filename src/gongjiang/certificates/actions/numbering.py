"""Giving numbers: one short transaction, in which the batch is issued; papers are made afterwards, outside it."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.certificates import numbering, rules
from gongjiang.certificates.models import Certificate, NumberApplication
from gongjiang.certificates.states import CertificateState
from gongjiang.kernel import audit, idempotency, jobs, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.audit import Act
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.kernel.settings_of_place import setting
from gongjiang.planning.models import Batch
from gongjiang.planning.queries import regime_of
from gongjiang.planning.states import BATCH
from gongjiang.results.models import Result
from gongjiang.results.queries import confirmed_passes

PAPERS_JOB = "certificates.papers"
SHOWN = "the batch was reached within scope"


def number_certificates(*, actor: Actor, at: datetime, batch: Batch, key: str) -> list[Certificate]:
    """Give a number to each of the batch's confirmed passes and issue the batch (JL-2024-5§26); papers come later.

    The issue day is the day of ``at``. Scope and term are asked again on that day. The same key gives the same
    certificates. Until its paper is made a certificate is seen by nobody outside.

    :raises NotAllowed: wrong role, or the batch isn't one whose results are confirmed.
    :raises Refused: with every reason; also where the provincial centre gives the numbers.
    """
    asked = _("Issue the certificates")
    return _number(actor, at, batch, key, asked, "issue", rules.wrong_giver(batch, at, centre=False))


def give_numbers(*, actor: Actor, at: datetime, batch: Batch, key: str) -> list[Certificate]:
    """Give a body's batch its numbers as the provincial centre, where the centre gives them (JL-2019-133§6(5)).

    :raises NotAllowed: wrong role or state. :raises Refused: the body didn't apply, or gives its numbers itself.
    """
    asked = _("Give certificate numbers")
    grounds = rules.wrong_giver(batch, at, centre=True)
    if not grounds and not NumberApplication.objects.filter(batch=batch).exists():
        rule = rules.numbers_rule(batch, at)
        why, way = _("The body hasn't applied for numbers."), _("Wait for its application.")
        grounds = [Ground(why, way, rule.cites if rule else (), "not-applied-for")]
    return _number(actor, at, batch, key, asked, "give_numbers", grounds)


@transaction.atomic
def apply_for_numbers(*, actor: Actor, at: datetime, batch: Batch) -> NumberApplication:
    """Apply to the provincial centre for the batch's numbers, where the centre gives them (JL-2019-133§6(5)).

    Applying again changes nothing.

    :raises NotAllowed: wrong role or state. :raises Refused: the body gives its numbers itself, or can't issue.
    """
    asked = _("Apply for certificate numbers")
    batch = Batch.everything.select_related("body", "site").select_for_update(of=("self",)).get(pk=batch.pk)
    BATCH.require("issue", batch, actor=actor, on=at.date())
    refuse_if(asked, [*rules.wrong_giver(batch, at, centre=True), *rules.against_issue(batch, at)], subject=batch)
    rule = rules.numbers_rule(batch, at)
    application, created = NumberApplication.objects.get_or_create(
        batch=batch,
        defaults={"count": confirmed_passes(batch).count(), "asked_by_id": actor.user_id, "asked_at": at},
    )
    if created:
        audit.record(
            actor=actor,
            action="certificate.apply_for_numbers",
            subject=batch,
            at=at,
            facts={"count": application.count},
            cites=rule.cites if rule else (),
        )
    return application


@transaction.atomic
def issue(*, actor: Actor, at: datetime, batch: Batch, key: str) -> list[Certificate]:
    """Give the numbers and put the making of the papers into the queue; by the centre where the centre gives them.

    :raises NotAllowed: wrong role or state. :raises Refused: with every reason.
    """
    if actor.has("centre_officer") and rules.numbers_by_centre(batch, at):
        certificates = give_numbers(actor=actor, at=at, batch=batch, key=key)
    else:
        certificates = number_certificates(actor=actor, at=at, batch=batch, key=key)
    _start_papers(batch, len(certificates))
    return certificates


@transaction.atomic
def resume_papers(*, actor: Actor, at: datetime, batch: Batch) -> None:
    """Put the making of the batch's papers into the queue again, after it failed or was stopped.

    :raises Refused: every paper is made.
    """
    asked = _("Make the papers")
    waiting = Certificate.objects.unscoped(SHOWN).filter(batch=batch, state=CertificateState.NUMBERED).count()
    done = [] if waiting else [Ground(_("Every paper is made."), _("There is nothing left to do."), code="all-made")]
    refuse_if(asked, done, subject=batch)
    audit.record(actor=actor, action="certificate.resume_papers", subject=batch, at=at, facts={"waiting": waiting})
    _start_papers(batch, waiting)


def _start_papers(batch: Batch, total: int) -> None:
    jobs.start(kind=PAPERS_JOB, key=f"{PAPERS_JOB}:{batch.pk}", arguments={"batch": batch.pk}, total=total)


def _number(
    actor: Actor, at: datetime, batch: Batch, key: str, asked: str, action: str, grounds: Sequence[Ground]
) -> list[Certificate]:
    drafts = {draft.result_id: draft for draft in _drafts(batch, at)}  # read and encrypted before any lock
    with transaction.atomic():
        idempotency.once(
            key=key,
            action=f"certificate.{action}",
            request={"batch": batch.pk},
            at=at,
            do=lambda: _give(actor, at, batch, drafts, asked, action, grounds),
        )
    batch.refresh_from_db(fields=["state", "issued_on"])
    return list(Certificate.objects.unscoped(SHOWN).filter(batch=batch).select_related("batch", "photo"))


def _give(
    actor: Actor,
    at: datetime,
    batch: Batch,
    drafts: dict[int, Certificate],
    asked: str,
    action: str,
    grounds: Sequence[Ground],
) -> dict[str, int]:
    """Lock counter and batch, check, write; the chain's head comes last."""
    policy = str(setting("certificate.number_scope", place=regime_of(batch), day=at.date()).value)
    levels = [draft.level for draft in drafts.values()]
    counters = numbering.lock_counters(batch.body, levels, year=at.year, policy=policy)
    locked = Batch.everything.select_related("body", "site").select_for_update(of=("self",)).get(pk=batch.pk)
    BATCH.require(action, locked, actor=actor, on=at.date())
    refuse_if(asked, [*grounds, *rules.against_issue(locked, at), *_changed_since(drafts, locked)], subject=locked)
    cites = rules.issue_cites(locked, at)
    certificates = list(drafts.values())
    taken = numbering.give_numbers(certificates, counters, body=locked.body, at=at, cites=cites)
    created = Certificate.everything.bulk_create(certificates, batch_size=500)
    locked.issued_on = at.date()
    locked.save(update_fields=["issued_on"])
    NumberApplication.objects.filter(batch=locked).update(given_at=at)
    facts = {"certificates": len(created), "counted": policy}
    workflow.apply(locked, action, actor=actor, at=at, cites=cites, facts=facts)
    acts = [Act("certificate.number", each, cites=cites, about=locked) for each in created]
    audit.record_many(actor=actor, at=at, acts=[*taken, *acts])
    return {"certificates": len(created)}


def _changed_since(drafts: dict[int, Certificate], batch: Batch) -> list[Ground]:
    """Return the ground that a result changed between the reading and the lock."""
    if set(confirmed_passes(batch).values_list("pk", flat=True)) == set(drafts):
        return []
    return [Ground(_("A result changed just now."), _("Do it once more."), code="result-changed")]


def _drafts(batch: Batch, at: datetime) -> list[Certificate]:
    passes = confirmed_passes(batch).select_related(
        "enrolment__candidate", "enrolment__line__occupation", "enrolment__photo"
    )
    return [_draft(batch, result, at) for result in passes]


def _draft(batch: Batch, result: Result, at: datetime) -> Certificate:
    enrolment, line = result.enrolment, result.enrolment.line
    candidate = enrolment.candidate
    return Certificate(
        result=result,
        batch=batch,
        body=batch.body,
        candidate=candidate,
        holder_name=enrolment.name,
        identity_kind=candidate.identity_kind,
        identity=candidate.identity,
        identity_masked=candidate.identity_masked,
        person_key=candidate.person_key,
        employer=enrolment.employer,
        occupation=line.occupation,
        occupation_name=line.occupation.name,
        job_type=line.job_type,
        level=line.level,
        body_name=batch.body.name,
        photo=enrolment.photo,
        issued_on=at.date(),
    )
