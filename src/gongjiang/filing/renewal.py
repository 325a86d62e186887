"""When a filing is to be renewed: in time, late, or no more (JL-2025-1§9), and of what the body is reminded when."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongjiang.bodies.models import AssessmentBody, FilingTerm
from gongjiang.filing.models import Application, ApplicationKind
from gongjiang.filing.states import ApplicationState
from gongjiang.kernel.refusal import Ground
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.calendar import last_day_ahead
from gongjiang.law.model import Provision
from gongjiang.law.places import place as place_of

REMINDER_DAYS = "filing.reminder_days"
CLOSED = (ApplicationState.FILED, ApplicationState.REFUSED, ApplicationState.WITHDRAWN)
ONE_DAY = timedelta(days=1)
# How far the daily job looks; the setting allows no reminder earlier than 999 days before the end.
LOOK_AHEAD, LOOK_BACK = timedelta(days=999), timedelta(days=31)
# What a list calls soon; a matter of display.
SOON = timedelta(days=183)


class Phase(models.TextChoices):
    """How the day lies to a filing term's end."""

    EARLY = "early", gettext_lazy("Not due yet")
    OPEN = "open", gettext_lazy("To be applied for")
    LATE = "late", gettext_lazy("Late")
    LAPSED = "lapsed", gettext_lazy("Lapsed")
    RENEWED = "renewed", gettext_lazy("Renewed")
    ENDED = "ended", gettext_lazy("Ended")


@dataclass(frozen=True, slots=True)
class Window:
    """The renewal of one term: ``until`` is the first day after it, ``due_on`` the last day in time.

    ``due_on`` is None where the law sets no lead: then it may be applied for until the last day of the term.
    ``reminders`` are pairs of days before the end and the day of the reminder, the earliest first.
    """

    since: date
    until: date
    phase: Phase
    due_on: date | None
    reminders: tuple[tuple[int, date], ...]
    rule: Provision[int] | None

    @property
    def last_day(self) -> date:
        """The last day of the term."""
        return self.until - ONE_DAY

    @property
    def may_apply(self) -> bool:
        return self.phase in {Phase.EARLY, Phase.OPEN, Phase.LATE}

    @property
    def is_late(self) -> bool:
        return self.phase == Phase.LATE

    def reminder_on(self, on: date) -> int | None:
        """Return the nearest reminder reached by the day, in days before the end; None before the first."""
        return min((days for days, day in self.reminders if day <= on), default=None)


def window(body: AssessmentBody, on: date) -> Window:
    """Return the renewal of the body's newest term as it stands on the day; reads what was prefetched.

    The lead is that of the law on the day, the reminders those of the place's setting.
    """
    term = newest_term(body)
    law = place_of(body.regime)
    rule = ask.RENEWAL_LEAD_MONTHS.get(place=law, day=on)
    due_on = last_day_ahead(term.until, rule.value) if rule else None
    days = reminder_days(str(setting(REMINDER_DAYS, place=law, day=on).value))
    reminders = tuple((each, term.until - timedelta(days=each)) for each in days)
    gone = bool(body.winding_up_since and body.winding_up_since <= on)
    return Window(
        term.since, term.until, phase_of(term.since, term.until, due_on, days, on, gone=gone), due_on, reminders, rule
    )


def phase_of(since: date, until: date, due_on: date | None, days: tuple[int, ...], on: date, *, gone: bool) -> Phase:
    """Return how the day lies to a term; ``gone`` where the filing winds up or has ended."""
    if gone:
        return Phase.ENDED
    if on < since:
        return Phase.RENEWED
    if on >= until:
        return Phase.LAPSED
    if due_on is not None and on > due_on:
        return Phase.LATE
    first = until - timedelta(days=max(days, default=0))
    return Phase.OPEN if on >= first else Phase.EARLY


def reminder_days(text: str) -> tuple[int, ...]:
    """Return the days of a setting such as ``180, 120, 90``, the most first, each once."""
    return tuple(sorted({int(each) for each in text.split(",")}, reverse=True))


def newest_term(body: AssessmentBody) -> FilingTerm:
    """Return the body's newest term; every body on file has one."""
    return max(body.terms.all(), key=lambda term: term.since)


def open_renewal(body: AssessmentBody) -> Application | None:
    """Return the renewal that was handed in and isn't decided, if there is one."""
    found = Application.objects.unscoped("the body was reached within scope").filter(
        body=body, kind=ApplicationKind.RENEWAL, applied_on__isnull=False
    )
    return found.exclude(state__in=CLOSED).first()


def near_their_end(on: date) -> QuerySet[AssessmentBody]:
    """Return the bodies whose newest term may be of interest to a reminder: it ends before long or ended lately."""
    found = AssessmentBody.objects.unscoped("every body is reminded in time").filter(
        winding_up_since=None, filed_until__gt=on - LOOK_BACK, filed_until__lte=on + LOOK_AHEAD
    )
    return found.prefetch_related("terms").order_by("pk")


def grounds(body: AssessmentBody, on: date) -> tuple[Ground, ...]:
    """Return why the filing can't be renewed on the day: it lapsed, is renewed already, or ends.

    Being late is no ground: a late renewal is taken, marked, and the authority is told.
    """
    found = window(body, on)
    cites = found.rule.cites if found.rule else ()
    if found.phase == Phase.LAPSED:
        why = _("The filing ended with %(day)s.") % {"day": found.last_day}
        return (Ground(why, _("Apply for a first filing."), cites, "lapsed"),)
    if found.phase == Phase.RENEWED:
        why = _("The filing is renewed: the next term begins on %(day)s.") % {"day": found.since}
        return (Ground(why, _("Apply again before that term ends."), cites, "renewed-already"),)
    if found.phase == Phase.ENDED:
        why = _("The filing has ended, or is winding up since %(day)s.") % {"day": body.winding_up_since}
        return (Ground(why, _("A new filing is applied for."), cites, "winding-up"),)
    return ()


def stage_of(found: Window, on: date) -> str:
    """Return of what the body is to be told on the day: days before the end, ``late``, ``lapsed``, or nothing."""
    if found.phase in {Phase.LATE, Phase.LAPSED}:
        return found.phase.value
    reached = found.reminder_on(on) if found.phase == Phase.OPEN else None
    return str(reached) if reached else ""
