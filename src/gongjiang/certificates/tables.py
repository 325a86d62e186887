"""Certificates, their copies and requests as the parts of a page show them."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _

from gongjiang.certificates.corrections import field_names
from gongjiang.certificates.models import Certificate, CertificateCopy, CertificateRequest
from gongjiang.certificates.states import CertificateState, RequestState
from gongjiang.kernel.documents.papers import level_words
from gongjiang.kernel.parts import Cell, Column, Row, Table

LOOK = {CertificateState.NUMBERED: "wait", CertificateState.VALID: "ok", CertificateState.REVOKED: "no"}
REQUEST_LOOK = {RequestState.SUBMITTED: "wait", RequestState.APPROVED: "ok", RequestState.REFUSED: "no"}


def subject(certificate: Certificate) -> str:
    """Return occupation, job type and level in words."""
    job = f"（{certificate.job_type}）" if certificate.job_type else ""
    return f"{certificate.occupation_name}{job} {level_words(certificate.level)}"


def state_cell(certificate: Certificate) -> Cell:
    """Return the certificate's state as a badge."""
    return Cell(certificate.get_state_display(), state=LOOK[CertificateState(certificate.state)])


def certificates_table(certificates: Iterable[Certificate], *, with_batch: bool) -> Table:
    """Return certificates as a table; the holder is the row's heading."""
    rows = [
        Row(
            (
                Cell(each.holder_name, sub=each.identity_masked, url=reverse("certificate", args=[each.pk])),
                each.number,
                subject(each),
                *((Cell(each.batch.title, sub=each.body_name),) if with_batch else ()),
                each.issued_on,
                state_cell(each),
            )
        )
        for each in certificates
    ]
    columns = (
        Column(_("Holder")),
        Column(_("Certificate number")),
        Column(_("Occupation and level")),
        *((Column(_("Batch")),) if with_batch else ()),
        Column(_("Issue date")),
        Column(_("State")),
    )
    empty = _("Certificates appear here once a batch is issued.")
    return Table(_("Certificates"), columns, tuple(rows), empty=empty)


def copies_table(certificate: Certificate, copies: Iterable[CertificateCopy]) -> Table:
    """Return the copies of a certificate, the newest first, each with its file."""
    rows = []
    for copy in sorted(copies, key=lambda each: -each.generation):
        url = reverse("certificate-pdf", args=[certificate.pk, copy.generation])
        if certificate.state == CertificateState.REVOKED:
            state = Cell(_("Revoked"), state="no")
        elif copy.superseded_on:
            state = Cell(_("Replaced"), sub=copy.superseded_on.isoformat(), state="wait")
        else:
            state = Cell(_("Current"), state="ok")
        rows.append(
            Row(
                (
                    Cell(_("Copy %(n)s") % {"n": copy.generation}, sub=str(copy.get_cause_display()), url=url),
                    Cell(copy.made_at.date()),
                    Cell(f"{copy.file.sha256[:12]}…", sub=f"{copy.file.size // 1024} KB"),
                    state,
                )
            )
        )
    columns = (Column(_("Copy")), Column(_("Made on")), Column("SHA-256"), Column(_("State")))
    return Table(_("Copies"), columns, tuple(rows), empty=_("The paper is being made."))


def requests_table(requests: Iterable[CertificateRequest]) -> Table:
    """Return holders' requests."""
    rows = [
        Row(
            (
                Cell(
                    request.get_kind_display(),
                    sub="、".join(field_names(request.changes)),
                    url=reverse("certificate-request", args=[request.pk]),
                ),
                request.certificate.number,
                Cell(request.certificate.holder_name, sub=subject(request.certificate)),
                request.asked_at.date(),
                Cell(request.get_state_display(), state=REQUEST_LOOK[RequestState(request.state)]),
            )
        )
        for request in requests
    ]
    columns = (
        Column(_("Request")),
        Column(_("Certificate number")),
        Column(_("Holder")),
        Column(_("Asked on")),
        Column(_("State")),
    )
    empty = _("Requests of holders for a new copy or a correction appear here.")
    return Table(_("Requests"), columns, tuple(rows), empty=empty)
