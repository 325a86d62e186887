"""Requests of holders for a new copy or a correction: asking, deciding, reporting to the centre."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from gongjiang.accounts.permissions import requires
from gongjiang.certificates import actions, corrections, queries, rules, tables
from gongjiang.certificates.exports import correction_report
from gongjiang.certificates.forms import CorrectionForm, DecideForm, ReissueForm
from gongjiang.certificates.models import Certificate, CertificateRequest
from gongjiang.certificates.permissions import HEIRS, bears
from gongjiang.certificates.states import RequestState
from gongjiang.certificates.views import VIEWERS
from gongjiang.enrolment.columns import FACT_HEADINGS
from gongjiang.kernel import files
from gongjiang.kernel.parts import Act, Check, Column, Event, Row, Table
from gongjiang.kernel.timeline import timeline_for

CLERKS = (*rules.HOLDERS_CLERKS, *HEIRS)
ASKERS = ("candidate", *CLERKS)
LARGEST = 10 * files.MEBIBYTE


@require_http_methods(["GET", "POST"])
@requires(*ASKERS)
def reissue(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a new copy of a lost certificate."""
    certificate = _certificate(request, pk)
    form = ReissueForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.request_reissue(
            actor=request.actor,
            at=request.now,
            certificate=certificate,
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
        )
        messages.success(request, _("The request is with the body."))
        return redirect("certificate", pk=pk)
    context = {"certificate": certificate, "form": form, "subject": tables.subject(certificate)}
    return render(request, "certificates/reissue.html", context)


@sensitive_post_parameters("identity")
@require_http_methods(["GET", "POST"])
@requires(*ASKERS)
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask for a correction, with its proof."""
    certificate = _certificate(request, pk)
    form = CorrectionForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        actions.request_correction(
            actor=request.actor,
            at=request.now,
            certificate=certificate,
            correction=form.correction(),
            proof=form.cleaned_data["proof"].read(LARGEST + 1),
            reason=form.cleaned_data["reason"],
            key=form.cleaned_data["key"],
        )
        messages.success(request, _("The request is with the body."))
        return redirect("certificate", pk=pk)
    context = {
        "certificate": certificate,
        "form": form,
        "subject": tables.subject(certificate),
        "cites": corrections.correction_cites(certificate, request.today),
    }
    return render(request, "certificates/correct.html", context)


@require_GET
@requires(*VIEWERS, "candidate")
def request_record(request: HttpRequest, pk: int) -> HttpResponse:
    """One request: what would change, whether eligibility still holds, and the decision."""
    found = _request(request, pk)
    certificate = found.certificate
    is_open = found.state == RequestState.SUBMITTED
    grounds = corrections.contradictions(found, request.today) if is_open and found.kind == "correction" else []
    events = [Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(found)]
    context = {
        "request_record": found,
        "certificate": certificate,
        "crumbs": [
            (_("Certificates"), reverse("certificate-list")),
            (certificate.number, reverse("certificate", args=[certificate.pk])),
            (found.get_kind_display(), ""),
        ],
        "subject": tables.subject(certificate),
        "look": tables.REQUEST_LOOK[RequestState(found.state)],
        "changes": _changes(found),
        "checks": _checks(found, request.today) if is_open and found.kind == "correction" else [],
        "grounds": grounds,
        "form": DecideForm(),
        "may_decide": is_open and _clerk(request.actor, certificate),
        "next": _acts(found, request.actor),
        "events": [] if request.actor.kind == "candidate" else events,
    }
    return render(request, "certificates/request.html", context)


@require_POST
@requires(*CLERKS)
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Approve or refuse a request."""
    found = _request(request, pk)
    approve = request.POST.get("decision") == "approve"
    actions.decide_request(
        actor=request.actor, at=request.now, request=found, approve=approve, reason=request.POST.get("reason", "")
    )
    told = _("Approved; the new copy is being made.") if approve else _("Refused; the holder is told.")
    messages.success(request, told)
    return redirect("certificate-request", pk=pk)


@require_POST
@requires(*CLERKS)
def report(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that the correction went to the centre."""
    actions.report_correction(actor=request.actor, at=request.now, request=_request(request, pk))
    messages.success(request, _("Noted as reported to the centre."))
    return redirect("certificate-request", pk=pk)


@require_GET
@requires(*CLERKS, "centre_officer")
def export(request: HttpRequest, pk: int) -> HttpResponse:
    """The correction with its proof, as it goes to the centre."""
    found = _request(request, pk)
    if found.kind != "correction" or found.copy is None:
        raise Http404(pk)
    response = HttpResponse(correction_report(found), content_type=files.ZIP)
    response["Content-Disposition"] = f'attachment; filename="correction-{found.pk}.zip"'
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@requires(*CLERKS, "centre_officer")
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """The proof of a correction."""
    found = _request(request, pk)
    if found.proof is None:
        raise Http404(pk)
    return files.serve(found.proof, f"proof-{found.pk}", inline=True)


def _clerk(actor: Any, certificate: Certificate) -> bool:
    """Say whether the actor answers for the certificate: for the body, or for the authority that took over."""
    return actor.has(*CLERKS) and bears(actor, certificate.body)


def _certificate(request: HttpRequest, pk: int) -> Certificate:
    try:
        return queries.certificate_for(request.actor, pk)  # type: ignore[attr-defined]
    except Certificate.DoesNotExist:
        raise Http404(pk) from None


def _request(request: HttpRequest, pk: int) -> CertificateRequest:
    try:
        return queries.request_for(request.actor, pk)  # type: ignore[attr-defined]
    except CertificateRequest.DoesNotExist:
        raise Http404(pk) from None


def _changes(found: CertificateRequest) -> Table:
    labels = {"name": _("Name"), "identity": _("Identity number"), **FACT_HEADINGS}
    pairs: dict[str, Any] = {k: v for k, v in found.changes.items() if k != "facts"} | found.changes.get("facts", {})
    rows = tuple(Row((labels[key], was or "--", becomes)) for key, (was, becomes) in pairs.items())
    columns = (Column(_("Particular")), Column(_("Was")), Column(_("Becomes")))
    return Table(_("What changes"), columns, rows)


def _checks(found: CertificateRequest, today: Any) -> list[Check]:
    """Return each clause with the corrected particulars: met, or what lacks."""
    _before, after = corrections.verdicts(found, today)
    cites = corrections.correction_cites(found.certificate, today)
    return [
        Check(
            f"{clause.id}　{corrections.told(clause.words)}",
            clause.met,
            "；".join(corrections.told(atom.lacking) for atom in clause.atoms if not atom.met),
            cites if clause.met else (),
        )
        for clause in after.clauses
    ]


def _acts(found: CertificateRequest, actor: Any) -> list[Act]:
    acts = []
    if found.copy is not None and found.kind == "correction" and actor.kind != "candidate":
        acts.append(
            Act(_("Report for the centre"), reverse("certificate-request-export", args=[found.pk]), icon="down")
        )
        if found.reported_on is None and _clerk(actor, found.certificate):
            url = reverse("certificate-request-report", args=[found.pk])
            acts.append(Act(_("It was reported to the centre"), url, method="post", look="primary"))
    if found.proof is not None and actor.has(*CLERKS, "centre_officer"):
        acts.append(Act(_("Open the proof"), reverse("certificate-request-proof", args=[found.pk]), icon="file"))
    return acts
