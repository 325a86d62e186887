"""The working-day calendar as it stands now: the notices carried with the platform and those loaded since."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db import models, transaction
from django.db.models import Count, Max, Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from gongjiang.kernel import audit, clock
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.models import HolidayNotice, Objection, PublicNotice
from gongjiang.kernel.refusal import Ground, NotAllowed, Refused
from gongjiang.law.calendar import Calendar, Notice, NoticeRefused, Term, parse_notice_csv

LOADERS = ("provincial_officer", "centre_officer", "system")


@dataclass(frozen=True, slots=True)
class Change:
    """A term that a newly loaded notice moved or settled, and whom the platform told of it."""

    kind: str
    record_id: str
    title: str
    before: date
    after: date
    provisional: bool
    told: tuple[str, ...] = ()


Recompute = Callable[[Calendar, Actor, datetime], list[Change]]
Tell = Callable[[models.Model, Change, datetime], tuple[str, ...]]


@dataclass
class Registry:
    """Terms outside the kernel that must move with the calendar (reports), and who is told of the kernel's own."""

    recompute: list[Recompute] = field(default_factory=list)
    tell: list[Tell] = field(default_factory=list)


REGISTRY = Registry()
_cache: dict[str, tuple[tuple[int, datetime | None], Calendar]] = {}


def register(recompute: Recompute) -> Recompute:
    """Have this function called with the new calendar whenever a notice is loaded; it returns what it changed."""
    if recompute not in REGISTRY.recompute:
        REGISTRY.recompute.append(recompute)
    return recompute


def tell_with(tell: Tell) -> Tell:
    """Have this function tell the people concerned of a changed notice or objection; it returns their names."""
    if tell not in REGISTRY.tell:
        REGISTRY.tell.append(tell)
    return tell


def current() -> Calendar:
    """Return the calendar now; one small query, built anew only after a notice was loaded."""
    stamp = HolidayNotice.objects.aggregate(n=Count("pk"), last=Max("loaded_at"))
    key = (stamp["n"], stamp["last"])
    known = _cache.get("calendar")
    if known and known[0] == key:
        return known[1]
    calendar = Calendar.default()
    for row in HolidayNotice.objects.order_by("year"):
        calendar = calendar.with_notice(as_notice(row))
    _cache["calendar"] = (key, calendar)
    return calendar


def as_notice(row: HolidayNotice) -> Notice:
    """Return a stored notice in the law's form."""
    days_off = {date.fromisoformat(day): name for day, name in row.days_off}
    make_up = {date.fromisoformat(day): name for day, name in row.make_up}
    names = tuple(sorted({**days_off, **make_up}.items()))
    return Notice(row.year, frozenset(days_off), frozenset(make_up), row.source, names)


@transaction.atomic
def load_holiday_notice(*, actor: Actor, year: int, text: str, source: str, at: datetime) -> list[Change]:
    """Store a year's notice (CSV with date,name,kind) and recompute every open term; return what changed, whom it told.

    Loading a year again replaces it.

    :raises NotAllowed: the actor is neither an officer of the province or its centre nor a command.
    :raises Refused: the notice has problems; each is a ground.
    """
    asked = _("Load the holiday notice of %(year)s") % {"year": year}
    if not actor.has(*LOADERS):
        way = _("Ask an officer of the province or of its centre.")
        raise NotAllowed(asked, [Ground(_("Your role doesn't include this."), way, code="wrong-role")])
    try:
        notice = parse_notice_csv(text, year=year, source=source)
    except NoticeRefused as refused:
        raise Refused(asked, _grounds(refused), action="calendar.load") from refused
    row = _store(notice, actor=actor, at=at)
    calendar = current()
    changes = _recompute_notices(calendar, at) + _recompute_objections(calendar, at)
    for recompute in REGISTRY.recompute:
        changes += recompute(calendar, actor, at)
    _record(row, notice, changes, actor=actor, at=at)
    return changes


