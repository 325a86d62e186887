"""Verification by the public: number and name, the QR code, the PDF. Numbers and names never stand in an address."""

import base64
import secrets
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.certificates import limits, queries, signing, verification
from gongjiang.certificates.documents import IDENTITY_TYPES
from gongjiang.certificates.offline import REASONS
from gongjiang.certificates.reading import MAX_BYTES
from gongjiang.certificates.status_list import status_json
from gongjiang.certificates.verification import Answer, Compared
from gongjiang.certificates.views import number_words, pieces
from gongjiang.kernel import files
from gongjiang.kernel.documents.papers import NO_JOB_TYPE, level_words
from gongjiang.kernel.http import client_address
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import CHINA
from gongjiang.planning.queries import regime_of
from gongjiang.standards.models import PartKind

LIST_SECONDS = 60


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
    """Ask by number and name, or by a file; the answer is a page of its own."""
    if request.method == "GET":
        return render(request, "certificates/verify.html")
    upload = request.FILES.get("file")
    if upload is not None:
        limits.require_room(client_address(request), request.now, limits.FILE)  # type: ignore[attr-defined]
        data = upload.read(MAX_BYTES + 1)
        answer = verification.by_paper(data, at=request.now)  # type: ignore[attr-defined]
    else:
        number, name = request.POST.get("number", ""), request.POST.get("name", "")
        limits.require_room(client_address(request), request.now)  # type: ignore[attr-defined]
        answer = verification.by_number(number, name, at=request.now, for_page=True)  # type: ignore[attr-defined]
    return _answered(request, answer)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def by_token(request: HttpRequest) -> HttpResponse:
    """Where the QR code leads: the page's script posts the token that follows ``#``, which no server ever sees."""
    if request.method == "GET":
        return render(request, "certificates/token.html")
    limits.require_room(client_address(request), request.now)  # type: ignore[attr-defined]
    answer = verification.by_paper(request.POST.get("token", ""), at=request.now)  # type: ignore[attr-defined]
    return _answered(request, answer)


@require_GET
@cache_control(public=True, max_age=3600)
def keys(request: HttpRequest) -> HttpResponse:
    """The public keys by which papers are believed without a network."""
    return _json(signing.public_keys(), "keys.json")


@require_GET
@cache_control(public=True, max_age=LIST_SECONDS)
def status(request: HttpRequest) -> HttpResponse:
    """The signed list of copies that aren't valid any more; it holds no number and no name."""
    text = cache.get("certificates:status")
    if text is None:
        text = status_json(
            queries.ended_copies(),
            as_of=request.now,  # type: ignore[attr-defined]
            salt=secrets.token_bytes(16),
            key=signing.token_key(),
        )
        cache.set("certificates:status", text, LIST_SECONDS)
    return _json(text, "status.json")


def _json(text: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _answered(request: HttpRequest, answer: Answer) -> HttpResponse:
    if answer.is_miss:
        limits.count_miss(client_address(request), request.now)  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "answer": answer,
        "crumbs": [(_("Verify a certificate"), reverse("verify")), (_("Result"), "")],
        "certificate": answer.certificate,
        "reasons": [REASONS[code] for code in answer.reasons if code != "trial"],
        "compared": [_compared(each) for each in answer.compared],
        **_words(answer),
    }
    if answer.certificate is not None:
        context |= _shown(answer)
    if answer.status == "former_system":
        context["query_urls"] = setting("certificate.query_urls", place=CHINA, day=answer.as_of.date()).value
    return render(request, "certificates/result.html", context)


def _shown(answer: Answer) -> dict[str, Any]:
    certificate = answer.certificate
    assert certificate is not None
    photo = certificate.photo
    return {
        "pieces": pieces(certificate),
        "number_words": number_words(certificate),
        "photo": _data_url(photo.media_type, files.read(photo)) if photo else "",
        "identity_type": IDENTITY_TYPES[certificate.identity_kind],
        "level": level_words(certificate.level),
        "job_type": certificate.job_type or NO_JOB_TYPE,
        "tail": certificate.identity_masked[-4:],
        "digit": certificate.number[15],
        "year": certificate.number[13:15],
        "scores": [(PartKind(part["part"]).label, part) for part in certificate.result.parts],
        "cites": _cites(answer),
    }


def _cites(answer: Answer) -> list[Citation]:
    certificate = answer.certificate
    assert certificate is not None
    place, day = regime_of(certificate.batch), certificate.issued_on
    asked = (ask.PLAN_WITHIN_SCOPE, ask.CERTIFICATE_REQUIRES_PASS)
    return [cite for question in asked if (rule := question.get(place=place, day=day)) for cite in rule.cites]


def _data_url(media_type: str, data: bytes) -> str:
    return f"data:{media_type};base64,{base64.b64encode(data).decode()}"


def _words(answer: Answer) -> dict[str, str]:
    """Return look, icon and the two sentences that state the position."""
    told = {
        "valid": (
            "",
            "check",
            _("Valid"),
            _("Register and paper agree.") if answer.by_paper else _("It is on record."),
        ),
        "superseded": (
            "amb",
            "swap",
            _("Replaced: the new certificate counts"),
            _("The holder's level still holds; this copy isn't used any more."),
        ),
        "revoked": ("red", "x", _("Revoked"), _("The certificate was revoked and proves nothing any more.")),
        "altered": (
            "red",
            "x",
            _("Changed: don't rely on it"),
            _("What you brought isn't what was issued. Compared field by field:")
            if answer.compared
            else _("What you brought isn't what was issued."),
        ),
        "unknown": ("amb", "search", _("Not confirmed"), _unknown_words(answer)),
        "former_system": (
            "amb",
            "search",
            _("A number of the former qualification certificates"),
            _("Its 16 digits are in order, but it isn't kept here. Ask at the national query page."),
        ),
    }
    look, icon, title, lead = told[answer.status]
    return {"look": look, "icon_name": icon, "title": title, "lead": lead}


def _unknown_words(answer: Answer) -> str:
    if answer.by_paper:
        return _("No genuine certificate of this platform was found in it.")
    return _("No certificate on record has this number together with this name.")


def _compared(each: Compared) -> dict[str, Any]:
    labels = {
        "name": _("Name"),
        "identity": _("Identity number"),
        "occupation": _("Occupation"),
        "job_type": _("Job type"),
        "level": _("Level"),
        "number": _("Certificate number"),
        "body": _("Body"),
        "issued_on": _("Issue date"),
        "generation": _("Copy"),
        "photo": _("Photo"),
    }
    if each.field == "photo":
        paper, kept = (_("as on record"), _("as on record")) if each.same else (_("another picture"), _("on record"))
    else:
        paper, kept = each.paper, each.register
    return {
        "label": labels[each.field],
        "paper": _marked(paper, kept) if each.same is False else [(paper, False)],
        "register": _marked(kept, paper) if each.same is False else [(kept, False)],
        "same": each.same,
    }


def _marked(text: str, other: str) -> list[tuple[str, bool]]:
    """Return the text in runs, each with whether it differs; texts of different length differ as a whole."""
    if len(text) != len(other):
        return [(text, True)]
    runs: list[tuple[str, bool]] = []
    for char, beside in zip(text, other, strict=True):
        differs = char != beside
        if runs and runs[-1][1] == differs:
            runs[-1] = (runs[-1][0] + char, differs)
        else:
            runs.append((char, differs))
    return runs
