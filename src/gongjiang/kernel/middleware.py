"""The edge where refusals become pages and are written to the audit trail."""

import logging
from collections.abc import Callable
from typing import Any

from django.db import DatabaseError, models, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from gongjiang.kernel import audit, clock
from gongjiang.kernel.http import actor_of
from gongjiang.kernel.refusal import Ground, Refused

logger = logging.getLogger(__name__)


class RefusalMiddleware:
    """Show a :class:`Refused` as a page, a part (htmx) or JSON, and record it once the view's writes are undone.

    A signed-in person who asks for a record that isn't theirs gets 404, and the try is recorded too (GOV-01).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            response = answer(request, exception)
            record_refusal(request, exception)
            return response
        if isinstance(exception, Http404):
            record_not_found(request)
        return None


def answer(request: HttpRequest, refused: Refused) -> HttpResponse:
    """Return the refusal in the form that the client asked for, with the refusal's status."""
    if wants_json(request):
        return JsonResponse(as_json(refused), status=refused.status, json_dumps_params={"ensure_ascii": False})
    template = "parts/refusal.html" if getattr(request, "htmx", False) else "refusal.html"
    context = {
        "asked": refused.asked,
        "grounds": [_shown(ground) for ground in refused.grounds],
        "subject": refused.subject,
        "refused": refused,
    }
    return render(request, template, context, status=refused.status)


def as_json(refused: Refused) -> dict[str, Any]:
    """Return the refusal for a program."""
    grounds = [{**_shown(g), "cites": [cite.key for cite in g.cites]} for g in refused.grounds]
    return {"refused": True, "asked": refused.asked, "grounds": grounds}


def wants_json(request: HttpRequest) -> bool:
    """Say whether the client prefers JSON to a page."""
    return request.get_preferred_type(["text/html", "application/json"]) == "application/json"


def record_refusal(request: HttpRequest, refused: Refused) -> None:
    """Write the refusal to the trail; a stranger's question about nothing on record isn't worth an entry."""
    subject = refused.subject if isinstance(refused.subject, models.Model) else None
    if actor_of(request).kind == "public" and subject is None:
        return
    _record(
        request,
        action=refused.action or f"request.{_url_name(request)}",
        subject=subject,
        facts={"codes": list(refused.codes), "status": refused.status},
        cites=refused.cites,
    )


def record_not_found(request: HttpRequest) -> None:
    """Write down that a signed-in person asked for a record that isn't there for them, by URL name and number."""
    match = request.resolver_match
    if not actor_of(request).is_signed_in or match is None:
        return
    numbers = {name: value for name, value in match.kwargs.items() if isinstance(value, int)}
    if numbers:
        _record(request, action="scope.not_found", facts={"url": _url_name(request), **numbers})


def _record(request: HttpRequest, *, action: str, subject: models.Model | None = None, **what: Any) -> None:
    saved = subject if subject is not None and subject.pk is not None else None
    try:
        with transaction.atomic(durable=True):
            audit.record(
                actor=actor_of(request), action=action[:80], subject=saved, at=clock.now(), outcome="refused", **what
            )
    except DatabaseError:
        # The person still gets the answer; the operator gets the trace.
        logger.exception("a refusal couldn't be recorded: %s", action)


def _url_name(request: HttpRequest) -> str:
    return request.resolver_match.view_name if request.resolver_match else "unknown"


def _shown(ground: Ground) -> dict[str, Any]:
    return {
        "why": str(ground.why),
        "way_on": str(ground.way_on),
        "cites": ground.cites,
        "url": ground.url,
        "code": ground.code,
    }
