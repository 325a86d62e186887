"""The public directory for programs: documented fields, no personal data."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Schema

from gongjiang.bodies import directory as register
from gongjiang.bodies import published, queries
from gongjiang.bodies.models import AssessmentBody, Decision

PAGE = 100

api = NinjaAPI(
    title="Gongjiang",
    version="1",
    urls_namespace="api-1",
    docs_url=None,  # its page would fetch scripts from elsewhere
    description="Public registers of the platform: the directory of assessment bodies.",
)


class ScopeCell(Schema):
    """An occupation at a level at a site, from a day until a day (exclusive; null is open)."""

    occupation_code: str
    occupation: str
    level: str
    site: str
    since: date
    until: date | None


class Body(Schema):
    """A body of the directory.

    ``standing`` is filed, suspended, winding_up, expired or terminated, as of the answer's day.
    """

    code: str
    name: str
    kind: str
    authority: str
    address: str
    place_code: str
    filing_letter: str
    filed_on: date
    filed_until: date
    standing: str
    as_of: date


class Term(Schema):
    """A filing term, from a day until a day (exclusive), with the letter that states it."""

    since: date
    until: date
    letter_number: str
    rule: str


class DecisionOf(Schema):
    """A decision. ``standing`` is in_force, coming, objection, replaced or ended, as of the answer's day."""

    number: str
    kind: str
    title: str
    decided_at: datetime
    decided_by: str
    since: date
    until: date | None
    letter_number: str
    articles: list[str]
    standing: str
    replaces: str | None


class Rule(Schema):
    """A version of the body's rules of a kind, from a day until a day (exclusive; null is open)."""

    kind: str
    version: int
    title: str
    since: date
    until: date | None


class Fee(Schema):
    """One part of the fee of an occupation at a level in the schedule in force, in yuan."""

    occupation_code: str
    level: str
    part: str
    amount: Decimal


class BodyWithScope(Body):
    """A body with its scope, terms, decisions, rules and the fees in force."""

    scope: list[ScopeCell]
    terms: list[Term]
    decisions: list[DecisionOf]
    rules: list[Rule]
    fees: list[Fee]


@api.get("/directory", response=list[Body], url_name="directory", summary="Assessment bodies on file")
def directory(
    request: HttpRequest,
    text: str = "",
    division: str = "",
    occupation: str = "",
    level: str = "",
    kind: str = "",
    standing: str = "",
    page: int = 1,
) -> list[Body]:
    """Return a hundred bodies a page, by name; narrowed by text, division prefix, occupation, level, kind, standing."""
    today: date = request.today  # type: ignore[attr-defined]
    found = register.directory(
        text=text, division=division, occupation=occupation, level=level, kind=kind, standing=standing, on=today
    )
    first = (max(page, 1) - 1) * PAGE
    return [Body(**_body(body, request)) for body in found.prefetch_related(*queries.STANDING)[first : first + PAGE]]


@api.get("/directory/{code}", response=BodyWithScope, url_name="directory-body", summary="One body with its scope")
def directory_body(request: HttpRequest, code: str) -> BodyWithScope:
    """Return one body by its 13-character code."""
    try:
        body = register.directory_entry(code)
    except AssessmentBody.DoesNotExist:
        raise Http404(code) from None
    cells = [
        ScopeCell(
            occupation_code=cell.occupation.code,
            occupation=cell.occupation.name,
            level=cell.level,
            site=cell.site.name,
            since=cell.since,
            until=cell.until,
        )
        for cell in body.scope.all()
    ]
    return BodyWithScope(**_body(body, request), scope=cells, **_history(body, request))


def _history(body: AssessmentBody, request: HttpRequest) -> dict[str, Any]:
    today: date = request.today  # type: ignore[attr-defined]
    schedule = published.fees_on(body, today)
    return {
        "terms": [
            Term(since=term.since, until=term.until, letter_number=term.letter_number, rule=term.rule)
            for term in body.terms.all()
        ],
        "decisions": [_decision(decision, today) for decision in register.decisions().filter(body=body)],
        "rules": [
            Rule(kind=rule.kind, version=rule.version, title=rule.title, since=rule.since, until=rule.until)
            for rule in body.published_rules.all()
        ],
        "fees": [
            Fee(occupation_code=item.occupation.code, level=item.level, part=item.part, amount=item.amount)
            for item in (schedule.items.all() if schedule else [])
        ],
    }


def _decision(decision: Decision, today: date) -> DecisionOf:
    return DecisionOf(
        number=decision.number,
        kind=decision.kind,
        title=decision.title,
        decided_at=decision.decided_at,
        decided_by=decision.decided_by,
        since=decision.since,
        until=decision.until,
        letter_number=decision.letter_number,
        articles=decision.cites,
        standing=register.decision_standing(decision, today),
        replaces=decision.replaces.number if decision.replaces else None,
    )


def _body(body: AssessmentBody, request: HttpRequest) -> dict[str, object]:
    today: date = request.today  # type: ignore[attr-defined]
    return {
        "code": body.code,
        "name": body.name,
        "kind": body.kind,
        "authority": body.authority.name,
        "address": body.address,
        "place_code": body.place_code,
        "filing_letter": body.filing_letter,
        "filed_on": body.filed_on,
        "filed_until": body.filed_until,
        "standing": queries.standing(body, today),
        "as_of": today,
    }
