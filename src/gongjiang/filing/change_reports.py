"""The quarterly report of amendments (XZ-2024-2§21): who owes one, for which quarter, what stands in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import QuerySet

from gongjiang.accounts.models import Organisation, OrganisationKind
from gongjiang.bodies.models import Decision, DecisionKind
from gongjiang.filing.models import ChangeReport
from gongjiang.filing.settings_life import REPORT_DAYS
from gongjiang.kernel.actor import Actor
from gongjiang.kernel.clock import SHANGHAI
from gongjiang.kernel.settings_of_place import setting
from gongjiang.law import questions as ask
from gongjiang.law.calendar import add_months
from gongjiang.law.model import Provision
from gongjiang.law.places import PLACES
from gongjiang.law.words import WORDS

MONTHS = 3
HEADINGS = ("机构名称", "机构编码", "变更日期", "变更事项", "变更前", "变更后")


@dataclass(frozen=True, slots=True)
class Quarter:
    """A quarter of a calendar year; ``until`` is the first day after it."""

    year: int
    number: int

    @property
    def since(self) -> date:
        return date(self.year, MONTHS * (self.number - 1) + 1, 1)

    @property
    def until(self) -> date:
        return add_months(self.since, MONTHS)

    @property
    def label(self) -> str:
        return f"{self.year} 年第 {self.number} 季度"


def quarter_of(day: date) -> Quarter:
    """Return the quarter in which the day lies.

    >>> quarter_of(date(2026, 6, 30)), quarter_of(date(2026, 7, 1)).since
    (Quarter(year=2026, number=2), datetime.date(2026, 7, 1))
    """
    return Quarter(day.year, (day.month - 1) // MONTHS + 1)


def before(quarter: Quarter) -> Quarter:
    """Return the quarter before."""
    return quarter_of(quarter.since - timedelta(days=1))


def rule_for(authority: Organisation, day: date) -> Provision[str] | None:
    """Return the rule by which the authority reports its amendments; None where its law asks for none."""
    place = PLACES.get(authority.place_code)
    rule = ask.AMENDMENTS_REPORTED.get(place=place, day=day) if place else None
    return rule if rule and rule.place == place else None


def authority_of(actor: Actor) -> Organisation | None:
    """Return the authority for which the actor reports: its own, or that of which it is the centre."""
    own = Organisation.objects.filter(pk=actor.organisation_id or 0).select_related("parent").first()
    if own is not None and own.kind == OrganisationKind.CENTRE:
        return own.parent
    return own


def due_on(authority: Organisation, quarter: Quarter) -> date:
    """Return the last day for the quarter's report, by the setting of the place."""
    days = int(setting(REPORT_DAYS, place=PLACES[authority.place_code], day=quarter.until).value)
    return quarter.until + timedelta(days=days - 1)


def rows_of(authority: Organisation, quarter: Quarter) -> list[list[str]]:
    """Return the quarter's amendments of the authority's bodies as the report states them, oldest first."""
    begin, end = (datetime.combine(day, time(), SHANGHAI) for day in (quarter.since, quarter.until))
    found = (
        Decision.objects.filter(
            body__authority=authority,
            kind__in=[DecisionKind.AMENDED, DecisionKind.SCOPE],
            decided_at__gte=begin,
            decided_at__lt=end,
        )
        .select_related("body")
        .order_by("decided_at", "pk")
    )
    return [row for decision in found for row in _rows(decision)]


def _rows(decision: Decision) -> Iterator[list[str]]:
    own = [decision.body.name, decision.body.code, decision.since.isoformat()]
    if decision.kind == DecisionKind.SCOPE:
        added, dropped = (_cells(decision.facts.get(name, [])) for name in ("added", "dropped"))
        yield [*own, "职业（工种）及等级", dropped or "—", added or "—"]
        return
    was, becomes = decision.facts.get("before", {}), decision.facts.get("after", {})
    for element in sorted(becomes):
        yield [*own, WORDS.get(element, element), _text(was.get(element)), _text(becomes[element])]


def _cells(cells: list[list[str]]) -> str:
    return "；".join(f"{code} {WORDS.get(level, level)} {site}" for code, level, site in cells)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "，".join(map(str, value)) if isinstance(value, list) else str(value or "—")


def reports_for(actor: Actor) -> QuerySet[ChangeReport]:
    """Return the reports in the actor's part of the tree; for a centre those of its authority, too."""
    if actor.has("centre_officer"):
        authority = authority_of(actor)
        if authority is not None:
            mine = ChangeReport.objects.unscoped("a centre sees what its authority reports and is reported")
            return mine.filter(authority__path__startswith=authority.scope_path).select_related("authority")
    return ChangeReport.objects.for_actor(actor).select_related("authority", "sheet", "paper")


def report_for(actor: Actor, pk: int) -> ChangeReport:
    """Return one report of the actor's.

    :raises ChangeReport.DoesNotExist: also for another's.
    """
    return reports_for(actor).get(pk=pk)


def owed(authority: Organisation, today: date) -> list[Quarter]:
    """Return the quarters of the last year that are over, bound the authority, and have no report that was sent."""
    sent = set(
        ChangeReport.objects.unscoped("whether a report was sent")
        .filter(authority=authority, sent_on__isnull=False)
        .values_list("year", "quarter")
    )
    found, quarter = [], before(quarter_of(today))
    for _past in range(12 // MONTHS):
        bound = rule_for(authority, quarter.until - timedelta(days=1))
        if bound and (quarter.year, quarter.number) not in sent:
            found.append(quarter)
        quarter = before(quarter)
    return found
