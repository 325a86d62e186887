"""Making papers: rendered and sealed without any lock, then stored and published in one short transaction."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from gongjiang.certificates import documents, queries, rules
from gongjiang.certificates.documents import Made
from gongjiang.certificates.models import Certificate, CertificateCopy, CertificateRequest
from gongjiang.certificates.states import CertificateState, RequestState
from gongjiang.kernel import audit, files, messages, workflow
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.refusal import Ground, refuse_if
from gongjiang.planning.models import Batch

Count = Callable[[], object]
CHUNK = 200


def make_papers(*, actor: Actor, at: datetime, batch: Batch, count: Count | None = None) -> int:
    """Make and publish every paper of the batch that isn't made; return how many were made now.

    Safe to run again, and at the same time twice: what is made stays, nothing is made double.

    :raises Refused: a character can't be printed; the papers before it stay.
    """
    made = 0
    for certificate in queries.waiting_for_paper(batch).iterator(chunk_size=CHUNK):
        make_paper(actor=actor, at=at, certificate=certificate, count=count)
        made += 1
    return made


def make_paper(*, actor: Actor, at: datetime, certificate: Certificate, count: Count | None = None) -> CertificateCopy:
    """Make a numbered certificate's first paper, store its bytes and publish it; made once, never rendered again.

    ``count`` is called inside the transaction that publishes it.

    :raises Refused: a character can't be printed.
    """
    known = certificate.copies.filter(generation=certificate.generation).first()
    if known:
        return known
    refuse_if(_("Make the certificate's paper"), rules.cannot_print(certificate), subject=certificate)
    made = documents.sealed(certificate, generation=certificate.generation, cause="issue", at=at)
    _write(made)
    return _publish(actor, at, certificate, made, count)


def make_copy(*, actor: Actor, at: datetime, request: CertificateRequest) -> CertificateCopy:
    """Make the new copy that an approved request asks for; from then the old one shows as superseded.

    A correction's new particulars enter the register in the same transaction. Done again it returns the same copy.

    :raises Refused: the request isn't approved, or a character can't be printed.
    """
    if request.copy is not None:
        return request.copy
    asked = _("Make the new copy")
    approved = request.state == RequestState.APPROVED
    why, way = _("The request isn't approved."), _("Approve it first.")
    refuse_if(asked, [] if approved else [Ground(why, way, code="not-approved")], subject=request)
    certificate = queries.with_changes(request)
    refuse_if(asked, rules.cannot_print(certificate), subject=certificate)
    made = documents.sealed(certificate, generation=certificate.generation, cause=request.kind, at=at)
    _write(made)
    return _replace(actor, at, request, certificate, made)


def _write(made: Made) -> None:
    """Write the bytes before the transaction, so that its lock doesn't wait for the disk."""
    files.write_durably(files.path_of(made.sha256), made.pdf)


@transaction.atomic
def _publish(actor: Actor, at: datetime, certificate: Certificate, made: Made, count: Count | None) -> CertificateCopy:
    locked = Certificate.everything.select_for_update().get(pk=certificate.pk)
    known = locked.copies.filter(generation=locked.generation).first()
    if known:
        return known
    copy = _copy(locked, made, "issue", at)
    if count is not None:
        count()
    workflow.apply(locked, "publish", actor=actor, at=at, facts=_facts(copy), about=certificate.batch)
    certificate.state = CertificateState.VALID
    return copy


@transaction.atomic
def _replace(
    actor: Actor, at: datetime, request: CertificateRequest, changed: Certificate, made: Made
) -> CertificateCopy:
    locked = Certificate.everything.select_for_update().get(pk=changed.pk)
    held = CertificateRequest.everything.select_for_update().get(pk=request.pk)
    if held.copy is not None:
        return held.copy
    locked.copies.filter(superseded_on=None).update(superseded_on=at.date())
    for name in queries.CHANGEABLE:
        setattr(locked, name, getattr(changed, name))
    locked.save(update_fields=list(queries.CHANGEABLE))
    held.copy = request.copy = _copy(locked, made, request.kind, at)
    held.save(update_fields=["copy"])
    messages.tell(
        key=f"certificate-request:{held.pk}:made",
        subject=_("Your certificate's new copy is ready"),
        text=_("The number stays. The old copy now shows as replaced."),
        person_key=locked.person_key,
        at=at,
    )
    action = "correct" if request.kind == "correction" else "reissue"
    facts = {**_facts(held.copy), "request": held.pk, "fields": sorted(held.changes)}
    workflow.apply(locked, action, actor=actor, at=at, facts=facts, reason=held.reason, about=changed.batch)
    audit.record(actor=actor, action="certificate_request.copy_made", subject=held, at=at, about=locked)
    return held.copy


def _copy(certificate: Certificate, made: Made, cause: str, at: datetime) -> CertificateCopy:
    return CertificateCopy.objects.create(
        certificate=certificate,
        generation=certificate.generation,
        cause=cause,
        file=files.store_made(made.pdf, media_type=files.PDF, at=at),
        token_digest=made.token_digest,
        made_at=at,
    )


def _facts(copy: CertificateCopy) -> dict[str, object]:
    return {"generation": copy.generation, "sha256": copy.file.sha256, "token": copy.token_digest}
