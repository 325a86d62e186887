"""What happens to bodies on file: occupations added, elements changed, terms renewed in time and late."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from gongjiang.filing import actions as filing
from gongjiang.filing.actions.life_termination import open_ordered
from gongjiang.portal.demo.cast import ELECTRICIAN, WELDER
from gongjiang.portal.demo.filings.panel import Panel
from gongjiang.portal.demo.filings.way import Filing, Step

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World


def _d(month: int, day: int) -> date:
    return date(2026, month, day)


def events(world: "World") -> Iterator[Step]:
    """Yield every step: its day, its hour and what is done then."""
    for tell in (added, not_added, moved, new_head, in_time, late, leaving, ordered):
        yield from tell(world)


def added(world: "World") -> Iterator[Step]:
    """Xinzhou: both filed occupations were carried out, so that a third is granted."""
    one = Filing(world, "yuangui", "addition")
    yield _d(5, 11), time(9), one.begin
    yield _d(5, 11), time(10), lambda at: one.ask_for(at, [(WELDER, "5"), (WELDER, "4")])
    yield _d(5, 11), time(14), lambda at: one.fill(at, "申请增加焊工五级、四级。")
    yield _d(5, 12), time(9), one.submit
    yield _d(5, 14), time(9), one.accept
    yield _d(5, 18), time(9), one.opine
    yield from _panelled(one, _d(5, 19))
    yield _d(6, 2), time(9), one.conclude
    yield _d(6, 3), time(9), one.deliberate
    yield _d(6, 4), time(9), one.post
    yield _d(6, 15), time(9), one.clear
    yield _d(6, 16), time(9), one.sign


def not_added(world: "World") -> Iterator[Step]:
    """Xinzhou: one of three filed occupations was carried out; the draft says why it can't be submitted."""
    one = Filing(world, "shuizhun", "addition")
    yield _d(6, 10), time(9), one.begin
    yield _d(6, 10), time(10), lambda at: one.ask_for(at, [(ELECTRICIAN, "5")])
    yield _d(6, 10), time(14), lambda at: one.fill(at, "申请增加电工五级。")


def moved(world: "World") -> Iterator[Step]:
    """Xinzhou: a new address by its papers alone; the quarter's report to the province names it."""
    one = Filing(world, "shuizhun", "amendment")
    yield _d(4, 27), time(9), one.begin
    new = filing.ChangeSpec("registered_address", "忻州市样例巷 88 号", "原址租期届满，迁入自有场地。")
    yield from _changed(one, _d(4, 27), new)
    yield _d(4, 29), time(9), one.submit
    yield _d(5, 6), time(9), one.accept
    yield _d(5, 8), time(9), one.opine
    yield _d(5, 8), time(15), one.conclude
    yield _d(5, 11), time(9), one.deliberate
    yield _d(5, 12), time(9), one.clear
    yield _d(5, 13), time(9), one.sign


def new_head(world: "World") -> Iterator[Step]:
    """Jilin: a new legal representative goes through the whole filing; the old name holds until then."""
    one = Filing(world, "quchi", "amendment")
    yield _d(6, 9), time(9), one.begin
    yield from _changed(one, _d(6, 9), filing.ChangeSpec("legal_representative", "庚戌亥", "原院长退休。"))
    yield _d(6, 11), time(9), one.submit


def in_time(world: "World") -> Iterator[Step]:
    """A renewal four months before the end, under evaluation with the work of the term before the officer."""
    one = Filing(world, "modou", "renewal")
    yield _d(6, 8), time(9), one.begin
    yield _d(6, 8), time(14), lambda at: one.fill(at, "备案期内工作总结见附件，申请续期。")
    yield _d(6, 9), time(9), one.submit
    yield _d(6, 12), time(9), one.accept


def late(world: "World") -> Iterator[Step]:
    """A renewal four weeks before the end: taken, but as late, and the authority was told."""
    one = Filing(world, "baozi", "renewal")
    yield _d(6, 10), time(9), one.begin
    yield _d(6, 10), time(14), lambda at: one.fill(at, "因人员变动延误，现申请续期。")
    yield _d(6, 11), time(9), one.submit


def leaving(world: "World") -> Iterator[Step]:
    """A body leaves of its own will: it winds up, and the fees of a cancelled batch are still to be returned."""
    one = Filing(world, "juchi", "termination")
    yield _d(6, 1), time(9), one.begin
    yield _d(6, 1), time(14), lambda at: one.fill(at, "业务调整，不再开展职业技能等级认定。")
    yield _d(6, 2), time(9), one.submit
    yield _d(6, 3), time(9), one.accept
    yield _d(6, 4), time(9), one.opine
    yield _d(6, 4), time(15), one.conclude
    yield _d(6, 5), time(9), one.deliberate
    yield _d(6, 8), time(9), one.clear
    yield _d(6, 10), time(9), one.sign


def ordered(world: "World") -> Iterator[Step]:
    """A suspended body is ordered to end: it winds up before another officer may close it."""

    def order(at: datetime) -> None:
        open_ordered(
            actor=world.cast.authority("city_officer"),
            at=at,
            body=world.cast.bodies["zaozi"],
            breach="breach_of_measures",
            text="停业整改期满仍未整改，考评员不在聘期内仍组织考核。",
            evidence="现场检查笔录 2026-05-28（样例）",
            decision="长人社终〔2026〕1 号（样例）",
        )

    yield _d(6, 12), time(9), order


def _changed(one: Filing, day: date, new: filing.ChangeSpec) -> Iterator[Step]:
    def state(at: datetime) -> None:
        filing.set_changes(actor=one.manager, at=at, application=one.refresh(), changes=[new])

    yield day, time(10), state
    yield day, time(14), lambda at: one.fill(at, new.why)


def _panelled(one: Filing, began: date) -> Iterator[Step]:
    """Yield the panel's way where the place asks for one."""
    panel, first = Panel(one), began.toordinal()
    yield began, time(9), panel.open
    yield began, time(14), lambda at: panel.draw(at, date.fromordinal(first + 8))
    yield date.fromordinal(first + 3), time(9), panel.begin
    yield date.fromordinal(first + 6), time(9), panel.look_at_papers
    yield date.fromordinal(first + 8), time(9), lambda at: panel.visit(at, [(19, 24, 19, 14, 10, 9)] * 5)
    yield date.fromordinal(first + 8), time(17), panel.open_scores
    yield date.fromordinal(first + 10), time(9), lambda at: panel.conclude(at, "条件具备，同意新增。")
