"""What happens in the demo's filings, in the order of time, before the demo opens on 2026-06-17."""

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING

from gongjiang.filing import actions as filing
from gongjiang.kernel import notices
from gongjiang.kernel.actor import PUBLIC
from gongjiang.portal.demo.filings import life
from gongjiang.portal.demo.filings.panel import Panel, fill_pools
from gongjiang.portal.demo.filings.way import Filing, Step

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World

CALLS = (
    ("provincial_officer", "province", "22", "吉林省 2026 年度职业技能等级认定机构征集公告（样例）"),
    ("city_officer", "2201", "2201", "长春市 2026 年度职业技能等级认定机构征集公告（样例）"),
    ("xinzhou_officer", "1409", "1409", "忻州市 2026 年度职业技能等级评价机构征集公告（样例）"),
)
TEXT = (
    "现面向社会公开征集职业技能等级认定机构。具备独立法人资格、有相应场地设备和专职人员的用人单位、职业院校和社会培训评价组织，"
    "均可在公告期内登记并在线申报。提交前系统逐项列出尚缺的条件和材料。"
)


def _d(month: int, day: int) -> date:
    return date(2026, month, day)


def events(world: "World") -> Iterator[Step]:
    """Yield every step: its day, its hour and what is done then."""
    calls: dict[str, object] = {}

    def call(at: datetime) -> None:
        for role, place, regime, title in CALLS:
            spec = filing.CallSpec(title=title, text=TEXT, opens_on=_d(2, 2), closes_on=_d(12, 31), regime=regime)
            actor, authority = world.cast.authority(role), world.cast.places[place]
            calls[place] = filing.publish_call(actor=actor, at=at, authority=authority, spec=spec)

    yield _d(1, 6), time(10), lambda at: fill_pools(world, at)
    yield _d(2, 2), time(9), call
    for tell in (feiju, mucuo, juanchi, shouzuan, pingpao, caopao, yueya):
        yield from tell(world, calls)
    yield from life.events(world)


def begun(world: "World", calls: dict[str, object], key: str, place: str) -> Filing:
    """Return the unit's first filing, its call taken from what is published by then."""
    one = Filing(world, key)
    register = one.register

    def with_call(at: datetime) -> None:
        register(at)
        one.call = calls[place]  # type: ignore[assignment]

    one.register = with_call  # type: ignore[method-assign]
    return one


