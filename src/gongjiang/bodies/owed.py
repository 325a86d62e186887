"""Which reports a body owes, for which period and until when: from the law, its terms and the place's settings."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongjiang.bodies.models import AssessmentBody, PeriodicReport, ReportKind
from gongjiang.kernel.place_settings_kinds import Choice, Definition, Text, Whole
from gongjiang.kernel.settings_of_place import SettingValue, settings_for
from gongjiang.law import questions as ask
from gongjiang.law.model import Citation
from gongjiang.law.places import place

# Older periods aren't asked for any more: what was never handed in then is a finding, not a task.
LOOK_BACK = timedelta(days=400)
DAY_OF_YEAR = r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d)|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31"
UNSET = "文件要求报送而未定期限；默认值未确认"
SETTINGS = (
    Definition(
        "body.plan_due",
        _("Annual plan due"),
        _("Day of the plan's own year, as month and day."),
        Text(DAY_OF_YEAR, "03-31"),
        "03-31",
        UNSET,
    ),
    Definition(
        "body.summary_due",
        _("Annual summary due"),
        _("Day of the following year, as month and day."),
        Text(DAY_OF_YEAR, "01-31"),
        "01-31",
        UNSET,
    ),
    Definition(
        "body.statistics_months",
        _("Statistics of bodies"),
        _("Over how many months they are."),
        Choice({"1": "1", "3": "3", "6": "6", "12": "12"}),
        "3",
        UNSET,
        _("months"),
    ),
    Definition(
        "body.statistics_due_days",
        _("Statistics of bodies due"),
        _("So many days after the end of the period."),
        Whole(1, 120),
        15,
        UNSET,
        _("days"),
    ),
)
NAMES = tuple(each.name for each in SETTINGS)


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that a body owes: for the period from ``since`` until ``until`` (exclusive), due on a day inclusive."""

    kind: str
    period: str
    since: date
    until: date
    due_on: date
    source: str
    cites: tuple[Citation, ...]

    @property
    def label(self) -> str:
        """Return what it is called on pages."""
        return f"{ReportKind(self.kind).label} {self.period}"


def owed_by(body: AssessmentBody, today: date, *, settings: dict[str, SettingValue] | None = None) -> list[Owed]:
    """Return what the body owes and may hand in by now, soonest due first; reads its prefetched terms.

    A report is owed for a period that has begun (the plan) or ended (the others), in which a filing term ran, and whose
    due day lies within it or after.
    """
    found = settings or settings_for(NAMES, place=body.regime, day=today)
    terms = list(body.terms.all())
    owed = []
    for each in _periods(body, today, found):
        on_file = any(term.since < each.until and each.since < term.until for term in terms)
        if on_file and terms[0].since <= each.due_on and each.due_on >= today - LOOK_BACK:
            owed.append(each)
    return sorted(owed, key=lambda each: (each.due_on, each.kind))


def owed_by_all(bodies: Iterable[AssessmentBody], today: date) -> Iterator[tuple[AssessmentBody, Owed]]:
    """Yield what each body owes; the settings are read once a place."""
    held: dict[str, dict[str, SettingValue]] = {}
    for body in bodies:
        if body.regime not in held:
            held[body.regime] = settings_for(NAMES, place=body.regime, day=today)
        for each in owed_by(body, today, settings=held[body.regime]):
            yield body, each


def outstanding(bodies: Iterable[AssessmentBody], today: date) -> list[tuple[AssessmentBody, Owed, str]]:
    """Return what isn't handed in, with the state of its draft or the empty word; soonest due first, one query."""
    listed = list(bodies)
    rows = PeriodicReport.everything.filter(body__in=listed).values_list("body_id", "kind", "period", "state")
    states = {(body, kind, period): state for body, kind, period, state in rows}
    found = []
    for body, each in owed_by_all(listed, today):
        state = states.get((body.pk, each.kind, each.period), "")
        if state not in {"submitted", "accepted"}:
            found.append((body, each, state))
    return sorted(found, key=lambda row: (row[1].due_on, row[0].name))


def _periods(body: AssessmentBody, today: date, settings: dict[str, SettingValue]) -> Iterator[Owed]:
    asked = _asked(body, today)
    for year in (today.year - 1, today.year):
        since, until = date(year, 1, 1), date(year + 1, 1, 1)
        if ReportKind.PLAN in asked:
            yield _owed(ReportKind.PLAN, f"{year}", since, until, year, settings["body.plan_due"], asked)
        if ReportKind.SUMMARY in asked and until <= today:
            yield _owed(ReportKind.SUMMARY, f"{year}", since, until, year + 1, settings["body.summary_due"], asked)
        if ReportKind.STATISTICS in asked:
            yield from _statistics(year, today, settings, asked[ReportKind.STATISTICS])


def _statistics(
    year: int, today: date, settings: dict[str, SettingValue], cites: tuple[Citation, ...]
) -> Iterator[Owed]:
    months, days = int(settings["body.statistics_months"].value), settings["body.statistics_due_days"]
    for n in range(12 // months):
        since = date(year, n * months + 1, 1)
        until = date(year + 1, 1, 1) if (n + 1) * months == 12 else date(year, (n + 1) * months + 1, 1)
        if until > today:
            return
        name = {1: f"{year}-{n + 1:02d}", 3: f"{year}-Q{n + 1}", 6: f"{year}-H{n + 1}", 12: f"{year}"}[months]
        due = until + timedelta(days=days.value - 1)
        yield Owed(ReportKind.STATISTICS, name, since, until, due, days.source, cites)


def _owed(
    kind: ReportKind,
    period: str,
    since: date,
    until: date,
    due_year: int,
    setting: SettingValue,
    asked: dict[str, tuple[Citation, ...]],
) -> Owed:
    due = date.fromisoformat(f"{due_year}-{setting.value}")
    return Owed(kind, period, since, until, due, setting.source, asked[kind])


def _asked(body: AssessmentBody, today: date) -> dict[str, tuple[Citation, ...]]:
    """Return the kinds that the law of the body's place asks for, each with its article."""
    governing: dict[str, Any] = {"place": place(body.regime), "day": today}
    annual, statistics = ask.ANNUAL_REPORTS.get(**governing), ask.PERIODIC_STATISTICS.get(**governing)
    asked = dict.fromkeys(annual.value, annual.cites) if annual else {}
    if statistics and statistics.value:
        asked[ReportKind.STATISTICS] = tuple(dict.fromkeys((*asked.get(ReportKind.STATISTICS, ()), *statistics.cites)))
    return asked
