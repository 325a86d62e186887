"""The public home: is this certificate real, whose results are posted, where can one enrol, who may assess."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from gongjiang.bodies.directory import counts_by_division
from gongjiang.bodies.tables import division_tiles
from gongjiang.kernel import calendars
from gongjiang.kernel.parts import until
from gongjiang.law import questions as ask
from gongjiang.law.places import JILIN
from gongjiang.planning.tables import subjects
from gongjiang.portal import queries_public
from gongjiang.portal.queries_public import Figures

REMEMBERED = 60
NOTICES, ANNOUNCEMENTS = 5, 4


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Lead staff and candidates to their home, show the public its own at the root."""
    if request.actor.is_signed_in:
        return redirect("home")
    return public(request)


@require_safe
@ensure_csrf_cookie
def public(request: HttpRequest) -> HttpResponse:
    """Show the public home to anyone, signed in or not."""
    today = request.today
    found = cache.get_or_set(f"public-figures:{today}", lambda: queries_public.figures(today), REMEMBERED)
    counts = counts_by_division(queries_public.bodies_in_term(today))
    context = {
        "verify_url": reverse("verify"),
        "figures": figure_list(found),
        "notices": notices(today),
        "just_over": queries_public.just_over(today),
        "objection_cites": _cites("OBJECTION_REPLY_WORKING_DAYS", today),
        "announcements": announcements(today),
        "tiles": [replace(tile, name=short_name(tile.name)) for tile in division_tiles(counts, "")],
        "ending": queries_public.ending_soonest(today),
        "supervision_cites": _cites("SUPERVISED_BY_SELECTING_AUTHORITY", today),
    }
    return render(request, "portal/public.html", context)


def short_name(division: str) -> str:
    """Return a division's name as people say it, so that it fits a tile: 延边 for 延边朝鲜族自治州."""
    return division.removesuffix("朝鲜族自治州").removesuffix("市")


def figure_list(found: Figures) -> list[tuple[str, str, str]]:
    """Return the day's figures as (label, number, note)."""
    return [
        (_("Bodies in their filing term"), f"{found.on_file:,}", _("of %(n)s on record") % {"n": found.bodies}),
        (_("Occupations that can be certified"), f"{found.occupations:,}", ""),
        (_("Valid certificates"), f"{found.certificates:,}", ""),
        (_("Results on notice"), f"{found.notices:,}", _("notices · %(n)s people") % {"n": f"{found.posted:,}"}),
        (_("Batches that take enrolments"), f"{found.enrolling:,}", ""),
    ]


def notices(today: date) -> list[dict[str, Any]]:
    """Return the result notices that run, each with its batch, how many people, and the days left."""
    found = list(queries_public.running_notices(today)[:NOTICES])
    batches, counts = queries_public.notice_batches(found), queries_public.posted_counts(found)
    calendar = calendars.current()
    return [
        {
            "title": each.title,
            "url": reverse("notice", args=[each.pk]),
            "batch": batches.get(each.pk),
            "subjects": subjects(batches[each.pk]) if each.pk in batches else "",
            "people": counts.get(each.pk, 0),
            "due": until(each.last_day, today, calendar, each.cites, provisional=each.provisional),
        }
        for each in found
    ]


def announcements(today: date) -> list[dict[str, Any]]:
    """Return the batches that take enrolments, the one that closes first first, then those that will."""
    calendar = calendars.current()
    now = list(queries_public.enrolling(today)[:ANNOUNCEMENTS])
    soon = list(queries_public.coming(today)[: ANNOUNCEMENTS - len(now)])
    return [
        {
            "batch": each.batch,
            "subjects": subjects(each.batch),
            "open": each in now,
            "fees": _fees(each.batch),
            "due": until(each.batch.enrolment_until, today, calendar),
        }
        for each in now + soon
    ]


def _fees(batch: Any) -> str:
    fees = sorted({line.fee for line in batch.lines.all()})
    return " / ".join(f"{fee.normalize():f}" for fee in fees)


def _cites(name: str, day: date) -> tuple[Any, ...]:
    rule = ask.QUESTIONS[name].get(place=JILIN, day=day)
    return rule.cites if rule else ()
