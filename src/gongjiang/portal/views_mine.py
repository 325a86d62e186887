"""A candidate's own page, made for a phone."""

from uuid import uuid4

from django import forms
from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from gongjiang.accounts.permissions import requires
from gongjiang.enrolment.models import Enrolment
from gongjiang.enrolment.queries import enrolment_for
from gongjiang.kernel import messages
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.refusal import Ground, Refused
from gongjiang.kernel.roles import ROLES
from gongjiang.portal import mine_parts, queries_mine
from gongjiang.results.actions import object_to_result
from gongjiang.standards.models import Level

REVEALS, MESSAGES = 10, 5


class ObjectionForm(forms.Form):
    """What the candidate objects to, and the key that keeps a form sent twice from objecting twice."""

    text = forms.CharField(
        label=gettext_lazy("What do you object to, and why?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=gettext_lazy("Say which part and which item. No identity number is needed."),
    )
    key = forms.CharField(max_length=60, widget=forms.HiddenInput)


@require_GET
@never_cache
@requires("candidate")
def mine(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Show the candidate one enrolment in full (the one under way unless chosen) and the others in short."""
    actor, today = request.actor, request.today
    enrolments = queries_mine.own_enrolments(actor)
    if pk is not None and pk not in {each.pk for each in enrolments}:
        raise Http404(pk)
    chosen = next((each for each in enrolments if pk in (None, each.pk)), None)
    certificates = list(queries_mine.own_certificates(actor))
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


@require_http_methods(["GET", "POST"])
@never_cache
@requires("candidate")
def mine_object(request: HttpRequest, pk: int) -> HttpResponse:
    """Object to the own result within its notice (JL-2024-5§25)."""
    story = queries_mine.story_of(request.actor, _enrolment(request, pk), request.now)
    if story.result is None:
        ground = Ground(_("No result is posted yet."), _("You can object once it is."), code="not-posted")
        raise Refused(_("Raise an objection"), [ground])
    form = ObjectionForm(request.POST or None, initial={"key": uuid4().hex})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        object_to_result(
            actor=request.actor, at=request.now, result=story.result, text=data["text"], key=f"mine-{data['key']}"
        )
        flash.success(request, _("Your objection is with the body; the reply is due by the day shown below."))
        return redirect("mine-enrolment", pk=pk)
    context = {
        "story": story,
        "form": form,
        "subject": mine_parts.subject(story),
        "due": mine_parts.notice_due(story, request.today),
        "scores": mine_parts.scores(story),
    }
    return render(request, "portal/mine_object.html", context)


def _enrolment(request: HttpRequest, pk: int) -> Enrolment:
    try:
        return enrolment_for(request.actor, pk)
    except Enrolment.DoesNotExist:
        raise Http404(pk) from None


def _reveals(enrolments: list[Enrolment], certificates: list[object]) -> list[dict[str, object]]:
    """Return when, in which role and for what somebody had the own number shown."""
    found = queries_mine.reveals_of(enrolments, certificates)[:REVEALS]  # type: ignore[arg-type]
    return [
        {
            "at": entry.at.astimezone(SHANGHAI),
            "role": ", ".join(str(ROLES[role]) for role in entry.actor_roles if role in ROLES),
            "why": entry.reason,
        }
        for entry in found
    ]
