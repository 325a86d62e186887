"""The province's workforce: in pictures, as a list, what ends when, and masked exports."""

from datetime import date, timedelta

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET

from gongjiang.accounts.permissions import requires
from gongjiang.kernel.parts import Act, Choice
from gongjiang.kernel.roles import AUTHORITY_ROLES
from gongjiang.workforce import actions, exports, queries_pool, queries_register, tables, tables_pool
from gongjiang.workforce.forms import PoolForm
from gongjiang.workforce.permissions import READERS
from gongjiang.workforce.queries_pool import COUNTED, Asked, CappedPaginator

PAGE = 30
MONTHS = 366


def overview(request: HttpRequest) -> HttpResponse:
    """The province in pictures: where assessors are, what they may assess, what lacks, what ends."""
    actor, today = request.actor, request.today
    gaps = queries_pool.gaps(actor, today)
    cities = queries_pool.by_city(actor, today)
    ends = queries_register.ends_by_month(actor, today, today + timedelta(days=MONTHS))
    lacking = sum(gap.lacking for gap in gaps)
    n = sum(cities.values())
    context = {
        "position": ngettext("%(n)s assessor's term runs", "%(n)s assessors' terms run", n) % {"n": n},
        "lead": ngettext(
            "%(n)s filed occupation and level has no assessor of its body",
            "%(n)s filed occupations and levels have no assessor of their body",
            lacking,
        )
        % {"n": lacking},
        "tiles": tables_pool.city_tiles(cities),
        "gaps_chart": tables_pool.gaps_chart([gap for gap in gaps if gap.lacking] or gaps),
        "ends_chart": tables_pool.months_chart(ends, today),
        "matrix": tables_pool.matrix_table(queries_pool.matrix(actor, today)),
        "acts": _acts(request),
    }
    return render(request, "workforce/overview.html", context)


def _acts(request: HttpRequest) -> list[Act]:
    found = [
        Act(_("Look for people"), reverse("workforce-pool"), look="primary", icon="search"),
        Act(_("Terms that end"), reverse("staff-expiry"), icon="clock"),
        Act(_("Courses"), reverse("course-list")),
        Act(_("Training plan"), reverse("training-plan")),
        Act(_("External supervisors"), reverse("external-supervisors")),
    ]
    if request.actor.has("centre_officer", "provincial_officer"):
        found.append(Act(_("Item writers"), reverse("writer-list")))
    return found


@require_GET
@requires(*AUTHORITY_ROLES)
def pool(request: HttpRequest) -> HttpResponse:
    """Everybody's staff, narrowed by occupation, level, rank, city, role and name."""
    form = PoolForm(request.actor.place_code[:2], request.GET)
    data = form.cleaned_data if form.is_valid() else {}
    kept = {key: value for key, value in data.items() if value}
    asked = Asked(**kept)
    paginator = CappedPaginator(queries_pool.pool(request.actor, asked, request.today), PAGE)
    page = paginator.get_page(request.GET.get("page"))
    n = paginator.count
    words = ngettext("%(n)s person is found", "%(n)s people are found", n)
    if paginator.is_more:
        words = _("More than %(n)s people are found: narrow it")
    context = {
        "form": form,
        "page": page,
        "position": words % {"n": COUNTED if paginator.is_more else n},
        "table": tables.people_table(page, request.today, homes=True),
    }
    return render(request, "workforce/pool.html", context)


@require_GET
@requires(*READERS)
def expiry(request: HttpRequest) -> HttpResponse:
    """Whose term ends in 30, 90 or 180 days, and how many in each month."""
    actor, today = request.actor, request.today
    days = _days(request)
    found = queries_register.terms_ending(actor, today, today + timedelta(days=days))
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    n = page.paginator.count
    ends = queries_register.ends_by_month(actor, today, today + timedelta(days=MONTHS))
    position = ngettext("%(n)s term ends within %(days)s days", "%(n)s terms end within %(days)s days", n)
    context = {
        "position": position % {"n": n, "days": days},
        "lead": _("Renewing is training, examination and a new appointment; it takes weeks."),
        "lead_cite": "JL-2024-5§38",
        "choices": [
            Choice(_("%(days)s days") % {"days": span}, f"?days={span}", str(days) == span)
            for span in queries_register.TERMS
        ],
        "chart": tables_pool.months_chart(ends, today),
        "page": page,
        "table": tables_pool.expiry_table(page, today),
    }
    return render(request, "workforce/expiry.html", context)


@require_GET
@requires(*READERS)
def expiry_csv(request: HttpRequest) -> HttpResponse:
    """The terms that end within half a year, as CSV."""
    today = request.today
    found = queries_register.terms_ending(request.actor, today, today + timedelta(days=_days(request, "180")))
    data, rows = exports.expiry_csv(found.iterator(chunk_size=2000), today)
    actions.record_export(actor=request.actor, at=request.now, subject=None, what="expiry", rows=rows)
    return exports.download(data, f"expiry-{today:%Y%m%d}.csv", exports.CSV)


@require_GET
@requires(*READERS)
def export(request: HttpRequest) -> HttpResponse:
    """The own list as CSV, identity numbers masked."""
    home = queries_register.own_home(request.actor)
    if home is None:
        raise Http404("no list")
    found = queries_register.register_of(request.actor, home).prefetch_related("appointments__training")
    data, rows = exports.register_csv(found)
    actions.record_export(actor=request.actor, at=request.now, subject=home, what="register", rows=rows)
    return exports.download(data, f"staff-{_day(request.today)}.csv", exports.CSV)


def _days(request: HttpRequest, default: str = "90") -> int:
    asked = request.GET.get("days", default)
    return int(asked if asked in queries_register.TERMS else default)


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"
