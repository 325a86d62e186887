"""Certificates for those who issue them, answer for them, or hold them."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.certificates import actions, queries, rules, special, tables, titles
from gongjiang.certificates.forms import FindForm, RevokeForm
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.permissions import HEIRS, bears
from gongjiang.certificates.states import CERTIFICATE, CertificateState
from gongjiang.kernel import files
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.documents.papers import NO_JOB_TYPE, level_words
from gongjiang.kernel.parts import Act, Cell, Choice, Event
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.kernel.timeline import timeline_for
from gongjiang.law.codes import parse_certificate_number
from gongjiang.law.codes.certificate_number import LEVELS
from gongjiang.law.codes.special_number import PARTS

PAGE = 30
VIEWERS = (*AUTHORITY_ROLES, "body_manager", "certificate_clerk", "exam_clerk")


@require_http_methods(["GET", "POST"])
@requires(*VIEWERS)
def certificate_list(request: HttpRequest) -> HttpResponse:
    """The certificates in the actor's part of the tree; a number is looked for by POST, never in the address."""
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _found(request, form.cleaned_data["number"])
    state = request.GET.get("state", "")
    found = queries.certificates_for(request.actor).order_by("-issued_on", "number")
    shown = found.filter(state=state) if state in CertificateState.values else found
    page = Paginator(shown, PAGE).get_page(request.GET.get("page"))
    total = page.paginator.count
    choices = [Choice(_("All"), "?", not state)]
    choices += [Choice(str(each.label), f"?state={each}", state == each) for each in CertificateState]
    requests = queries.requests_for(request.actor).filter(state="submitted")
    context = {
        "page": page,
        "position": ngettext("%(n)s certificate", "%(n)s certificates", total) % {"n": total},
        "table": tables.certificates_table(page, with_batch=True),
        "choices": choices,
        "form": form,
        "requests": tables.requests_table(requests[:PAGE]),
        "open_requests": requests.count(),
    }
    return render(request, "certificates/list.html", context)


@require_GET
@requires(*VIEWERS, "candidate")
def certificate_record(request: HttpRequest, pk: int) -> HttpResponse:
    """One certificate: what it says, its copies, what has become of it."""
    certificate = _certificate(request, pk)
    copies = list(certificate.copies.select_related("file"))
    requests = queries.requests_for(request.actor).filter(certificate=certificate)
    events = [
        Event(item.at, item.what, item.who, item.why, item.cites, item.kind) for item in timeline_for(certificate)
    ]
    context = {
        "certificate": certificate,
        "crumbs": _crumbs(request.actor, certificate),
        "subject": tables.subject(certificate),
        "look": tables.LOOK[CertificateState(certificate.state)],
        "facts": [*_facts(certificate, request.actor), *titles.facts(certificate)],
        "pieces": pieces(certificate),
        "number_words": number_words(certificate),
        "copies": tables.copies_table(certificate, copies),
        "requests": tables.requests_table(requests),
        "has_requests": bool(requests),
        "next": _acts(certificate, request.actor, bool(copies)),
        "events": [] if request.actor.kind == "candidate" else events,
    }
    return render(request, "certificates/certificate.html", context)


@require_GET
@requires(*VIEWERS, "candidate")
def certificate_pdf(request: HttpRequest, pk: int, generation: int) -> HttpResponse:
    """The stored bytes of one copy, as they were sealed."""
    certificate = _certificate(request, pk)
    copy = certificate.copies.select_related("file").filter(generation=generation).first()
    if copy is None:
        raise Http404(generation)
    return files.serve(copy.file, f"certificate-{certificate.pk}-{generation}.pdf", inline=True)


