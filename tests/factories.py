"""Small builders of records for tests: a tree of authorities, people with roles, a filed body, a batch.

They go through actions where that is cheap, and write rows where a test needs a record in the middle of its life.
"""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from itertools import count
from zoneinfo import ZoneInfo

from gongjiang.accounts.models import Organisation, RoleAssignment, User
from gongjiang.accounts.queries import actor_for
from gongjiang.bodies.actions import FiledBody, SiteSpec, register_filed_body
from gongjiang.kernel.actor import Actor, system
from gongjiang.portal.house_rules import publish_house_rules
from gongjiang.standards.actions import load_catalogue
from gongjiang.standards.models import Occupation
from gongjiang.standards.queries import occupation_by_code

SHANGHAI = ZoneInfo("Asia/Shanghai")
DAY_ONE = date(2020, 1, 1)
FEE = Decimal(430)
_serial = count(1)


def at(text: str) -> datetime:
    """Return an aware instant of Asia/Shanghai from ``2026-05-30`` or ``2026-05-30 09:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def make_organisation(kind: str, name: str, place_code: str, parent: Organisation | None = None) -> Organisation:
    organisation = Organisation.objects.create(kind=kind, name=name, place_code=place_code, parent=parent)
    organisation.path = f"{parent.path if parent else '/'}{organisation.pk}/"
    organisation.save()
    return organisation


def make_tree() -> dict[str, Organisation]:
    """Return the province, its centre, and two cities."""
    province = make_organisation("province", "样例省人社厅", "22")
    return {
        "province": province,
        "centre": make_organisation("centre", "样例省技能鉴定中心", "22", province),
        "changchun": make_organisation("city", "样例长春市人社局", "2201", province),
        "jilin_city": make_organisation("city", "样例吉林市人社局", "2202", province),
    }


def make_user(organisation: Organisation, *roles: str, name: str = "") -> User:
    user = User.objects.create_user(username=f"user{next(_serial)}", password="joiner-and-seal-1")
    user.display_name = name or user.username
    user.save()
    RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, organisation=organisation, role=role, since=DAY_ONE) for role in roles
    )
    return user


def make_actor(organisation: Organisation, *roles: str) -> Actor:
    return actor_for(make_user(organisation, *roles), on=date(2026, 6, 1))


def make_catalogue() -> None:
    """Load the carried catalogue once per test database state."""
    if not Occupation.objects.exists():
        load_catalogue(actor=system("test"), at=at("2026-01-05"))


FILED = FiledBody(
    name="长春榫卯技能评价中心（样例）",
    kind="social",
    credit_code="91350100M000100Y43",
    code="S000022999017",
    address="长春市样例路 9 号",
    place_code="2201",
    regime="2201",
    filing_letter="样例备〔2025〕17 号",
    filed_on=date(2025, 10, 1),
    filed_until=date(2028, 10, 1),
    sites=(),
)


def make_body(authority: Organisation, *, scope: tuple[tuple[str, str], ...] = (("6-31-01-03", "4"),), **changes):
    """Register a filed body with one site where the scope, pairs of occupation code and level, may be assessed."""
    make_catalogue()
    site = SiteSpec(
        name="样例考点",
        address="长春市样例路 9 号实训楼",
        division="220102",
        scope=[(occupation_by_code(code), level) for code, level in scope],
    )
    filed = replace(FILED, sites=(site,), **changes)
    body = register_filed_body(actor=system("test"), at=at("2025-10-08"), authority=authority, filed=filed)
    fees = dict.fromkeys(site.scope, FEE)
    publish_house_rules(actor=system("test"), at=at("2025-10-08"), body=body, fees=fees)
    return body


def make_batch(body, actor: Actor, *, lines=(("6-31-01-03", "4"),), on: str = "2026-03-30 09:00", **changes):
    """Plan a batch of 2026: enrolment 04-13 to 04-30, exam 05-30."""
    from gongjiang.planning.actions import BatchPlan, LineSpec, plan_batch

    plan = BatchPlan(
        title="2026 年第 1 批",
        site=body.sites.get(),
        lines=[LineSpec(occupation_by_code(code), level, FEE) for code, level in lines],
        enrolment_from=date(2026, 4, 13),
        enrolment_until=date(2026, 4, 30),
        exam_from=date(2026, 5, 30),
        exam_until=date(2026, 5, 30),
    )
    return plan_batch(actor=actor, at=at(on), body=body, plan=replace(plan, **changes), key=f"plan-{next(_serial)}")


def invented_identity(number: int) -> str:
    """Return a valid identity number with the prefix 229 that no place has."""
    from gongjiang.law.codes import identity_check_character

    first17 = (
        f"229104{1980 + number // 336 % 20}{number // 28 % 12 + 1:02}{number % 28 + 1:02}{number % 500 * 2 + 1:03}"
    )
    return first17 + identity_check_character(first17)


def make_examinee(batch, number: int, *, line=None, name: str = "", state: str = "eligible"):
    """Write an eligible candidate's enrolment straight into a batch."""
    from gongjiang.enrolment.models import Candidate, Enrolment
    from gongjiang.kernel.fields import blind_index
    from gongjiang.law.codes import mask_identity

    identity = invented_identity(number)
    candidate, _created = Candidate.objects.get_or_create(
        person_key=blind_index(identity),
        defaults={
            "identity_kind": "resident",
            "identity": identity,
            "identity_masked": mask_identity(identity),
            "born_on": date(int(identity[6:10]), int(identity[10:12]), int(identity[12:14])),
            "sex": "m",
        },
    )
    stems, branches, last = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "春夏秋冬山川"
    return Enrolment.everything.create(
        line=line or batch.lines.first(),
        batch=batch,
        candidate=candidate,
        state=state,
        name=name or stems[number % 10] + branches[number % 12] + last[number % 6],
        employer="样例墨斗机电有限公司",
        relation="society",
        enrolled_at=at("2026-04-20 10:00"),
    )


