"""The turns that the stories take beside the usual way: misconduct, objections, corrections and the like."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from gongjiang.bodies import actions as bodies
from gongjiang.certificates import actions as certificates
from gongjiang.certificates.corrections import Correction
from gongjiang.certificates.models import Certificate
from gongjiang.enrolment import actions as enrolment
from gongjiang.enrolment.models import Enrolment
from gongjiang.kernel.actor import system
from gongjiang.kernel.models import Objection
from gongjiang.portal.demo import drawings
from gongjiang.portal.demo.cast import CARER, ELECTRICIAN, NAMES, WELDER, moment
from gongjiang.portal.demo.people import SPECIAL_AREA, Employer, Person, identity_number
from gongjiang.portal.demo.spoilt import spoil
from gongjiang.portal.demo.story import Event, Story
from gongjiang.reports import actions as reports
from gongjiang.reports.actions.sending import SentBack
from gongjiang.results import actions as results
from gongjiang.results.models import Result
from gongjiang.sittings import actions as sittings
from gongjiang.sittings.models import Seat

if TYPE_CHECKING:
    from gongjiang.portal.demo.world import World

CANDIDATE = "丁卯春"
OBJECTIONS = ("理论第 12 题按旧规程评分，请核对。", "操作评分表第 3 项漏计 5 分，请复核。")


def prepare(world: "World") -> None:
    """Put in who and what the turns need, before anything begins."""
    identity = identity_number(date(1994, 4, 5), 7, male=False, area=SPECIAL_AREA)
    own = Employer("样例曲尺电气有限公司", world.stories["first"].people[0].employer.code)
    for key, code in (("first", ELECTRICIAN), ("notice", WELDER), ("tomorrow", CARER)):
        facts = {"own_since": "2019-03", "education": "高中"}
        person = Person(CANDIDATE, identity, False, "13800000007", own, "社会人员", code, NAMES[code], "5", "18-5-1")
        person.facts = facts
        world.stories[key].people.insert(3, person)
    world.cast.candidate(CANDIDATE, identity)
    world.marks |= {
        ("first", "theory", CANDIDATE): Decimal("81.5"),
        ("first", "practical", CANDIDATE): Decimal("86"),
        ("notice", "theory", CANDIDATE): Decimal("78"),
        ("notice", "practical", CANDIDATE): Decimal("58.5"),
        ("suspicious", "practical", ""): Decimal("88"),
    }
    same = world.stories["suspicious"]
    same.bears_photo_of = {each.identity: same.people[4].identity for each in same.people[5:8]}
    for each in world.stories["review"].people[6:40:6]:
        each.clause = "18-5-2" if each.level == "5" else "18-4-3"


def events(world: "World") -> Iterator[Event]:
    """Yield the turns that are taken before the demo opens."""
    for key, day, clock, do in TURNS:
        story = world.stories[key]
        yield Event(moment(day, clock), lambda at, do=do, story=story: do(story, at), story)  # type: ignore[misc]


def suspend_body(story: Story, at: datetime) -> None:
    """The city suspends a body: an inspection found rooms without cameras."""
    bodies.suspend(
        actor=story.world.cast.authority("city_officer"),
        at=at,
        body=story.world.cast.bodies["zaozi"],
        reason="现场抽查发现操作考场监控缺失，且考评员未在聘期内。",
        decision="长人社停〔2026〕3 号（样例）",
    )


def second_import(story: Story, at: datetime) -> None:
    """A second sheet is uploaded and not taken over: 23 of its rows are wrong."""
    rows = [each.row() for each in story.world.stories["import"].spare(96)]
    story.upload(at, "第二批报名.xlsx", spoil(rows))


def return_one(story: Story, at: datetime) -> None:
    """The reviewer returns one enrolment for correction."""
    one = Enrolment.everything.filter(batch=story.batch).order_by("pk")[11]
    reason = "工作年限证明与所填起始年月不一致，请核对后重报。"
    enrolment.return_for_correction(actor=story.actor("reviewer"), at=at, enrolment=one, reason=reason)


def pin_conflict(story: Story, at: datetime) -> None:
    """The clerk sets two colleagues side by side and pins both, as one looks after the other."""
    seats = list(
        Seat.objects.filter(arrangement__batch=story.batch, sitting__part="theory")
        .exclude(enrolment__employer="")
        .select_related("enrolment", "arrangement", "sitting", "room")
        .order_by("room__name", "number")
    )
    first = next(seat for seat in seats if seat.column < seat.room.columns - 1)
    colleague = next(
        each
        for each in seats
        if each.enrolment.employer == first.enrolment.employer and each.room_id == first.room_id and each != first
    )
    clerk = story.actor("clerk")
    sittings.move_seat(actor=clerk, at=at, seat=colleague, room=first.room_id, row=first.row, column=first.column + 1)
    for minutes, pk in enumerate((first.pk, colleague.pk), 1):
        seat = Seat.objects.select_related("arrangement").get(pk=pk)
        sittings.pin_seat(actor=clerk, at=at + timedelta(minutes=minutes), seat=seat, pinned=True)


def breach(story: Story, at: datetime) -> None:
    """Two candidates break the rules of the exam room."""
    seats = list(Seat.objects.filter(arrangement__batch=story.batch, sitting__part="theory").order_by("pk")[:60:20])
    invigilator = story.actor("invigilator")
    told = (
        ("phone", "考试中使用手机查看信息，监控 09:31 可见。", "本人承认，称在看时间。"),
        ("noise", "多次说话，警告后停止。", ""),
    )
    for seat, (code, facts, heard) in zip(seats, told, strict=False):
        sittings.check_in(
            actor=invigilator,
            at=at.replace(hour=8, minute=40),
            sitting=seat.sitting,
            enrolment=seat.enrolment,
            present=True,
            key=story.key(f"in-{seat.pk}"),
        )
        sittings.record_misconduct(
            actor=invigilator,
            at=at,
            sitting=seat.sitting,
            enrolment=seat.enrolment,
            code=code,
            facts=facts,
            heard=heard,
            key=story.key(f"breach-{seat.pk}"),
        )


def check_in_most(story: Story, at: datetime) -> None:
    """Candidates come to today's theory part; a few are neither present nor absent yet."""
    seats = Seat.objects.filter(arrangement__batch=story.batch, sitting__part="theory", arrangement__superseded=False)
    for number, seat in enumerate(seats.select_related("enrolment", "sitting__batch").order_by("pk")):
        if number % 17 != 9:
            sittings.check_in(
                actor=story.actor("invigilator"),
                at=at + timedelta(seconds=18 * number),
                sitting=seat.sitting,
                enrolment=seat.enrolment,
                present=True,
                key=story.key(f"in-{seat.pk}"),
            )


