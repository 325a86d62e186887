"""Requests of holders: a lost certificate's new copy (JL-2024-5§29), a correction with its proof (§30)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.certificates import corrections, rules
from gongjiang.certificates.corrections import Correction
from gongjiang.certificates.models import Certificate, CertificateRequest
from gongjiang.certificates.permissions import not_the_bearer
from gongjiang.certificates.states import REQUEST, RequestState
from gongjiang.enrolment.models import Candidate
from gongjiang.kernel import audit, files, jobs, messages, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.fields import blind_index
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.law import questions as ask
from gongjiang.law.codes import mask_identity, parse_identity
from gongjiang.law.model import Citation
from gongjiang.planning.queries import regime_of

COPY_JOB = "certificates.copy"
PROOF_KINDS = (files.PDF, files.JPEG, files.PNG)


@transaction.atomic
def request_reissue(
    *, actor: Actor, at: datetime, certificate: Certificate, reason: str, key: str
) -> CertificateRequest:
    """Ask for a new copy of a lost certificate; the same key gives the same request.

    :raises NotAllowed: neither the holder nor the body's clerk. :raises Refused: not valid, no reason, one is open.
    """
    asked = _("Ask for a new copy")
    rules.require_holder_or_clerk(asked, actor, certificate)
    known = CertificateRequest.everything.filter(key=key, certificate=certificate).first()
    if known:
        return known
    refuse_if(asked, _against_asking(certificate, "reissue", reason), subject=certificate)
    cites = _reissue_cites(certificate, at)
    return _open(actor, at, certificate, cites, kind="reissue", reason=reason.strip(), key=key)


@transaction.atomic
def request_correction(
    *,
    actor: Actor,
    at: datetime,
    certificate: Certificate,
    correction: Correction,
    proof: bytes,
    reason: str,
    key: str,
) -> CertificateRequest:
    """Ask to have particulars corrected, with the proof; the same key gives the same request.

    :raises NotAllowed: neither the holder nor the body's clerk.
    :raises Refused: not valid, nothing changes, a wrong identity number, no proof, no reason, or one is open.
    """
    asked = _("Ask for a correction")
    rules.require_holder_or_clerk(asked, actor, certificate)
    known = CertificateRequest.everything.filter(key=key, certificate=certificate).first()
    if known:
        return known
    cites = corrections.correction_cites(certificate, at.date())
    grounds = _against_asking(certificate, "correction", reason)
    grounds += corrections.against_correction(certificate, correction, at.date())
    if not proof:
        why, way = _("The proof is missing."), _("Add the document that proves the right particulars.")
        grounds.append(Ground(why, way, cites, "proof-missing"))
    refuse_if(asked, grounds, subject=certificate)
    changes = corrections.changes_of(certificate, correction)
    number = parse_identity(correction.identity, today=at.date()).text if "identity" in changes else None
    return _open(
        actor,
        at,
        certificate,
        cites,
        kind="correction",
        reason=reason.strip(),
        key=key,
        changes=changes,
        changes_identity=number,
        proof=files.store(proof, at=at, allow=PROOF_KINDS),
    )


@transaction.atomic
def decide_request(
    *, actor: Actor, at: datetime, request: CertificateRequest, approve: bool, reason: str = ""
) -> CertificateRequest:
    """Approve or refuse a request; the new copy follows through a job.

    A correction is judged by the eligibility clauses with the corrected facts: what contradicts them isn't corrected
    (不予更正). Nobody decides on a request of one's own.

    :raises NotAllowed: wrong role or state, or one's own request.
    :raises Refused: the correction contradicts eligibility, or a refusal gives no reason.
    """
    action = "approve" if approve else "refuse"
    asked = _("Approve the request") if approve else _("Refuse the request")
    locked = CertificateRequest.everything.select_for_update().get(pk=request.pk)
    REQUEST.require(action, locked, actor=actor, on=at.date())
    refuse_if(asked, not_the_bearer(actor, locked.certificate.body), subject=locked)
    refuse_if(asked, _against_deciding(actor, at, locked, approve, reason), subject=locked)
    certificate = Certificate.everything.select_related("batch").get(pk=locked.certificate_id)
    if approve and locked.changes_identity:
        _candidate(locked.changes_identity, certificate, at)
    locked.decided_by_id, locked.decided_at, locked.decision_reason = actor.user_id, at, reason.strip()
    locked.save(update_fields=["decided_by_id", "decided_at", "decision_reason"])
    if not approve:
        _tell_refused(locked, certificate, at)
    correction = locked.kind == "correction"
    day = at.date()
    cites = corrections.correction_cites(certificate, day) if correction else _reissue_cites(certificate, at)
    workflow.apply(locked, action, actor=actor, at=at, cites=cites, reason=reason.strip(), about=certificate)
    if approve:
        jobs.start(kind=COPY_JOB, key=f"{COPY_JOB}:{locked.pk}", arguments={"request": locked.pk}, total=1)
    request.refresh_from_db()
    return request


@transaction.atomic
def report_correction(*, actor: Actor, at: datetime, request: CertificateRequest) -> CertificateRequest:
    """Note that a correction and its proof went to the skill testing centre (JL-2024-5§30); once.

    :raises NotAllowed: wrong role. :raises Refused: no correction, or its new copy isn't made yet.
    """
    asked = _("Report the correction")
    certificate = Certificate.everything.select_related("batch").get(pk=request.certificate_id)
    rules.require_clerk(asked, actor, certificate)
    locked = CertificateRequest.everything.select_for_update().get(pk=request.pk)
    ready = locked.kind == "correction" and locked.copy_id is not None
    why, way = _("No correction has been made yet."), _("Report it once its new copy is made.")
    refuse_if(asked, [] if ready else [Ground(why, way, code="not-corrected")], subject=locked)
    if locked.reported_on is None:
        rule = ask.CORRECTION_REPORTED_TO_CENTRE.get(place=regime_of(certificate.batch), day=at.date())
        locked.reported_on = at.date()
        locked.save(update_fields=["reported_on"])
        audit.record(
            actor=actor,
            action="certificate_request.report",
            subject=locked,
            at=at,
            cites=rule.cites if rule else (),
            about=certificate,
        )
    request.refresh_from_db()
    return request


def _against_asking(certificate: Certificate, kind: str, reason: str) -> list[Ground]:
    way = _("Say what happened; the body decides on it.")
    grounds = [
        *rules.not_valid(certificate),
        *rules.text_missing(reason, _("No reason is given."), way, "reason-missing"),
    ]
    open_ones = CertificateRequest.everything.filter(certificate=certificate, kind=kind, state=RequestState.SUBMITTED)
    if open_ones.exists():
        why, way = _("Such a request is open already."), _("Wait for the decision on it.")
        grounds.append(Ground(why, way, code="request-open"))
    return grounds


def _against_deciding(
    actor: Actor, at: datetime, request: CertificateRequest, approve: bool, reason: str
) -> list[Ground]:
    grounds = []
    if request.asked_by_id is not None and request.asked_by_id == actor.user_id:
        why, way = _("You entered this request yourself."), _("Have somebody else of the body decide on it.")
        grounds.append(Ground(why, way, code="own-request"))
    if not approve:
        way = _("Write the reason; the holder reads it.")
        return grounds + rules.text_missing(reason, _("No reason is given."), way, "reason-missing")
    grounds += rules.not_valid(request.certificate)
    if request.kind == "correction":
        grounds += corrections.contradictions(request, at.date())
    return grounds


def _open(
    actor: Actor, at: datetime, certificate: Certificate, cites: tuple[Citation, ...], **values: Any
) -> CertificateRequest:
    request = CertificateRequest.objects.create(
        certificate=certificate, asked_by_id=actor.user_id, asked_at=at, **values
    )
    audit.record(
        actor=actor,
        action=f"certificate_request.{request.kind}",
        subject=request,
        at=at,
        facts={"fields": sorted(request.changes)},
        cites=cites,
        about=certificate,
    )
    return request


def _candidate(number: str, certificate: Certificate, at: datetime) -> Candidate:
    """Return the person with the corrected number, entered if unknown; what the number doesn't tell is carried over."""
    found, former = parse_identity(number, today=at.date()), certificate.candidate
    candidate, _created = Candidate.objects.get_or_create(
        person_key=blind_index(found.text),
        defaults={
            "identity_kind": found.kind or former.identity_kind,
            "identity": found.text,
            "identity_masked": mask_identity(found.text),
            "born_on": found.birth_date or former.born_on,
            "sex": found.sex[0] if found.sex else former.sex,
        },
    )
    return candidate


def _reissue_cites(certificate: Certificate, at: datetime) -> tuple[Citation, ...]:
    rule = ask.REISSUE_ON_HOLDERS_APPLICATION.get(place=regime_of(certificate.batch), day=at.date())
    return rule.cites if rule else ()


def _tell_refused(request: CertificateRequest, certificate: Certificate, at: datetime) -> None:
    messages.tell(
        key=f"certificate-request:{request.pk}:refused",
        subject=_("Your request on your certificate was refused"),
        text=_("Reason: %(reason)s") % {"reason": request.decision_reason},
        person_key=certificate.person_key,
        at=at,
    )