def make_marking_batch(body, *, candidates: int = 4, **plan):
    """Write a batch whose exam is over: everybody eligible came to both parts."""
    from gongjiang.sittings.models import Attendance, Sitting

    batch = make_batch(body, make_actor(body.organisation, "exam_clerk"), **plan)
    batch.state = "marking"
    batch.announced_on, batch.examined_on = date(2026, 4, 7), date(2026, 5, 30)
    batch.save()
    lines = list(batch.lines.all())
    people = [make_examinee(batch, next(_serial), line=lines[each % len(lines)]) for each in range(candidates)]
    for part, starts, ends in (("theory", "09:00", "10:30"), ("practical", "13:00", "15:00")):
        sitting = Sitting.everything.create(
            batch=batch, part=part, starts_at=at(f"2026-05-30 {starts}"), ends_at=at(f"2026-05-30 {ends}")
        )
        Attendance.objects.bulk_create(
            Attendance(sitting=sitting, enrolment=each, present=True, at=at(f"2026-05-30 {starts}")) for each in people
        )
    return batch


def enter_and_confirm(batch, part: str, values, *, on: str = "2026-06-05", scorers=None):
    """Have one scorer enter the values, in the order of enrolment, and another confirm them; return the sheet."""
    from gongjiang.results import actions, contents, queries
    from gongjiang.sittings.models import Attendance

    organisation = batch.body.organisation
    apart = contents.asked(batch, part)
    first, second = scorers or (make_actor(organisation, "scorer"), make_actor(organisation, "scorer"))
    rows = [
        actions.ScoreRow(
            enrolment,
            None if value is None else Decimal(str(value)),
            absent=value is None,
            groups=None if value is None or not apart else (Decimal(str(value)), Decimal(0), Decimal(0)),
        )
        for enrolment, value in zip(queries.examinees(batch).order_by("pk"), values, strict=True)
    ]
    gone = [row.enrolment.pk for row in rows if row.absent]
    Attendance.objects.filter(sitting__batch=batch, sitting__part=part, enrolment__in=gone).update(present=False)
    sheet = actions.enter_scores(
        actor=first, at=at(f"{on} 10:00"), batch=batch, part=part, scores=rows, key=f"scores-{next(_serial)}"
    )
    return actions.confirm_sheet(actor=second, at=at(f"{on} 11:00"), sheet=sheet)


def make_scored_batch(body, *, theory=(78, 60, 59.5, 90), practical=(81, 60, 88, 58.5), **plan):
    """Return a batch whose scores are entered, confirmed by a second person and made into results."""
    from gongjiang.results import actions

    batch = make_marking_batch(body, candidates=len(theory), **plan)
    enter_and_confirm(batch, "theory", theory)
    enter_and_confirm(batch, "practical", practical)
    manager = make_actor(body.organisation, "body_manager")
    return actions.confirm_scores(actor=manager, at=at("2026-06-12 09:00"), batch=batch)


def make_noticed_batch(body, *, on: str = "2026-06-15", **changes):
    """Return a scored batch whose results were posted on the day: from 2026-06-15 the notice runs through 06-23."""
    from gongjiang.results import actions

    batch = make_scored_batch(body, **changes)
    clerk = make_actor(body.organisation, "exam_clerk")
    actions.post_results(actor=clerk, at=at(f"{on} 16:30"), batch=batch)
    return batch


INSPECTED = (date(2026, 3, 2), date(2027, 3, 1))