def _store(notice: Notice, *, actor: Actor, at: datetime) -> HolidayNotice:
    names = dict(notice.names)
    row, _created = HolidayNotice.objects.update_or_create(
        year=notice.year,
        defaults={
            "days_off": [[day.isoformat(), names.get(day, "")] for day in sorted(notice.days_off)],
            "make_up": [[day.isoformat(), names.get(day, "")] for day in sorted(notice.make_up)],
            "source": notice.source,
            "loaded_at": at,
            "loaded_by_id": actor.user_id,
        },
    )
    # The stamp wouldn't tell apart two loads of one year at one instant.
    _cache.clear()
    return row


def _grounds(refused: NoticeRefused) -> list[Ground]:
    chinese = (get_language() or "").startswith("zh")
    return [
        Ground(
            why=(problem.message_zh if chinese else problem.message_en),
            way_on=_("Mend line %(line)s and load the file again.") % {"line": problem.line}
            if problem.line
            else _("Complete the file and load it again."),
            code="notice-problem",
        )
        for problem in refused.problems
    ]


def _recompute_notices(calendar: Calendar, at: datetime) -> list[Change]:
    today = at.astimezone(clock.SHANGHAI).date()
    is_open = Q(provisional=True) | Q(last_day__gte=today)
    changes = []
    for notice in PublicNotice.objects.select_for_update().filter(is_open, withdrawn_on=None).order_by("pk"):
        term = calendar.term(notice.posted_on, notice.working_days)
        if not _differs(term, notice.last_day, notice.provisional, notice.calendar_years):
            continue
        before, notice.last_day = notice.last_day, term.last_day
        notice.provisional, notice.calendar_years = term.provisional, list(term.notices)
        notice.save(update_fields=["last_day", "provisional", "calendar_years"])
        change = Change(audit.kind_of(notice), str(notice.pk), notice.title, before, term.last_day, term.provisional)
        changes.append(_told(notice, change, at))
    return changes


def _recompute_objections(calendar: Calendar, at: datetime) -> list[Change]:
    changes = []
    waiting = Objection.objects.select_for_update().filter(replied_at=None).order_by("pk")
    for objection in waiting:
        raised_on = objection.raised_at.astimezone(clock.SHANGHAI).date()
        term = calendar.term(raised_on, objection.reply_working_days)
        if not _differs(term, objection.reply_last_day, objection.reply_provisional, objection.reply_calendar_years):
            continue
        before, objection.reply_last_day = objection.reply_last_day, term.last_day
        objection.reply_provisional, objection.reply_calendar_years = term.provisional, list(term.notices)
        objection.save(update_fields=["reply_last_day", "reply_provisional", "reply_calendar_years"])
        title = _("Reply to objection %(number)s") % {"number": objection.pk}
        change = Change(audit.kind_of(objection), str(objection.pk), title, before, term.last_day, term.provisional)
        changes.append(_told(objection, change, at))
    return changes


def _differs(term: Term, last_day: date, provisional: bool, years: list[int]) -> bool:
    return (term.last_day, term.provisional, list(term.notices)) != (last_day, provisional, list(years))


def _told(record: models.Model, change: Change, at: datetime) -> Change:
    names = tuple(name for tell in REGISTRY.tell for name in tell(record, change, at))
    return Change(change.kind, change.record_id, change.title, change.before, change.after, change.provisional, names)


def _record(row: HolidayNotice, notice: Notice, changes: list[Change], *, actor: Actor, at: datetime) -> None:
    moved = [
        {"record": [c.kind, c.record_id], "before": c.before, "after": c.after, "provisional": c.provisional}
        for c in changes
    ]
    facts = {
        "year": row.year,
        "source": row.source,
        "days_off": sorted(notice.days_off),
        "make_up": sorted(notice.make_up),
        "terms_moved": moved,
    }
    audit.record(actor=actor, action="calendar.load", subject=row, at=at, facts=facts)