@require_http_methods(["GET", "POST"])
@requires("body_manager", "provincial_approver", "city_approver")
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Revoke a certificate by a decision."""
    certificate = _certificate(request, pk)
    form = RevokeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        paper = form.cleaned_data["paper"]
        actions.revoke(
            actor=request.actor,
            at=request.now,
            certificate=certificate,
            reason=form.cleaned_data["reason"],
            decision=form.cleaned_data["decision"],
            paper=paper.read(files.MEBIBYTE * 10 + 1) if paper else None,
        )
        messages.success(request, _("The certificate is revoked; the public sees it from now on."))
        return redirect("certificate", pk=pk)
    context = {"certificate": certificate, "form": form, "subject": tables.subject(certificate)}
    return render(request, "certificates/revoke.html", context)


def _found(request: HttpRequest, number: str) -> HttpResponse:
    wanted = parse_certificate_number(number).text
    certificate = queries.certificates_for(request.actor).filter(number=wanted).first()
    if certificate is None:
        why = _("None of your certificates bears this number.")
        raise Refused(_("Find a certificate"), [Ground(why, _("Compare the number with the paper."), code="no-such")])
    return redirect("certificate", pk=certificate.pk)


def _certificate(request: HttpRequest, pk: int) -> Certificate:
    try:
        return queries.certificate_for(request.actor, pk)
    except Certificate.DoesNotExist:
        raise Http404(pk) from None


def _crumbs(actor: Actor, certificate: Certificate) -> list[tuple[str, str]]:
    if actor.kind == "candidate":
        return [(_("Mine"), "/"), (certificate.number, "")]
    batch = certificate.batch
    return [
        (_("Certificates"), reverse("certificate-list")),
        (batch.number, reverse("batch-certificates", args=[batch.pk])),
        (certificate.number, ""),
    ]


def pieces(certificate: Certificate) -> list[tuple[str, str]]:
    """Return the number's parts with what each means: by the national coding rule, beyond the five by the place's."""
    number, rule = certificate.number, special.rule_of(certificate)
    labels = (_("Category"), _("Body"), _("Province"), _("Site"), _("Year"), _("Level"), _("Sequence"))
    cuts = ((0, 1), (1, 5), (5, 7), (7, 13), (13, 15), (15, 16), (16, 22))
    if rule is not None:
        cuts = ((0, 2), *(rule.layout.get(name, (0, 0)) for name in PARTS))  # type: ignore[assignment]
    elif certificate.level not in LEVELS:
        return [(number, _("Certificate number"))]
    return [(number[start:end], label) for (start, end), label in zip(cuts, labels, strict=True) if end > start]


def number_words(certificate: Certificate) -> str:
    """Return what the number says, in words: who filed the body, its site, year, level and place in the sequence.

    Nothing for a level beyond the five: only its place knows what the number says.
    """
    number = certificate.number
    if certificate.level not in LEVELS:
        return ""
    category = _("employer") if number[0] == "Y" else _("social assessment organisation")
    filed = _("filed with the province") if number[1:5] == "0000" else _("filed with the Ministry")
    rest = _("site %(site)s · %(year)s · level %(level)s · no. %(sequence)s") % {
        "site": number[7:13],
        "year": f"20{number[13:15]}",
        "level": level_words(number[15]),
        "sequence": int(number[16:]),
    }
    return f"{category} · {filed} · {rest}"


def _facts(certificate: Certificate, actor: Actor) -> list[tuple[Any, ...]]:
    reveal = "" if actor.kind == "candidate" else reverse(
        "reveal", args=["certificates.certificate", "identity", certificate.pk]
    )  # fmt: skip
    facts: list[tuple[Any, ...]] = [
        (_("Name"), certificate.holder_name),
        (_("Identity number"), Cell(identity=certificate.identity_masked, reveal_url=reveal)),
        (_("Occupation"), certificate.occupation_name, certificate.occupation.code),
        (_("Job type"), certificate.job_type or NO_JOB_TYPE),
        (_("Level"), level_words(certificate.level)),
        (_("Issue date"), certificate.issued_on),
        (_("Body"), certificate.body_name),
        (_("Holder's employer"), certificate.employer),
    ]
    if certificate.revoked_on:
        facts += [
            (_("Revoked on"), certificate.revoked_on),
            (_("Decision"), certificate.revocation_decision, certificate.revocation_reason),
        ]
    return facts


def _acts(certificate: Certificate, actor: Actor, has_copy: bool) -> list[Act]:
    found = []
    if has_copy:
        url = reverse("certificate-pdf", args=[certificate.pk, certificate.generation])
        found.append(Act(_("Open the PDF"), url, look="primary", icon="file"))
    if certificate.state != CertificateState.VALID:
        return found
    clerk = actor.has(*rules.HOLDERS_CLERKS, *HEIRS) and bears(actor, certificate.body)
    if actor.kind == "candidate" or clerk:
        found.append(Act(_("Ask for a new copy"), reverse("certificate-reissue", args=[certificate.pk])))
        found.append(Act(_("Ask for a correction"), reverse("certificate-correct", args=[certificate.pk])))
    open_to = {each.action for each in CERTIFICATE.open_actions(state=certificate.state, roles=actor.roles)}
    if "revoke" in open_to and (actor.has("provincial_approver") or bears(actor, certificate.body)):
        found.append(Act(_("Revoke"), reverse("certificate-revoke", args=[certificate.pk]), look="stop"))
    return found
