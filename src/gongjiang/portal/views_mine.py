"""A candidate's own page, made for a phone."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from gongjiang.accounts.permissions import requires
from gongjiang.certificates.models import Certificate
from gongjiang.certificates.queries import certificates_for
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel import messages
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.roles import ROLES
from gongjiang.portal import mine_parts, queries_mine
from gongjiang.standards.models import Level

REVEALS, MESSAGES = 10, 5


@require_safe
@never_cache
@requires("candidate")
def mine(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the candidate one enrolment in full (the one under way unless chosen) and the others in short."""
    actor, today = request.actor, request.today
    enrolments = queries_mine.own_enrolments(actor)
    if pk is not None and pk not in {each.pk for each in enrolments}:
        raise Http404(pk)
    chosen = next((each for each in enrolments if pk in (None, each.pk)), None)
    certificates = list(certificates_for(actor).order_by("-issued_on", "-pk"))
    context = {
        "enrolments": [(each, each is chosen) for each in enrolments],
        "certificates": [(each, Level(each.level).label) for each in certificates],
        "reveals": _reveals(enrolments, certificates),
        "inbox": messages.inbox_for(actor)[:MESSAGES],
        "unread": messages.unread_count(actor),
    }
    if chosen is not None:
        story = queries_mine.story_of(actor, chosen, request.now)
        context |= {
            "story": story,
            "subject": mine_parts.subject(story),
            "stage": mine_parts.stage_words(story),
            "scores": mine_parts.scores(story),
            "rights": mine_parts.rights(story),
            "events": mine_parts.events(story, today),
            "notice_due": mine_parts.notice_due(story, today),
            "objection_due": mine_parts.objection_due(story, today),
        }
    return render(request, "portal/mine.html", context)


def _reveals(enrolments: list[Enrolment], certificates: list[Certificate]) -> list[dict[str, object]]:
    """Return when, in which role and for what somebody had the own number shown."""
    found = queries_mine.reveals_of(enrolments, certificates)[:REVEALS]
    return [
        {
            "at": entry.at.astimezone(SHANGHAI),
            "role": ", ".join(str(ROLES[role]) for role in entry.actor_roles if role in ROLES),
            "why": entry.reason,
        }
        for entry in found
    ]