def make_rooms(body, *, theory: int = 2, practical: int = 2, rows: int = 3, columns: int = 2, **changes):
    """Enter the rooms of a body's only site, the first of each kind accessible, with all that must stand beside."""
    from gongjiang.sittings.actions import RoomSpec, add_rooms

    def room(name: str, kind: str, number: int, **grid):
        days = {"inspected_on": INSPECTED[0], "inspection_until": INSPECTED[1]}
        told = {"name": name, "kind": kind, "cameras": 2, "is_accessible": number == 1}
        return RoomSpec(**{**told, **days, **grid, **changes})

    grid = {"rows": rows, "columns": columns}
    specs = [room(f"理论第 {n} 考场", "theory", n, **grid) for n in range(1, theory + 1)]
    specs += [room(f"操作第 {n} 考场", "practical", n, **grid) for n in range(1, practical + 1)]
    beside = (("考务办公室", "exam_office"), ("候考室", "waiting_room"), ("评分室", "scoring_room"))
    specs += [room(name, kind, 2) for name, kind in beside]
    site = body.sites.get()
    return add_rooms(actor=system("test"), at=at("2026-03-10"), site=site, rows=specs)


def make_staff(body, *, occupation: str = "6-31-01-03", invigilators: int = 6, assessors: int = 6, highest: str = "3"):
    """Appoint a chief, a lead, exam staff, invigilators, assessors, an internal supervisor and a safety officer."""
    from gongjiang.workforce.actions import appoint
    from gongjiang.workforce.rules import AppointmentSpec

    counts = {"chief_officer": 1, "administration_lead": 1, "staff": 2, "invigilator": invigilators}
    counts |= {"assessor": assessors, "internal_supervisor": 1, "safety_officer": 1}
    roles = [role for role, count in counts.items() for _each in range(count)]
    stems, branches = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
    specs = [
        AppointmentSpec(
            name=stems[number % 10] + branches[number % 12] + "衡",
            identity=invented_identity(5000 + 100 * body.pk + number),
            role=role,
            since=date(2025, 3, 1),
            occupation=occupation_by_code(occupation) if role == "assessor" else None,
            highest_level=highest if role == "assessor" else "",
            employer=body.name,
            is_regular=True,
        )
        for number, role in enumerate(roles)
    ]
    return appoint(actor=system("test"), at=at("2026-03-10"), body=body, specs=specs)


def make_ready_batch(body, *, candidates: int = 8, employers=("样例墨斗机电有限公司", "样例准绳轴承厂"), **plan):
    """Write a batch whose eligibility is decided, with its two sittings on 05-30; the employers by turns."""
    from gongjiang.sittings.actions import SittingSpec, schedule_sittings

    clerk = make_actor(body.organisation, "exam_clerk")
    batch = make_batch(body, clerk, **plan)
    batch.state, batch.announced_on, batch.reviewed_on = "ready", date(2026, 4, 7), date(2026, 5, 8)
    batch.save()
    lines = list(batch.lines.all())
    for number in range(candidates):
        enrolment = make_examinee(batch, next(_serial), line=lines[number % len(lines)])
        enrolment.employer = employers[number % len(employers)]
        enrolment.save()
    times = (("theory", "09:00", "10:30"), ("practical", "13:00", "15:00"))
    specs = [SittingSpec(part, at(f"2026-05-30 {starts}"), at(f"2026-05-30 {ends}")) for part, starts, ends in times]
    schedule_sittings(actor=clerk, at=at("2026-05-11 09:00"), batch=batch, specs=specs)
    return batch


def make_arranged_batch(body, *, released: bool = False, **changes):
    """Return a batch with rooms, staff and seats locked; with ``released`` briefed and shown to staff as well."""
    from gongjiang.sittings import actions
    from gongjiang.sittings.models import ExamRoom
    from gongjiang.workforce.models import StaffMember

    if not ExamRoom.everything.filter(site__body=body).exists():
        make_rooms(body)
    if not StaffMember.everything.filter(body=body).exists():
        make_staff(body)
    batch = make_ready_batch(body, **changes)
    clerk = make_actor(body.organisation, "exam_clerk")
    actions.arrange(actor=clerk, at=at("2026-05-18 09:00"), batch=batch, seed=7)
    actions.propose_roster(actor=clerk, at=at("2026-05-18 10:00"), batch=batch, seed=7)
    actions.lock_arrangement(actor=clerk, at=at("2026-05-25 09:00"), batch=batch)
    if released:
        actions.release(actor=clerk, at=at("2026-05-27 09:00"), batch=batch)
        there = [duty.member for duty in batch.duties.filter(ended_at=None)]
        actions.hold_briefing(actor=clerk, at=at("2026-05-29 15:00"), batch=batch, attended=there)
    batch.refresh_from_db()
    return batch


