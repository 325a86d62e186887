"""What the demo's bodies handed in: plan, summary and statistics of the year, and who is behind with them."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, NamedTuple

from gongjiang.bodies.actions import accept_report, submit_report
from gongjiang.bodies.models import PeriodicReport
from gongjiang.bodies.owed import owed_by
from gongjiang.portal.demo.cast import BODIES, BodySpec
from gongjiang.portal.demo.filings.way import Step

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World


class Report(NamedTuple):
    """A report: its kind, its period, the day on which most bodies hand it in, and what they say in it."""

    kind: str
    period: str
    on: date
    text: str


REPORTS = (
    Report("statistics", "2025-Q2", date(2025, 9, 5), "补录备案后补报，本季度数据已核对。"),
    Report("statistics", "2025-Q3", date(2025, 10, 11), "本季度按计划组织认定，数据已核对。"),
    Report("statistics", "2025-Q4", date(2026, 1, 9), "本季度数据与批次记录核对一致。"),
    Report(
        "summary",
        "2025",
        date(2026, 1, 26),
        "全年按备案范围开展认定，内督逐批到场，异议均按期答复；明年加强考评员培训。",
    ),
    Report("plan", "2026", date(2026, 3, 18), "按备案职业和等级分批组织，每批提前公告；题库和设备上半年更新。"),
    Report("statistics", "2026-Q1", date(2026, 4, 10), "本季度数据与批次记录核对一致。"),
)
# From this day on the body hands nothing in: suspended in May, lapsed in the spring, slow.
BEHIND = {"zaozi": date(2026, 1, 1), "zhunsheng": date(2026, 3, 1), "baozi": date(2026, 4, 1)}
OFFICERS = {"2201": "city_officer", "2202": "jilin_officer", "1409": "xinzhou_officer"}


def events(world: "World") -> Iterator[Step]:
    """Yield every step: its day, its hour and what is done then. The last reports wait for the officers."""
    for n, spec in enumerate(BODIES):
        for report in REPORTS:
            if report.on >= BEHIND.get(spec.key, date.max):
                continue
            yield report.on, time(14, n), _submit(world, spec, report)
            if report is not REPORTS[-1]:
                yield report.on + timedelta(days=4), time(14, 30 + n), _accept(world, spec, report)


def _submit(world: "World", spec: BodySpec, report: Report) -> Callable[[datetime], object]:
    def do(at: datetime) -> None:
        body = world.cast.bodies[spec.key]
        if (report.kind, report.period) in {(each.kind, each.period) for each in owed_by(body, at.date())}:
            told = {"kind": report.kind, "period": report.period, "text": report.text}
            submit_report(actor=world.cast.actor(spec.key, "manager"), at=at, body=body, **told)

    return do


def _accept(world: "World", spec: BodySpec, report: Report) -> Callable[[datetime], object]:
    def do(at: datetime) -> None:
        body = world.cast.bodies[spec.key]
        found = PeriodicReport.everything.filter(body=body, kind=report.kind, period=report.period).first()
        if found is not None:
            accept_report(actor=world.cast.authority(OFFICERS[spec.city]), at=at, report=found)

    return do
