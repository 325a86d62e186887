"""Verification for programs: number and name, or the QR code's text, posted as JSON."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema

from gongjiang.certificates import limits, verification
from gongjiang.certificates.documents import token_fields
from gongjiang.certificates.offline import REASONS
from gongjiang.certificates.verification import Answer
from gongjiang.kernel.http import client_address
from gongjiang.kernel.middleware import as_json
from gongjiang.kernel.refusal import Refused

api = NinjaAPI(
    title="Gongjiang verification",
    version="1",
    urls_namespace="api-verify",
    docs_url=None,
    description="Whether a skill-level certificate is genuine and in force. Masked; limited by address.",
)


class Question(Schema):
    """Number and holder's name, or the text of the certificate's QR code (the address or what follows its #)."""

    number: str = ""
    name: str = ""
    token: str = ""


class Certificate(Schema):
    """What is printed on the certificate; the identity number is masked."""

    number: str
    name: str
    identity: str
    occupation: str
    job_type: str
    level: str
    body: str
    issued_on: date
    generation: int


class Difference(Schema):
    """A field that differs between the paper and the register."""

    field: str
    paper: str
    on_record: str


class Found(Schema):
    """``status``: valid, superseded, revoked, altered, unknown, or former_system (an old 16-digit number)."""

    status: str
    as_of: datetime
    since: date | None
    certificate: Certificate | None
    reasons: list[str]
    differences: list[Difference]


@api.exception_handler(Refused)
def refused(request: HttpRequest, error: Any) -> HttpResponse:
    """Answer a refusal with its grounds and its status: 429 where the address asked too often."""
    return api.create_response(request, as_json(error), status=error.status)


@api.post("/", response=Found, url_name="verify", summary="Verify a certificate")
def verify(request: HttpRequest, question: Question) -> HttpResponse:
    """Return what the register says; a wrong name is answered no differently from a wrong number."""
    at: datetime = request.now  # type: ignore[attr-defined]
    address = client_address(request)
    limits.require_room(address, at)
    if question.token:
        answer = verification.by_paper(question.token, at=at)
    else:
        answer = verification.by_number(question.number, question.name, at=at)
    if answer.is_miss:
        limits.count_miss(address, at)
    # As it stands in Found; checking our own answer against the schema would cost as much as the query.
    return JsonResponse(_told(answer), json_dumps_params={"ensure_ascii": False})


def _told(answer: Answer) -> dict[str, Any]:
    certificate = answer.certificate
    return {
        "status": answer.status,
        "as_of": answer.as_of,
        "since": answer.since,
        "certificate": _certificate(token_fields(certificate)) if certificate else None,
        "reasons": [REASONS[code] for code in answer.reasons],
        "differences": [
            {"field": each.field, "paper": each.paper, "on_record": each.register}
            for each in answer.compared
            if each.same is False
        ],
    }


def _certificate(fields: Any) -> dict[str, Any]:
    return {name: getattr(fields, name) for name in Certificate.model_fields}