def make_exam_batch(body, **changes):
    """Return a batch whose exam was begun on the morning of 05-30."""
    from gongjiang.sittings import actions

    batch = make_arranged_batch(body, released=True, **changes)
    actions.start_exam(actor=make_actor(body.organisation, "exam_clerk"), at=at("2026-05-30 08:00"), batch=batch)
    return batch


def make_candidate(serial: int = 1, *, born: str = "19900101"):
    """Write a candidate with an invented number (229… is no place)."""
    from gongjiang.enrolment.models import Candidate
    from gongjiang.kernel.fields import blind_index
    from gongjiang.law.codes import mask_identity, parse_identity
    from gongjiang.law.codes.identity import identity_check_character

    first = f"2291{serial // 1000 % 100:02d}{born}{serial % 1000:03d}"
    number = first + identity_check_character(first)
    found = parse_identity(number, today=date(2026, 6, 1))
    candidate, _created = Candidate.objects.get_or_create(
        person_key=blind_index(number),
        defaults={
            "identity_kind": "resident",
            "identity": number,
            "identity_masked": mask_identity(number),
            "born_on": found.birth_date,
            "sex": "m" if found.sex == "male" else "f",
        },
    )
    return candidate


STEMS, BRANCHES, GIVEN = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥", "安宁生春和平远达明德"


def invented_name(serial: int) -> str:
    """Return a name after the sixty-year cycle."""
    return STEMS[serial % 10] + BRANCHES[serial % 12] + GIVEN[serial // 60 % 10]


def make_confirmed_batch(body, actor: Actor, *, passed: int = 3, failed: int = 0, start: int = 1, photo=None, **plan):
    """Write a batch whose results were confirmed on 2026-06-12, with ``passed`` passes; rows, not actions."""
    from gongjiang.enrolment.models import Enrolment
    from gongjiang.planning.models import Batch
    from gongjiang.results.models import Result

    batch = make_batch(body, actor, **plan)
    Batch.everything.filter(pk=batch.pk).update(
        state="confirmed",
        announced_on=date(2026, 4, 1),
        examined_on=date(2026, 5, 30),
        scored_on=date(2026, 6, 3),
        noticed_on=date(2026, 6, 4),
        confirmed_on=date(2026, 6, 12),
    )
    batch.refresh_from_db()
    lines = list(batch.lines.order_by("pk"))
    for n in range(passed + failed):
        line = lines[n % len(lines)]
        enrolment = Enrolment.objects.create(
            line=line,
            batch=batch,
            candidate=make_candidate(start + n),
            state="eligible",
            name=invented_name(start + n),
            employer="样例墨斗机电有限公司",
            relation="society",
            facts={"own_since": "2015-03-01"},
            photo=photo,
            enrolled_at=at("2026-04-20 09:00"),
        )
        good = n < passed
        Result.objects.create(
            enrolment=enrolment,
            outcome="passed" if good else "failed",
            parts=[
                {"part": "theory", "score": "78", "passed": True, "pass_mark": "60", "full_mark": "100"},
                {"part": "practical", "score": "83.5" if good else "41", "passed": good, "pass_mark": "60",
                 "full_mark": "100"},
            ],
            computed_at=at("2026-06-03 16:00"),
            confirmed_on=date(2026, 6, 12),
        )  # fmt: skip
    return batch


def make_certificates(batch, clerk: Actor, *, on: str = "2026-06-15 10:00"):
    """Issue the batch's certificates with their papers, through the actions."""
    from gongjiang.certificates import actions

    actions.number_certificates(actor=clerk, at=at(on), batch=batch, key=f"issue-{batch.pk}")
    actions.make_papers(actor=system("test"), at=at(on), batch=batch)
    return list(batch.certificates.order_by("number"))


def make_certificate(clerk: Actor, body, **changes):
    """Issue one certificate to an invented holder."""
    batch = make_confirmed_batch(body, clerk, passed=1, **changes)
    return make_certificates(batch, clerk)[0]


def make_open_batch(body, clerk=None, **plan):
    """Return a batch announced on 2026-04-07, open for enrolment from 04-13 through 04-30."""
    from gongjiang.planning.actions import announce

    clerk = clerk or make_actor(body.organisation, "exam_clerk")
    batch = make_batch(body, clerk, **plan)
    announce(actor=clerk, at=at("2026-04-07 09:00"), batch=batch)
    return batch


def make_enrolment(batch, clerk, row, *, line=None, on: str = "2026-04-20 10:00", photo=None):
    """Enrol one candidate by form; ``row`` has the sheet's column keys."""
    from gongjiang.enrolment.actions import enrol

    line = line or batch.lines.get(level="4")
    return enrol(actor=clerk, at=at(on), line=line, row=row, photo=photo, key=f"enrol-{next(_serial)}")
