"""What the public sees of batches: announcements, as pages, as a feed, as PDF."""

from datetime import date, datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from gongjiang.kernel import calendars
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.parts import Deadline, until
from gongjiang.law.calendar import Calendar
from gongjiang.planning import composition, documents, queries
from gongjiang.planning.models import Announcement
from gongjiang.standards.models import Level

PAGE = 20
FEED = 50


@require_GET
def announcements(request: HttpRequest) -> HttpResponse:
    """All announcements, newest first (JL-2024-5§15)."""
    found = queries.public_announcements().prefetch_related("batch__lines__occupation")
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    rows = [
        (each, summary(each), until(each.batch.enrolment_until, request.today, calendars.current())) for each in page
    ]
    open_now = found.filter(batch__enrolment_from__lte=request.today, batch__enrolment_until__gte=request.today).count()
    return render(request, "planning/announcements.html", {"page": page, "rows": rows, "open_now": open_now})


@require_GET
def announcement(request: HttpRequest, number: str) -> HttpResponse:
    """One announcement with its five elements."""
    found = _announcement(number)
    elements = found.elements
    context = {
        "announcement": found,
        "batch": found.batch,
        "time": elements["time"],
        "lines": _lines(found),
        "due": enrolment_due(found, request.today, calendars.current()),
        "open": found.batch.enrolment_from <= request.today <= found.batch.enrolment_until,
    }
    return render(request, "planning/announcement.html", context)


@require_GET
def announcement_pdf(request: HttpRequest, number: str) -> HttpResponse:
    """The announcement as PDF, made from its frozen elements."""
    found = _announcement(number)
    response = HttpResponse(documents.announcement_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="announcement-{found.batch.number}.pdf"'
    return response


class AnnouncementFeed(Feed):  # type: ignore[misc]
    """Announcements as Atom."""

    feed_type = Atom1Feed
    link = "/announcements/"

    def title(self) -> str:
        return _("Announcements of skill-level certification")

    def items(self) -> list[Announcement]:
        return list(queries.public_announcements().prefetch_related("batch__lines__occupation")[:FEED])

    def item_title(self, item: Any) -> str:
        return f"{item.batch.body.name}：{item.batch.title}"

    def item_description(self, item: Any) -> str:
        return summary(item)

    def item_link(self, item: Any) -> str:
        return reverse("announcement", args=[item.batch.number])

    def item_updateddate(self, item: Any) -> datetime:
        return item.published_at

    def item_pubdate(self, item: Any) -> datetime:
        return item.published_at


def enrolment_due(found: Announcement, today: date, calendar: Calendar) -> Deadline:
    """Return until when candidates may enrol; once that is over it is done, not overdue."""
    last = found.batch.enrolment_until
    return until(last, today, calendar, found.cites, done_on=last if today > last else None)


def summary(found: Announcement) -> str:
    """Return occupations, levels and exam days in one line."""
    lines = _lines(found)
    names = "；".join(dict.fromkeys(f"{line['name']} {line['level']}" for line in lines))
    exam = " – ".join(dict.fromkeys(found.elements["time"]["exam"]))
    return f"{names} · {_('Exam')} {exam}"


def _lines(found: Announcement) -> list[dict[str, Any]]:
    english = (get_language() or "").startswith("en")
    elements = found.elements
    columns = (elements["occupation"], elements["level"], elements["conditions"], elements["fee"])
    # Announcements made before the methods were told have none.
    told = elements.get("assessment") or [{} for _each in elements["level"]]
    where, day = queries.regime_of(found.batch), found.published_at.astimezone(SHANGHAI).date()
    return [
        {
            **occupation,
            "level": Level(level).label,
            "standard": conditions["standard"],
            "own": {name: conditions.get(name, "") for name in ("requirement", "step", "cites")},
            "clauses": [(clause_id, en if english else zh) for clause_id, zh, en in conditions["clauses"]],
            "fee": fee,
            "composition": composition.shown(assessment, where, day),
        }
        for occupation, level, conditions, fee, assessment in zip(*columns, told, strict=True)
    ]


def _announcement(number: str) -> Announcement:
    try:
        return queries.public_announcement(number)
    except Announcement.DoesNotExist:
        raise Http404(number) from None
