"""An employer's own level in the demo province: master electricians, chosen by a panel of the employer's own making."""

from collections.abc import Iterator
from datetime import date, datetime, time
from decimal import Decimal
from typing import TYPE_CHECKING

from gongjiang.bodies import actions as bodies
from gongjiang.certificates.special import SETTING
from gongjiang.enrolment import actions as enrolment
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.actor import system
from gongjiang.kernel.settings_of_place import set_setting
from gongjiang.law.places import place
from gongjiang.planning import actions as planning
from gongjiang.planning.models import Batch
from gongjiang.portal.demo.cast import ELECTRICIAN, FEES
from gongjiang.portal.demo.filings.way import Step
from gongjiang.portal.demo.people import SPECIAL_AREA, identity_number
from gongjiang.standards import actions as standards
from gongjiang.standards.queries import occupation_by_code

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World

HOUSE = "xianchui"
REQUIREMENT = (
    "取得高级技师证书满两年，在本岗位主持过技术改造或解决过生产难题，并由车间和技术部门推荐；"
    "评审看业绩材料，现场答辩由五人评审组打分。"
)
PANEL = standards.PartSpec("panel", "业绩评审、现场答辩", 40, Decimal(75), Decimal(100), 5, 5, True)
NUMBERS = {"form_employer": "YTBBBBPPSSSSSSyyLNNNNN", "form_social": "", "digit_master": "1", "digit_chief": ""}
MASTERS = (
    ("庚申衡岳", date(1979, 5, 6), "2019-06-18", "2021-12-01", "主持 2 号线供电改造，推荐函与验收单在案。"),
    ("壬戌绳武", date(1983, 9, 17), "2022-01-12", "", ""),
)


def events(world: "World") -> Iterator[Step]:
    """Yield every step: its day, its hour and what is done then. The batch stands in its review when the demo opens."""
    held: list[Batch] = []

    def number(at: datetime) -> None:
        source = "样例：演示用编号格式，非正式规则"
        set_setting(
            name=SETTING, place="22", value=NUMBERS, since=at.date(), source=source, actor=system("demo"), at=at
        )

    def add(at: datetime) -> None:
        _add_level(world, at)

    def plan(at: datetime) -> None:
        held.append(_plan(world, at))

    def announce(at: datetime) -> None:
        planning.announce(actor=world.cast.actor(HOUSE, "clerk"), at=at, batch=held[0])

    def enrol(at: datetime) -> None:
        for one in MASTERS:
            _enrol(world, held[0], one, at)

    def review(at: datetime) -> None:
        _review(world, held[0], at)

    yield date(2026, 3, 2), time(9), number
    yield date(2026, 4, 7), time(9), add
    yield date(2026, 4, 20), time(9), plan
    yield date(2026, 4, 27), time(9), announce
    yield date(2026, 5, 6), time(10), enrol
    yield date(2026, 6, 15), time(9), review


def _add_level(world: "World", at: datetime) -> None:
    body, manager = world.cast.bodies[HOUSE], world.cast.actor(HOUSE, "manager")
    occupation = occupation_by_code(ELECTRICIAN)
    asker = standards.Asker(body.organisation, body.kind, place(body.regime))
    spec = standards.OwnLevel(occupation, "master", REQUIREMENT, at.date(), parts=[PANEL], below="1", below_months=24)
    standards.add_level(actor=manager, at=at, asker=asker, spec=spec)
    items = [bodies.FeeSpec(occupation, level, "practical", fee) for level, fee in FEES.items()]
    items.append(bodies.FeeSpec(occupation, "master", "review", Decimal(800)))
    basis = "评审组劳务、场地与材料成本（样例）"
    bodies.publish_fees(actor=manager, at=at, body=body, basis=basis, items=items, since=at.date())


def _plan(world: "World", at: datetime) -> Batch:
    body = world.cast.bodies[HOUSE]
    plan = planning.BatchPlan(
        title="2026 年特级技师评聘",
        site=body.sites.get(),
        lines=[planning.LineSpec(occupation_by_code(ELECTRICIAN), "master", Decimal(800))],
        enrolment_from=date(2026, 5, 6),
        enrolment_until=date(2026, 6, 12),
        exam_from=date(2026, 7, 11),
        exam_until=date(2026, 7, 11),
    )
    clerk = world.cast.actor(HOUSE, "clerk")
    return planning.plan_batch(actor=clerk, at=at, body=body, plan=plan, key="demo-master-plan")


def _enrol(world: "World", batch: Batch, one: tuple[str, date, str, str, str], at: datetime) -> None:
    name, born, certified, titled, _why = one
    row: dict[str, object] = {
        "name": name,
        "identity_kind": "居民身份证",
        "identity": identity_number(born, 400 + born.day, male=True, area=SPECIAL_AREA),
        "occupation_code": ELECTRICIAN,
        "occupation": "电工",
        "level": "特级技师",
        "phone": f"1380{born:%y%m%d}7",
        "employer": batch.body.name,
        "employer_code": batch.body.credit_code,
        "relation": "本单位职工",
        "own_since": "2003-07",
        "certificate_level": "一级/高级技师",
        "certificate_on": certified,
    }
    if titled:
        row |= {"title_rank": "高级", "title_on": titled, "title_matches": "是"}
    clerk = world.cast.actor(HOUSE, "clerk")
    enrolment.enrol(actor=clerk, at=at, line=batch.lines.get(), row=row, photo=None, key=f"demo-master-{born}")


def _review(world: "World", batch: Batch, at: datetime) -> None:
    batch = planning.close_enrolment(actor=world.cast.actor(HOUSE, "clerk"), at=at, batch=batch)
    reviewer = world.cast.actor(HOUSE, "reviewer")
    for name, *_told, why in MASTERS:
        if why:
            one = Enrolment.everything.get(batch=batch, name=name)
            enrolment.decide(actor=reviewer, at=at, enrolment=one, eligible=True, reason=why)