def feiju(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """The visit was made, five scores lie open, a blind corner is to be mended: the officer can't hand it in yet."""
    one = begun(world, calls, "feiju", "province")
    panel = Panel(one)
    yield _d(5, 6), time(9), one.register
    yield _d(5, 6), time(10), one.begin
    yield _d(5, 7), time(9), one.ask_for
    yield _d(5, 8), time(14), lambda at: one.fill(at, "申请做社会培训评价组织，三个职业，五级至三级。")
    yield _d(5, 11), time(15, 40), one.submit
    yield _d(5, 14), time(10, 5), one.accept
    yield _d(5, 20), time(9), one.opine
    yield _d(5, 21), time(9), panel.open
    yield _d(5, 22), time(14), lambda at: panel.draw(at, _d(6, 12))
    yield _d(5, 26), time(9), panel.begin
    yield _d(5, 27), time(9), panel.look_at_papers
    yield _d(6, 12), time(9, 30), lambda at: panel.visit(at, veto="V4")
    yield _d(6, 12), time(16), panel.open_scores
    mend = "保育师实训室 2 号机位有死角，请补装并提交照片。"
    yield _d(6, 15), time(9, 12), lambda at: panel.order(at, "V4", mend, _d(6, 23))


def mucuo(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """From the call to the directory: filed by the city's opinion and the province's letter."""
    one = begun(world, calls, "mucuo", "2201")
    panel = Panel(one)
    yield _d(2, 24), time(9), one.register
    yield _d(2, 24), time(10), one.begin
    yield _d(2, 25), time(9), one.ask_for
    yield _d(2, 25), time(14), lambda at: one.fill(at, "申请开展电工五级至三级认定。")
    yield _d(3, 2), time(9), one.submit
    yield _d(3, 4), time(9), one.accept
    yield _d(3, 9), time(9), one.opine
    yield _d(3, 10), time(9), panel.open
    yield _d(3, 11), time(9), lambda at: panel.draw(at, _d(3, 20))
    yield _d(3, 13), time(9), panel.begin
    yield _d(3, 16), time(9), panel.look_at_papers
    full = (19, 24, 19, 14, 10, 10)
    yield _d(3, 20), time(9), lambda at: panel.visit(at, [full] * 5)
    yield _d(3, 20), time(17), panel.open_scores
    yield _d(3, 24), time(9), lambda at: panel.conclude(at, "现场与材料一致，专家组一致同意通过技术评估。")
    yield _d(3, 24), time(15), one.conclude
    yield _d(3, 27), time(9), one.deliberate
    yield _d(3, 30), time(9), one.post
    yield _d(4, 9), time(9), one.clear
    yield _d(4, 10), time(9), one.undertake
    yield _d(4, 14), time(9), one.sign


def juanchi(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """On public notice, with an objection that nobody has answered: the notice can't be closed."""
    one = begun(world, calls, "juanchi", "2201")
    yield from _evaluated(one, date(2026, 4, 20), summary="申请开展车工、焊工五级至三级认定，面向本单位职工。")
    yield _d(6, 5), time(9), one.deliberate
    yield _d(6, 9), time(9), one.post

    def objected(at: datetime) -> None:
        notice = notices.newest_on(one.refresh())
        assert notice is not None
        said = filing.Objecting(name="己亥酉", contact="13800009999", text="该单位焊接考场通风设备停用，请核实。")
        filing.object_to_filing(actor=PUBLIC, at=at, notice=notice, objecting=said, key="demo-filing-objection")

    yield _d(6, 12), time(15), objected


def caopao(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """Cleared and undertaken: the letter waits for the province's signature."""
    one = begun(world, calls, "caopao", "province")
    yield from _evaluated(one, date(2026, 4, 13), summary="省属企业，申请开展电工、焊工五级至三级认定。")
    yield _d(6, 3), time(9), one.deliberate
    yield _d(6, 4), time(9), one.post
    yield _d(6, 15), time(9), one.clear
    yield _d(6, 16), time(9), one.undertake


def yueya(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """The experts are at the site this morning; nobody has scored yet."""
    one = begun(world, calls, "yueya", "province")
    panel = Panel(one)
    yield _d(5, 18), time(9), one.register
    yield _d(5, 18), time(10), one.begin
    yield _d(5, 19), time(9), one.ask_for
    yield _d(5, 19), time(14), lambda at: one.fill(at, "申请开展养老护理员、电工五级、四级认定。")
    yield _d(5, 20), time(9), one.submit
    yield _d(5, 22), time(9), one.accept
    yield _d(5, 27), time(14), one.opine
    yield _d(5, 28), time(9), panel.open
    yield _d(5, 29), time(9), lambda at: panel.draw(at, _d(6, 17))
    yield _d(6, 1), time(14), panel.begin
    yield _d(6, 2), time(14), panel.look_at_papers
    yield _d(6, 16), time(17), panel.way_in
    yield _d(6, 17), time(9, 5), panel.come


def shouzuan(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """Returned for correction: two items lack."""
    one = begun(world, calls, "shouzuan", "2201")
    yield _d(6, 1), time(9), one.register
    yield _d(6, 1), time(10), one.begin
    yield _d(6, 2), time(9), one.ask_for
    yield _d(6, 2), time(14), lambda at: one.fill(at, "申请开展汽车维修工五级至三级认定。")
    yield _d(6, 4), time(9), one.submit

    def back(at: datetime) -> None:
        lacking = [
            filing.LackingItem("assets", "租赁合同只余八个月。", "补交租期不少于一年的合同。"),
            filing.LackingItem("supervisors", "质量督导员两人中一人不是正式职工。", "另派正式职工一人并附社保证明。"),
        ]
        filing.return_for_correction(actor=one.officer(0), at=at, application=one.refresh(), items=lacking)

    yield _d(6, 12), time(10), back


def pingpao(world: "World", calls: dict[str, object]) -> Iterator[Step]:
    """A draft: the list of what is missing says what to do next."""
    one = begun(world, calls, "pingpao", "2201")
    yield _d(6, 15), time(9), one.register
    yield _d(6, 15), time(10), one.begin
    yield _d(6, 15), time(11), one.ask_for
    left = ("assets", "operating_rules", "safety_fire", "contingency_plan", "item_bank", "video", "supervisors")
    yield _d(6, 16), time(9), lambda at: one.fill(at, "学校拟对在校学生开展认定。", leave=left)


def _evaluated(one: Filing, began: date, *, summary: str) -> Iterator[Step]:
    """Yield the way from registering to the deliberation, four weeks and a half."""
    panel, first = Panel(one), began.toordinal()

    def on(days: int) -> date:
        return date.fromordinal(first + days)

    yield on(0), time(9), one.register
    yield on(0), time(10), one.begin
    yield on(1), time(9), one.ask_for
    yield on(1), time(14), lambda at: one.fill(at, summary)
    yield on(2), time(9), one.submit
    yield on(4), time(9), one.accept
    yield on(8), time(9), one.opine
    yield on(8), time(15), panel.open
    yield on(9), time(9), lambda at: panel.draw(at, on(22))
    yield on(14), time(9), panel.begin
    yield on(15), time(9), panel.look_at_papers
    good = [(19, 23, 18, 14, 9, 10), (18, 23, 19, 14, 10, 9), (19, 24, 18, 13, 9, 9)]
    yield on(22), time(9), lambda at: panel.visit(at, [*good, *good[:2]])
    yield on(22), time(17), panel.open_scores
    yield on(28), time(9), lambda at: panel.conclude(at, "现场与材料一致，同意通过技术评估。")
    yield on(28), time(15), one.conclude