def enter_theory(story: Story, at: datetime) -> None:
    """The first scorer enters the theory scores; a second person hasn't confirmed them yet."""
    story.enter(at, "theory")


def object_twice(story: Story, at: datetime) -> None:
    """Two candidates object; the first is answered on the next day, the second waits."""
    failed = Result.everything.filter(enrolment__batch=story.batch, outcome="failed").exclude(enrolment__name=CANDIDATE)
    for hours, (result, text) in enumerate(zip(failed.order_by("pk")[:2], OBJECTIONS, strict=False)):
        results.object_to_result(
            actor=story.actor("clerk"),
            at=at + timedelta(hours=hours),
            result=result,
            text=text,
            key=story.key(f"objection-{hours}"),
        )


def reply_to_first(story: Story, at: datetime) -> None:
    """The manager, who gave no score, answers the first objection."""
    first = Objection.objects.filter(notice__kind="result").order_by("raised_at")[0]
    reply = "经复核，第 12 题按现行规程评分，原成绩不变。"
    results.reply_to_objection(actor=story.actor("manager"), at=at, objection=first, text=reply, upheld=False)


def apply_for_numbers(story: Story, at: datetime) -> None:
    """The pilot's body asks the centre for its certificate numbers."""
    certificates.apply_for_numbers(actor=story.actor("certificates"), at=at, batch=story.refresh())


