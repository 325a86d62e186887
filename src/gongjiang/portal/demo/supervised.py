"""What supervision found in the demo province: findings and their rectification, self-checks, complaints."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TYPE_CHECKING, NamedTuple

from gongjiang.kernel.actor import PUBLIC
from gongjiang.portal.demo.filings.way import Step
from gongjiang.supervision import actions
from gongjiang.supervision.models import Complaint, Finding

Do = Callable[[datetime], object]

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World


class Told(NamedTuple):
    """A finding: at whose, by whom, on what, when, until when; what the body did when, and the re-check."""

    body: str
    by: str
    subject: str
    text: str
    on: date
    until: date
    report: str = ""
    reported: date | None = None
    closed: date | None = None
    is_public: bool = True


class Said(NamedTuple):
    """A complaint: about whom, of what, when; by whom taken up and answered when, and what came of it."""

    body: str
    subject: str
    text: str
    on: date
    name: str = ""
    contact: str = ""
    by: str = ""
    taken: date | None = None
    answered: date | None = None
    outcome: str = ""
    public: str = ""


def _d(month: int, day: int) -> date:
    return date(2026, month, day)


FINDINGS = (
    Told("sunmao", "city_officer", "room_order", "理论第 2 考场 1 号机位监控有死角，抽查录像看不到后两排。", _d(1, 10),
         _d(1, 30), "已加装 1 台摄像机，录像样例见附件说明。", _d(1, 22), _d(1, 27)),
    Told("sunmao", "supervisor", "review_records", "焊工操作评分表有 2 份缺考评员签名。", _d(6, 3), _d(6, 26)),
    Told("modou", "city_officer", "eligibility", "车工五级 3 人的工作年限证明没有单位盖章。", _d(6, 4), _d(6, 19),
         "已补盖公章并重新复核全部 85 人的证明。", _d(6, 15)),
    Told("baozi", "city_officer", "fees", "收费公示牌未更新，与备案的收费标准不一致。", _d(3, 11), _d(3, 25),
         "已更换公示牌，并在网站同步公示。", _d(3, 18), _d(3, 20)),
    Told("zaozi", "city_officer", "staff", "操作考场监控缺失，且考评员未在聘期内。", _d(5, 20), _d(6, 5)),
    Told("benzao", "jilin_officer", "certificates", "证书领取登记缺 5 人签字。", _d(5, 8), _d(6, 24), is_public=False),
    Told("yuangui", "xinzhou_officer", "bank", "题库使用登记不完整。", _d(3, 4), _d(3, 31), "已补齐登记，明确专人。",
         _d(3, 16), _d(3, 19)),
)  # fmt: skip
CHECKS = (
    ("sunmao", _d(1, 5), ("rules", "fees", "eligibility"), "", ""),
    (
        "sunmao",
        _d(4, 7),
        ("room_order", "marking", "certificates"),
        "候考室指示牌不清。",
        "四月十日前更换。",
    ),
    ("modou", _d(4, 2), ("scope", "standard", "staff"), "", ""),
    ("baozi", _d(4, 9), ("rules", "fees"), "收费公示牌曾未及时更新。", "已更换，今后随收费标准同日更新。"),
    ("quchi", _d(3, 30), ("rules", "quality_system", "bank"), "", ""),
    ("shuizhun", _d(4, 3), ("eligibility", "review_records"), "", ""),
)
COMPLAINTS = (
    Said("sunmao", "fees", "报名时另收 50 元资料费，没有开票据。", _d(4, 15), "甲子春", "13800009901", "city_officer",
         _d(4, 17), _d(4, 28), "partly", "核查属实 3 人，已退还并补开票据；其余无证据证明。"),
    Said("sunmao", "room_order", "5 月 30 日下午操作考场有人进出，监考没有制止。", _d(6, 9), by="city_officer",
         taken=_d(6, 10)),
    Said("sunmao", "marking", "焊工操作评分前后标准不一。", _d(6, 16), "乙丑夏", "13800009902"),
    Said("baozi", "eligibility", "有人年限不够也报上了名。", _d(3, 5), by="city_officer", taken=_d(3, 6),
         answered=_d(3, 16), outcome="unfounded", public="调阅全部报名材料，未发现不符合条件的人员。"),
    Said("benzao", "staff", "考评员迟到半小时。", _d(5, 12), by="jilin_officer", taken=_d(5, 13), answered=_d(5, 21),
         outcome="upheld", public="情况属实，已约谈机构并要求更换考评员。"),
    Said("yuangui", "rules", "网上查不到考务管理办法。", _d(5, 20), by="xinzhou_officer", taken=_d(5, 21),
         answered=_d(5, 27), outcome="unfounded", public="管理办法已在机构页面公布，已告知查询方式。"),
)  # fmt: skip


def events(world: "World") -> Iterator[Step]:
    """Yield every step: its day, its hour and what is done then."""
    for told in FINDINGS:
        yield from _finding(world, told)
    for body, day, items, problems, measures in CHECKS:
        yield day, time(16), _check(world, body, day, items, problems, measures)
    for number, said in enumerate(COMPLAINTS):
        yield from _complaint(world, said, f"demo-complaint-{number}")


def _finding(world: "World", told: Told) -> Iterator[Step]:
    held: list[Finding] = []
    officer = world.cast.authority(told.by)

    def record(at: datetime) -> None:
        found = actions.Found(told.subject, told.text, told.on, told.until, told.is_public)
        body = world.cast.bodies[told.body]
        held.append(actions.record_finding(actor=officer, at=at, body=body, found=found))

    def report(at: datetime) -> None:
        manager = world.cast.actor(told.body, "manager")
        actions.report_rectification(actor=manager, at=at, finding=held[0], text=told.report)

    yield told.on, time(15), record
    if told.reported:
        yield told.reported, time(11), report
    if told.closed:
        yield told.closed, time(10), lambda at: actions.close_finding(actor=officer, at=at, finding=held[0])


def _check(world: "World", body: str, day: date, items: tuple[str, ...], problems: str, measures: str) -> Do:
    def publish(at: datetime) -> None:
        actions.publish_self_check(
            actor=world.cast.actor(body, "manager"),
            at=at,
            body=world.cast.bodies[body],
            checked_on=day,
            items=items,
            problems=problems,
            measures=measures,
        )

    return publish


def _complaint(world: "World", said: Said, key: str) -> Iterator[Step]:
    numbers: list[str] = []

    def file(at: datetime) -> None:
        told = actions.Complaining(said.subject, said.text, said.name, said.contact)
        body = world.cast.bodies[said.body]
        receipt = actions.file_complaint(actor=PUBLIC, at=at, body=body, complaining=told, key=key)
        numbers.append(receipt.number)

    def held() -> Complaint:
        found: Complaint = Complaint.everything.get(number=numbers[0])
        return found

    def answer(at: datetime) -> None:
        actions.answer_complaint(
            actor=world.cast.authority(said.by),
            at=at,
            complaint=held(),
            outcome=said.outcome,
            answer=f"{said.public}感谢您的监督。",
            public_answer=said.public,
        )

    yield said.on, time(20), file
    if said.taken:
        officer = world.cast.authority(said.by)
        yield said.taken, time(9), lambda at: actions.take_up_complaint(actor=officer, at=at, complaint=held())
    if said.answered:
        yield said.answered, time(14), answer
