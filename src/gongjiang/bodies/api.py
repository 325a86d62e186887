"""The public directory for programs: documented fields, no personal data."""

from datetime import date

from django.http import Http404, HttpRequest
from ninja import NinjaAPI, Schema

from gongjiang.bodies import queries
from gongjiang.bodies.models import AssessmentBody

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
    """A body of the directory. ``standing`` is filed, suspended, expired or terminated, as of the answer's day."""

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


class BodyWithScope(Body):
    scope: list[ScopeCell]


@api.get("/directory", response=list[Body], url_name="directory", summary="Assessment bodies on file")
def directory(
    request: HttpRequest,
    text: str = "",
    division: str = "",
    occupation: str = "",
    level: str = "",
    kind: str = "",
    page: int = 1,
) -> list[Body]:
    """Return a hundred bodies a page, by name; narrowed by text, division prefix, occupation, level and kind."""
    found = queries.directory(text=text, division=division, occupation=occupation, level=level, kind=kind)
    first = (max(page, 1) - 1) * PAGE
    return [Body(**_body(body, request)) for body in found.prefetch_related(*queries.STANDING)[first : first + PAGE]]


@api.get("/directory/{code}", response=BodyWithScope, url_name="directory-body", summary="One body with its scope")
def directory_body(request: HttpRequest, code: str) -> BodyWithScope:
    """Return one body by its 13-character code."""
    try:
        body = queries.directory_entry(code)
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
    return BodyWithScope(**_body(body, request), scope=cells)


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
