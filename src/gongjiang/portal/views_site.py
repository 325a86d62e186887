"""What programs that visit the site are told."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

# Nothing that stands behind a sign-in, and no page with people's names, belongs in a search engine.
CLOSED = (
    *("account", "home", "mine", "search", "inbox", "settings", "reveal", "demo", "v"),
    *("batches", "enrolments", "exams", "results", "objections", "certificates", "reports", "notices"),
)


@require_safe
@cache_control(public=True, max_age=3600)
def robots(request: HttpRequest) -> HttpResponse:
    """Say what may be read into a search engine; of a demo nothing."""
    closed = ["/"] if settings.DEMO else [f"/{path}/" for path in CLOSED]
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in closed)]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