def rows_sent_back(story: Story, at: datetime) -> None:
    """The receiving system sends two rows of a report back."""
    story.world.papers.wait(story.batch)
    clerk = story.actor("certificates")
    package = reports.prepare_report(actor=clerk, at=at, batch=story.refresh())
    reports.send_report(actor=clerk, at=at + timedelta(hours=1), package=package)
    numbers = [each.number for each in _certificates(story)[:2]]
    words = ("单位名称与统一社会信用代码不一致", "证件号码已有同职业同等级证书")
    rejected = [SentBack(number, text) for number, text in zip(numbers, words, strict=True)]
    receipt = f"样本-{package.number}"
    reports.read_receipt(actor=clerk, at=at + timedelta(hours=6), package=package, receipt=receipt, rejected=rejected)


def reissue(story: Story, at: datetime) -> None:
    """A holder lost the certificate and gets a new copy."""
    _new_copy(story, at, _certificates(story)[5], None)


def correct(story: Story, at: datetime) -> None:
    """A holder's name was written with a wrong character and is put right."""
    one = next(each for each in _certificates(story)[8:] if each.holder_name != CANDIDATE)
    _new_copy(story, at, one, Correction(name=f"{one.holder_name[:-1]}翰"))


def ask_for_copy(story: Story, at: datetime) -> None:
    """A holder asks for a new copy; nobody has decided yet."""
    one = _certificates(story)[12]
    certificates.request_reissue(
        actor=story.actor("certificates"), at=at, certificate=one, reason="遗失，本人到场申请。", key=story.key("asks")
    )


def revoke(story: Story, at: datetime) -> None:
    """The province revokes a certificate: its holder had another person sit the exam."""
    certificates.revoke(
        actor=story.world.cast.authority("provincial_approver"),
        at=at,
        certificate=_certificates(story)[20],
        reason="经核查系他人替考取得。",
        decision="吉人社撤〔2026〕2 号（样例）",
        paper=drawings.paper("撤销决定"),
    )


def _new_copy(story: Story, at: datetime, certificate: Certificate, correction: Correction | None) -> None:
    clerk, later = story.actor("certificates"), at + timedelta(days=1)
    told = {"actor": clerk, "at": at, "certificate": certificate, "key": story.key(f"copy-{certificate.pk}")}
    if correction is None:
        request = certificates.request_reissue(reason="证书遗失，登报声明后申请补发。", **told)  # type: ignore[arg-type]
    else:
        proof, reason = drawings.paper("户口簿"), "证书姓名末字与身份证不一致。"
        request = certificates.request_correction(correction=correction, proof=proof, reason=reason, **told)  # type: ignore[arg-type]
    request = certificates.decide_request(actor=story.actor("manager"), at=later, request=request, approve=True)
    certificates.make_copy(actor=system("demo"), at=later, request=request)


def _certificates(story: Story) -> list[Certificate]:
    return list(Certificate.everything.filter(batch=story.batch, state="valid").order_by("number"))


def afterwards(world: "World") -> None:
    """What needs no day: the people on site find themselves on the staff list."""
    world.cast.link_on_site()


def _d(month: int, day: int) -> date:
    return date(2026, month, day)


TURNS = (
    ("winter", _d(3, 16), time(10), reissue),
    ("first", _d(3, 23), time(10), correct),
    ("spring", _d(5, 12), time(15), revoke),
    ("conflict", _d(5, 20), time(9), suspend_body),
    ("college", _d(6, 9), time(9), rows_sent_back),
    ("marking", _d(6, 13), time(9, 40), breach),
    ("review", _d(6, 16), time(11), return_one),
    ("numbers", _d(6, 15), time(9), apply_for_numbers),
    ("notice", _d(6, 15), time(10), object_twice),
    ("notice", _d(6, 16), time(10), reply_to_first),
    ("conflict", _d(6, 16), time(9), pin_conflict),
    ("winter", _d(6, 16), time(14), ask_for_copy),
    ("import", _d(6, 16), time(15, 40), second_import),
    ("marking", _d(6, 16), time(16), enter_theory),
    ("today", _d(6, 17), time(8, 25), check_in_most),
)
