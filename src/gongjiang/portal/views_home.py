"""The home page of whoever is signed in: what waits, until when, and what is under way."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from gongjiang.accounts.permissions import requires
from gongjiang.accounts.queries import organisations_of
from gongjiang.kernel import calendars, queue
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.messages import unread_count
from gongjiang.kernel.parts import WorkGroup
from gongjiang.kernel.roles import STAFF_ROLES
from gongjiang.portal import actions, home_sections, queries, waiting

SHOWN = 12
ON_DUTY = ("invigilator", "assessor", "internal_supervisor")
OVERSEES = ("supervisor", "internal_supervisor", "city_officer", "provincial_officer", "centre_officer")


@require_safe
@requires(*STAFF_ROLES, "candidate")
def home(request: HttpRequest) -> HttpResponse:
    """Show what waits for the actor, soonest deadline first; a candidate is led to the own page."""
    actor: Actor = request.actor
    if actor.kind == "candidate":
        return redirect("mine")
    today = request.today
    items = queue.items_for(actor, today)
    waiting.remember(actor, len(items))
    off = waiting.next_days_off(today, calendars.current())
    groups = waiting.groups_of(items, today, off)
    shown, left = groups, 0
    if "all" not in request.GET:
        shown, left = first_of(groups, SHOWN)
    context = {
        "position": position(len(items), sum(waiting.is_overdue(item, today) for item in items)),
        "today_words": today_words(today, off),
        "groups": shown,
        "more": _("and %(n)s more") % {"n": left} if left else "",
        "more_url": f"{reverse('home')}?all=1",
        "chart": waiting.ahead(items, today),
        "acts": home_sections.acts_of(actor),
        "organisations": organisations_of(request.user, on=today),
        "unread": unread_count(actor),
        **beside(actor, request),
    }
    return render(request, "portal/home.html", context)


def beside(actor: Actor, request: HttpRequest) -> dict[str, Any]:
    """Return what stands beside and below the queue for the actor's roles."""
    batches = queries.under_way(actor)
    count = batches.count()
    found = home_sections.batch_lines(queries.next_days(batches[: home_sections.SHOWN], request.today))
    tables = []
    if actor.has(*ON_DUTY):
        tables.append(home_sections.duties_table(queries.own_duties(actor, request.now)))
    if actor.has(*OVERSEES):
        tables.append(home_sections.exams_table(queries.exams_ahead(actor, request.now)[: home_sections.SHOWN]))
    return {
        "batches": found,
        "batch_count": count,
        "area": home_sections.area(actor, request.today),
        "tables": [table for table in tables if table is not None],
    }


def position(count: int, overdue: int) -> str:
    """Return the title: how many things wait, how many of them are overdue."""
    if not count:
        return _("Nothing waits for you")
    words = ngettext("%(n)s thing waits for you", "%(n)s things wait for you", count) % {"n": count}
    if not overdue:
        return words
    late = ngettext("%(n)s is overdue", "%(n)s are overdue", overdue) % {"n": overdue}
    return _("%(count)s, %(late)s") % {"count": words, "late": late}


def today_words(today: Any, off: waiting.DaysOff) -> str:
    """Return the day, and what is left until the next days off."""
    day = f"{today:%Y-%m-%d} {formats.date_format(today, 'D')}"
    span = f"{off.first:%m-%d}" if off.first == off.last else f"{off.first:%m-%d} – {off.last:%m-%d}"
    what = _("%(span)s %(name)s, days off") % {"span": span, "name": off.name or _("weekend")}
    left = ngettext(
        "%(n)s working day left before it after today",
        "%(n)s working days left before it after today",
        off.working_days,
    ) % {"n": off.working_days}
    return _("%(day)s · %(what)s, %(left)s") % {"day": day, "what": what, "left": left}


def first_of(groups: tuple[WorkGroup, ...], limit: int) -> tuple[tuple[WorkGroup, ...], int]:
    """Return the first items of the groups and how many are left out; what is overdue always stays."""
    shown, room, left = [], limit, 0
    for group in groups:
        take = group.items if group.kind == "over" else group.items[: max(room, 0)]
        room -= len(take)
        left += len(group.items) - len(take)
        if take:
            shown.append(WorkGroup(group.label, group.kind, take))
    return tuple(shown), left


@require_POST
@requires(*STAFF_ROLES)
def act_for(request: HttpRequest) -> HttpResponse:
    """Choose for which of one's organisations one acts from now on."""
    chosen = request.POST.get("organisation", "")
    pk = int(chosen) if chosen.isdecimal() and len(chosen) < 12 else 0
    organisation = actions.act_for(actor=request.actor, at=request.now, user=request.user, organisation_id=pk)
    request.session["organisation_id"] = organisation.pk
    messages.success(request, _("You now act for %(name)s.") % {"name": organisation.name})
    return redirect("home")
