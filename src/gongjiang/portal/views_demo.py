"""The demo: what it is, a way in for each role, and its clock. Outside demo mode there is none of it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_POST, require_safe

from gongjiang.accounts.models import RoleAssignment, User
from gongjiang.kernel.roles import AUTHORITY_ROLES, EXPERT_ROLES, ROLES
from gongjiang.portal import actions

BACKEND = "django.contrib.auth.backends.ModelBackend"
TRY = {
    "provincial_officer": gettext_lazy("Look over the province: batches by step, overdue reports, terms that end."),
    "provincial_approver": gettext_lazy("Decide what one officer alone may not: revoking a certificate."),
    "centre_officer": gettext_lazy("Approve openings and results of the pilot, give numbers, read reports in."),
    "city_officer": gettext_lazy("See one city only; try another city's batch and find nothing there."),
    "city_approver": gettext_lazy("Sign what two others accepted and deliberated."),
    "county_officer": gettext_lazy("See what lies in one county."),
    "expert": gettext_lazy("Score an applicant alone and blind, on a tablet, also without a connection."),
    "supervisor": gettext_lazy("See the exams of the next fortnight and who was replaced at them."),
    "body_manager": gettext_lazy("Confirm results, issue and revoke; see everything of one body."),
    "exam_clerk": gettext_lazy("Plan a batch, import candidates, arrange rooms, post results."),
    "eligibility_reviewer": gettext_lazy("Check candidates against the clauses of their standard."),
    "scorer": gettext_lazy("Enter scores; the other scorer confirms them."),
    "certificate_clerk": gettext_lazy("Issue numbered, signed certificates; reissue and correct."),
    "invigilator": gettext_lazy("Check candidates in on a tablet."),
    "assessor": gettext_lazy("See your duties once they are released."),
    "internal_supervisor": gettext_lazy("Watch over the body's own exams."),
    "candidate": gettext_lazy("On a phone: ticket, result, objection, certificate."),
}

# Where the role alone doesn't say it.
TRY_AS = {
    "demo-applicant": gettext_lazy("Apply to be put on file; mend what the experts found."),
    "demo-newcomer": gettext_lazy("Prepare a first application; see what is missing."),
    "demo-provincial-deliberator": gettext_lazy("Deliberate what another officer accepted."),
    "demo-city-deliberator": gettext_lazy("Deliberate what another officer accepted."),
    "demo-jilin-deliberator": gettext_lazy("Deliberate what another officer accepted."),
    "demo-xinzhou-centre": gettext_lazy("Accept applications under Xinzhou's rules."),
    "demo-xinzhou-officer": gettext_lazy("Deliberate under Xinzhou's rules; report changes by the quarter."),
}

View = Callable[..., HttpResponse]


def demo_only(view: View) -> View:
    """Answer 404 outside demo mode."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.DEMO:
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@demo_only
@require_safe
@ensure_csrf_cookie
def demo(request: HttpRequest) -> HttpResponse:
    """Explain the demo and offer a way in for each role."""
    authorities, bodies, candidates = ways_in()
    groups = [
        (_("The authorities"), authorities),
        (_("An assessment body"), bodies),
        (_("Candidates"), candidates),
    ]
    return render(request, "portal/demo.html", {"groups": [pair for pair in groups if pair[1]]})


def ways_in() -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the demo's people by where they work: authorities, bodies, candidates; each with roles and what to try."""
    order = {role: n for n, role in enumerate(ROLES)}
    people: dict[int, dict[str, Any]] = {}
    held = RoleAssignment.objects.filter(user__is_demo=True, user__is_active=True, until=None)
    for each in held.select_related("user", "organisation").order_by("pk"):
        entry = people.setdefault(each.user_id, {"user": each.user, "roles": [], "places": []})
        entry["roles"].append(each.role)
        if each.organisation.name not in entry["places"]:
            entry["places"].append(each.organisation.name)
    for entry in people.values():
        entry["roles"].sort(key=order.__getitem__)
    found = sorted(people.values(), key=lambda entry: (order[entry["roles"][0]], entry["user"].pk))
    shown = [_way(entry["user"], entry["roles"], "、".join(entry["places"])) for entry in found]
    candidates = User.objects.filter(is_demo=True, is_active=True).exclude(person_key="").order_by("pk")
    return (
        [each for each in shown if each["role"] in (*AUTHORITY_ROLES, *EXPERT_ROLES)],
        [each for each in shown if each["role"] not in (*AUTHORITY_ROLES, *EXPERT_ROLES)],
        [_way(user, ["candidate"], "") for user in candidates],
    )


def _way(user: User, roles: list[str], place: str) -> dict[str, Any]:
    return {
        "pk": user.pk,
        "name": str(user),
        "role": roles[0],
        "roles": ", ".join(str(ROLES[role]) for role in dict.fromkeys(roles)),
        "place": place,
        "hint": TRY_AS.get(user.username) or TRY.get(roles[0], ""),
    }


@demo_only
@require_POST
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in as one of the demo's people, with one click and no password."""
    chosen = request.POST.get("account", "")
    people = User.objects.filter(is_demo=True, is_active=True)
    user = get_object_or_404(people, pk=int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0)
    actions.enter_demo(actor=request.actor, at=request.now, user=user)
    request.session.flush()
    login(request, user, backend=BACKEND)
    return redirect("home")


@demo_only
@require_POST
def demo_clock(request: HttpRequest) -> HttpResponse:
    """Move the demo's clock on and return to where one was."""
    move = actions.move_demo_clock(actor=request.actor, at=request.now, step=request.POST.get("step", ""))
    words = _("The clock stands at %(now)s.") % {"now": f"{move.to:%Y-%m-%d %H:%M}"}
    if move.target.what:
        words = _("%(clock)s Today: %(what)s.") % {"clock": words, "what": move.target.what}
    messages.info(request, words)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    own = url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return wanted if own else reverse("public")
